"""What a search engine holds follows the index folder, wherever a process dies or the engine is away."""

from __future__ import annotations

from contextlib import suppress

import pytest

from retrieval.errors import SearchEngineError
from retrieval.generations.store import GenerationStore
from tests.retrieval.article_files import small_corpus


class FakeEngine:
    """A search engine that remembers what it is told, in order; a fake of `retrieval.indexes.engine.SearchEngine`."""

    def __init__(self) -> None:
        self.held: set[str] = set()
        self.shown: str | None = None
        self.done: list[tuple[str, str]] = []
        self.dies_at: str | None = None
        self.is_away = False
        self.meanwhile = lambda: None

    def holds(self, generation_id) -> bool:
        return generation_id in self.held

    def prepare(self, parts) -> None:
        self._do("prepare", parts.generation_id)
        self.held.add(parts.generation_id)

    def open(self, parts):
        return f"the search of {parts.generation_id}"

    def point_to(self, generation_id) -> None:
        self._do("point_to", generation_id)
        assert generation_id in self.held
        self.shown = generation_id
        self.meanwhile()

    def drop(self, generation_id) -> None:
        self._do("drop", generation_id)
        self.held.discard(generation_id)

    def _do(self, what, generation_id) -> None:
        if self.dies_at == what:
            raise KeyboardInterrupt
        if self.is_away:
            raise SearchEngineError("http://engine", "it is away")
        self.done.append((what, generation_id))


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def corpus(tmp_path, engine):
    corpus = small_corpus(tmp_path)
    corpus.store = GenerationStore(corpus.store.folder, engine)
    return corpus


def build_again(corpus, number=0) -> str:
    corpus.write("geology/lava", "What is lava", f"Lava is molten rock number {number}.")
    return corpus.build().generation_id


def test_a_generation_is_held_before_it_serves_and_shown_afterwards(corpus, engine):
    first = corpus.build().generation_id
    assert engine.done == [("prepare", first), ("point_to", first)]
    with corpus.open() as generation:
        assert generation.search_index == f"the search of {first}"


def test_one_that_does_not_serve_is_not_held(corpus, engine):
    corpus.build(activate=False)
    assert engine.done == []


def test_dying_before_the_folder_names_it_leaves_the_one_before(corpus, engine):
    first = corpus.build().generation_id
    engine.dies_at = "prepare"
    with pytest.raises(KeyboardInterrupt):
        build_again(corpus)
    assert (corpus.store.current_id(), engine.shown) == (first, first)


def test_dying_between_the_folder_and_what_is_shown_is_put_right_by_whoever_opens(corpus, engine):
    first = corpus.build().generation_id
    engine.dies_at = "point_to"
    with pytest.raises(KeyboardInterrupt):
        build_again(corpus)
    second = corpus.store.current_id()
    assert second != first  # the folder has the last word
    assert (engine.shown, engine.held) == (first, {first, second})
    engine.dies_at = None
    GenerationStore(corpus.store.folder, engine).current(corpus.encoder, whole=True).close()
    assert engine.shown == second


def test_dying_within_a_rollback_is_put_right_too(corpus, engine):
    first = corpus.build().generation_id
    second = build_again(corpus)
    engine.dies_at = "point_to"
    with corpus.store.writing() as writer, suppress(KeyboardInterrupt):
        writer.rollback()
    assert (corpus.store.current_id(), engine.shown) == (first, second)
    engine.dies_at = None
    corpus.store.current(corpus.encoder, whole=True).close()
    assert engine.shown == first


def test_opening_another_than_the_one_that_serves_shows_nothing(corpus, engine):
    first = corpus.build().generation_id
    second = build_again(corpus)
    corpus.store.open(first, corpus.encoder, whole=True).close()
    assert engine.shown == second


def test_whoever_shows_what_is_outdated_by_then_shows_the_new_one(corpus, engine):
    first = corpus.build().generation_id
    second = build_again(corpus)

    def another_process_goes_back() -> None:
        engine.meanwhile = lambda: None
        (corpus.store.folder / "current").write_text(f"{first}\n")

    engine.meanwhile = another_process_goes_back
    corpus.store.current(corpus.encoder, whole=True).close()
    assert engine.done[-2:] == [("point_to", second), ("point_to", first)]
    assert engine.shown == first


def test_an_engine_that_is_away_lets_nothing_new_serve(corpus, engine):
    first = corpus.build().generation_id
    engine.is_away = True
    with pytest.raises(SearchEngineError, match="http://engine: it is away"):
        build_again(corpus)
    assert corpus.store.current_id() == first


def test_an_engine_that_is_away_keeps_nobody_from_opening(corpus, engine, caplog):
    first = corpus.build().generation_id
    engine.is_away = True
    with corpus.store.current(corpus.encoder, whole=True) as generation:
        assert generation.id == first
    assert "does not show yet which generation serves: the search engine at http://engine: it is away" in caplog.text


def test_what_is_removed_is_dropped_first_and_stays_where_that_fails(corpus, engine):
    ids = [corpus.build().generation_id, *(build_again(corpus, number) for number in range(2))]
    engine.is_away = True
    with corpus.store.writing() as writer, pytest.raises(SearchEngineError):
        writer.prune(keep=1)
    assert [summary.id for summary in corpus.store.list()] == ids[::-1]
    engine.is_away = False
    with corpus.store.writing() as writer:
        assert writer.prune(keep=1) == tuple(ids[:2])
    assert engine.held == {ids[2]}
    assert engine.done[-2:] == [("drop", ids[0]), ("drop", ids[1])]


def test_candidates_are_dropped_with_their_folders(corpus, engine):
    corpus.build()
    corpus.write("geology/lava", "What is lava", "Lava is molten rock.")
    candidate = corpus.build(activate=False).generation_id
    corpus.store.prepare_search(candidate)  # it was asked the golden questions
    assert candidate in engine.held
    with corpus.store.writing() as writer:
        writer.discard(candidate)
    assert candidate not in engine.held


def test_a_generation_from_before_the_engine_is_held_when_it_is_gone_back_to(tmp_path, engine):
    corpus = small_corpus(tmp_path)
    first = corpus.build().generation_id
    corpus.store = GenerationStore(corpus.store.folder, engine)
    second = build_again(corpus)
    assert engine.held == {second}
    with corpus.store.writing() as writer:
        assert writer.rollback() == first
    assert (engine.held, engine.shown) == ({first, second}, first)
