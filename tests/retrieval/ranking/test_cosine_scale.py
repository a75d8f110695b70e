"""Cosines of any corpus and encoder come to the scale that the shipped model was fitted on."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import CalibrationError
from retrieval.indexes.base import Candidate
from retrieval.ranking.corpus_cosines import CorpusCosines, CosineLevels
from retrieval.ranking.cosine_scale import ENOUGH_ARTICLES, UNSCALED, CosineScale, Line, scale_to
from tests.retrieval.hits import evidence

SECTION = CosineLevels(
    {"question": 0.8, "description": 0.9, "keywords": 0.7},
    {"question": 0.1, "description": 0.12, "keywords": 0.08},
    0.02,
)
QUESTION = CosineLevels({"description": 0.8, "keywords": 0.6}, {"description": 0.06, "keywords": 0.1}, -0.02)
REFERENCE = CorpusCosines("one", 100, SECTION, QUESTION)


def changed(change, *, encoder="one", articles=100, kinds=("question", "description", "keywords")):
    """The reference as another encoder or corpus would measure it."""

    def levels(given):
        own, others = (
            {kind: change(value) for kind, value in each.items() if kind in kinds} for each in (given.own, given.others)
        )
        return CosineLevels(own, others if articles > 1 else {}, change(given.everyday))

    return CorpusCosines(encoder, articles, levels(SECTION), levels(QUESTION))


def assert_undoes(scale, change):
    for cosine in (-0.1, 0.1, 0.5, 0.95):
        assert scale.section.at(change(cosine)) == pytest.approx(cosine, abs=0.005)  # where it is the same by so much,
        assert scale.question.at(change(cosine)) == pytest.approx(cosine, abs=0.005)  # it is left alone


@given(st.floats(0.25, 3.0), st.floats(-0.5, 0.9), st.sampled_from([1, 2, ENOUGH_ARTICLES - 1, ENOUGH_ARTICLES, 100]))
def test_the_cosines_of_another_encoder_come_to_the_scale_of_the_reference(slope, intercept, articles):
    def change(cosine):
        return slope * cosine + intercept

    assert_undoes(scale_to(REFERENCE, changed(change, encoder="other", articles=articles)), change)


def test_cosines_that_hardly_tell_are_not_carried_over():
    assert scale_to(REFERENCE, changed(lambda cosine: 0.25 * cosine + 0.7, encoder="other")) is not None
    assert scale_to(REFERENCE, changed(lambda cosine: 0.15 * cosine + 0.8, encoder="other")) is None


def test_where_everything_is_as_in_the_reference_cosines_stay_as_they_are():
    assert scale_to(REFERENCE, REFERENCE) == UNSCALED
    assert scale_to(REFERENCE, dataclasses.replace(REFERENCE, encoder="other")) == UNSCALED


def test_the_fewer_articles_the_less_a_corpus_changes_with_the_encoder_of_the_reference():
    slopes = [
        scale_to(REFERENCE, changed(lambda cosine: 0.9 * cosine, articles=articles)).section.slope
        for articles in (1, 5, 30, 100)
    ]
    assert slopes == sorted(slopes)
    assert slopes[0] == pytest.approx(1.0, abs=0.01)
    assert slopes[-1] == pytest.approx(1 / 0.9, abs=0.03)


@pytest.mark.parametrize("factor", [0.3, 3.0])
def test_one_encoder_is_never_stretched_far_whatever_the_articles_say(factor):
    def change(cosine):
        return 0.11 + factor * (cosine - 0.11)

    scale = scale_to(REFERENCE, changed(change, articles=10_000))
    assert {scale.section.slope, scale.question.slope} == {1.25 if factor < 1 else 0.8}
    assert scale.section.at(0.11) == pytest.approx(0.11, abs=0.02)


def test_descriptions_that_say_nothing_of_their_articles_do_not_decide():
    usual = changed(lambda cosine: 0.3 * cosine + 0.7, encoder="other")
    own = {**usual.section.own, "description": usual.section.others["description"] + 0.025}
    spoilt = dataclasses.replace(usual, section=dataclasses.replace(usual.section, own=own))
    assert scale_to(REFERENCE, spoilt).section == scale_to(REFERENCE, usual).section


def test_articles_with_nothing_but_their_question_are_enough():
    def change(cosine):
        return 0.3 * cosine + 0.7

    assert_undoes(scale_to(REFERENCE, changed(change, encoder="other", articles=1, kinds=("question",))), change)


@pytest.mark.parametrize("articles", [1, 100])
def test_cosines_that_do_not_tell_articles_apart_carry_nothing_over(articles):
    assert scale_to(REFERENCE, changed(lambda _: 0.5, encoder="other", articles=articles)) is None


def test_every_cosine_of_the_evidence_is_carried_over_and_nothing_else():
    before = evidence(
        section_scores=(0.2, 0.4),
        passage_scores=(0.1, 0.3),
        question=0.5,
        mean_sentence=0.3,
        last_sentence=0.2,
        best_sentence_question=0.6,
        coverage=0.7,
        title_coverage=0.6,
        title_exact_coverage=0.5,
        title_covered=0.4,
        lexical=7.0,
        reranker=3.0,
    )
    scale = CosineScale(section=Line(2.0, 1.0), question=Line(3.0, -1.0))
    [after] = scale.carried([Candidate(5, before)])
    assert after.article == 5
    expected = {
        "section": 1.8,
        "passage": 1.6,
        "section_scores": (1.4, 1.8),
        "passage_scores": (1.2, 1.6),
        "mean_sentence": 1.6,
        "last_sentence": 1.4,
        "question": 0.5,
        "best_sentence_question": 0.8,
    }
    found = dataclasses.asdict(after.evidence)
    assert {name: pytest.approx(value) for name, value in expected.items()} == {name: found[name] for name in expected}
    rest = dataclasses.asdict(before)
    assert {name: rest[name] for name in rest if name not in expected} == {
        name: found[name] for name in found if name not in expected
    }


def test_levels_and_scales_come_back_through_json():
    assert CorpusCosines.from_json(json.loads(json.dumps(REFERENCE.to_json()))) == REFERENCE
    scale = CosineScale(Line(2.0, 1.0), Line(3.0, -1.0))
    assert CosineScale.from_json(json.loads(json.dumps(scale.to_json()))) == scale


@pytest.mark.parametrize(
    "change",
    [
        {"format": 99},
        {"articles": 0},
        {"articles": "many"},
        {"section": None},
        {"section": {"own": {}, "others": {}}},
        {"question": {"own": {"description": float("nan")}, "others": {}, "everyday": 0.0}},
        {"question": {"own": [0.1], "others": {}, "everyday": 0.0}},
    ],
)
def test_levels_that_another_version_wrote_are_not_used(change):
    assert CorpusCosines.from_json(REFERENCE.to_json() | change) is None


@pytest.mark.parametrize(
    "line",
    [{"slope": 0.0, "intercept": 0.0}, {"slope": -1.0, "intercept": 0.0}, {"slope": float("nan"), "intercept": 0}, {}],
)
def test_a_scale_that_would_turn_the_order_of_cosines_is_refused(line):
    with pytest.raises(CalibrationError):
        CosineScale.from_json(UNSCALED.to_json() | {"section": line})
