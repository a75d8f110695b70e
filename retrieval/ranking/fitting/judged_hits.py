"""Judged questions as a fit looks at them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.domain import Hit
from retrieval.ranking.question_facts import QuestionFacts

_OTHERS = 5
_SAYS_IT_TOO = 0.8


@dataclass(frozen=True, slots=True)
class JudgedHits:
    """A judged question with all that was found for it.

    Attributes:
        group: Questions of one group fall into the same fold: the article that they were written from.
        answerable: Whether the corpus answers it.
        source_only: Whether of all articles only the source was judged.
        facts: What the question says about itself.
        hits: All hits, each with its evidence.
        answers: Whether each hit answers.
        source: Place of the article that the question was written from among the hits; ``None`` where it is not.
        file: In which file it stands: of each half of the questions that can be answered are.
    """

    group: str
    answerable: bool
    source_only: bool
    facts: QuestionFacts
    hits: tuple[Hit, ...]
    answers: tuple[bool, ...]
    source: int | None = None
    file: str = ""


def without_source(sample: JudgedHits) -> JudgedHits | None:
    """The question as if its article were not in the corpus.

    ``None`` where nothing else was found, or another article has all words of the question in its own, which probably
    answers it, too.
    """
    place = sample.source
    if place is None or len(sample.hits) == 1:
        return None
    others = sample.hits[:place] + sample.hits[place + 1 :]
    if any(hit.evidence.title_exact_coverage > _SAYS_IT_TOO for hit in others[:_OTHERS]):
        return None
    left = max(1.0 - sample.hits[place].share, 1e-9)
    hits = tuple(replace(hit, share=hit.share / left) for hit in others)
    return replace(sample, hits=hits, answers=(False,) * len(hits), answerable=False, source=None)
