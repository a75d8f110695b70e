"""Work in real threads: how much may wait, what becomes of it, how it ends."""

from __future__ import annotations

import asyncio
import contextvars
import subprocess
import sys
import threading
import time
from functools import partial

import pytest

from bot.member_errors import AnswerTooSlowError, BusyError, MemberBusyError
from bot.workload.answer_queue import AnswerQueue
from bot.workload.worker_threads import WorkerThreads, WorkLimits

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
        assert 0.2 <= time.monotonic() - began < PATIENCE
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
from bot.workload.answer_queue import AnswerQueue

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


def test_what_takes_too_long_is_given_up_and_its_thread_replaced():
    async def main():
        queue, gate = AnswerQueue(threads=1, waiting=5, seconds=0.5), Gate()
        with pytest.raises(AnswerTooSlowError) as refusal:
            await queue.run(gate.work)
        assert refusal.value.seconds == 1
        assert await queue.run(lambda: "free again") == "free again"
        gate.open()
        assert [await queue.run(partial(int, number)) for number in range(3)] == [0, 1, 2]
        await queue.close()

    before = threading.active_count()
    run(main)
    assert ended(before)


def ended(before):
    """Whether no more threads are left than there were before, once they had time to end."""
    until = time.monotonic() + PATIENCE
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    return threading.active_count() <= before


def test_work_whose_caller_gave_up_is_given_up_in_its_turn():
    async def main():
        queue, gate = AnswerQueue(threads=1, waiting=0, seconds=0.5), Gate()
        task = asyncio.create_task(queue.run(gate.work))
        await gate.begun(1)
        task.cancel()
        while True:  # until the thread is replaced
            try:
                assert await queue.run(lambda: "free again") == "free again"
            except BusyError:
                await asyncio.sleep(0.01)
            else:
                break
        gate.open()
        await queue.close()

    run(main)


def test_what_waits_too_long_hears_that_it_is_busy():
    async def main():
        limits = WorkLimits(threads=1, waiting=5, seconds=0.2, overdue=0)
        workers, gate, done = WorkerThreads("test", limits), Gate(), []
        stuck = asyncio.wrap_future(workers.submit(gate.work))
        await gate.begun(1)
        waits = asyncio.wrap_future(workers.submit(lambda: done.append("late")))
        outcomes = await asyncio.gather(stuck, waits, return_exceptions=True)
        gate.open()
        await workers.close(PATIENCE)
        return [type(outcome) for outcome in outcomes], done

    assert run(main) == ([AnswerTooSlowError, BusyError], [])


def test_with_no_thread_left_that_works_new_work_is_refused_until_one_ends(caplog):
    async def main():
        limits = WorkLimits(threads=1, waiting=5, seconds=0.4, overdue=2)
        workers, gate = WorkerThreads("test", limits), Gate()
        for _ in range(3):  # the only thread, and two that took its place
            with pytest.raises(AnswerTooSlowError):
                await asyncio.wrap_future(workers.submit(gate.work))
        for _ in range(2):
            with pytest.raises(BusyError):
                workers.submit(gate.work)
        gate.open()
        while True:
            try:
                assert await asyncio.wrap_future(workers.submit(lambda: "works again")) == "works again"
            except BusyError:
                await asyncio.sleep(0.01)
            else:
                break
        await workers.close(PATIENCE)
        assert len(gate.threads) == 3

    before = threading.active_count()
    run(main)
    assert ended(before)
    assert [record.getMessage() for record in caplog.records] == [
        (
            "3 pieces of work take longer than 0.4 s and cannot be stopped: nothing is accepted until one of them "
            "ends; if that does not happen, start the program anew"
        ),
        "work that took too long has ended: new work is accepted again",
    ]


def test_work_that_holds_pythons_lock_in_slices_delays_neither_the_deadline_nor_others():
    async def main():
        queue, over = AnswerQueue(threads=2, waiting=5, seconds=1.0), threading.Event()

        def calculate():
            while not over.is_set():
                sum(range(1000))

        busy = [asyncio.create_task(queue.run(calculate, number)) for number in range(2)]
        outcomes = await asyncio.gather(*busy, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [AnswerTooSlowError] * 2
        assert await queue.run(lambda: "free again") == "free again"
        over.set()
        await queue.close()

    run(main)


def test_one_owner_never_has_all_threads_nor_more_than_a_small_share_of_the_queue():
    async def main():
        queue, gate = AnswerQueue(threads=2, waiting=38), Gate()
        tasks = [asyncio.create_task(queue.run(gate.work, "ada")) for _ in range(300)]
        await gate.begun(1)
        assert await queue.run(lambda: "a thread is left", "bob") == "a thread is left"
        assert queue.waiting == 1
        gate.open()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await queue.close()
        return [sum(isinstance(result, kind) for result in results) for kind in (str, MemberBusyError)]

    assert run(main) == [2, 298]


def test_owners_have_their_turns_one_after_the_other():
    async def main():
        queue, gate, order = AnswerQueue(threads=1, waiting=99), Gate(), []
        first = asyncio.create_task(queue.run(gate.work, "first"))
        await gate.begun(1)
        asked = [("ada", number) for number in range(4)] + [("bob", 0), ("bob", 1), ("cleo", 0)]
        tasks = [asyncio.create_task(queue.run(lambda each=each: order.append(each), each[0])) for each in asked]
        await asyncio.sleep(0)
        gate.open()
        await asyncio.gather(first, *tasks)
        await queue.close()
        return order

    assert run(main) == [
        ("ada", 0), ("bob", 0), ("cleo", 0), ("ada", 1), ("bob", 1), ("ada", 2), ("ada", 3),
    ]  # fmt: skip


def test_whoever_has_two_threads_stuck_is_refused_until_one_ends():
    async def main():
        limits = WorkLimits(threads=1, waiting=5, seconds=0.4, overdue=5)
        workers, gate = WorkerThreads("test", limits), Gate()
        for _ in range(2):
            with pytest.raises(AnswerTooSlowError):
                await asyncio.wrap_future(workers.submit(gate.work, "ada"))
        with pytest.raises(MemberBusyError):
            workers.submit(gate.work, "ada")
        assert await asyncio.wrap_future(workers.submit(lambda: "fine", "bob")) == "fine"
        gate.open()
        while True:
            try:
                assert await asyncio.wrap_future(workers.submit(lambda: "fine again", "ada")) == "fine again"
            except MemberBusyError:
                await asyncio.sleep(0.01)
            else:
                break
        await workers.close(PATIENCE)

    run(main)
