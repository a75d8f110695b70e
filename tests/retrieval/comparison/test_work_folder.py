"""Folders of comparisons, of this process and of others that were killed."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress

import pytest

from retrieval.comparison import work_folder as module
from retrieval.comparison.work_folder import work_folder

IN_ANOTHER_PROCESS = """
import time
from retrieval.comparison.work_folder import work_folder
with work_folder() as folder:
    (folder / "content").mkdir()
    (folder / "content" / "article.md").write_text("text")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def other(temporary):
    """Another process that compares, and its folder."""
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(temporary)}
    ) as process:
        folder = temporary / process.stdout.readline().strip()
        yield process, folder
        process.kill()


def test_a_folder_is_there_and_gone_at_the_end_whatever_ends_it(temporary):
    with suppress(KeyboardInterrupt), work_folder() as folder:
        assert folder.parent == temporary
        (folder / "content").mkdir()
        raise KeyboardInterrupt
    assert not folder.exists()
    assert list(temporary.iterdir()) == []


def test_what_a_killed_comparison_left_is_removed_by_the_next(other, temporary):
    process, left = other
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (left / "content" / "article.md").exists()
    with work_folder() as folder:
        assert list(temporary.iterdir()) == [folder]
    assert list(temporary.iterdir()) == []


def test_the_folder_of_one_that_runs_stays(other):
    _, folder = other
    with work_folder() as one, work_folder() as two:
        assert len({folder, one, two}) == 3
        assert all(each.is_dir() for each in (folder, one, two))
    assert (folder / "content" / "article.md").exists()


def test_what_was_not_made_here_stays(temporary):
    named = temporary / "quicktakes-compare-results"  # of somebody who likes the name
    named.mkdir()
    (named / "figures.json").write_text("{}")
    (temporary / "quicktakes-compare-notes").write_text("a file")
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "comparison.lock").touch()
    (temporary / "quicktakes-compare-link").symlink_to(elsewhere)
    pipe = temporary / "quicktakes-compare-pipe"
    pipe.mkdir()
    os.mkfifo(pipe / "comparison.lock")
    before = sorted(temporary.rglob("*"))
    with work_folder():
        pass
    assert sorted(temporary.rglob("*")) == before


def test_a_few_are_removed_at_once(temporary, monkeypatch):
    monkeypatch.setattr(module, "_MAX_REMOVED", 2)
    for number in range(5):
        folder = temporary / f"quicktakes-compare-{number}"
        folder.mkdir()
        (folder / "comparison.lock").touch()
    for left in (3, 1, 0):
        module.remove_abandoned()
        assert len(list(temporary.iterdir())) == left


def test_a_folder_that_another_process_is_about_to_remove_is_not_used(temporary, monkeypatch):
    flock, held = fcntl.flock, []

    def held_once(file, operation):
        if not held:  # between the folder's making and its lock, another process has found it
            held.append(set(temporary.iterdir()))
            raise BlockingIOError
        flock(file, operation)

    monkeypatch.setattr(fcntl, "flock", held_once)
    with work_folder() as folder:
        assert folder not in held[0]
        assert (folder / "comparison.lock").exists()
    assert list(temporary.iterdir()) == []
