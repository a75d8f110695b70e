"""How likely each sentence of an article is the one that answers. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp, log, sqrt
from typing import NamedTuple

from retrieval.domain import Section, Sentence

_SPREAD = 0.02  # added to standard deviations: sections and sentences that are all alike tell nothing
_FULL_LENGTH = 120  # characters of a sentence that says all it can: short ones mostly lead on, longer ones say no more
_CONTRAST = re.compile(r"\b(?:while|whereas|unlike|contrast|compared|differ|than|both)\b", re.IGNORECASE)
_LOWEST = -60.0  # scores further below the best one count as this low
_CLOSING = 2  # articles end with a summary of about this many sentences, which touches every word and says the least


class SentenceFeatures(NamedTuple):
    """What is known of a sentence, in the order of `SentenceWeights`.

    Attributes:
        section_behind: Its section's score less the best section's: 0 or below.
        section_rank: Its section's score, standardised within the article.
        coverage_rank: How well it covers what the article's own question leaves open of what is asked, standardised
            within the article.
        place: Where in the answer it begins: from 0 to below 1.
        is_opening: 1 for the first sentence, which mostly says the question again; -1 where the member wants to know
            what something is, since then it is what answers; 0 for all others.
        is_closing: 1 for the last two.
        length: Natural logarithm of its length in characters, of at most 120 of them.
        contrast: 1 where it sets one thing against another, in English words.
    """

    section_behind: float
    section_rank: float
    coverage_rank: float
    place: float
    is_opening: float
    is_closing: float
    length: float
    contrast: float


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """What each of `SentenceFeatures` adds to the score of a sentence; `sentence_scores` makes probabilities of scores.

    The defaults were fitted, listwise over the sentences of an article, to 1,532 questions over 35,915 articles with
    the default encoder: 279 of judged files that state evidence, and 1,253 whose evidence was marked by reading the
    article. `benchmarks/excerpts.py` fits them again, and tells by cross-validation what they are worth.
    """

    section_behind: float = 5.85
    section_rank: float = 0.41
    coverage_rank: float = 0.77
    place: float = -1.08
    is_opening: float = -2.01
    is_closing: float = -2.04
    length: float = 1.30
    contrast: float = 0.53


def section_ordinals(sentences: Sequence[Sentence], sections: Sequence[Section]) -> list[int]:
    """In which of the sections, which tile the answer, each sentence begins."""
    ordinals = []
    ordinal = 0
    for sentence in sentences:
        while ordinal + 1 < len(sections) and sentence.start >= sections[ordinal].end:
            ordinal += 1
        ordinals.append(ordinal)
    return ordinals


def sentence_features(  # noqa: PLR0913  # what is known of an article and of a question
    answer: str,
    sentences: Sequence[Sentence],
    ordinals: Sequence[int],
    section_scores: Sequence[float],
    coverages: Sequence[float],
    *,
    wants_definition: bool = False,
) -> list[SentenceFeatures]:
    """What is known of each sentence of an article.

    Args:
        answer: The article's decoded answer.
        sentences: Its sentences, at least one, in their order.
        ordinals: From `section_ordinals`.
        section_scores: How well each section answers, by ordinal.
        coverages: How well each sentence covers what is asked beyond the article's own question, 0 to 1.
        wants_definition: Whether the member wants to know what something is.
    """
    highest = max(section_scores)
    mean_section, section_spread = _mean_and_spread(section_scores)
    mean_coverage, coverage_spread = _mean_and_spread(coverages)
    opening = -1.0 if wants_definition else 1.0
    whole = max(sentences[-1].end, 1)
    first_closing = len(sentences) - _CLOSING
    return [
        SentenceFeatures(
            section_behind=section_scores[ordinal] - highest,
            section_rank=(section_scores[ordinal] - mean_section) / section_spread,
            coverage_rank=(coverage - mean_coverage) / coverage_spread,
            place=sentence.start / whole,
            is_opening=opening if number == 0 else 0.0,
            is_closing=float(number >= first_closing),
            length=log(min(max(sentence.end - sentence.start, 1), _FULL_LENGTH)),
            contrast=float(_CONTRAST.search(answer, sentence.start, sentence.end) is not None),
        )
        for number, (sentence, ordinal, coverage) in enumerate(zip(sentences, ordinals, coverages, strict=True))
    ]


def sentence_scores(features: Sequence[SentenceFeatures], weights: SentenceWeights) -> list[float]:
    """The probability that each sentence is the one that answers; over at least one sentence they add up to 1."""
    factors = astuple(weights)
    scores = [sum(map(float.__mul__, factors, feature)) for feature in features]
    highest = max(scores)
    shares = [exp(max(score - highest, _LOWEST)) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]


def _mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean, and standard deviation with a little added. `statistics` computes exactly, which takes 50 times as long."""
    mean = sum(values) / len(values)
    return mean, sqrt(sum((value - mean) ** 2 for value in values) / len(values)) + _SPREAD
