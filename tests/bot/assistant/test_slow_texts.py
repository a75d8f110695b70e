"""Whatever a member says in a conversation or types for a title, judging it takes a tenth of a second at the most."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given, settings

from bot.assistant import follow_up_words
from bot.assistant.follow_up_words import (
    MAX_CONTEXT_LENGTH,
    dependence,
    is_bare_topic,
    names_own_subject,
    substitutions,
    with_context,
)
from bot.cogs.requests import message_text, question_shape
from bot.cogs.requests.message_text import without_mentions
from bot.cogs.requests.question_shape import looks_like_question
from bot.live_index.title_search import Title, TitleSearch
from bot.live_index.title_words import title_words
from retrieval.domain import Subject
from retrieval.questions.small_talk import salutations
from retrieval.questions.small_talk.salutations import is_salutation
from tests.slow_texts import LENGTH, assert_read_soon, slow_texts

EARLIER = "why did the roman empire fall"
WORDS = [a + b + c for a, b, c in product("abcdehimopqrstw", "aeiou", "bcdfghjklm")]
TITLES = TitleSearch(
    Title(f"/learn/{place}", f"What is the {word} {WORDS[-place]}ment of statistics?", Subject("maths", "Maths"))
    for place, word in enumerate(WORDS)
)


def conversation(text):
    dependence(text)
    names_own_subject(text)
    is_bare_topic(text)
    substitutions(EARLIER, text)
    substitutions(text, "and the moon?")
    substitutions(text, text)
    with_context(text, text)


def message(text):
    is_salutation(text)
    looks_like_question(text)
    without_mentions(text)


def title(text):
    title_words(text)
    TITLES.search(text)


@settings(max_examples=120)
@given(slow_texts(follow_up_words, message_text, question_shape, salutations))
def test_no_text_is_judged_for_long(texts):
    assert_read_soon(conversation, *texts)
    assert_read_soon(message, *texts)
    assert_read_soon(title, *texts)


@pytest.mark.parametrize(
    "text",
    [
        "and a" + "'" * 3980 + " b c d e",
        "and a b" + "'-" * 1980 + "#x y z",
        "and" + " " * 3990 + "!x",
        "and the x " + "- " * 1990 + "y",
        "and a" + "-' " * 1300 + "#",
        "!" * 3999 + "z",
        "the " * 1000,
        "a means " * 500,
        "hi " * 1333,
        "thanks, " * 500 + "x",
        "<:a" * 1333,
        "a? " * 1333,
        " ".join(ascii_lowercase) * 80,
        "\ufdfa" * LENGTH,
        "a" + "\u0301\u0316" * 2000,
    ],
)
def test_texts_made_to_be_slow_are_judged_soon(text):
    for judge in (conversation, message, title):
        assert_read_soon(judge, text[:LENGTH])


def test_of_a_long_earlier_question_its_end_is_what_the_new_topic_is_put_into():
    earlier = "word " * 790 + "why did Rome fall"
    meant = substitutions(earlier, "and the Ottomans?")
    assert meant[0].endswith("why did Rome Ottomans")
    assert "word why did Ottomans fall" in " ".join(meant)
    assert all(len(question) <= MAX_CONTEXT_LENGTH + len("Ottomans") for question in meant)


def test_what_is_too_long_to_name_a_topic_is_put_into_no_question():
    assert substitutions(EARLIER, "and deoxyribo-nucleic-acids?")
    assert substitutions(EARLIER, f"and {'a-' * 1900}b?") == ()
