"""Carries the cosines of one corpus and encoder over to the scale of those that a model was fitted to. Pure.

Two points are known on both scales: how near a question is to the article that it was made from, and how near to
others. The line through them carries every cosine over. Neither point depends on how many articles there are, since
each is a mean over articles and not the nearest of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low
from typing import Any

from retrieval.domain import Evidence
from retrieval.errors import CalibrationError
from retrieval.indexes.base import Candidate
from retrieval.ranking.corpus_cosines import CorpusCosines, CosineLevels

ENOUGH_ARTICLES = 20
"""From so many articles on, the others of a corpus tell what no answer looks like; before, everyday questions do.

So many also weigh as much as the reference does, where the encoder is the same."""

_MAX_SLOPE = 5.0  # of a steeper line, noise is what is carried over
_MIN_GAP = 0.02
"""Where answers are no nearer than others by so much, cosines tell nothing."""

_MAX_CHANGE = 1.25
"""One encoder's cosines are as wide in one corpus as in another, within this factor."""

_SAME = 2e-3
"""A cosine that moves by less is left alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """`slope` times a cosine, plus `intercept`."""

    slope: float = 1.0
    intercept: float = 0.0

    def at(self, cosine: float) -> float:
        """The cosine on the other scale."""
        return self.slope * cosine + self.intercept


@dataclass(frozen=True, slots=True)
class CosineScale:
    """What carries cosines over.

    Attributes:
        section: For cosines with sections.
        question: For cosines with the articles' questions.
    """

    section: Line = Line()
    question: Line = Line()

    def carried(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates with their cosines on the other scale; as they are where both scales are the same."""
        if self == UNSCALED:
            return candidates
        return [replace(each, evidence=self.carried_evidence(each.evidence)) for each in candidates]

    def carried_evidence(self, evidence: Evidence) -> Evidence:
        """The evidence with its cosines on the other scale."""
        section, question = self.section.at, self.question.at
        return replace(
            evidence,
            question=question(evidence.question),
            section=section(evidence.section),
            passage=section(evidence.passage),
            section_scores=tuple(map(section, evidence.section_scores)),
            passage_scores=tuple(map(section, evidence.passage_scores)),
            mean_sentence=section(evidence.mean_sentence),
            last_sentence=section(evidence.last_sentence),
            best_sentence_question=question(evidence.best_sentence_question),
        )

    def to_json(self) -> dict[str, Any]:
        """Slope and intercept by name."""
        lines = {"section": self.section, "question": self.question}
        return {name: {"slope": line.slope, "intercept": line.intercept} for name, line in lines.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CosineScale:
        """Read what `to_json` gave.

        Raises:
            CalibrationError: A figure is missing or no number, or a slope is not above 0.
        """
        try:
            lines = [
                Line(float(data[name]["slope"]), float(data[name]["intercept"])) for name in ("section", "question")
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise CalibrationError(f"cannot be read ({error})") from error
        if not all(math.isfinite(line.slope) and math.isfinite(line.intercept) and line.slope > 0 for line in lines):
            raise CalibrationError("holds figures that are no numbers, or slopes that are not above 0")
        return cls(*lines)


UNSCALED = CosineScale()
"""Leaves cosines as they are."""


def scale_to(reference: CorpusCosines, own: CorpusCosines) -> CosineScale | None:
    """What carries a corpus's cosines over to the scale of the reference; ``None`` where they tell nothing.

    The fewer articles there are, the more a corpus with the reference's encoder is taken to be as the reference.
    """
    same_encoder = own.encoder == reference.encoder
    weight = own.articles / (own.articles + ENOUGH_ARTICLES) if same_encoder else 1.0
    few = own.articles < ENOUGH_ARTICLES
    section = _line(reference.section, own.section, weight, few=few)
    if section is None or section.slope > _MAX_SLOPE:
        return None
    question = _line(reference.question, own.question, weight, few=few) or section
    lines = [_bounded(line) if same_encoder else line for line in (section, question)]
    return UNSCALED if all(map(_is_same, lines)) else CosineScale(*lines)


def _line(reference: CosineLevels, own: CosineLevels, weight: float, *, few: bool) -> Line | None:
    """The line in the middle of those that each kind of question gives: one kind may say little about its article."""
    lines = []
    for kind, near in reference.own.items():
        if kind not in own.own or not (few or kind in own.others):
            continue
        far = reference.everyday if few else reference.others[kind]
        own_near = near + weight * (own.own[kind] - near)
        own_far = far + weight * ((own.everyday if few else own.others[kind]) - far)
        if own_near - own_far >= _MIN_GAP:
            slope = (near - far) / (own_near - own_far)
            lines.append(Line(slope, far - slope * own_far))
    middle = median_low(line.slope for line in lines) if lines else 0.0
    return next((line for line in lines if line.slope == middle), None)


def _bounded(line: Line) -> Line:
    slope = min(max(line.slope, 1 / _MAX_CHANGE), _MAX_CHANGE)
    fixed = line.intercept / (1.0 - line.slope) if slope != line.slope else 0.0
    return line if slope == line.slope else Line(slope, (1.0 - slope) * fixed)


def _is_same(line: Line) -> bool:
    return abs(line.slope - 1.0) < _SAME and abs(line.intercept) < _SAME
