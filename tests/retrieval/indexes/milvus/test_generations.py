"""Generations in a real Milvus: built, cut off, gone back to, removed."""

from __future__ import annotations

import pytest

from retrieval.generations.store import GenerationStore
from retrieval.indexes.base import SearchRequest
from retrieval.indexes.milvus.engine import MilvusEngine
from tests.milvus_server import own_options
from tests.retrieval.article_files import small_corpus


class DiesBeforeTheAlias(MilvusEngine):
    """A process that is killed after the folder was renamed."""

    def point_to(self, generation_id):
        raise KeyboardInterrupt(generation_id)


def first_article(corpus, text):
    with corpus.open() as generation:
        found = generation.search_index.search(SearchRequest(corpus.encoder.encode_query(text), text, 3))
        best = max(found, key=lambda candidate: candidate.evidence.question)
        return generation.article(best.article).url


def test_what_is_shown_and_held_follows_the_folder(tmp_path, milvus_server):
    options = own_options(milvus_server)
    engine = MilvusEngine(options)
    corpus = small_corpus(tmp_path)
    folder = corpus.store.folder

    def shown():
        alias = f"{options.prefix}_current"
        return engine._connection.run(lambda client: client.describe_alias(alias, timeout=30))["collection_name"]

    def held():
        names = engine._connection.run(lambda client: client.list_collections(timeout=30))
        return {name for name in names if name.startswith(f"{options.prefix}_")}

    def name(generation_id):
        return f"{options.prefix}_{generation_id.replace('-', '_')}"

    corpus.store = GenerationStore(folder, engine)
    first = corpus.build().generation_id
    assert (shown(), held()) == (name(first), {name(first)})
    assert first_article(corpus, "How does osmosis work") == "/learn/biology/osmosis"

    corpus.store = GenerationStore(folder, DiesBeforeTheAlias(options))
    corpus.write("geology/lava", "What is lava", "Lava is molten rock.")
    with pytest.raises(KeyboardInterrupt):
        corpus.build()
    second = corpus.store.current_id()
    assert second != first
    assert (shown(), held()) == (name(first), {name(first), name(second)})
    corpus.store = GenerationStore(folder, engine)
    assert first_article(corpus, "What is lava") == "/learn/geology/lava"  # the folder has the last word
    corpus.store.current(corpus.encoder, whole=True).close()
    assert shown() == name(second)

    with corpus.store.writing() as writer:
        assert writer.rollback() == first
    assert shown() == name(first)
    assert first_article(corpus, "What is lava") != "/learn/geology/lava"
    with corpus.store.writing() as writer:
        writer.activate(second)
        assert writer.prune(keep=1) == (first,)
    assert (shown(), held()) == (name(second), {name(second)})
    engine.close()
