"""Asks a corpus the questions that it holds itself, so that its confidence needs no judged questions.

Each of some articles is asked for by its own question, its description and its keywords: what is found for it should be
itself, and with itself left out nothing. Only cosines are looked at, so that 100 articles take about a second.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from retrieval.building.changes import ArticleChanges
from retrieval.domain import Article
from retrieval.generations.generation import ARTICLES, COSINES, QUESTION_VECTORS, SECTION_VECTORS, Generation
from retrieval.generations.reader import ArticleReader
from retrieval.indexes.base import ArticleLayout
from retrieval.indexes.evidence import section_rows
from retrieval.indexes.exact import single_precision
from retrieval.indexes.matrix import open_matrix
from retrieval.questions.question_text import read_question
from retrieval.ranking.corpus_cosines import CorpusCosines, CosineLevels

EVERYDAY = (
    "who won the game last night",
    "what should we have for dinner",
    "which phone would you buy at the moment",
    "when does the next bus leave",
    "has anybody seen the new film yet",
    "my cat keeps waking me up at night",
    "what is the password of the wifi here",
    "how much are tickets for the concert",
    "anyone up for a round of cards",
    "is it going to rain tomorrow",
    "where did you buy those shoes",
    "can somebody drive me to the airport",
)
"""Questions that no article of study answers: what no answer looks like where there are too few articles to tell."""

_ASKED_FOR = 100
"""Articles: the mean of so many is known to 0.006, and 300 questions take a second or two to embed."""

_MAX_LENGTH = 300
"""Characters of a question; members write less."""

_CHANGED_SHARE = 0.1
"""Where so many of the articles have changed since they were asked for, they are asked for anew."""

_CHANGED = "changed_since"


@dataclass(frozen=True, slots=True)
class _Sample:
    """Some articles with their vectors.

    Attributes:
        articles: The articles.
        questions: Vector of each one's question, shape (articles, dimension).
        sections: Vectors of all their sections, in their order.
        first_sections: Where each one's sections begin among them.
    """

    articles: Sequence[Article]
    questions: NDArray[np.float32]
    sections: NDArray[np.float32]
    first_sections: NDArray[np.int64]

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Of a question with each article's nearest section and with its question, shape (2, articles)."""
        nearest = np.maximum.reduceat(self.sections @ vector, self.first_sections)
        return np.stack([nearest, self.questions @ vector]).astype(np.float64)


def write_cosines(base: Generation | None, folder: Path, changes: ArticleChanges, encoder: Encoder) -> None:
    """Write how high the cosines of a corpus are into its generation's folder.

    They are taken over from the base, unless much has changed, or questions are embedded otherwise now.

    Args:
        base: The generation that it is derived from.
        folder: The generation's folder, with articles and vectors.
        changes: What has become of the articles since.
        encoder: Embeds questions.
    """
    kept = base.cosines if base else None
    before = base.manifest.counts.articles if base else 0
    changed = changes.added + changes.changed + changes.removed
    since = changed + (int(kept.get(_CHANGED, 0)) if kept else 0)
    measured = CorpusCosines.from_json(kept) if kept else None
    of_now = measured is not None and measured.encoder == encoder.query_fingerprint
    if kept is None or not of_now or since > _CHANGED_SHARE * before:
        kept, since = measure_cosines(folder, encoder).to_json(), 0
    _write(folder, {**kept, _CHANGED: since})


def measure_cosines(folder: Path, encoder: Encoder) -> CorpusCosines:
    """Ask some articles of a generation for themselves.

    Args:
        folder: The generation's folder.
        encoder: The one that made its vectors.
    """
    sample = _sample(folder)
    own: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    others: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for place, article in enumerate(sample.articles):
        for kind, text in _questions_of(article).items():
            cosines = sample.cosines(encoder.encode_query(text))
            own[kind].append(cosines[:, place])
            if len(sample.articles) > 1:
                others[kind].append(np.delete(cosines, place, axis=1).mean(axis=1))
    everyday = np.mean([sample.cosines(encoder.encode_query(text)).mean(axis=1) for text in EVERYDAY], axis=0)
    section, question = (
        CosineLevels(_means(own, part), _means(others, part), round(float(everyday[part]), 4)) for part in (0, 1)
    )
    return CorpusCosines(encoder.query_fingerprint, len(sample.articles), section, question)


def _questions_of(article: Article) -> dict[str, str]:
    """What an article is asked for by, in the words that are looked up for a member; only what it has."""
    seo = article.seo
    kinds = {
        "question": article.question,
        "description": seo.page_description,
        "keywords": ", ".join(seo.page_keywords),
    }
    texts = {kind: read_question(text[:_MAX_LENGTH]).text for kind, text in kinds.items()}
    return {kind: text for kind, text in texts.items() if text}


def _means(cosines: Mapping[str, Sequence[NDArray[np.float64]]], part: int) -> dict[str, float]:
    return {kind: round(float(np.mean([each[part] for each in every])), 4) for kind, every in cosines.items()}


def _sample(folder: Path) -> _Sample:
    """Some articles, evenly chosen."""
    with ArticleReader(folder / ARTICLES) as reader:
        layout = reader.layout()
        chosen = _chosen(layout)
        articles = [reader.article(row) for row in layout.rows[chosen].tolist()]
    counts = layout.section_counts[chosen]
    return _Sample(
        articles,
        single_precision(open_matrix(folder / QUESTION_VECTORS)[layout.rows[chosen]]),
        single_precision(open_matrix(folder / SECTION_VECTORS)[section_rows(layout.first_sections[chosen], counts)]),
        np.cumsum(counts) - counts,
    )


def _chosen(layout: ArticleLayout) -> NDArray[np.int64]:
    count = min(_ASKED_FOR, len(layout.rows))
    return (2 * np.arange(count, dtype=np.int64) + 1) * len(layout.rows) // (2 * count)


def _write(folder: Path, facts: Mapping[str, Any]) -> None:
    text = json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / COSINES).write_text(f"{text}\n", encoding="utf-8")
