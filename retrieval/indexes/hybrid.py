"""The search index inside a generation: question vectors, section vectors and words, one folder, one process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Evidence
from retrieval.indexes.base import ArticleLayout, Candidate, Ids, LexicalIndex, Scores, SearchRequest, VectorIndex
from retrieval.indexes.exact import VectorMatrix, single_precision
from retrieval.indexes.term_coverage import TermCoverage

_SECTIONS_AN_ARTICLE = 2  # an article's sections often come together; so many are fetched for each candidate wanted
_THREADS_ASIDE = 4
_RANK_OFFSET = 60  # the usual constant of reciprocal rank fusion; here it only orders candidates that must be cut off


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
        self._question_vectors = question_vectors
        self._section_vectors = section_vectors
        self._question_index = question_index
        self._section_index = section_index
        self._lexical_index = lexical_index
        self._term_coverage = term_coverage
        self._first_sections = _scatter(len(question_vectors), layout.rows, layout.first_sections)
        self._section_counts = _scatter(len(question_vectors), layout.rows, layout.section_counts)
        self._article_of_section: NDArray[np.int32] = np.full(len(section_vectors), -1, dtype=np.int32)
        live = section_rows(layout.first_sections, layout.section_counts)
        self._article_of_section[live] = np.repeat(layout.rows, layout.section_counts)
        self._layout = layout
        self._subject_rows: dict[str, tuple[Ids, Ids]] = {}
        self._lock = threading.Lock()
        # FAISS and tantivy work without Python's lock, so two of a question's searches can run at the same time.
        self._aside = ThreadPoolExecutor(_THREADS_ASIDE, thread_name_prefix="search")

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
        rows = _best_ranked((by_question, by_section, by_words), limit)
        return self._with_evidence(rows, request)

    def _with_evidence(self, rows: Ids, request: SearchRequest) -> list[Candidate]:
        of_words = self._aside.submit(self._lexical_index.score, request.text, rows.tolist())
        counts = self._section_counts[rows]
        owned = section_rows(self._first_sections[rows], counts)
        question_vectors = single_precision(self._question_vectors[rows])
        section_vectors = single_precision(self._section_vectors[owned])
        question = np.einsum("ij,j->i", question_vectors, request.vector)
        of_sections = np.einsum("ij,j->i", section_vectors, request.vector)
        likeness = np.einsum("ij,ij->i", np.repeat(question_vectors, counts, axis=0), section_vectors)
        passage = score_passages(np.repeat(question, counts), of_sections, likeness).tolist()
        section = of_sections.tolist()
        figures = {
            "question": question,
            **self._coverages(rows, request),
            **_of_sentences(request, question_vectors, section_vectors, np.cumsum(counts) - counts),
        }
        lexical = of_words.result()
        candidates = []
        end = 0
        names, columns = list(figures), [figure.tolist() for figure in figures.values()]
        for row, count, *values in zip(rows.tolist(), counts.tolist(), *columns, strict=True):
            start, end = end, end + count
            passage_scores = tuple(passage[start:end])
            section_scores = tuple(section[start:end])
            best = max(passage_scores)
            evidence = Evidence(
                section=max(section_scores),
                section_ordinal=passage_scores.index(best),
                lexical=lexical[row],
                passage=best,
                section_scores=section_scores,
                passage_scores=passage_scores,
                **dict(zip(names, values, strict=True)),
            )
            candidates.append(Candidate(row, evidence))
        return candidates

    def _coverages(self, rows: Ids, request: SearchRequest) -> dict[str, Scores]:
        """The figures of `Evidence` that compare tokens, each of shape (number of rows,)."""
        if self._term_coverage is None or not request.token_ids or not len(rows):
            return {}
        title = self._term_coverage.of_titles(request.token_ids, rows)
        return {
            "coverage": self._term_coverage.of_articles(request.token_ids, rows),
            "title_coverage": title.near,
            "title_exact_coverage": title.exact,
            "title_covered": self._term_coverage.covered_titles(request.token_ids, rows),
        }

    def _rows_of_subject(self, key: str) -> tuple[Ids, Ids]:
        """Article rows and section rows of a subject, ascending."""
        with self._lock:
            if key not in self._subject_rows:
                chosen = np.array([subject == key for subject in self._layout.subject_keys], dtype=np.bool_)
                sections = section_rows(self._layout.first_sections[chosen], self._layout.section_counts[chosen])
                self._subject_rows[key] = (self._layout.rows[chosen], np.sort(sections))
            return self._subject_rows[key]


def section_rows(first: NDArray[np.int64], counts: NDArray[np.int64]) -> Ids:
    """Rows `first[i]`, `first[i] + 1`, … (`counts[i]` of them) for each i, one after another."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    rows: Ids = np.arange(total, dtype=np.int64) + np.repeat(first - (ends - counts), counts)
    return rows


def score_passages(question: Scores, section: Scores, likeness: Scores) -> Scores:
    """For each section the mean of its cosine and the cosine of the sum of its and its article's question's vector.

    The sum stands for the section read under its question, which would be a second vector to embed and to store: with
    it the same articles were found.

    Args:
        question: Cosine of the asked question with the question of the section's article.
        section: Cosine of the asked question with the section.
        likeness: Cosine of the section with the question of its article.
    """
    under_question = (question + section) / np.sqrt(np.maximum(2 + 2 * likeness, 1e-6))
    return np.asarray((section + under_question) / 2, dtype=np.float32)


def _of_sentences(
    request: SearchRequest, question_vectors: Scores, section_vectors: Scores, first_sections: NDArray[np.int64]
) -> dict[str, Scores]:
    """The figures of `Evidence` that compare single sentences of the message, each of shape (number of articles,)."""
    sentences = request.vector[None] if request.sentences is None else request.sentences
    if not len(first_sections):
        return {}
    nearest = np.maximum.reduceat(section_vectors @ sentences.T, first_sections, axis=0)
    return {
        "mean_sentence": nearest.mean(axis=1),
        "last_sentence": nearest[:, -1],
        "best_sentence_question": (question_vectors @ sentences.T).max(axis=1),
    }


def _scatter(size: int, places: Ids, values: NDArray[np.int64]) -> NDArray[np.int64]:
    spread = np.zeros(size, dtype=np.int64)
    spread[places] = values
    return spread


def _best_ranked(lists: Sequence[NDArray[np.integer]], limit: int) -> Ids:
    """Rows that occur in any of the lists; of more than `limit`, those that stand highest in most of them."""
    points: dict[int, float] = {}
    for found in lists:
        for rank, row in enumerate(dict.fromkeys(found.tolist())):
            points[row] = points.get(row, 0.0) + 1.0 / (_RANK_OFFSET + rank)
    best = sorted(points, key=lambda row: (-points[row], row))[:limit]
    return np.array(best, dtype=np.int64)
