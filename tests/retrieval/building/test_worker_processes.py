"""Several processes at work: order, and what becomes of those that die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from retrieval.building.worker_processes import LossReason, TaskLimits, WorkerDiedError, map_in_processes

LARGE = 1 << 20  # bytes: more than a pipe holds, so that whoever writes them waits for the reader


def double(number):
    return 2 * number


def large(number):
    return bytes([number % 256]) * LARGE


def large_and_soon_dead(number):
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return large(number)


def fatal_at_five(number):
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def endless_at_five_fatal_at_seven(number):
    if number == 5:
        time.sleep(3_600)
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fatal_once(path):
    """Kill this process where the file is there, and take the file along."""
    if path and Path(path).exists():
        Path(path).unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return path


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("tasks", [0, 1, 7, 100])
def test_results_come_in_the_order_of_the_tasks(processes, tasks):
    results = map_in_processes(double, range(tasks), processes=processes, chunk=8)
    assert list(results) == [2 * number for number in range(tasks)]
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_told_after_what_was_right():
    results = []
    with pytest.raises(WorkerDiedError):
        results.extend(map_in_processes(fatal_at_five, range(20), processes=1, chunk=2))
    assert results == [0, 1, 2, 3]


def test_processes_that_are_killed_while_they_write_hold_nobody_up():
    results = map_in_processes(large_and_soon_dead, range(40), processes=2, chunk=1)
    assert next(results) == large(0)
    time.sleep(1)  # the one that gave it has begun to write more than its pipe holds, and was killed
    started = time.monotonic()
    with pytest.raises(WorkerDiedError):
        list(results)
    assert time.monotonic() - started < 10


def test_who_wants_no_more_leaves_no_process_behind():
    results = map_in_processes(large, range(40), processes=2, chunk=1)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_a_task_that_hangs_or_kills_its_process_twice_is_lost_and_the_others_are_done():
    limits = TaskLimits(1.0, lambda task, reason: (task, reason))
    results = map_in_processes(endless_at_five_fatal_at_seven, range(12), processes=2, chunk=4, limits=limits)
    expected = [*range(5), (5, LossReason.TOOK_TOO_LONG), 6, (7, LossReason.KILLED_ITS_PROCESS), *range(8, 12)]
    assert list(results) == expected
    assert multiprocessing.active_children() == []


def test_a_task_whose_process_was_killed_once_is_done_by_another(tmp_path):
    (tmp_path / "there").touch()
    tasks = ["", str(tmp_path / "there"), ""]
    limits = TaskLimits(60.0, lambda _, reason: reason)
    assert list(map_in_processes(fatal_once, tasks, processes=1, chunk=3, limits=limits)) == tasks
