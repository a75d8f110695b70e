"""A generation as a collection of Milvus: its name, its fields, how it is loaded and dropped.

A collection has two partitions: the articles' questions, with the words of the whole articles, and their sections. It
is filled under another name and renamed when it is whole, so that one of its own name is never a part of something.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.errors import SearchEngineError
from retrieval.indexes.engine import IndexParts
from retrieval.indexes.evidence import section_rows
from retrieval.indexes.exact import VectorMatrix, single_precision
from retrieval.indexes.milvus.connection import MilvusConnection
from retrieval.indexes.milvus.options import MilvusOptions, VectorIndexKind
from retrieval.indexes.milvus.subjects import SubjectNumbers
from retrieval.indexes.milvus.term_weights import NO_TERM, document_vector

# ruff: noqa: PLC0415  # as in `retrieval.indexes.milvus.connection`
if TYPE_CHECKING:
    from pymilvus import CollectionSchema, MilvusClient

QUESTIONS, SECTIONS = "questions", "sections"
ID, ARTICLE, SUBJECT, VECTOR, TERMS = "id", "article", "subject", "vector", "terms"

_ROWS_AT_ONCE = 500
_LOGGED_EVERY = 50_000
_HNSW = {"M": 16, "efConstruction": 200}
_IVF = {"nlist": 1024}
_BUILD_PARAMETERS = {
    VectorIndexKind.HNSW: _HNSW,
    VectorIndexKind.IVF_FLAT: _IVF,
    VectorIndexKind.IVF_SQ8: _IVF,
}

_log = logging.getLogger(__name__)

Row = dict[str, Any]


class MilvusCollections:
    """The collections of one index, one a generation. Safe to use from several threads.

    Args:
        connection: To Milvus.
        options: How it is used.
    """

    def __init__(self, connection: MilvusConnection, options: MilvusOptions) -> None:
        self._run = connection.run
        self._options = options

    def name(self, generation_id: str) -> str:
        """Name of a generation's collection: Milvus allows letters, digits and underscores."""
        return f"{self._options.prefix}_{generation_id.replace('-', '_')}"

    @property
    def alias(self) -> str:
        """Name under which others find the collection of the generation that serves."""
        return f"{self._options.prefix}_current"

    def exists(self, generation_id: str) -> bool:
        """Whether a generation's collection is there, whole."""
        name, seconds = self.name(generation_id), self._options.load_timeout
        return self._run(lambda client: bool(client.has_collection(name, timeout=seconds)))

    def load(self, parts: IndexParts) -> None:
        """Make a generation's collection, whatever an attempt before has left of it.

        Raises:
            SearchEngineError: Milvus cannot be used, or holds another number of rows than it was given.
        """
        name, seconds = self.name(parts.generation_id), self._options.load_timeout
        unfinished = _unfinished(name)
        self._drop(unfinished)
        self._run(lambda client: self._create(client, unfinished, parts.question_vectors.shape[1]))
        total = 0
        for partition, rows in ((QUESTIONS, _question_rows(parts)), (SECTIONS, _section_rows(parts))):
            total += self._insert(unfinished, partition, rows)
        self._run(lambda client: client.flush(unfinished, timeout=seconds))
        self._run(lambda client: self._index(client, unfinished))
        self._run(lambda client: client.load_collection(unfinished, timeout=seconds))
        self._check_count(unfinished, total)
        self._run(lambda client: client.rename_collection(unfinished, name, timeout=seconds))
        self._run(lambda client: client.load_collection(name, timeout=seconds))  # milvus-lite forgets it with the name
        _log.info("the search engine holds generation %s: %s rows", parts.generation_id, f"{total:,}")

    def drop(self, generation_id: str) -> None:
        """Remove a generation's collection, whole or unfinished, with the aliases that name it."""
        name = self.name(generation_id)
        self._drop(name)
        self._drop(_unfinished(name))

    def point_to(self, generation_id: str) -> None:
        """Have the alias name a generation's collection."""
        name, alias, seconds = self.name(generation_id), self.alias, self._options.timeout
        if alias in self._aliases(name):
            return
        if alias in self._aliases(""):
            self._run(lambda client: client.alter_alias(name, alias, timeout=seconds))
        else:
            self._run(lambda client: client.create_alias(name, alias, timeout=seconds))

    def _aliases(self, name: str) -> list[str]:
        """Aliases of a collection; of all of them without a name."""
        seconds = self._options.timeout
        return list(self._run(lambda client: client.list_aliases(name, timeout=seconds))["aliases"])

    def _drop(self, name: str) -> None:
        seconds = self._options.load_timeout
        if not self._run(lambda client: bool(client.has_collection(name, timeout=seconds))):
            return
        for alias in self._aliases(name):  # Milvus keeps a collection that an alias names
            self._run(_alias_dropper(alias, seconds))
        self._run(lambda client: client.drop_collection(name, timeout=seconds))

    def _create(self, client: MilvusClient, name: str, dimension: int) -> None:
        seconds = self._options.load_timeout
        # Nothing is ever changed in it, so that no search need wait for what was written just now.
        client.create_collection(name, schema=_schema(dimension), consistency_level="Eventually", timeout=seconds)
        for partition in (QUESTIONS, SECTIONS):
            client.create_partition(name, partition, timeout=seconds)

    def _index(self, client: MilvusClient, name: str) -> None:
        kind = self._options.vector_index
        wanted = client.prepare_index_params()
        parameters = _BUILD_PARAMETERS.get(kind, {})
        wanted.add_index(VECTOR, index_type=kind.value, metric_type="IP", params=parameters)
        wanted.add_index(TERMS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        client.create_index(name, wanted, timeout=self._options.load_timeout)

    def _insert(self, name: str, partition: str, rows: Iterator[Row]) -> int:
        seconds, total = self._options.load_timeout, 0
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            self._run(_batch_inserter(name, partition, batch, seconds))
            before, total = total, total + len(batch)
            if before // _LOGGED_EVERY != total // _LOGGED_EVERY:
                _log.info("loaded into the search engine: %s %s", f"{total:,}", partition)
        return total

    def _check_count(self, name: str, expected: int) -> None:
        seconds = self._options.load_timeout
        found = self._run(
            lambda client: client.query(name, output_fields=["count(*)"], consistency_level="Strong", timeout=seconds)
        )
        held = int(found[0]["count(*)"])
        if held != expected:
            raise SearchEngineError(self._options.uri, f"it holds {held} rows of {expected} that it was given")


def _unfinished(name: str) -> str:
    return f"{name}_unfinished"


def _alias_dropper(alias: str, seconds: float) -> Callable[[MilvusClient], object]:
    return lambda client: client.drop_alias(alias, timeout=seconds)


def _batch_inserter(name: str, partition: str, batch: list[Row], seconds: float) -> Callable[[MilvusClient], object]:
    return lambda client: client.insert(name, batch, partition_name=partition, timeout=seconds)


def _schema(dimension: int) -> CollectionSchema:
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(ID, DataType.INT64, is_primary=True)
    for name in (ARTICLE, SUBJECT):
        schema.add_field(name, DataType.INT64)
    schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field(TERMS, DataType.SPARSE_FLOAT_VECTOR)
    return schema


def _question_rows(parts: IndexParts) -> Iterator[Row]:
    """A row for each article: the vector of its question, and the words of all of it."""
    analyze = parts.lexical_index.analyze
    rows = parts.layout.rows
    lengths = sum(len(analyze(text)) for text in parts.article_texts())
    mean_length = lengths / max(len(rows), 1)
    terms = (document_vector(analyze(text), mean_length) for text in parts.article_texts())
    subjects = SubjectNumbers(parts.layout.subject_keys).of_articles
    vectors = _vectors(parts.question_vectors, rows)
    for row, subject, vector, words in zip(rows.tolist(), subjects.tolist(), vectors, terms, strict=True):
        yield {ID: 2 * row, ARTICLE: row, SUBJECT: subject, VECTOR: vector, TERMS: words}


def _section_rows(parts: IndexParts) -> Iterator[Row]:
    """A row for each section, with its vector."""
    layout = parts.layout
    sections = section_rows(layout.first_sections, layout.section_counts)
    articles = np.repeat(layout.rows, layout.section_counts)
    subjects = np.repeat(SubjectNumbers(layout.subject_keys).of_articles, layout.section_counts)
    columns = zip(sections.tolist(), articles.tolist(), subjects.tolist(), strict=True)
    for (section, article, subject), vector in zip(columns, _vectors(parts.section_vectors, sections), strict=True):
        yield {ID: 2 * section + 1, ARTICLE: article, SUBJECT: subject, VECTOR: vector, TERMS: {NO_TERM: 1.0}}


def _vectors(matrix: VectorMatrix, rows: np.ndarray[Any, np.dtype[np.int64]]) -> Iterator[np.ndarray[Any, Any]]:
    """The rows of a matrix in single precision, some at a time in memory."""
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield from single_precision(matrix[rows[start : start + _ROWS_AT_ONCE]])
