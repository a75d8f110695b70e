"""Whoever answers must not hold up everybody else: the event loop stays free."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from contextlib import contextmanager

import pytest

from bot.client.loop_watch import LoopWatch
from bot.client.running import freeze_garbage_collector

MOST_SECONDS = 0.05
ROUNDS = 3

ASKED = [
    "what is osmosis",
    "how do you solve a quadratic equation",
    "maxwell's equations",
    "is it better to learn daily",
]


async def use_everything_at_once(double):
    runs = [double.slash(double.member, "ask", {"question": question}) for question in ASKED]
    runs += [double.slash(double.member, "browse"), double.slash(double.member, "about")]
    runs += [double.autocomplete(double.member, "ask", {"question": words[:9]}) for words in ASKED]
    answers = await asyncio.gather(*runs)
    for answer in answers[:2]:
        await double.press(double.member, answer.message, "Read the whole article")


@contextmanager
def as_the_program_runs():
    freeze_garbage_collector()  # as it does before it connects
    try:
        yield
    finally:
        gc.unfreeze()


class Steps:
    """Measures the processor time of the loop's thread for each step of an event loop.

    Attributes:
        longest: The most seconds of a step so far.
    """

    def __init__(self) -> None:
        self.longest = 0.0

    def measure(self, monkeypatch) -> None:
        run_step = asyncio.Handle._run

        def measured(handle):
            began = time.thread_time()
            run_step(handle)
            self.longest = max(self.longest, time.thread_time() - began)

        monkeypatch.setattr(asyncio.Handle, "_run", measured)


def test_no_step_of_the_event_loop_takes_long(in_discord, monkeypatch):
    steps, longest = Steps(), []

    async def scenario(hall):
        for _ in range(ROUNDS):
            steps.longest = 0.0
            await use_everything_at_once(hall.double)
            longest.append(steps.longest)

    with as_the_program_runs():
        steps.measure(monkeypatch)
        in_discord(scenario, is_patient=False, debug=False)
    print(f"the longest steps took {[round(1000 * seconds) for seconds in longest]} ms")  # noqa: T201
    # What is made once is made in the first round.
    assert 0 < min(longest) < MOST_SECONDS


@pytest.mark.long
def test_the_event_loop_is_never_held_up_for_long(in_discord):
    late: list[float] = []

    async def scenario(hall):
        for _ in range(ROUNDS):
            async with LoopWatch() as watch:
                await use_everything_at_once(hall.double)
            late.append(watch.longest)

    with as_the_program_runs():
        in_discord(scenario, is_patient=False, debug=False)
    print(f"the event loop was late by at most {[round(1000 * seconds) for seconds in late]} ms")  # noqa: T201
    # A busy machine takes the processor away from a process that is right; it does not do so in every round.
    assert min(late) < MOST_SECONDS


@pytest.mark.long
def test_asyncio_finds_no_step_that_takes_long(in_discord, caplog):
    async def scenario(hall):
        asyncio.get_running_loop().slow_callback_duration = MOST_SECONDS
        for _ in range(ROUNDS):
            caplog.clear()
            await use_everything_at_once(hall.double)
            slow.append([record.getMessage() for record in caplog.records if record.name == "asyncio"])

    slow: list[list[str]] = []
    with as_the_program_runs(), caplog.at_level(logging.WARNING, "asyncio"):
        in_discord(scenario, is_patient=False, debug=True)
    print(f"steps that took long: {slow}")  # noqa: T201
    assert [] in slow
