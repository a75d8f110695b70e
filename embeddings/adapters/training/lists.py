"""What an adapter is trained on: questions, what was found for each, and the vectors of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CandidateList:
    """A text that is embedded as a question, with the candidates that it shall tell apart.

    Attributes:
        text: The text.
        articles: Number of each candidate among the `ArticleVectors`.
        answers: Whether each answers, same shape; at least one does.
    """

    text: str
    articles: NDArray[np.int64]
    answers: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ArticleVectors:
    """Vectors of the articles that were found, which training does not change.

    Attributes:
        questions: Of each article's own question, shape (articles, dimension), length 1.
        sections: Of all their sections, one article's after another's, shape (sections, dimension), length 1.
        first_sections: Where each article's sections begin, shape (articles,).
        section_counts: How many follow one another from there, at least 1, shape (articles,).
    """

    questions: NDArray[np.float16]
    sections: NDArray[np.float16]
    first_sections: NDArray[np.int64]
    section_counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Places of vectors for some lists, padded to the longest.

    Attributes:
        articles: Shape (lists, candidates).
        known: Which of them are no padding, same shape.
        answers: Which of them answer, same shape.
        sections: Shape (lists, candidates, sections).
        held: Which of the sections are no padding, same shape.
    """

    articles: NDArray[np.int64]
    known: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    sections: NDArray[np.int64]
    held: NDArray[np.bool_]


def batch_of(lists: Sequence[CandidateList], vectors: ArticleVectors, max_sections: int) -> Batch:
    """Lay some lists side by side.

    Args:
        lists: At least one.
        vectors: Of their candidates.
        max_sections: How many sections of an article are looked at.
    """
    longest = max(len(each.articles) for each in lists)
    shape = (len(lists), longest)
    articles, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    answers = np.zeros(shape, dtype=np.bool_)
    for row, each in enumerate(lists):
        count = len(each.articles)
        articles[row, :count], answers[row, :count], known[row, :count] = each.articles, each.answers, True
    counts = np.minimum(vectors.section_counts[articles], max_sections)
    offsets = np.arange(int(counts.max()))
    held = (offsets < counts[..., None]) & known[..., None]
    sections = np.where(held, vectors.first_sections[articles][..., None] + offsets, 0)
    return Batch(articles, known, answers, sections, held)
