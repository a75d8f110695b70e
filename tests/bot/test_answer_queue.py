"""Work in real threads: how much may wait, what becomes of it, how it ends."""

from __future__ import annotations

import asyncio
import contextvars
import subprocess
import sys
import threading
import time

import pytest

from bot.answer_queue import AnswerQueue
from bot.member_errors import BusyError

PATIENCE = 30  # seconds after which a test has hung


class Gate:
    """Work that waits until it is let through, and knows how much of it has begun."""

    def __init__(self):
        self._open = threading.Event()
        self._begun = threading.Semaphore(0)
        self.threads = set()

    def work(self):
        self.threads.add(threading.current_thread().name)
        self._begun.release()
        assert self._open.wait(PATIENCE)
        return "done"

    def open(self):
        self._open.set()

    async def begun(self, number):
        for _ in range(number):
            assert await asyncio.to_thread(self._begun.acquire, timeout=PATIENCE)


def run(main):
    return asyncio.run(asyncio.wait_for(main(), PATIENCE))


def test_what_the_work_returns_and_raises_comes_back():
    async def main():
        queue = AnswerQueue(threads=1, waiting=0)
        assert await queue.run(lambda: 6 * 7) == 42
        with pytest.raises(ZeroDivisionError):
            await queue.run(lambda: 1 // 0)
        assert await queue.run(threading.current_thread) is not threading.main_thread()
        await queue.close()

    run(main)


def test_more_than_may_wait_is_refused_and_the_rest_is_served():
    async def main():
        queue, gate = AnswerQueue(threads=2, waiting=3), Gate()
        tasks = [asyncio.create_task(queue.run(gate.work)) for _ in range(5)]
        await gate.begun(2)
        assert queue.waiting == 3
        with pytest.raises(BusyError) as refusal:
            await queue.run(gate.work)
        assert refusal.value.waiting == 3
        gate.open()
        assert await asyncio.gather(*tasks) == ["done"] * 5
        assert queue.waiting == 0
        assert await queue.run(lambda: "free again") == "free again"
        await queue.close()
        assert len(gate.threads) == 2

    run(main)


def test_waiting_work_whose_caller_gave_up_is_never_done_and_frees_its_place():
    async def main():
        queue, gate, done = AnswerQueue(threads=1, waiting=1), Gate(), []
        first = asyncio.create_task(queue.run(gate.work))
        await gate.begun(1)
        second = asyncio.create_task(queue.run(lambda: done.append("second")))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        third = asyncio.create_task(queue.run(lambda: done.append("third")))
        gate.open()
        await asyncio.gather(first, third)
        await queue.close()
        return done

    assert run(main) == ["third"]


def test_begun_work_keeps_its_thread_although_its_caller_gave_up():
    async def main():
        queue, gate = AnswerQueue(threads=1, waiting=0), Gate()
        task = asyncio.create_task(queue.run(gate.work))
        await gate.begun(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(BusyError):
            await queue.run(lambda: "too early")
        gate.open()
        await queue.close()

    run(main)


def test_closing_finishes_what_was_accepted_and_refuses_the_rest():
    async def main():
        queue, gate = AnswerQueue(threads=1, waiting=5), Gate()
        tasks = [asyncio.create_task(queue.run(gate.work)) for _ in range(3)]
        await gate.begun(1)
        closing = asyncio.create_task(queue.close())
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await queue.run(lambda: "too late")
        assert not closing.done()
        gate.open()
        await closing
        return await asyncio.gather(*tasks)

    assert run(main) == ["done"] * 3


def test_what_is_stuck_is_given_up_and_told(caplog):
    async def main():
        queue, gate = AnswerQueue(threads=1, waiting=5), Gate()
        stuck = asyncio.create_task(queue.run(gate.work))
        await gate.begun(1)
        waits = asyncio.create_task(queue.run(gate.work))
        await asyncio.sleep(0)
        began = time.monotonic()
        await queue.close(0.2)
        await queue.close(PATIENCE)  # the time that the first call gave is over
        assert 0.2 <= time.monotonic() - began < 2
        outcomes = await asyncio.gather(stuck, waits, return_exceptions=True)
        gate.open()  # what ends after all does no harm
        return [type(outcome) for outcome in outcomes]

    assert run(main) == [TimeoutError, TimeoutError]
    assert [record.getMessage() for record in caplog.records] == [
        "given up after 0.2 s: begun 1, waiting for a thread 1"
    ]


def test_a_stuck_thread_does_not_keep_the_program_from_its_end():
    program = """
import asyncio, threading
from bot.answer_queue import AnswerQueue

async def main():
    queue = AnswerQueue(1, 0)
    asking = asyncio.create_task(queue.run(threading.Event().wait))
    await asyncio.sleep(0.1)
    await queue.close(0.1)
    print(type(await asyncio.gather(asking, return_exceptions=True)).__name__)

asyncio.run(main())
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], timeout=PATIENCE, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "list\n"


def test_the_event_loop_runs_while_work_blocks_and_work_knows_its_context():
    question = contextvars.ContextVar("question")

    async def main():
        queue, gate = AnswerQueue(threads=1, waiting=1), Gate()
        blocked = asyncio.create_task(queue.run(gate.work))
        await gate.begun(1)
        question.set("What is osmosis?")
        asked = asyncio.create_task(queue.run(question.get))
        gate.open()  # reached only because the loop is free
        await blocked
        answer = await asked
        await queue.close()
        return answer

    assert run(main) == "What is osmosis?"
