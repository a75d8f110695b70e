from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexes.spelling import Vocabulary
from retrieval.ranking.question_facts import QuestionFacts, misses_a_number, question_facts

VOCABULARY = Vocabulary({"rock": 999, "basalt": 9, "lava": 99}, known=["please", "what"])


def facts(text, token_ids=(), sentences=1):
    return question_facts(text, token_ids, sentences, VOCABULARY)


def test_a_token_counts_once():
    assert facts("", (5, 7, 5, 5)).tokens == 2
    assert facts("").tokens == 0


@pytest.mark.parametrize(("sentences", "counted"), [(0, 1), (1, 1), (4, 4)])
def test_a_question_is_one_sentence_at_least(sentences, counted):
    assert facts("what", sentences=sentences).sentences == counted


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("basalt", 0.0),
        ("Please what BASALT lava", 0.0),
        ("zorblax", 1.0),
        ("what is zorblax", 2 / 3),  # "is" is used by no article here
        ("what a zorblax", 1 / 2),  # a single letter is no word
        ("", 0.0),
        ("🙂 42 ?", 0.0),
    ],
)
def test_unknown_words_are_those_that_neither_articles_nor_everybody_uses(text, share):
    assert facts(text).unknown_words == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("why 1969", ("1969",)),
        ("in 1969, or in 2024.", ("1969", "2024")),
        ("1,200 and 3.14", ("1,200", "3.14")),
        ("7 and 42", ("42",)),
        ("1.5 or 2.0.", ("1.5", "2.0")),
        ("1969 1969 1969", ("1969",)),
        ("b12 12b x_15 the 20th", ()),
        ("20%", ("20",)),
        ("", ()),
        (" ".join(str(number) for number in range(10, 30)), tuple(str(number) for number in range(10, 18))),
    ],
)
def test_numbers_are_taken_as_they_are_written(text, numbers):
    assert facts(text).numbers == numbers


def test_a_number_is_missed_where_one_of_them_is():
    asked = QuestionFacts(numbers=("1969", "11"))
    assert not misses_a_number(asked, "Apollo 11 landed in 1969.")
    assert misses_a_number(asked, "Apollo 12 landed in 1969.")
    assert not misses_a_number(QuestionFacts(), "")


@given(st.text(max_size=200), st.lists(st.integers(), max_size=5), st.integers(-1, 9))
def test_whatever_is_typed_has_facts(text, tokens, sentences):
    found = question_facts(text, tokens, sentences, VOCABULARY)
    assert 0.0 <= found.unknown_words <= 1.0
    assert all(number in text for number in found.numbers)
    assert misses_a_number(found, text) is False


@pytest.mark.parametrize("piece", ["1", "1.", "1,", ".1", "a", "a1 ", " ", "٣", "é", "1_"])
def test_long_messages_take_no_more_than_their_length(piece):
    text = piece * 400_000
    started = time.process_time()
    found = question_facts(text, (), 1, VOCABULARY)
    misses_a_number(found, text)
    assert time.process_time() - started < 4
