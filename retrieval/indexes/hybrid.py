"""The search index inside a generation: question vectors, section vectors and words, one folder, one process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from retrieval.indexes.base import ArticleLayout, Candidate, Ids, LexicalIndex, SearchRequest, VectorIndex
from retrieval.indexes.evidence import CandidateEvidence, best_ranked, section_rows
from retrieval.indexes.exact import VectorMatrix
from retrieval.indexes.term_coverage import TermCoverage

_SECTIONS_AN_ARTICLE = 2  # an article's sections often come together; so many are fetched for each candidate wanted
_THREADS_ASIDE = 4


class HybridIndex:
    """Finds candidates in three ways and gives each candidate all evidence. Safe to call from several threads.

    Args:
        layout: Where the articles' vectors lie.
        question_vectors: Shape (article rows, dimension).
        section_vectors: Shape (section rows, dimension).
        question_index: Finds rows of `question_vectors`.
        section_index: Finds rows of `section_vectors`.
        lexical_index: Finds article rows by words.
        term_coverage: Compares tokens; without it every coverage is 0.
    """

    def __init__(  # noqa: PLR0913  # the parts of an index, each with its own maker
        self,
        layout: ArticleLayout,
        question_vectors: VectorMatrix,
        section_vectors: VectorMatrix,
        *,
        question_index: VectorIndex,
        section_index: VectorIndex,
        lexical_index: LexicalIndex,
        term_coverage: TermCoverage | None = None,
    ) -> None:
        self._question_index = question_index
        self._section_index = section_index
        self._lexical_index = lexical_index
        self._article_of_section: NDArray[np.int32] = np.full(len(section_vectors), -1, dtype=np.int32)
        live = section_rows(layout.first_sections, layout.section_counts)
        self._article_of_section[live] = np.repeat(layout.rows, layout.section_counts)
        self._layout = layout
        self._subject_rows: dict[str, tuple[Ids, Ids]] = {}
        self._lock = threading.Lock()
        # FAISS and tantivy work without Python's lock, so two of a question's searches can run at the same time.
        self._aside = ThreadPoolExecutor(_THREADS_ASIDE, thread_name_prefix="search")
        self._evidence = CandidateEvidence(
            layout, question_vectors, section_vectors, lexical_index, term_coverage, aside=self._aside
        )

    def search(self, request: SearchRequest) -> Sequence[Candidate]:
        """See `retrieval.indexes.base.SearchIndex`."""
        articles, sections = None, None
        if request.subject_key is not None:
            articles, sections = self._rows_of_subject(request.subject_key)
            if not len(articles):
                return ()
        limit = request.limit
        near = self._aside.submit(self._section_index.search, request.vector, limit * _SECTIONS_AN_ARTICLE, sections)
        by_question, _ = self._question_index.search(request.vector, limit, articles)
        by_words, _ = self._lexical_index.search(request.text, limit, request.subject_key)
        near_sections, _ = near.result()
        by_section = self._article_of_section[near_sections]
        rows = best_ranked((by_question, by_section, by_words), limit)
        return self._evidence.of(rows, request)

    def _rows_of_subject(self, key: str) -> tuple[Ids, Ids]:
        """Article rows and section rows of a subject, ascending."""
        with self._lock:
            if key not in self._subject_rows:
                chosen = np.array([subject == key for subject in self._layout.subject_keys], dtype=np.bool_)
                sections = section_rows(self._layout.first_sections[chosen], self._layout.section_counts[chosen])
                self._subject_rows[key] = (self._layout.rows[chosen], np.sort(sections))
            return self._subject_rows[key]
