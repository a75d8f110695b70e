"""Whatever a member types, reading it takes a tenth of a second of processor time at the most."""

from __future__ import annotations

import re
import runpy
import time
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answering.answerer import Answerer
from retrieval.indexes.spelling import Vocabulary
from retrieval.questions.code_spans import CodeSpans
from retrieval.questions.question_text import MAX_MESSAGE_LENGTH, AskedQuestion, read_question
from tests.slow_texts import LENGTH, assert_read_soon, slow_texts

HEADS = [first + second + third for first in "abcdehimopqrstw" for second in "aeiou" for third in "bcdfghjklm"]
VOCABULARY = Vocabulary({head + tail: 3 for head in HEADS for tail in ("", "s", "ration", "ology", "ments", "ingly")})
VOCABULARY.correct("warmup")


def read(text):
    return read_question(text, VOCABULARY.correct).wants_definition


def wants_definition(text):
    return AskedQuestion(text, text, text).wants_definition


@settings(max_examples=150)
@given(slow_texts())
def test_no_text_is_read_for_long(texts):
    assert_read_soon(read, *texts)
    assert_read_soon(wants_definition, *texts)


@pytest.mark.parametrize(
    "text",
    [
        "hi " * 667 + "!." * 999,
        "i dont get " * 181 + "!." * 1000,
        "so " * 800 + "\n" * 1500 + "z",
        "thanks " * 500 + "," * 500,
        "what is " + "; " * 1995 + "z",
        "what does " + "mean; " * 660 + "z",
        r"\(" * 2000,
        r"\[a" * 1333,
        "`a\n" * 1333,
        "$$a" * 1333,
        "a`b` " * 800,
        "u " * 2000,
        "u\n" * 2000,
        "b4 " + "\n" * 3900 + "u",
        "a" * 4000,
        "a" + "\u0301\u0316" * 2000,
        "\u0958" * 4000,
        "</" * 2000,
        "<t:1" * 1000,
        "? " * 2000,
        "! . " * 1000,
        "how r u " * 500,
    ],
)
def test_texts_made_to_be_slow_are_read_soon(text):
    assert_read_soon(read, text[:LENGTH])


def test_the_questions_that_once_hung_are_read_soon(shared_dir):
    questions = runpy.run_path(str(shared_dir / "cases" / "hanging_questions.py"))["QUESTIONS"]
    assert questions
    for text in questions.values():
        assert_read_soon(read, text)
        assert_read_soon(wants_definition, text)


class Untimed:
    """An encoder that knows how much processor time embedding took."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.seconds = 0.0

    def __getattr__(self, name):
        return getattr(self._encoder, name)

    def encode_query(self, text):
        began = time.process_time()
        vector = self._encoder.encode_query(text)
        self.seconds += time.process_time() - began
        return vector


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"{head}zqx" for head in HEADS),
        " ".join(f"s{head}zqxment" for head in HEADS),
        " ".join(f"{first}{second}" for first in ascii_lowercase for second in ascii_lowercase) * 2,
        "".join(map(chr, range(0x4E00, 0x4E00 + LENGTH))),
        "".join(f"How does {head} work? " for head in HEADS),
        "what is osmosis? " * 235,
        "a" * LENGTH,
    ],
)
def test_answering_takes_a_quarter_of_a_second_at_the_most_besides_embedding(sample_index, real_encoder, text):
    encoder = Untimed(real_encoder)
    answerer = Answerer(sample_index, encoder)

    def once():
        encoder.seconds, began = 0.0, time.process_time()
        answerer.answer(text[:LENGTH])
        return time.process_time() - began - encoder.seconds

    assert min(once() for _ in range(3)) <= 0.25


@pytest.mark.parametrize("name", ["smalltalk.txt", "contrast.txt", "posts.txt"])
def test_whatever_was_once_said_to_it_gets_a_reply(shared_dir, answerer, name):
    for said in (shared_dir / "cases" / name).read_text(encoding="utf-8").splitlines():
        assert answerer.answer(said).question == said
        assert_read_soon(read, said)


def counting():
    looked_up = []

    def correct(word):
        looked_up.append(word)

    return correct, looked_up


def test_each_word_is_looked_up_once_and_of_very_many_the_first_ones():
    correct, looked_up = counting()
    read_question("qzxw vjkq " * 400, correct)
    assert looked_up == ["qzxw", "vjkq"]
    correct, looked_up = counting()
    many = [f"{first}{second}qx" for first in ascii_lowercase for second in ascii_lowercase]
    read_question(" ".join(many), correct)
    assert looked_up == many[: len(looked_up)]
    assert 200 <= len(looked_up) <= 300


def test_greetings_are_taken_off_a_bounded_number_of_times():
    asked = read_question("hey " * 8 + "what is osmosis" + " pls" * 8)
    assert asked.text == "what is osmosis"
    left = read_question("hey " * 900 + "what is osmosis").text
    assert left.startswith("hey hey")
    assert left.endswith("what is osmosis")


def test_more_combining_marks_than_stand_on_a_letter_are_left_out():
    assert read_question("nai\u0308ve").text == "naïve"
    stacked = read_question("what is e" + "\u0316\u0301" * 1900).text
    assert stacked.startswith("what is é")
    assert len(stacked) < 50


def test_a_text_that_grows_when_it_is_put_together_is_still_cut():
    assert len(read_question("\u0958" * MAX_MESSAGE_LENGTH).text) <= MAX_MESSAGE_LENGTH + 1


def pieces(text):
    spans = CodeSpans(text)
    return "".join(character if place in spans else "·" for place, character in enumerate(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `b` c", "··`b`··"),
        ("a ``` b", "··``` b"),
        ("```a``` b", "```a```··"),
        ("`a\nb`", "·····"),
        ("`` a", "····"),
        ("$a$ b", "$a$··"),
        ("$a b", "····"),
        ("$$a\nb$$ c", "$$a\nb$$··"),
        ("$$a$ b$", "·$a$···"),
        (r"\(a\) b \(", r"\(a\)·····"),
        (r"\(\) b", "······"),
        ("\\(a\nb\\)", "·······"),
        ("\\[a\nb\\]", "\\[a\nb\\]"),
        (r"\(a `b` c", "····`b`··"),
    ],
)
def test_code_and_formulas_are_found(text, code):
    assert pieces(text) == code


# What code and formulas are, as a pattern; on long texts it takes the square of their length.
CODE_OR_MATH = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|\$\$[^$]+\$\$|\$[^$\n]+\$|\\\([^\n]+?\\\)|\\\[.+?\\\]", re.DOTALL
)


@given(st.text(alphabet="a`$\\()[]\n", max_size=40))
def test_code_is_found_as_the_pattern_finds_it(text):
    expected = {place for found in CODE_OR_MATH.finditer(text) for place in range(*found.span())}
    spans = CodeSpans(text)
    assert {place for place in range(-1, len(text) + 1) if place in spans} == expected
