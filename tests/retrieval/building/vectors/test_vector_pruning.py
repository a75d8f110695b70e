"""The vector cache holds what generations need, and nothing else for long."""

from __future__ import annotations

import pytest

from embeddings.vector_cache import VectorCache
from retrieval.building.vectors import vector_pruning
from retrieval.building.vectors.vector_pruning import prune_vectors
from retrieval.errors import GenerationDamagedError
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.journal import Journal
from retrieval.lifecycle.operations import IndexOperations
from retrieval.lifecycle.outcomes import Policy
from retrieval.lifecycle.rules import BuildRules
from tests.retrieval.article_files import ARTICLES, small_corpus
from tests.retrieval.lifecycle.test_operations import CorpusIndexBuilder

BASALT, YEAST, OSMOSIS = (ARTICLES[name][0] for name in ("geology/basalt", "biology/yeast", "biology/osmosis"))


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


def pruned(corpus, cache, fingerprint):
    with corpus.store.writing(StoreAction.PRUNE) as writer:
        return prune_vectors(writer, cache, fingerprint)


def rebuild(corpus, keep):
    policy = Policy(BuildRules(1.0), keep=keep)
    IndexOperations(corpus.store, Journal(corpus.store.folder), CorpusIndexBuilder(corpus), policy).rebuild("ann")


def held(corpus, *texts):
    with corpus.cache() as cache:
        return (~cache.get_many(texts)[1]).tolist()


def test_vectors_of_removed_texts_go_with_the_last_generation_that_holds_them(corpus):
    rebuild(corpus, keep=2)
    (corpus.root / "geology/basalt.md").unlink()
    rebuild(corpus, keep=2)
    assert held(corpus, BASALT, ARTICLES["geology/basalt"][1], YEAST) == [True, True, True]
    (corpus.root / "biology/yeast.md").unlink()
    rebuild(corpus, keep=2)
    assert held(corpus, BASALT, ARTICLES["geology/basalt"][1]) == [False, False]
    assert held(corpus, YEAST, OSMOSIS) == [True, True]
    with corpus.cache() as cache:
        assert len(cache) == 6  # questions and answers of the three articles of two generations


def test_what_is_pruned_does_not_have_to_be_embedded_again(corpus):
    rebuild(corpus, keep=1)
    (corpus.root / "geology/basalt.md").unlink()
    rebuild(corpus, keep=1)
    corpus.encoder.embedded.clear()
    report = corpus.build(full=True)
    assert (report.embedded, report.from_cache, corpus.encoder.embedded) == (0, 6, [])


def test_vectors_of_texts_that_never_served_go_too(corpus):
    rebuild(corpus, keep=1)
    with corpus.cache() as cache:
        cache.put_many(["of a build that was stopped"], corpus.encoder.encode_passages(["stopped"]))
        assert pruned(corpus, cache, corpus.encoder.fingerprint) == 1
        assert len(cache) == 8


def test_a_large_cache_is_looked_through_only_where_that_pays(corpus, monkeypatch):
    monkeypatch.setattr(vector_pruning, "_FEW_VECTORS", 4)
    rebuild(corpus, keep=1)
    for number, forgotten in ((2, 0), (1, 3)):  # 10 vectors for 8 texts are not worth reading all articles, 11 are
        texts = [f"{number} {place}" for place in range(number)]
        with corpus.cache() as cache:
            cache.put_many(texts, corpus.encoder.encode_passages(texts))
            assert pruned(corpus, cache, corpus.encoder.fingerprint) == forgotten


def test_a_cache_of_another_encoder_or_of_no_index_stays_as_it_is(corpus, tmp_path):
    with VectorCache(tmp_path / "other", "other", 64) as cache:
        cache.put_many(["text"], corpus.encoder.encode_passages(["text"]))
        assert pruned(corpus, cache, "other") == 0
        rebuild(corpus, keep=1)
        assert pruned(corpus, cache, "other") == 0
        assert len(cache) == 1


def test_a_damaged_generation_keeps_nothing_from_being_pruned(corpus):
    rebuild(corpus, keep=2)
    damaged = corpus.store.current_id()
    (corpus.root / "geology/basalt.md").unlink()
    (corpus.store.folder / damaged / "articles.sqlite").write_bytes(b"")
    rebuild(corpus, keep=2)
    with pytest.raises(GenerationDamagedError):
        corpus.store.open(damaged)
    assert held(corpus, BASALT, YEAST) == [False, True]
