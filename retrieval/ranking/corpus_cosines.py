"""How high the cosines of a corpus are: of questions made from its articles, and of questions that none answers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FORMAT = 1
_REFERENCE = ("reference", "cosines.json")


@dataclass(frozen=True, slots=True)
class CosineLevels:
    """Mean cosines of some questions with one part of articles.

    Attributes:
        own: With the article that the question was made from, by kind of question: what an answer looks like.
        others: With other articles, as if the own one were left out, by kind: what no answer looks like. Empty where
            there is one article.
        everyday: Of everyday questions, which no article of study answers, with all articles.
    """

    own: Mapping[str, float]
    others: Mapping[str, float]
    everyday: float


@dataclass(frozen=True, slots=True)
class CorpusCosines:
    """The levels of a corpus under an encoder.

    Attributes:
        encoder: Query fingerprint of the encoder.
        articles: How many articles were asked for.
        section: Levels of the nearest section of an article.
        question: Levels of an article's question.
    """

    encoder: str
    articles: int
    section: CosineLevels
    question: CosineLevels

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return {
            "format": _FORMAT,
            "encoder": self.encoder,
            "articles": self.articles,
            "section": _levels_json(self.section),
            "question": _levels_json(self.question),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CorpusCosines | None:
        """Read what `to_json` gave; ``None`` where another version wrote it, which the next full build mends."""
        try:
            if data["format"] != _FORMAT:
                return None
            found = cls(
                str(data["encoder"]), int(data["articles"]), *(_levels(data[n]) for n in ("section", "question"))
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return None
        return found if found.articles > 0 and all(map(math.isfinite, _figures(found))) else None


@cache
def reference_cosines() -> CorpusCosines | None:
    """The levels of the corpus and the encoder that the model which comes with the project was fitted to."""
    path = files("retrieval.ranking").joinpath(*_REFERENCE)
    return CorpusCosines.from_json(json.loads(path.read_bytes()))


def _levels_json(levels: CosineLevels) -> dict[str, Any]:
    return {"own": dict(levels.own), "others": dict(levels.others), "everyday": levels.everyday}


def _levels(data: Mapping[str, Any]) -> CosineLevels:
    own, others = ({str(kind): float(value) for kind, value in data[name].items()} for name in ("own", "others"))
    return CosineLevels(own, others, float(data["everyday"]))


def _figures(cosines: CorpusCosines) -> Iterator[float]:
    for levels in (cosines.section, cosines.question):
        yield from (*levels.own.values(), *levels.others.values(), levels.everyday)
