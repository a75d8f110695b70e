"""Which model serves: one fitted to judged questions, else what comes with the project, fitted to the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from retrieval.ranking.corpus_cosines import CorpusCosines, reference_cosines
from retrieval.ranking.cosine_scale import scale_to
from retrieval.ranking.fitted_model import FittedModel, shipped_model


class ModelSource(Enum):
    """Where a model comes from."""

    JUDGED = "judged questions"
    """An operator fitted it to judged questions."""
    CORPUS = "corpus"
    """It comes with the project, and a build has fitted it to the corpus and its encoder."""
    SHIPPED = "shipped"
    """It comes with the project, and nothing was measured for this corpus."""


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """A model, and what can be said about it.

    Attributes:
        model: The model.
        source: Where it comes from.
        same_encoder: Whether the corpus's encoder is the one that it was fitted with.
        articles: How many articles were asked for to fit it to the corpus; 0 where none were.
    """

    model: FittedModel
    source: ModelSource
    same_encoder: bool
    articles: int = 0


def choose_model(encoder: str, calibration: Mapping[str, Any] | None, cosines: Mapping[str, Any] | None) -> ChosenModel:
    """The model that serves a corpus.

    Args:
        encoder: Query fingerprint of the corpus's encoder.
        calibration: What `FittedModel.to_json` gave, if one was fitted to judged questions.
        cosines: What `CorpusCosines.to_json` gave, if a build has measured it.

    Raises:
        CalibrationError: The calibration cannot be read.
    """
    if calibration is not None:
        judged = FittedModel.from_json(calibration)
        return ChosenModel(judged, ModelSource.JUDGED, same_encoder=judged.encoder == encoder)
    return model_without_judged(encoder, cosines)


def model_without_judged(encoder: str, cosines: Mapping[str, Any] | None) -> ChosenModel:
    """The model that serves a corpus for which no questions were judged; see `choose_model`."""
    shipped, reference = shipped_model(encoder), reference_cosines()
    as_shipped = ChosenModel(shipped, ModelSource.SHIPPED, same_encoder=shipped.encoder == encoder)
    measured = CorpusCosines.from_json(cosines) if cosines is not None else None
    if measured is None or reference is None or measured.encoder != encoder:
        return as_shipped
    model, scale = shipped_model(reference.encoder), scale_to(reference, measured)
    if scale is None or model.encoder != reference.encoder:
        return as_shipped
    fitted = replace(model, scale=scale)
    return ChosenModel(fitted, ModelSource.CORPUS, encoder == reference.encoder, measured.articles)
