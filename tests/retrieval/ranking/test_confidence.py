from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Outcome
from retrieval.errors import CalibrationError
from retrieval.ranking.confidence import (
    COVERED_FIGURES,
    FIRST_FIGURES,
    ON_THE_ENCODERS_SCALE,
    Confidence,
    confidence_figures,
)
from retrieval.ranking.logistic import probability_of
from retrieval.ranking.question_facts import QuestionFacts
from tests.retrieval.hits import hit
from tests.retrieval.models import confidence

NOTHING_KNOWN = QuestionFacts()
CERTAIN = 1 / (1 + math.exp(-20.0))


def three_hits():
    return [
        hit("a", 1.5, 0.5, subject="geology", section_scores=(0.5,), question=0.4, coverage=0.8, lexical=3.0),
        hit("b", 0.5, 0.3, subject="geology", section_scores=(0.7,), question=0.6),
        hit("c", 0.1, 0.1, subject="biology", section_scores=(0.6,), question=0.1),
        hit("d", 0.0, 0.1, subject="geology", section_scores=(0.99,), question=0.2),
    ]


def test_every_figure_is_what_arithmetic_says():
    first = hit(
        "a",
        1.5,
        0.5,
        subject="geology",
        title="How does basalt cool?",
        answer="It takes 1200 degrees, and cools within days.",
        section_scores=(0.5,),
        question=0.4,
        coverage=0.8,
        lexical=3.0,
        title_coverage=0.4,
        title_exact_coverage=0.3,
        title_covered=0.2,
    )
    hits = [first, *three_hits()[1:]]
    facts = QuestionFacts(tokens=7, sentences=2, unknown_words=0.25, numbers=("1200", "75"))
    assert confidence_figures(facts, hits) == pytest.approx(
        {
            "nearest_section": 0.7,  # of the first three hits
            "score": 1.5,
            "tokens": math.log(8),
            "unknown_words": 0.25,
            "missing_number": 1.0,
            "coverage": 0.8,
            "same_subject": 0.4,  # the second and the fourth are of geology, too
            "sentences": math.log(2),
            "title_exact_coverage": 0.3,
            "question": 0.4,
            "share": 0.5,
            "log_share": math.log(0.5),
            "margin": 1.0,
            "title_coverage": 0.4,
            "nearest_question": 0.6,  # of the first five hits
            "lexical": math.log(4),
            "title_covered": 0.2,
        }
    )


def test_every_figure_of_the_models_is_told_and_no_other():
    told = set(confidence_figures(NOTHING_KNOWN, [hit()]))
    assert set(COVERED_FIGURES) | set(FIRST_FIGURES) == told
    assert told > ON_THE_ENCODERS_SCALE


def test_a_hit_alone_is_ahead_of_unrelated_articles_and_has_no_company():
    found = confidence_figures(NOTHING_KNOWN, [hit(score=2.0, section_scores=(0.6,), question=0.5)])
    assert (found["margin"], found["same_subject"], found["share"], found["log_share"]) == (2.0, 0.0, 1.0, 0.0)
    behind = confidence_figures(NOTHING_KNOWN, [hit(score=-1.0)])
    assert behind["margin"] == 0.0
    assert (found["nearest_section"], found["nearest_question"]) == (0.6, 0.5)


def test_nearest_hits_are_looked_for_among_the_first_alone():
    far = [hit(str(place)) for place in range(6)]
    near = hit("near", section_scores=(0.9,), question=0.9)
    third, sixth = (confidence_figures(NOTHING_KNOWN, [*far[:place], near]) for place in (2, 5))
    assert (third["nearest_section"], third["nearest_question"]) == (0.9, 0.9)
    assert (sixth["nearest_section"], sixth["nearest_question"]) == (0.0, 0.0)


def test_what_was_passed_over_has_no_share_any_more():
    hits = three_hits()
    found = confidence_figures(NOTHING_KNOWN, hits[1:], passed_over=0.5)
    assert found["share"] == pytest.approx(0.3 / 0.5)
    assert found["same_subject"] == pytest.approx(0.1 / 0.5)
    everything = confidence_figures(NOTHING_KNOWN, hits[3:], passed_over=1.0)
    assert everything["share"] == 1.0  # rounding may leave it more than all


def test_figures_without_bounds_are_bounded_where_they_would_drown_the_others():
    found = confidence_figures(QuestionFacts(tokens=4000), [hit("a", 90.0, 1.0), hit("b", -90.0, 0.0)])
    assert found["tokens"] == math.log(49)
    assert found["margin"] == 4.0


def test_a_number_is_missing_only_where_neither_question_nor_answer_has_it():
    facts = QuestionFacts(numbers=("1969", "11"))
    told = [
        confidence_figures(facts, [hit(title=title, answer=answer)])["missing_number"]
        for title, answer in (("What was Apollo 11?", "It landed in 1969."), ("What was Apollo 11?", "It landed."))
    ]
    assert told == [0.0, 1.0]
    assert confidence_figures(NOTHING_KNOWN, [hit()])["missing_number"] == 0.0


def test_without_a_hit_nothing_is_probable():
    assert confidence().probability(NOTHING_KNOWN, []) == 0.0


def test_the_probability_is_the_product_of_both():
    covered, first = {"coverage": 2.0, "intercept": -1.0}, {"share": 3.0, "intercept": -2.0}
    found = confidence(covered=covered, first=first).probability(NOTHING_KNOWN, three_hits())
    assert found == pytest.approx(probability_of(2 * 0.8 - 1) * probability_of(3 * 0.5 - 2))
    assert confidence(covered=covered).probability(NOTHING_KNOWN, three_hits()) == pytest.approx(
        probability_of(2 * 0.8 - 1) * CERTAIN
    )


def test_the_log_odds_of_the_product_are_stretched():
    joint = probability_of(-0.2)
    stretched = confidence(covered={"intercept": -0.2}, slope=2.0, intercept=0.5)
    assert stretched.probability(NOTHING_KNOWN, [hit()]) == pytest.approx(
        probability_of(2 * math.log(joint / (1 - joint)) + 0.5)
    )
    assert stretched.joint_log_odds(confidence_figures(NOTHING_KNOWN, [hit()])) == pytest.approx(-0.2)


def test_what_was_passed_over_makes_the_next_hit_more_probable():
    by_share = confidence(first={"share": 4.0, "intercept": -2.0})
    hits = three_hits()[1:]
    before, after = (by_share.probability(NOTHING_KNOWN, hits, passed_over=share) for share in (0.0, 0.5))
    assert before == pytest.approx(probability_of(4 * 0.3 - 2))
    assert after == pytest.approx(probability_of(4 * 0.6 - 2))


@pytest.mark.parametrize("intercept", [-1e6, -50.0, 50.0, 1e6])
def test_far_out_log_odds_give_a_probability_all_the_same(intercept):
    found = confidence(covered={"intercept": intercept}, slope=30.0).probability(NOTHING_KNOWN, [hit()])
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(float(intercept > 0), abs=1e-6)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_of_what_speaks_for_it_never_lowers_the_probability(section, coverage, nearer, more):
    model = confidence(covered={"nearest_section": 3.0, "coverage": 2.0, "intercept": -3.0})
    little, much = (
        model.probability(NOTHING_KNOWN, [hit(section_scores=(near,), coverage=words)])
        for near, words in ((section, coverage), (section + nearer, coverage + more))
    )
    assert 0.0 < little <= much < 1.0


@pytest.mark.parametrize(
    ("probability", "outcome"),
    [
        (1.0, Outcome.ANSWER),
        (0.6, Outcome.ANSWER),
        (0.599, Outcome.CANDIDATES),
        (0.3, Outcome.CANDIDATES),
        (0.299, Outcome.NO_ANSWER),
        (0.0, Outcome.NO_ANSWER),
    ],
)
def test_the_outcome_changes_at_the_two_thresholds(probability, outcome):
    assert confidence(answer_from=0.6, candidates_from=0.3).outcome(probability) is outcome


MODEL = confidence(
    covered={"coverage": 2.0, "intercept": -1.5}, first={"share": 1.0, "intercept": 0.5}, slope=1.25, intercept=-0.75
)


def stored():
    return json.loads(json.dumps(MODEL.to_json(), sort_keys=True))


def test_a_confidence_comes_back_through_json_in_any_order():
    assert Confidence.from_json(stored()) == MODEL


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"covered": MODEL.first.to_json()}, "another version"),
        ({"first": {"figures": {}, "intercept": 0.0}}, "another version"),
        ({"first": None}, "cannot be read"),
        ({"covered": []}, "cannot be read"),
        ({"slope": "steep"}, "cannot be read"),
        ({"slope": None}, "cannot be read"),
        ({"intercept": 10**400}, "cannot be read"),
        ({"slope": math.nan}, "no numbers"),
        ({"answer_from": math.inf}, "no numbers"),
        ({"candidates_from": -math.inf}, "no numbers"),
    ],
)
def test_a_confidence_that_does_not_fit_is_refused_with_what_to_do(change, problem):
    with pytest.raises(CalibrationError, match=problem) as caught:
        Confidence.from_json(stored() | change)
    assert "quicktakes evaluate FILE --fit" in str(caught.value)


@pytest.mark.parametrize("missing", sorted(MODEL.to_json()))
def test_an_incomplete_confidence_names_what_is_missing(missing):
    data = stored()
    del data[missing]
    with pytest.raises(CalibrationError, match=missing):
        Confidence.from_json(data)
