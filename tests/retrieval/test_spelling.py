import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.spelling import Vocabulary, words_of

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
    assert VOCABULARY.correct("zell") == "tell"


def test_a_word_that_one_article_uses_may_be_a_mistake_and_is_never_proposed():
    assert Vocabulary(WORDS | {"typos": 9}).correct("typo") == "typos"
    assert VOCABULARY.correct("typa") is None


def test_short_words_are_allowed_one_mistake_only():
    assert VOCABULARY.correct("rokkc") is None


def test_words_are_letters_in_lower_case():
    assert words_of("The DNA-helix: 23 x² bonds, naïve café!") == {"the", "dna", "helix", "x", "bonds", "naïve", "café"}
    assert words_of("a" * 41) == frozenset()


def test_comes_back_as_it_was_saved(tmp_path):
    VOCABULARY.save(tmp_path / "words.tsv")
    loaded = Vocabulary.load(tmp_path / "words.tsv")
    assert {word: loaded.frequency(word) for word in WORDS} == WORDS
    assert len(loaded) == len(WORDS)


@given(st.dictionaries(st.text(max_size=20).flatmap(lambda text: st.sampled_from(sorted(words_of(text)) or ["a"])),
                       st.integers(1, 10**6)))
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
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = {f"{a}{b}{c}{d}mentation"[: 6 + (ord(d) % 8)]: 3 for a in letters for b in letters for c in letters for d in letters[:6]}
    vocabulary = Vocabulary(words | {"environment": 4})
    vocabulary.correct("warmup")
    started = time.process_time()
    for _ in range(20):
        assert vocabulary.correct("enviromnent") == "environment"
    assert (time.process_time() - started) / 20 < 0.02
