"""What only greets, thanks or approves; and that all that tell small talk apart know the same words."""

from __future__ import annotations

import pytest

from retrieval.domain import NoAnswerReason
from retrieval.questions.message_parts import message_parts
from retrieval.questions.small_talk.recognition import small_talk
from retrieval.questions.small_talk.salutations import is_salutation


@pytest.mark.parametrize(
    "text",
    ["", "hi", "Hello there!", "thanks", "Thank you so much!! 🎉", "¡Gracias!", "merci beaucoup", "Vielen Dank", "olá"],
)
def test_greetings_and_thanks_are_salutations(text):
    assert is_salutation(text)


@pytest.mark.parametrize(
    "text", ["hi, what is osmosis?", "thanks, and the potassium?", "why?", "osmosis", "good enzymes"]
)
def test_whatever_asks_is_no_salutation(text):
    assert not is_salutation(text)


def test_a_salutation_is_told_quickly_however_long_the_text_is():
    assert not is_salutation("hi " * 2_000 + "osmosis")
    assert not is_salutation("guten tag muchas gracias " * 150 + "osmosis")  # each can be read in two ways


@pytest.mark.parametrize(
    "said",
    ["hello", "howdy", "hola", "buenas tardes", "bonjour", "coucou", "hallo", "guten morgen", "moin", "olá", "bom dia"],
)
def test_a_greeting_is_one_alone_and_before_a_question(said):
    assert is_salutation(f"{said.title()}!")
    assert small_talk(f"{said.title()}!") is NoAnswerReason.GREETING
    assert [part.text for part in message_parts(f"{said}! What is a covalent bond?")] == ["What is a covalent bond?"]
    assert [part.text for part in message_parts(f"{said}.")] == []


def test_thanks_that_go_on_with_a_question_are_no_more_than_its_beginning():
    (part,) = message_parts("merci de m'expliquer la photosynthèse")
    assert "photosynthèse" in part.text


@pytest.mark.parametrize(
    "said", ["thanks", "thank you", "gracias", "muchas gracias", "merci beaucoup", "vielen dank", "muito obrigada"]
)
def test_thanks_are_thanks_alone_and_behind_a_question(said):
    assert is_salutation(f"{said}!!")
    assert small_talk(f"{said}!!") is NoAnswerReason.THANKS
    assert [part.text for part in message_parts(f"What is a covalent bond? {said}!")] == ["What is a covalent bond?"]
    assert [part.text for part in message_parts(said)] == []
