from __future__ import annotations

import pytest

from bot.cogs.requests.message_text import mentions, without_mentions
from bot.cogs.requests.question_shape import looks_like_question


@pytest.mark.parametrize(
    "text",
    [
        "What is osmosis exactly",
        "I have an exam tomorrow. Can somebody tell me how enzymes work",
        "mitosis or meiosis, which one makes two cells?",
        "¿Qué es la ósmosis de verdad?",
        "por qué flota el hielo",
        "Pourquoi la glace flotte sur l'eau",
        "Wie funktioniert die Photosynthese",
        "O que é fotossíntese mesmo",
        "Explain the Krebs cycle please",
        "Hello everyone!\nhow do I balance this equation",
        "photosynthesis needs light？ or not",
    ],
)
def test_questions_look_like_questions(text):
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    ["", "why?", "lol what", "I passed my exam today!", "See you at the library.", "🎉🎉🎉", "https://example.org/a/b"],
)
def test_other_messages_do_not(text):
    assert not looks_like_question(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<@123> what is osmosis?", "what is osmosis?"),
        ("<@!123>   what\t is <@&7> osmosis <:wow:55>?", "what is osmosis ?"),
        ("hey @everyone see <#9>\n\n<t:1700000000:R>\nwhat is pH", "hey see\nwhat is pH"),
        ("<@123> ?!", ""),
        ("🎉 <a:party:12>", ""),
    ],
)
def test_mentions_and_custom_emoji_are_no_words_of_a_question(text, plain):
    assert without_mentions(text) == plain


def test_only_the_very_user_is_mentioned():
    assert mentions("<@12> hi", 12)
    assert mentions("hi <@!12>", 12)
    assert not mentions("<@123> hi", 12)
    assert not mentions("12", 12)
