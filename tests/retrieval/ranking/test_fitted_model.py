from __future__ import annotations

import dataclasses
import json
from importlib.resources import files

import pytest

from retrieval.errors import CalibrationError
from retrieval.ranking.fitted_model import FittedModel, shipped_model
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.models import model

MODEL = dataclasses.replace(model(), encoder="some encoder", provenance={"files": {"dev": {"questions": 3}}})


def test_a_model_comes_back_through_json_in_any_order():
    data = json.loads(json.dumps(MODEL.to_json(), sort_keys=True))
    assert FittedModel.from_json(data) == MODEL


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"format": 1}, "another version"),
        ({"format": None}, "another version"),
        ({"ranking": None}, "cannot be read"),
        ({"ranking": []}, "cannot be read"),
        ({"confidence": "high"}, "cannot be read"),
        ({"provenance": 7}, "cannot be read"),
        ({"ranking": MODEL.ranking.to_json() | {"weights": {}}}, "another version"),
        ({"confidence": MODEL.confidence.to_json() | {"slope": "steep"}}, "cannot be read"),
    ],
)
def test_a_model_that_does_not_fit_is_refused_with_what_to_do(change, problem):
    with pytest.raises(CalibrationError, match=problem) as caught:
        FittedModel.from_json(json.loads(json.dumps(MODEL.to_json())) | change)
    assert "quicktakes evaluate FILE --fit" in str(caught.value)


@pytest.mark.parametrize("missing", ["ranking", "confidence", "provenance"])
def test_an_incomplete_model_names_what_is_missing(missing):
    data = MODEL.to_json()
    del data[missing]
    with pytest.raises(CalibrationError, match=missing):
        FittedModel.from_json(data)


def test_the_default_encoder_has_a_model_of_its_own(real_encoder):
    """A changed encoder has another fingerprint, and then the weights that come with the project are another's."""
    shipped = shipped_model(real_encoder.fingerprint)
    assert shipped.encoder == real_encoder.fingerprint
    assert not shipped.ranking.standardised


def test_any_other_encoder_gets_weights_that_look_at_no_scale():
    shipped = shipped_model(HashingEncoder().fingerprint)
    assert shipped.encoder == ""
    assert shipped.ranking.standardised
    assert shipped is shipped_model("another one") or shipped == shipped_model("another one")
    for part in (shipped.confidence.covered, shipped.confidence.first):
        weights = dict(zip(part.names, part.coefficients, strict=True))
        assert [weights.get(name, 0.0) for name in ("nearest_section", "question", "nearest_question")] == [0, 0, 0]


@pytest.mark.parametrize(
    "path", sorted((files("retrieval.ranking") / "shipped").iterdir(), key=str), ids=lambda p: p.name
)
def test_models_that_come_with_the_project_tell_where_they_come_from(path):
    shipped = FittedModel.from_json(json.loads(path.read_bytes()))
    assert shipped.provenance["files"]
    for figures in shipped.provenance["files"].values():
        assert figures["questions"] >= figures["answerable"] >= 0
    assert 0 < shipped.confidence.candidates_from <= shipped.confidence.answer_from < 1
    assert shipped.confidence.slope > 0
