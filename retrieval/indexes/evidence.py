"""The evidence of candidates: exact figures from a generation's memory-mapped files, however candidates were found."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Evidence
from retrieval.indexes.base import ArticleLayout, Candidate, Ids, LexicalIndex, Scores, SearchRequest
from retrieval.indexes.exact import VectorMatrix, single_precision
from retrieval.indexes.term_coverage import TermCoverage

_RANK_OFFSET = 60  # the usual constant of reciprocal rank fusion; here it only orders candidates that must be cut off


class CandidateEvidence:
    """Gives article rows all their evidence. Safe to use from several threads.

    Args:
        layout: Where the articles' vectors lie.
        question_vectors: Shape (article rows, dimension).
        section_vectors: Shape (section rows, dimension).
        lexical_index: Scores article rows by words.
        term_coverage: Compares tokens; without it every coverage is 0.
        aside: Scores words while the calling thread compares vectors.
    """

    def __init__(  # noqa: PLR0913  # one source for each kind of evidence
        self,
        layout: ArticleLayout,
        question_vectors: VectorMatrix,
        section_vectors: VectorMatrix,
        lexical_index: LexicalIndex,
        term_coverage: TermCoverage | None,
        *,
        aside: Executor,
    ) -> None:
        self._question_vectors = question_vectors
        self._section_vectors = section_vectors
        self._lexical_index = lexical_index
        self._term_coverage = term_coverage
        self._first_sections = _scatter(len(question_vectors), layout.rows, layout.first_sections)
        self._section_counts = _scatter(len(question_vectors), layout.rows, layout.section_counts)
        self._aside = aside

    def of(self, rows: Ids, request: SearchRequest) -> list[Candidate]:
        """Candidates for article rows that hold an article, each once, in their order."""
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


def best_ranked(lists: Sequence[NDArray[np.integer]], limit: int) -> Ids:
    """Rows that occur in any of the lists; of more than `limit`, those that stand highest in most of them."""
    points: dict[int, float] = {}
    for found in lists:
        for rank, row in enumerate(dict.fromkeys(found.tolist())):
            points[row] = points.get(row, 0.0) + 1.0 / (_RANK_OFFSET + rank)
    best = sorted(points, key=lambda row: (-points[row], row))[:limit]
    return np.array(best, dtype=np.int64)
