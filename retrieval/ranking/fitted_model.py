"""Ranking and confidence, fitted together: what comes with the project, and what an operator fitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from retrieval.errors import CalibrationError
from retrieval.ranking.confidence import Confidence
from retrieval.ranking.cosine_scale import UNSCALED, CosineScale
from retrieval.ranking.ranker import RankingWeights

_FORMAT = 2
_SHIPPED = "shipped"
_ANY_ENCODER = "any-encoder.json"


@dataclass(frozen=True, slots=True)
class FittedModel:
    """What turns evidence into a ranking and a confidence.

    Attributes:
        ranking: How evidence adds up.
        confidence: What the ranking is worth.
        encoder: Query fingerprint of the encoder whose evidence it was fitted to; empty where it suits any.
        provenance: Where it comes from: questions, folds and what cross-validation gave.
        scale: What carries cosines over to the scale on which it was fitted, before it looks at them.
    """

    ranking: RankingWeights
    confidence: Confidence
    encoder: str = ""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    scale: CosineScale = UNSCALED

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return {
            "format": _FORMAT,
            "encoder": self.encoder,
            "ranking": self.ranking.to_json(),
            "confidence": self.confidence.to_json(),
            "provenance": dict(self.provenance),
            "scale": self.scale.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FittedModel:
        """Read what `to_json` gave.

        Raises:
            CalibrationError: It is of another version or incomplete.
        """
        if data.get("format") != _FORMAT:
            raise CalibrationError("was made by another version")
        try:
            ranking, confidence = data["ranking"], data["confidence"]
            provenance = dict(data["provenance"])
        except (KeyError, TypeError, ValueError) as error:
            raise CalibrationError(f"cannot be read ({error})") from error
        return cls(
            RankingWeights.from_json(ranking),
            Confidence.from_json(confidence),
            encoder=str(data.get("encoder", "")),
            provenance=provenance,
            scale=CosineScale.from_json(data["scale"]) if "scale" in data else UNSCALED,
        )


@cache
def shipped_model(encoder_fingerprint: str) -> FittedModel:
    """The model that comes with the project: the one for this encoder, else the one that suits any.

    Args:
        encoder_fingerprint: Query fingerprint of the encoder.
    """
    folder = files("retrieval.ranking") / _SHIPPED
    every = {path.name: FittedModel.from_json(json.loads(path.read_bytes())) for path in folder.iterdir()}
    return next((model for model in every.values() if model.encoder == encoder_fingerprint), every[_ANY_ENCODER])
