"""Milvus as the engine that finds articles."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from retrieval.indexes.engine import IndexParts
from retrieval.indexes.milvus.collection import MilvusCollections
from retrieval.indexes.milvus.connection import MilvusConnection
from retrieval.indexes.milvus.options import MilvusOptions
from retrieval.indexes.milvus.search import MilvusIndex

_THREADS_ASIDE = 16  # they wait for Milvus, two for each question at a time


class MilvusEngine:
    """`retrieval.indexes.engine.SearchEngine` by Milvus. Safe to use from several threads.

    Args:
        options: Where Milvus is and how it is used.

    Raises:
        SearchEngineError: pymilvus is not installed.
    """

    def __init__(self, options: MilvusOptions) -> None:
        self._options = options
        self._connection = MilvusConnection(options)
        self._collections = MilvusCollections(self._connection, options)
        self._aside = ThreadPoolExecutor(_THREADS_ASIDE, thread_name_prefix="milvus")

    def holds(self, generation_id: str) -> bool:
        """See `retrieval.indexes.engine.SearchEngine`."""
        return self._collections.exists(generation_id)

    def prepare(self, parts: IndexParts) -> None:
        """See `retrieval.indexes.engine.SearchEngine`."""
        if not self.holds(parts.generation_id):
            self._collections.load(parts)

    def open(self, parts: IndexParts) -> MilvusIndex:
        """See `retrieval.indexes.engine.SearchEngine`."""
        name = self._collections.name(parts.generation_id)
        return MilvusIndex(parts, name, self._connection, self._options, aside=self._aside)

    def point_to(self, generation_id: str) -> None:
        """See `retrieval.indexes.engine.SearchEngine`."""
        self._collections.point_to(generation_id)

    def drop(self, generation_id: str) -> None:
        """See `retrieval.indexes.engine.SearchEngine`."""
        self._collections.drop(generation_id)

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        self._connection.close()
