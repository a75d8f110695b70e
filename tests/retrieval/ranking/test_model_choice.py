"""Which model serves a corpus."""

from __future__ import annotations

import dataclasses

import pytest

from retrieval.ranking.corpus_cosines import reference_cosines
from retrieval.ranking.cosine_scale import UNSCALED, CosineScale, Line
from retrieval.ranking.fitted_model import FittedModel, shipped_model
from retrieval.ranking.model_choice import ModelSource, choose_model
from tests.retrieval import models

REFERENCE = reference_cosines()


def measured(encoder=REFERENCE.encoder, articles=30):
    """What a build measures where cosines are as in the reference."""
    return dataclasses.replace(REFERENCE, encoder=encoder, articles=articles).to_json()


def squashed(encoder):
    def levels(of):
        own, others = ({kind: 0.3 * each + 0.7 for kind, each in every.items()} for every in (of.own, of.others))
        return dataclasses.replace(of, own=own, others=others, everyday=0.3 * of.everyday + 0.7)

    changed = {"section": levels(REFERENCE.section), "question": levels(REFERENCE.question), "encoder": encoder}
    return dataclasses.replace(REFERENCE, **changed).to_json()


def test_the_reference_is_of_the_encoder_that_a_shipped_model_is_fitted_with():
    assert shipped_model(REFERENCE.encoder).encoder == REFERENCE.encoder


def test_the_default_encoder_is_served_by_its_model_fitted_to_the_corpus():
    chosen = choose_model(REFERENCE.encoder, None, measured())
    assert (chosen.source, chosen.same_encoder, chosen.articles) == (ModelSource.CORPUS, True, 30)
    assert chosen.model == shipped_model(REFERENCE.encoder)


def test_another_encoder_is_served_by_the_same_model_with_its_cosines_carried_over():
    chosen = choose_model("other", None, squashed("other"))
    assert (chosen.source, chosen.same_encoder) == (ModelSource.CORPUS, False)
    assert chosen.model == dataclasses.replace(shipped_model(REFERENCE.encoder), scale=chosen.model.scale)
    assert chosen.model.scale.section.at(0.85) == pytest.approx(0.5, abs=0.01)


def test_where_nothing_was_measured_the_shipped_model_serves_as_it_is():
    chosen = choose_model(REFERENCE.encoder, None, None)
    assert (chosen.source, chosen.same_encoder) == (ModelSource.SHIPPED, True)
    assert chosen.model == shipped_model(REFERENCE.encoder)


@pytest.mark.parametrize("cosines", [None, {"format": 99}, measured("a third one")])
def test_another_encoder_of_which_nothing_is_known_is_served_by_evidence_without_a_scale(cosines):
    chosen = choose_model("other", None, cosines)
    assert (chosen.source, chosen.same_encoder) == (ModelSource.SHIPPED, False)
    assert chosen.model.ranking.standardised


def test_a_fit_to_judged_questions_wins_and_keeps_its_scale():
    scale = CosineScale(Line(2.0, -0.5), Line(2.0, -0.4))
    own = dataclasses.replace(models.model(), encoder=REFERENCE.encoder, scale=scale)
    chosen = choose_model(REFERENCE.encoder, own.to_json(), measured())
    assert (chosen.source, chosen.model) == (ModelSource.JUDGED, own)


def test_a_fit_of_before_there_were_scales_leaves_cosines_as_they_are():
    stored = models.model().to_json()
    del stored["scale"]
    assert FittedModel.from_json(stored).scale == UNSCALED
