"""What is noted of each thing that members ask."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from bot.callers import Caller
from bot.client.error_messages import explain, report
from bot.live_index.open_index import UnknownSubjectError
from bot.member_errors import (
    AnswerTooSlowError,
    BusyError,
    MemberBusyError,
    MemberCooldownError,
    NotYoursError,
    PressCooldownError,
    QuestionTooLongError,
    ServerCooldownError,
)
from bot.monitoring.asked import AskedMonitor, note_question, note_reply
from bot.monitoring.metrics import Metrics
from bot.monitoring.outcomes import Surface
from bot.workload.answer_queue import AnswerQueue
from retrieval.domain import NoAnswer, NoAnswerReason
from retrieval.stages import add_time, recorded, timed

ANN = Caller(member_id=111, channel_id=222, guild_id=333, locale="en-US")
LOG = logging.getLogger("tests.asked")


def no_answer(reason, confidence=0.25):
    return NoAnswer("why", reason, (), confidence)


@pytest.fixture
def observe(caplog):
    """Runs a scenario while it is observed; the facts of the log line, and the metrics."""

    def run(scenario, surface=Surface.ASK, *, logs_questions=False):
        metrics = Metrics()

        async def main():
            with AskedMonitor(metrics, logs_questions=logs_questions).observed(surface):
                await scenario()

        caplog.set_level(logging.DEBUG)
        caplog.set_level(logging.DEBUG, logger="bot.monitoring.asked")  # others may have left a level
        caplog.clear()
        try:
            asyncio.run(main())
        except Exception:  # noqa: BLE001  # that it goes on is tested by itself
            LOG.debug("it failed")
        (record,) = (each for each in caplog.records if isinstance(each.msg, dict))
        return record, metrics.registry.get_sample_value

    return run


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (MemberCooldownError(3), "rate_limited"),
        (BusyError(100), "busy"),
        (MemberBusyError(), "busy"),
        (AnswerTooSlowError(5.0), "too_slow"),
        (TimeoutError(), "too_slow"),
        (NotYoursError(), "refused"),
        (QuestionTooLongError(4000), "refused"),
        (UnknownSubjectError("Alchemy", ()), "refused"),
        (ZeroDivisionError(), "failed"),
    ],
)
def test_an_error_is_an_outcome(observe, error, outcome):
    async def scenario():
        note_reply(no_answer(NoAnswerReason.NOTHING_FITS))  # what was found was never sent
        raise error

    record, sample = observe(scenario)
    assert record.msg["outcome"] == outcome
    assert sample("quicktakes_asked_total", {"surface": "ask", "outcome": outcome}) == 1.0
    assert sample("quicktakes_confidence_count", {"outcome": "no_answer"}) == 0.0
    assert sample("quicktakes_confidence_count", {"outcome": outcome}) is None


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        (MemberCooldownError(3), "member"),
        (PressCooldownError(3), "member_presses"),
        (ServerCooldownError(3), "server"),
    ],
)
def test_it_is_counted_whose_allowance_was_used_up(observe, error, limit):
    async def scenario():
        raise error

    _, sample = observe(scenario)
    limits = ("member", "member_presses", "server")
    counts = {each: sample("quicktakes_rate_limited_total", {"limit": each}) for each in limits}
    assert counts == dict.fromkeys(limits, 0.0) | {limit: 1.0}


@pytest.mark.parametrize(
    ("reason", "outcome", "has_confidence"),
    [
        (NoAnswerReason.NOTHING_FITS, "no_answer", True),
        (NoAnswerReason.GREETING, "small_talk", False),
        (NoAnswerReason.NOTHING_ASKED, "small_talk", False),
    ],
)
def test_only_what_was_looked_for_has_a_confidence(observe, reason, outcome, has_confidence):
    async def scenario():
        note_reply(no_answer(reason))

    record, _ = observe(scenario)
    assert record.msg["outcome"] == outcome
    assert record.msg.get("confidence") == (0.25 if has_confidence else None)


async def nothing():
    pass


def test_a_post_that_nothing_is_said_to_is_no_news(observe):
    record, _ = observe(nothing, Surface.POST)
    assert (record.levelno, record.msg["outcome"]) == (logging.DEBUG, "silent")


def test_what_is_no_question_is_a_request(observe):
    record, _ = observe(nothing, Surface.BUTTON)
    assert (record.levelno, record.msg["event"], record.msg["outcome"]) == (logging.INFO, "request", "shown")


async def asks():
    note_question(ANN, "why is the sky blue")
    note_reply(no_answer(NoAnswerReason.NOTHING_FITS))


def test_a_line_says_nothing_of_who_asked_what(observe):
    record, _ = observe(asks)
    assert record.msg.keys() == {"event", "reference", "surface", "outcome", "confidence", "total_ms"}


def test_a_line_says_who_asked_what_where_somebody_has_switched_that_on(observe):
    record, _ = observe(asks, logs_questions=True)
    personal = {key: record.msg[key] for key in ("question", "member", "server")}
    assert personal == {"question": "why is the sky blue", "member": 111, "server": 333}


def test_what_members_read_of_an_error_names_the_line_in_the_log(caplog):
    caplog.set_level(logging.INFO)

    async def main():
        try:
            with AskedMonitor(Metrics()).observed(Surface.ASK):
                _ = 1 / 0
        except ZeroDivisionError as error:
            return report(error, LOG)

    told = asyncio.run(main())
    line, error = caplog.records
    assert line.msg["reference"] == told.reference
    assert told.reference in error.getMessage()


def test_two_questions_have_two_references_and_none_lasts_beyond_its_task():
    async def one():
        with AskedMonitor(Metrics()).observed(Surface.ASK):
            pass
        return explain(ZeroDivisionError()).reference, explain(ZeroDivisionError()).reference

    async def main():
        first, second = await asyncio.gather(one(), one())
        return *first, *second, explain(ZeroDivisionError()).reference

    of_first, again, of_second, _, outside = asyncio.run(main())
    assert of_first == again
    assert len({of_first, of_second, outside}) == 3


def test_stages_of_the_threads_that_work_are_measured_and_added_up(observe):
    async def scenario():
        queue = AnswerQueue(1, 1)

        def work():
            add_time("search", 0.25)
            with timed("search"):
                threading.Event().wait(0.001)

        await queue.run(work)
        await queue.close()

    record, sample = observe(scenario)
    assert record.msg["search_ms"] > 250.0
    assert sample("quicktakes_stage_seconds_count", {"stage": "search"}) == 1.0
    assert sample("quicktakes_stage_seconds_bucket", {"stage": "search", "le": "0.25"}) == 0.0


def test_answering_tells_of_its_stages_and_of_nothing_twice(index):
    times: dict[str, float] = {}
    with recorded(times):
        index.ask("why does ice float on water")
    assert set(times) == {"read", "encode", "search", "rank", "excerpt"}
    assert all(seconds > 0.0 for seconds in times.values())
    before = dict(times)
    index.ask("why does ice float on water")  # nobody wants to know
    assert times == before
