"""One working copy, and several processes that want it, or have died over it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.sources.errors import SourceBusyError, SourceError
from bot.sources.git import GitSource
from tests.bot.sources.repositories import serving

PATIENCE = 20.0
CHILD = """
import sys, time
from pathlib import Path
from bot.sources.git import GitSource
source = GitSource(sys.argv[1], "main", Path(sys.argv[2]))
with source.synced() as commit:
    print(commit, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "source"


def another_process(address, folder) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(address), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_until(is_so) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_second_process_is_told_who_uses_the_copy_and_gets_it_afterwards(repository, folder):
    source = GitSource(str(repository.folder), "main", folder)
    with another_process(repository.folder, folder) as other:
        try:
            commit = other.stdout.readline().strip()
            repository.write("learn/b.md", "two")
            with pytest.raises(SourceBusyError, match=f"process {other.pid} ") as caught, source.synced(wait=0.3):
                pytest.fail("two at once")
            assert caught.value.pid == other.pid
            assert not (folder / "learn/b.md").exists()
            with pytest.raises(SourceBusyError):
                source.is_as_synced()
            waited = []

            def give_way() -> None:
                waited.append(1)
                other.kill()

            with source.synced(wait=PATIENCE, on_wait=give_way) as now:
                assert now != commit
            assert waited
        finally:
            other.kill()
    assert (folder / "learn/b.md").read_text() == "two"


def test_two_that_come_at_once_take_turns(repository, folder):
    inside, most, problems = [], [], []

    def use() -> None:
        try:
            for _ in range(3):
                with GitSource(str(repository.folder), "main", folder).synced(wait=PATIENCE):
                    inside.append(1)
                    most.append(len(inside))
                    time.sleep(0.02)
                    inside.pop()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            problems.append(error)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert most == [1] * 12


def test_what_a_killed_clone_leaves_is_taken_away_and_nothing_else(repository, folder):
    data = folder.parent
    strangers = ["source-2026", "source-clone-backup_1/notes", "source-clone-abc", "other-clone-abcdefgh"]
    for name in strangers:
        (data / name).mkdir(parents=True)
    stalled, go_on = threading.Event(), threading.Event()
    with serving(repository.folder / ".git", "ann", "x") as server:

        def stall(given) -> None:
            if given:
                stalled.set()
                go_on.wait(PATIENCE)

        server.asked = stall
        with another_process(f"http://ann:x@{server.host}/.git", folder) as other:
            assert stalled.wait(PATIENCE)
            ours = [path for path in data.glob("source-clone-*") if (path / "fresh").exists()]
            assert len(ours) == 1
            with pytest.raises(SourceBusyError), GitSource(str(repository.folder), "main", folder).synced(wait=0.2):
                pytest.fail("a process uses it")
            assert ours[0].exists()
            git = int((data / "source.lock").read_text().split()[1])
            other.send_signal(signal.SIGKILL)
        os.kill(git, 0)  # git itself goes on
        GitSource(str(repository.folder), "main", folder).sync()
        go_on.set()
    assert (folder / "learn/a.md").read_text() == "one"
    assert not ours[0].exists()
    assert all((data / name).exists() for name in strangers)
    wait_until(lambda: not Path(f"/proc/{git}/cwd").exists())


def test_a_copy_that_a_kill_left_aside_is_put_back_even_if_the_repository_is_out_of_reach(repository, folder):
    source = GitSource(str(repository.folder), "main", folder)
    source.sync()
    aside = folder.parent / "source-clone-abcdefgh"
    aside.mkdir()
    folder.rename(aside / "old")
    repository.folder.rename(repository.folder.with_name("away"))
    with pytest.raises(SourceError, match="cannot be fetched"):
        source.sync()
    assert (folder / "learn/a.md").read_text() == "one"
    assert not aside.exists()


@pytest.mark.parametrize("name", ["index.lock", "shallow.lock", "HEAD.lock", "refs/heads/main.lock"])
def test_a_lock_that_a_killed_git_left_costs_no_fresh_copy(repository, folder, name):
    source = GitSource(str(repository.folder), "main", folder)
    source.sync()
    before = (folder / "learn/a.md").stat().st_ino
    (folder / ".git" / name).touch()
    commit = repository.write("learn/b.md", "two")
    assert source.sync() == commit
    assert (folder / "learn/a.md").stat().st_ino == before


def test_what_is_waited_for_can_be_given_up_at_once(repository, folder):
    class GivenUpError(Exception):
        pass

    stalled, go_on = threading.Event(), threading.Event()
    with serving(repository.folder / ".git", "ann", "x") as server:

        def stall(_) -> None:
            stalled.set()
            go_on.wait(PATIENCE)

        def give_up() -> None:
            if stalled.is_set():
                raise GivenUpError

        server.asked = stall
        source = GitSource(f"http://ann:x@{server.host}/.git", "main", folder)
        started = time.monotonic()
        with pytest.raises(GivenUpError), source.synced(on_wait=give_up):
            pytest.fail("there is no answer")
        assert time.monotonic() - started < PATIENCE / 2
        go_on.set()
    assert sorted(path.name for path in folder.parent.iterdir()) == ["source.lock"]


def test_a_copy_knows_whether_somebody_touched_it(repository, folder):
    source = GitSource(str(repository.folder), "main", folder)
    assert not source.is_as_synced()
    source.sync()
    assert source.is_as_synced()
    (folder / "learn/a.md").write_text("meddled")
    assert not source.is_as_synced()
    source.sync()
    (folder / "learn/stray.md").write_text("stray")
    assert not source.is_as_synced()
    source.sync()
    assert source.is_as_synced()
    repository.write("learn/b.md", "two")
    subprocess.run(["git", "-C", folder, "pull", "--quiet", repository.folder, "main"], check=True)  # noqa: S607
    assert not source.is_as_synced()


def test_a_file_that_always_differs_is_nobodys_touch(repository, folder):
    (repository.folder / "learn/crlf.md").write_bytes(b"one\r\n")
    repository.commit()
    (repository.folder / ".gitattributes").write_text("*.md text\n")
    repository.git("add", ".gitattributes")
    repository.git("commit", "--quiet", "--message", "Rules for line ends")
    source = GitSource(str(repository.folder), "main", folder)
    source.sync()
    assert source.is_as_synced()


SYNCING = """
import sys
from pathlib import Path
from bot.sources.git import GitSource
print("ready", flush=True)
while True:
    print(GitSource(sys.argv[1], "main", Path(sys.argv[2])).sync(), flush=True)
"""


@pytest.mark.parametrize("seed", range(int(os.environ.get("KILLS", "12"))))
def test_after_a_kill_at_any_moment_the_next_sync_is_right(repository, folder, seed):
    chance = random.Random(seed)  # noqa: S311  # no secret
    command = [sys.executable, "-c", SYNCING, str(repository.folder), str(folder)]
    for number in range(30):
        (repository.folder / f"learn/{number}.md").write_text(f"{number}")
    repository.commit()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL if seed % 2 else subprocess.PIPE) as other:
        if other.stdout is not None:
            other.stdout.readline()  # from the very first moment
        for number in range(3):
            commit = repository.write(f"learn/{chance.randrange(40)}.md", f"{seed} {number} {chance.random()}")
            time.sleep(chance.random() * 0.1)
        other.kill()
    source = GitSource(str(repository.folder), "main", folder)
    assert source.sync() == commit
    assert source.is_as_synced()
    files = {path.name: path.read_text() for path in (repository.folder / "learn").iterdir()}
    assert {path.name: path.read_text() for path in (folder / "learn").iterdir()} == files
    assert sorted(path.name for path in folder.parent.iterdir()) == ["source", "source.lock", "source.synced"]
