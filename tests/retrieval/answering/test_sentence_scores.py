"""What is known of each sentence, and what it makes of it."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.sentence_scores import (
    SentenceFeatures,
    SentenceWeights,
    section_ordinals,
    sentence_features,
    sentence_scores,
)
from retrieval.domain import Section, Sentence

NOTHING = SentenceFeatures(0, 0, 0, 0, 0, 0, 0, 0)
ANSWER = "x" * 95
SENTENCES = tuple(Sentence(start, start + 20, is_heading=False) for start in (0, 25, 50, 75))


def test_a_sentence_belongs_to_the_section_it_begins_in():
    sections = [Section(0, 0, 30, (), ""), Section(1, 30, 60, (), ""), Section(2, 60, 95, (), "")]
    assert section_ordinals(SENTENCES, sections) == [0, 0, 1, 2]


def test_sections_and_coverage_are_compared_within_the_article():
    features = sentence_features(ANSWER, SENTENCES, [0, 0, 1, 1], [0.6, 0.8], [0.0, 0.2, 0.2, 0.4])
    assert [feature.section_behind for feature in features] == pytest.approx([-0.2, -0.2, 0, 0])
    assert [feature.section_rank for feature in features] == pytest.approx([-0.1 / 0.12] * 2 + [0.1 / 0.12] * 2)
    assert features[1].coverage_rank == features[2].coverage_rank == pytest.approx(0)
    assert features[3].coverage_rank == pytest.approx(-features[0].coverage_rank)
    assert features[3].coverage_rank > 1


def test_place_opening_closing_and_length():
    features = sentence_features(ANSWER, SENTENCES, [0] * 4, [0.5], [0.5] * 4)
    assert [feature.place for feature in features] == pytest.approx([0, 25 / 95, 50 / 95, 75 / 95])
    assert [feature.is_opening for feature in features] == [1, 0, 0, 0]
    asked_what = sentence_features(ANSWER, SENTENCES, [0] * 4, [0.5], [0.5] * 4, wants_definition=True)
    assert [feature.is_opening for feature in asked_what] == [-1, 0, 0, 0]
    assert [feature.is_closing for feature in features] == [0, 0, 1, 1]
    assert {feature.length for feature in features} == {log(20)}


def test_a_sentence_longer_than_says_all_it_can_is_no_longer_likelier():
    sentences = tuple(
        Sentence(start, start + length, is_heading=False) for start, length in ((0, 60), (70, 120), (200, 900))
    )
    lengths = [feature.length for feature in sentence_features("x" * 1100, sentences, [0] * 3, [0.5], [0.5] * 3)]
    assert lengths == pytest.approx([log(60), log(120), log(120)])


@pytest.mark.parametrize(
    ("text", "contrast"),
    [
        ("Frogs breathe air, while fish take theirs from water.", 1),
        ("UNLIKE a frog, a fish has gills.", 1),
        ("A fish has gills and lives in water.", 0),
        ("The Whiles family studied bothersome differences.", 0),  # words that only begin so
    ],
)
def test_a_sentence_that_sets_one_thing_against_another_is_told_by_whole_words(text, contrast):
    sentences = (Sentence(0, len(text), is_heading=False),)
    [feature] = sentence_features(text, sentences, [0], [0.5], [0.5])
    assert feature.contrast == contrast


def test_a_contrast_counts_for_its_own_sentence_only():
    answer = "Fish have gills. Frogs have lungs, whereas tadpoles have gills. Newts have both."
    ends = [16, 63, 80]
    sentences = tuple(Sentence(start, end, is_heading=False) for start, end in zip([0, 17, 64], ends, strict=True))
    features = sentence_features(answer, sentences, [0] * 3, [0.5], [0.5] * 3)
    assert [feature.contrast for feature in features] == [0, 1, 1]


def test_a_sentence_is_likelier_than_another_by_what_its_weighted_features_add():
    weights = replace(SentenceWeights(*[0.0] * 8), length=0.5)
    assert sentence_scores([NOTHING], weights) == [1.0]
    low, high = sentence_scores([NOTHING, NOTHING._replace(length=2.0)], weights)
    assert high / low == pytest.approx(exp(1.0))


@pytest.mark.parametrize("helps", ["section_behind", "section_rank", "coverage_rank", "length", "contrast"])
def test_by_default_a_better_section_more_of_the_words_more_said_and_a_contrast_make_a_sentence_likelier(helps):
    low, high = sentence_scores([NOTHING, NOTHING._replace(**{helps: 1.0})], SentenceWeights())
    assert low < high


@pytest.mark.parametrize("harms", ["place", "is_opening", "is_closing"])
def test_by_default_opening_closing_and_lateness_make_a_sentence_less_likely(harms):
    low, high = sentence_scores([NOTHING._replace(**{harms: 1.0}), NOTHING], SentenceWeights())
    assert low < high


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_whatever_the_scores_chances_are_probabilities(scored):
    sentences = [Sentence(10 * place, 10 * place + 9, is_heading=False) for place in range(len(scored))]
    scores, coverages = zip(*scored, strict=True)
    features = sentence_features("x" * 300, sentences, range(len(scored)), scores, coverages)
    chances = sentence_scores(features, SentenceWeights())
    assert all(0 < chance <= 1 for chance in chances)
    assert sum(chances) == pytest.approx(1.0)
