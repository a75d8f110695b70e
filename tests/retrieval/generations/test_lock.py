"""One at a time may change an index, and all others can see who does."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from retrieval.generations.lock import BuildLock, BuildRunningError, LockHolder, StoreAction


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def test_others_see_who_holds_it_since_when_and_how_far_they_are(folder):
    lock = BuildLock(folder)
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    assert BuildLock(folder).holder() is None
    with lock.held(StoreAction.PREVIEW) as held:
        held.note("embed", 10, 1_200)
        holder = BuildLock(folder).holder()
        assert (holder.pid, holder.action, holder.stage) == (os.getpid(), StoreAction.PREVIEW, "embed")
        assert (holder.done, holder.total) == (10, 1_200)
        assert before <= holder.since <= dt.datetime.now(dt.UTC)
        with pytest.raises(BuildRunningError) as caught, BuildLock(folder).held(StoreAction.BUILD):
            pass
        assert caught.value.holder == holder
        said = f"process {os.getpid()} (preview since {holder.since:%Y-%m-%d %H:%M:%S} UTC, at embed, 10 of 1,200)"
        assert f"{folder} is being changed by {said}; wait until" in str(caught.value)
    assert BuildLock(folder).holder() is None
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == []


def test_what_is_noted_of_one_stage_is_noted_once_a_second(folder, monkeypatch):
    lock = BuildLock(folder)
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with lock.held(StoreAction.BUILD) as held:
        held.note("embed", 1, 9)
        held.note("embed", 2, 9)
        assert lock.holder().done == 1
        now += 1.0
        held.note("embed", 3, 9)
        assert lock.holder().done == 3
        held.note("index")
        assert (lock.holder().stage, lock.holder().total) == ("index", 0)
    assert not (folder / "build.json").exists()


def test_nobody_may_take_it_twice_not_even_its_own_thread(folder):
    lock = BuildLock(folder)

    def take():
        with lock.held(StoreAction.PRUNE):
            pass

    with lock.held(StoreAction.BUILD):
        with pytest.raises(BuildRunningError, match=rf"process {os.getpid()} \(build since"):
            take()
        with ThreadPoolExecutor() as threads, pytest.raises(BuildRunningError, match=f"process {os.getpid()}"):
            threads.submit(take).result()
        assert lock.holder().action is StoreAction.BUILD, "the ones who were refused have not given it up"
    take()


def hold_and_die(folder, ready):
    with BuildLock(folder).held(StoreAction.BUILD):
        ready.send(None)
        threading.Event().wait()


def test_a_process_that_was_killed_is_not_shown_as_running(folder):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=hold_and_die, args=(folder, theirs))
    process.start()
    ours.recv()
    assert BuildLock(folder).holder().pid == process.pid
    process.kill()
    process.join()
    assert json.loads((folder / "build.json").read_text())["pid"] == process.pid
    assert BuildLock(folder).holder() is None
    assert not (folder / "build.json").exists()
    with BuildLock(folder).held(StoreAction.BUILD):
        assert BuildLock(folder).holder().pid == os.getpid()


def test_what_a_dead_process_left_names_nobody_else(folder, monkeypatch):
    folder.mkdir()
    (folder / "build.json").write_text(json.dumps({"pid": 1}))

    def full(path, *_args, **_kwargs):
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    lock = BuildLock(folder)
    with lock.held(StoreAction.BUILD) as held:  # a full disk stops no rollback
        held.note("embed")
        with pytest.raises(BuildRunningError, match="by another process;"), BuildLock(folder).held(StoreAction.BUILD):
            pass
    assert [path.name for path in folder.iterdir()] == ["build.lock"]


@pytest.mark.parametrize("left", ["", "nonsense", "[]", '{"pid": "x"}', '{"pid": 7}', "\x00\xff"])
def test_facts_that_make_no_sense_are_no_facts(folder, left):
    with BuildLock(folder).held(StoreAction.BUILD):
        (folder / "build.json").write_text(left, encoding="latin-1")
        assert BuildLock(folder).holder() == LockHolder()


def test_looking_finds_whole_facts_and_keeps_nobody_out(folder):
    done = threading.Event()

    def look():
        while not done.is_set():
            holder = BuildLock(folder).holder()
            assert holder is None or holder.pid in {None, os.getpid()}  # None: gone while it was looked at

    with ThreadPoolExecutor() as threads:
        looks = [threads.submit(look) for _ in range(2)]
        try:
            for number in range(100):
                lock = BuildLock(folder)
                with lock.held(StoreAction.BUILD) as held:
                    held.note("embed" * (number % 50), number, 100)
        finally:
            done.set()
        for each in looks:
            each.result()


def test_who_leaves_no_word_is_waited_for_a_little_longer(folder):
    folder.mkdir()
    looking = FileLock(folder / "build.lock", thread_local=False)
    looking.acquire()
    threading.Timer(1.0, looking.release).start()
    with BuildLock(folder).held(StoreAction.BUILD):
        assert BuildLock(folder).holder().pid == os.getpid()


def test_it_is_given_up_however_the_work_ends(folder):
    with pytest.raises(KeyError), BuildLock(folder).held(StoreAction.BUILD):
        raise KeyError
    assert BuildLock(folder).holder() is None
    with BuildLock(folder).held(StoreAction.BUILD):
        pass
