"""What was found for judged questions → what an adapter is trained on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.adapters.training.lists import ArticleVectors, CandidateList
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.generations.generation import Generation
from retrieval.indexes.evidence import section_rows
from retrieval.indexes.exact import single_precision
from retrieval.questions.question_text import read_question
from retrieval.ranking.fitting.judged_hits import JudgedHits

_SAYS_THE_SAME = 0.7
"""Cosine of the questions of two articles from which on the one probably answers what the other does."""


def training_lists(
    generation: Generation, asked: Sequence[tuple[JudgedQuestion, JudgedHits]]
) -> tuple[list[list[CandidateList]], ArticleVectors]:
    """The lists of each question, and the vectors of all articles in them.

    A long message gives two lists, since it is embedded as a whole and as the question in it. A question for which
    nothing that answers was found gives none. An article that was not judged, and asks nearly what one that answers
    asks, is left out: it may answer, too.

    Args:
        generation: Holds the articles.
        asked: Questions, and what was found for each.
    """
    found = sorted({hit.article.url for _, sample in asked for hit in sample.hits})
    rows = {url: row for url in found if (row := generation.row_of(url)) is not None}
    vectors = _article_vectors(generation, np.array(list(rows.values()), dtype=np.int64))
    places = {url: place for place, url in enumerate(rows)}
    correct = generation.vocabulary.correct
    lists = []
    for judged, sample in asked:
        kept = _kept(judged, sample, places, vectors)
        question = read_question(judged.query, correct)
        texts = dict.fromkeys((question.text, question.focus)) if kept else {}
        lists.append([CandidateList(text, *kept) for text in texts if text and kept])
    return lists, vectors


def _kept(
    judged: JudgedQuestion, sample: JudgedHits, places: dict[str, int], vectors: ArticleVectors
) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
    """The candidates of a question that may be told apart, and which of them answer; ``None`` where none does."""
    if not sample.answerable or not any(sample.answers):
        return None
    articles = np.array([places[hit.article.url] for hit in sample.hits], dtype=np.int64)
    answers = np.array(sample.answers, dtype=np.bool_)
    known = np.array([hit.article.url in judged.grades for hit in sample.hits], dtype=np.bool_)
    questions = single_precision(vectors.questions[articles])
    likeness = (questions @ questions[answers].T).max(axis=1)
    kept = known | answers | (likeness < _SAYS_THE_SAME)
    return articles[kept], answers[kept]


def _article_vectors(generation: Generation, rows: NDArray[np.int64]) -> ArticleVectors:
    layout = generation.layout()
    places = np.searchsorted(layout.rows, rows)
    counts = layout.section_counts[places]
    owned = section_rows(layout.first_sections[places], counts)
    return ArticleVectors(
        np.asarray(generation.question_vectors[rows]),
        np.asarray(generation.section_vectors[owned]),
        np.cumsum(counts) - counts,
        counts,
    )


def halves(asked: Sequence[tuple[JudgedQuestion, JudgedHits]]) -> Iterator[NDArray[np.bool_]]:
    """Which questions belong to the first and to the second half; those of one article stay together."""
    groups = {group: number % 2 for number, group in enumerate(sorted({sample.group for _, sample in asked}))}
    second = np.array([groups[sample.group] == 1 for _, sample in asked], dtype=np.bool_)
    yield ~second
    yield second
