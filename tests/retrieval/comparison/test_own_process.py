import atexit
import os
import signal
import time
from pathlib import Path

import pytest

from embeddings.errors import UnsupportedModelError
from retrieval.comparison.own_process import WorkFailedError, in_own_process
from retrieval.progress import ignore_progress


def add(task, on_progress):
    on_progress("add", 1, 1)
    return sum(task), os.getpid()


ERRORS = {
    "on purpose": UnsupportedModelError(Path("tiny"), "it is odd"),
    "memory": MemoryError(),
    "unforeseen": ValueError("a\nb" + "x" * 10_000),
}


def fail(task, _on_progress):
    raise ERRORS[task]


def die(_task, _on_progress):
    os.kill(os.getpid(), signal.SIGKILL)


def leave_a_mark(path, on_progress):
    atexit.register(path.touch)
    on_progress("mark", 0, 1)
    while path.name == "stopped":
        time.sleep(0.01)


def go_on_for_ever(_task, on_progress):
    while True:
        on_progress("pid", os.getpid(), 0)
        time.sleep(0.3)


def test_work_is_done_elsewhere_and_tells_how_far_it_is():
    told = []
    total, pid = in_own_process(add, (1, 2), lambda *progress: told.append(progress))
    assert total == 3
    assert pid != os.getpid()
    assert told == [("add", 1, 1)]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        ("on purpose", "tiny: it is odd; choose the backend `auto` or `torch`"),
        ("memory", "there is not enough memory; take a smaller model"),
        ("unforeseen", r"it failed \(ValueError: a\\nbx{100,600}\); try .+ or another model"),
    ],
)
def test_work_that_fails_says_why_on_one_line_with_what_to_do(error, text):
    with pytest.raises(WorkFailedError, match=text):
        in_own_process(fail, error, ignore_progress)


def test_a_process_that_is_killed_is_told_of():
    with pytest.raises(WorkFailedError, match="its process was killed by signal 9; a smaller model, or more memory"):
        in_own_process(die, None, ignore_progress)


def test_whoever_stops_waiting_ends_the_process():
    pids = []

    def interrupt(_stage, pid, _total):
        pids.append(pid)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_own_process(go_on_for_ever, None, interrupt)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_a_process_ends_in_order_whether_it_is_done_or_stopped(tmp_path):
    in_own_process(leave_a_mark, tmp_path / "done", ignore_progress)
    assert (tmp_path / "done").exists()

    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_own_process(leave_a_mark, tmp_path / "stopped", interrupt)
    assert (tmp_path / "stopped").exists()
