"""A disk that takes no more, and folders that cannot be written, leave the old generation serving and say why."""

from __future__ import annotations

import multiprocessing
import re
import resource

import pytest

from retrieval.errors import IndexWriteError
from tests.retrieval.article_files import Corpus, small_corpus
from tests.retrieval.index_changes import rollback
from tests.retrieval.unprivileged import give_away, open_folder, unprivileged


def build_with_little_room(folder, room, answer):
    """Build where no file may be larger than so many bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        Corpus(folder).build(full=True)
    except Exception as error:  # noqa: BLE001  # its kind is what the test is about
        answer.send(f"{type(error).__name__}: {error}")
    else:
        answer.send(None)


@pytest.mark.parametrize("room", [0, 100, 1_000, 4_000, 10_000, 30_000, 60_000])
def test_a_disk_that_takes_no_more_leaves_the_old_generation_serving(tmp_path, room):
    corpus = small_corpus(tmp_path)
    first = corpus.build().generation_id
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=build_with_little_room, args=(tmp_path, room, theirs))
    process.start()
    said = ours.recv() if ours.poll(60) else "nothing"
    process.join()
    assert said is not None, "there was room enough; the test says nothing"
    assert re.match(r"IndexWriteError: .*index cannot be written \(.*\); check that the disk has room", said), said
    assert corpus.store.current_id() == first
    assert corpus.store.verify(first) == ()
    assert corpus.build().articles == 5
    assert not list(corpus.store.folder.glob("building-*"))


def test_an_index_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "index").write_text("in the way")
    corpus = small_corpus(tmp_path)
    with pytest.raises(IndexWriteError, match="index cannot be written"):
        corpus.build()


@pytest.fixture
def served():
    """A corpus with one generation that serves, of somebody who has no special rights."""
    with open_folder() as folder:
        corpus = small_corpus(folder)
        corpus.build()
        give_away(folder)
        yield corpus
        corpus.store.folder.chmod(0o755)


@pytest.mark.parametrize("lock", ["there", "not there"])
def test_in_a_folder_that_is_read_only_nothing_is_changed_and_everything_found(served, lock):
    corpus, current = served, served.store.current_id()
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    if lock == "not there":
        (corpus.store.folder / "build.lock").unlink()
    with unprivileged():
        corpus.store.folder.chmod(0o555)
        with pytest.raises(PermissionError):
            (corpus.store.folder / "file").touch()
        for change in (corpus.build, lambda: rollback(corpus.store, current)):
            with pytest.raises(IndexWriteError, match=r"index cannot be written \(.*Permission denied.*\); check that"):
                change()
        assert corpus.store.lock.holder() is None
        assert "What is basalt" in corpus.questions()
    corpus.store.folder.chmod(0o755)
    assert corpus.store.current_id() == current
    assert [summary.id for summary in corpus.store.list()] == [current]
    assert corpus.store.verify(current) == ()
    assert not list(corpus.store.folder.glob("building-*"))
    with unprivileged():
        assert corpus.build().articles == 5
