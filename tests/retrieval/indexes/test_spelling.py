import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.indexes.spelling import Vocabulary, words_of

WORDS = {
    "enzyme": 40,
    "environment": 90,
    "government": 30,
    "photosynthesis": 25,
    "cell": 100,
    "cells": 60,
    "bell": 5,
    "tell": 200,
    "psychology": 12,
    "typo": 1,
    "rock": 8,
}
VOCABULARY = Vocabulary(WORDS)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("enzime", "enzyme"),
        ("enviroment", "environment"),
        ("goverment", "government"),
        ("phtosynthsis", "photosynthesis"),
        ("psycology", "psychology"),
        ("nezyme", "enzyme"),
        ("xenvironment", "environment"),
        ("rokc", "rock"),
    ],
)
def test_mistyped_words_are_mended(mistyped, meant):
    assert VOCABULARY.correct(mistyped) == meant


@pytest.mark.parametrize("word", ["enzyme", "cell", "teh", "cel", "zzzzzz", "", "rosk" * 20, "quixotic"])
def test_words_in_use_short_ones_and_unknown_ones_stay(word):
    assert VOCABULARY.correct(word) is None


def test_of_two_words_as_near_the_most_used_is_meant():
    assert Vocabulary({"lending": 5, "mending": 50, "fending": 8}).correct("xending") == "mending"


def test_a_doubled_letter_is_a_likelier_mistake_than_another():
    assert Vocabulary({"galery": 90, "gallery": 3}).correct("galllery") == "gallery"
    assert Vocabulary({"planed": 90, "planet": 50, "planned": 2}).correct("plannned") == "planned"


def test_short_words_are_not_given_another_letter():
    assert Vocabulary({"cell": 9, "tell": 9}).correct("zell") is None


def test_everyday_words_are_right_even_when_no_article_uses_them(tmp_path):
    vocabulary = Vocabulary({"planet": 9}, known=["plane", "kitchen"])
    assert vocabulary.correct("plane") is None
    assert vocabulary.correct("kitchn") == "kitchen"
    assert vocabulary.frequency("kitchen") == 0
    vocabulary.save(tmp_path / "words.tsv")
    assert Vocabulary.load(tmp_path / "words.tsv").correct("kitchn") == "kitchen"
    assert vocabulary.updated({"planet": -9}).correct("plane") is None


def test_among_thousands_of_articles_a_word_that_one_uses_may_be_a_mistake():
    many = Vocabulary(WORDS | {"the": 5_000, "typos": 9})
    assert many.correct("typo") == "typos"
    assert Vocabulary(WORDS | {"the": 5_000}).correct("typa") is None
    assert Vocabulary(WORDS | {"typos": 9}).correct("typo") is None


def test_short_words_are_allowed_one_mistake_only():
    assert VOCABULARY.correct("rokkc") is None


def test_words_are_letters_in_lower_case():
    assert words_of("The DNA-helix: 23 x bonds, naïve café!") == {"the", "dna", "helix", "x", "bonds", "naïve", "café"}
    assert words_of("a" * 41) == frozenset()


def test_comes_back_as_it_was_saved(tmp_path):
    VOCABULARY.save(tmp_path / "words.tsv")
    loaded = Vocabulary.load(tmp_path / "words.tsv")
    assert {word: loaded.frequency(word) for word in WORDS} == WORDS
    assert len(loaded) == len(WORDS)


@settings(deadline=None, max_examples=30)
@given(
    st.dictionaries(
        st.text(max_size=20).flatmap(lambda text: st.sampled_from(sorted(words_of(text)) or ["a"])),
        st.integers(1, 10**6),
    )
)
def test_any_words_come_back(tmp_path_factory, frequencies):
    path = tmp_path_factory.mktemp("words") / "words.tsv"
    Vocabulary(frequencies).save(path)
    loaded = Vocabulary.load(path)
    assert {word: loaded.frequency(word) for word in frequencies} == frequencies
    assert len(loaded) == len(frequencies)


def test_words_nobody_uses_any_more_go():
    changed = VOCABULARY.updated({"cell": -100, "rock": -3, "slate": 2})
    assert "cell" not in changed
    assert changed.frequency("rock") == 5
    assert changed.frequency("slate") == 2
    assert VOCABULARY.frequency("cell") == 100


def test_a_large_vocabulary_answers_in_a_moment():
    heads = itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=3)
    words = {"".join(head) + tail: 3 for head in heads for tail in ("ment", "ation", "ologies", "ingness", "ic", "al")}
    vocabulary = Vocabulary(words | {"environment": 4})
    vocabulary.correct("warmup")
    started = time.process_time()
    for _ in range(20):
        assert vocabulary.correct("enviromnent") == "environment"
    assert (time.process_time() - started) / 20 < 0.02
