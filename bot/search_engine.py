"""The search engine outside of this process that the settings name, one for each process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

# Only those who use an engine pay for its imports.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from config.settings import Settings
    from retrieval.indexes.engine import SearchEngine
    from retrieval.indexes.faiss_index import VectorIndexOptions
    from retrieval.indexes.milvus.engine import MilvusEngine
    from retrieval.indexes.milvus.options import MilvusOptions


def make_search_engine(settings: Settings) -> SearchEngine | None:
    """The engine that finds articles; ``None`` where that is done in this process. It is not asked anything yet.

    Raises:
        SearchEngineError: What it needs is not installed.
    """
    wanted = settings.milvus
    if wanted.uri is None:
        return None
    from retrieval.indexes.milvus.options import MilvusOptions, VectorIndexKind

    return _milvus(
        MilvusOptions(
            uri=wanted.uri,
            token=wanted.token.get_secret_value() if wanted.token else "",
            database=wanted.database,
            prefix=wanted.collection_prefix,
            vector_index=VectorIndexKind(wanted.vector_index.value.upper()),
            timeout=wanted.search_seconds,
            load_timeout=wanted.load_seconds,
        )
    )


def vector_indexes_of_builds(settings: Settings) -> VectorIndexOptions:
    """The vector indexes that a build writes: none that would lie there unused beside another engine."""
    from retrieval.indexes.faiss_index import VectorEngine, VectorIndexOptions

    return VectorIndexOptions(engine=VectorEngine.AUTO if settings.milvus.uri is None else VectorEngine.EXACT)


@cache  # every generation that is opened shares its connection
def _milvus(options: MilvusOptions) -> MilvusEngine:
    from retrieval.indexes.milvus.engine import MilvusEngine

    return MilvusEngine(options)
