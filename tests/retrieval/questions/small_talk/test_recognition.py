"""Messages that ask no study question, and study questions that look like them; no index is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.domain import Article, NoAnswerReason, Subject
from retrieval.questions import symbol_names
from retrieval.questions.small_talk import noise, overrides, plain_words, recognition
from retrieval.questions.small_talk.recognition import is_titled, small_talk
from tests.slow_texts import assert_read_soon, slow_texts

HERE = Path(__file__).parent
STUDY_QUESTIONS = (HERE / "study_questions.txt").read_text(encoding="utf-8").splitlines()


def said():
    """Every message of `small_talk.txt` with its kind, which stands above it after a `#`."""
    kind = None
    for line in (HERE / "small_talk.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = NoAnswerReason(line[2:])
        else:
            yield line, kind


SAID = list(said())


@pytest.mark.parametrize(("message", "kind"), SAID)
def test_small_talk_is_known_by_its_kind(message, kind):
    assert small_talk(message) is kind


@pytest.mark.parametrize("message", STUDY_QUESTIONS)
def test_a_study_question_that_looks_alike_is_none(message):
    assert small_talk(message) is None


def test_a_question_beside_it_makes_it_none():
    for message, kind in SAID:
        if kind is not NoAnswerReason.CANNOT_DO:  # what wants to change the bot does so whatever follows
            assert small_talk(f"{message}. What is a covalent bond?") is None
            assert small_talk(f"How do enzymes work? {message}") is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hello! tell me a joke", NoAnswerReason.CANNOT_DO),
        ("thanks, more examples please", NoAnswerReason.NEEDS_CONTEXT),
        ("hi, thanks!", NoAnswerReason.THANKS),
        ("hey. who made you? you suck", NoAnswerReason.COMPLAINT),
        ("no, that's wrong", NoAnswerReason.COMPLAINT),
    ],
)
def test_of_several_kinds_the_one_that_wants_most_is_replied_to(message, kind):
    assert small_talk(message) is kind


def test_words_that_articles_use_are_no_keyboard_noise():
    assert small_talk("strncmp") is NoAnswerReason.NOTHING_ASKED
    assert small_talk("strncmp", {"strncmp"}.__contains__) is None
    assert small_talk("zxcvb") is NoAnswerReason.NOTHING_ASKED
    assert small_talk("zxcvb strncmp", {"strncmp"}.__contains__) is NoAnswerReason.NOTHING_ASKED


def test_a_message_that_is_the_question_of_an_article_is_told():
    article = Article("/a", "What is the weather?", "It is what the air does.", Subject("a", "A"), "a.md")
    assert is_titled("what is the WEATHER", article)
    assert not is_titled("what is the weather today", article)


@pytest.mark.parametrize("name", ["dev.jsonl", "hard.jsonl", "asked.jsonl"])
def test_no_judged_question_is_small_talk(shared_dir, name):
    path = shared_dir / "eval" / name
    if not path.exists():
        pytest.skip(f"needs eval/{name} in a folder `shared` beside the checkout")
    assert eaten(path) == []


@pytest.mark.parametrize("name", ["first-questions.jsonl", "judged-humanities.jsonl", "judged-sciences.jsonl"])
def test_no_question_to_the_sample_articles_is_small_talk(sample_content, name):
    assert eaten(sample_content / name) == []


def eaten(path):
    judged = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [each["query"] for each in judged if each["answerable"] and small_talk(each["query"]) is not None]


@given(st.text(max_size=600))
def test_whatever_is_typed_is_read(message):
    assert small_talk(message) in {None, *NoAnswerReason}


@settings(max_examples=40)
@given(slow_texts(recognition, plain_words, noise, overrides, symbol_names))
def test_a_message_of_any_length_is_read_soon(texts):
    assert_read_soon(small_talk, *texts)
    assert_read_soon(symbol_names.symbol_names, *texts)


@pytest.mark.parametrize(
    "part", ["why ", "what is the ", "tell me a ", "ok so ", "me that do ", "do you like ", "hi, "]
)
def test_small_talk_without_end_is_read_soon(part):
    assert_read_soon(small_talk, (part * 100)[:400])
    assert_read_soon(small_talk, (part * 1000)[:4000])
