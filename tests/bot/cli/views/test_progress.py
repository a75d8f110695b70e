"""Progress where standard error is no terminal."""

import io

from bot.cli.views.progress import PlainProgress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_quick_task_writes_nothing():
    stream, clock = io.StringIO(), Clock()
    reporter = PlainProgress(stream, clock)
    reporter.report("reading", 0, 10)
    clock.now += 0.5
    reporter.report("reading", 10, 10)
    assert stream.getvalue() == ""


def test_a_long_task_writes_rate_and_time_left_now_and_then():
    stream, clock = io.StringIO(), Clock()
    reporter = PlainProgress(stream, clock)
    for done in range(0, 4001, 100):
        reporter.report("embedding", done, 4000)
        clock.now += 1
    assert stream.getvalue().splitlines() == [
        "embedding: 1,000 of 4,000 in 10 s, 100 a second, about 30 s left",
        "embedding: 2,000 of 4,000 in 20 s, 100 a second, about 20 s left",
        "embedding: 3,000 of 4,000 in 30 s, 100 a second, about 10 s left",
        "embedding: 4,000 of 4,000 in 40 s, 100 a second",
    ]


def test_each_stage_has_its_own_clock_and_an_unknown_total_no_time_left():
    stream, clock = io.StringIO(), Clock()
    reporter = PlainProgress(stream, clock)
    reporter.report("reading", 0, 0)
    clock.now += 3700
    reporter.report("reading", 7400, 0)
    reporter.report("writing", 0, 5)
    clock.now += 2
    reporter.report("writing", 5, 5)
    assert stream.getvalue().splitlines() == [
        "reading: 7,400 in 1 h 1 min, 2 a second",
        "writing: 5 of 5 in 2 s, 2 a second",
    ]


def test_a_stage_that_counts_nothing_tells_how_long_it_takes():
    stream, clock = io.StringIO(), Clock()
    reporter = PlainProgress(stream, clock)
    for _ in range(26):
        reporter.report("fetch", 0, 0)
        clock.now += 1
    assert stream.getvalue().splitlines() == ["fetch: 10 s", "fetch: 20 s"]
