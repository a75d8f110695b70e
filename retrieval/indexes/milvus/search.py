"""Candidates found by Milvus, with evidence from the generation's own files.

Milvus proposes articles, by vectors and by words; their figures are computed from the memory-mapped files. So they are
exact and the same as without Milvus, however approximate its indexes are, and little travels between the machines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.indexes.base import Candidate, Ids, SearchRequest
from retrieval.indexes.engine import IndexParts
from retrieval.indexes.evidence import CandidateEvidence, best_ranked
from retrieval.indexes.milvus.collection import ARTICLE, QUESTIONS, SECTIONS, SUBJECT, TERMS, VECTOR
from retrieval.indexes.milvus.connection import CollectionNotLoadedError, MilvusConnection
from retrieval.indexes.milvus.options import MilvusOptions, VectorIndexKind
from retrieval.indexes.milvus.subjects import SubjectNumbers
from retrieval.indexes.milvus.term_weights import question_vector

if TYPE_CHECKING:
    from pymilvus import MilvusClient

_SECTIONS_AN_ARTICLE = 2  # as in `retrieval.indexes.hybrid`
_EFFORT = 2  # times as many neighbours are kept while HNSW is walked through as are wanted
_MIN_EFFORT = 256
_LISTS_READ = 256  # of the 1,024 of an inverted file

_NOTHING: Ids = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Search:
    """One search.

    Attributes:
        field: The vectors to compare with.
        vector: What they are compared with: numbers, or a sparse vector.
        partition: Where.
        limit: How many rows to find at the most.
        condition: Which rows, in Milvus' own language; it holds nothing but names and numbers of ours.
        effort: Parameters of the index.
    """

    field: str
    vector: NDArray[np.float32] | Mapping[int, float]
    partition: str
    limit: int
    condition: str
    effort: Mapping[str, int]


class MilvusIndex:
    """Finds candidates in Milvus. Safe to call from several threads.

    Args:
        parts: What the generation holds.
        name: Of its collection.
        connection: To Milvus.
        options: How it is used.
        aside: Where two of a question's searches run while the calling thread does the third.
    """

    def __init__(
        self,
        parts: IndexParts,
        name: str,
        connection: MilvusConnection,
        options: MilvusOptions,
        *,
        aside: Executor,
    ) -> None:
        self._name = name
        self._connection = connection
        self._options = options
        self._aside = aside
        self._lexical_index = parts.lexical_index
        self._subjects = SubjectNumbers(parts.layout.subject_keys)
        self._rows = parts.layout.rows
        self._evidence = CandidateEvidence(
            parts.layout,
            parts.question_vectors,
            parts.section_vectors,
            parts.lexical_index,
            parts.term_coverage,
            aside=aside,
        )

    def search(self, request: SearchRequest) -> Sequence[Candidate]:
        """See `retrieval.indexes.base.SearchIndex`.

        Raises:
            SearchEngineError: Milvus cannot be used.
        """
        condition = ""
        if request.subject_key is not None:
            number = self._subjects.number(request.subject_key)
            if number is None:
                return ()
            condition = f"{SUBJECT} == {number}"
        limit = request.limit
        near = partial(self._near, request, condition)
        by_question = self._aside.submit(near, QUESTIONS, limit)
        by_section = self._aside.submit(near, SECTIONS, limit * _SECTIONS_AN_ARTICLE)
        by_words = self._by_words(request, condition)
        rows = best_ranked((by_question.result(), by_section.result(), by_words), limit)
        return self._evidence.of(rows, request)

    def _near(self, request: SearchRequest, condition: str, partition: str, limit: int) -> Ids:
        effort: dict[str, int] = {}
        if self._options.vector_index is VectorIndexKind.HNSW:
            effort = {"ef": max(_EFFORT * limit, _MIN_EFFORT)}
        elif self._options.vector_index in (VectorIndexKind.IVF_FLAT, VectorIndexKind.IVF_SQ8):
            effort = {"nprobe": _LISTS_READ}
        return self._articles(_Search(VECTOR, request.vector, partition, limit, condition, effort))

    def _by_words(self, request: SearchRequest, condition: str) -> Ids:
        index = self._lexical_index
        words = question_vector(index.document_frequencies(request.text), index.article_count)
        if not words:
            return _NOTHING
        return self._articles(_Search(TERMS, words, QUESTIONS, request.limit, condition, {}))

    def _articles(self, wanted: _Search) -> Ids:
        """Article rows in the order of what was found, an article perhaps more than once."""

        def search(client: MilvusClient) -> Any:  # noqa: ANN401  # pymilvus' own lists
            return client.search(
                self._name,
                data=[wanted.vector],
                anns_field=wanted.field,
                limit=wanted.limit,
                filter=wanted.condition,
                output_fields=[ARTICLE],
                partition_names=[wanted.partition],
                search_params={"metric_type": "IP", "params": dict(wanted.effort)},
                timeout=self._options.timeout,
            )

        try:
            found = self._connection.run(search)
        except CollectionNotLoadedError:
            seconds = self._options.timeout
            self._connection.run(lambda client: client.load_collection(self._name, timeout=seconds))
            found = self._connection.run(search)
        return np.array([hit["entity"][ARTICLE] for hit in found[0]], dtype=np.int64)
