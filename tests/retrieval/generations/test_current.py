"""Opening what serves while it is replaced and removed, and going on with what is open."""

from __future__ import annotations

import threading

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.errors import GenerationDamagedError, GenerationError, NoGenerationError
from retrieval.generations.current import open_current
from retrieval.generations.store import GenerationStore
from tests.retrieval.article_files import small_corpus
from tests.retrieval.index_changes import calibrate, prune
from tests.retrieval.models import model


class Folder:
    """An index folder in which each look finds what the next of some ids names, and the last one for good."""

    def __init__(self, *ids: str | None) -> None:
        self.ids = list(ids)
        self.opened: list[str] = []

    def current_id(self) -> str | None:
        return self.ids.pop(0) if len(self.ids) > 1 else self.ids[0]

    def open(self, generation_id: str) -> str:
        self.opened.append(generation_id)
        if generation_id.startswith("bad"):
            raise GenerationDamagedError(generation_id, "some file", "is missing")
        return generation_id


def test_a_generation_removed_while_it_is_opened_gives_way_to_its_successor():
    folder = Folder("bad 1", "bad 2", "bad 2", "good", "good")
    assert open_current(folder.current_id, folder.open) == "good"
    assert folder.opened == ["bad 1", "bad 2", "good"]


def test_one_that_still_serves_and_cannot_be_opened_is_damaged():
    folder = Folder("bad")
    with pytest.raises(GenerationDamagedError, match="generation bad: some file: is missing"):
        open_current(folder.current_id, folder.open)
    assert folder.opened == ["bad"]


def test_where_nothing_was_built_there_is_nothing_to_open():
    assert open_current(lambda: None, Folder("x").open) is None


def test_the_tries_come_to_an_end():
    numbers = iter(range(1_000_000))
    folder = Folder("x")
    with pytest.raises(GenerationError):
        open_current(lambda: f"bad {next(numbers)}", folder.open)
    assert len(folder.opened) == 50


def test_every_opening_succeeds_while_generations_come_and_go(tmp_path):
    corpus = small_corpus(tmp_path)
    corpus.build()
    wanted, made, ended = 60, [], threading.Event()

    def build_and_prune():
        store = GenerationStore(corpus.store.folder)
        while not ended.is_set():
            made.append(calibrate(store, model().to_json()))
            made[-1].close()
            prune(store, 1)

    builder = threading.Thread(target=build_and_prune)
    builder.start()
    try:
        for _ in range(wanted):
            with corpus.store.current(corpus.encoder, whole=True) as generation:
                assert len(generation.listed()) == 4
    finally:
        ended.set()
        builder.join()
    assert len(made) > 5, "hardly anything came and went; the test says nothing"


def test_an_opened_generation_goes_on_when_it_is_removed(tmp_path):
    corpus = small_corpus(tmp_path)
    first = corpus.build().generation_id
    with corpus.store.current(corpus.encoder, whole=True) as generation:
        for number in range(2):
            corpus.write(f"geology/granite-{number}", f"What is granite {number}", "Granite is a pale rock.")
            corpus.build()
        assert first in prune(corpus.store, 1)
        assert not (corpus.store.folder / first).exists()
        hits = Answerer(generation, corpus.encoder).rank("what is basalt", limit=1)
        assert [hit.article.question for hit in hits] == ["What is basalt"]


def test_without_an_index_the_error_says_what_to_do(tmp_path):
    with pytest.raises(NoGenerationError, match="run `quicktakes index build`"):
        GenerationStore(tmp_path).current()


def test_one_that_is_removed_while_all_are_listed_is_left_out(tmp_path, monkeypatch):
    corpus = small_corpus(tmp_path)
    first = corpus.build().generation_id
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    second = corpus.build().generation_id
    listed = corpus.store._index.ids()
    prune(corpus.store, 1)
    monkeypatch.setattr(corpus.store._index, "ids", lambda: listed)
    assert first in listed
    assert [summary.id for summary in corpus.store.list()] == [second]
