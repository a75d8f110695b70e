"""What may reach a terminal."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, Group
from rich.text import Text

from bot.cli.views.output import counted, one_line, percentage, printable, show
from bot.messages.confidence import confidence_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\ttext\nin lines", "plain\ttext\nin lines"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31mred", "31mred"),
        ("over\rwritten\r\nline", "over\nwritten\nline"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("safe\u202etxt.exe\u202c", "safetxt.exe"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("naïve 😀 \u200d日本", "naïve 😀 \u200d日本"),
    ],
)
def test_nothing_that_steers_a_terminal_is_left(text, expected):
    assert printable(text) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_written_and_holds_no_control(text):
    safe = printable(text)
    safe.encode("utf-8")
    assert all(character in "\n\t" or character.isprintable() or not character.isascii() for character in safe)
    assert "\n" not in one_line(text)
    assert printable(safe) == safe


def test_lines_have_no_trailing_blanks_and_are_not_cropped():
    stream = io.StringIO()
    text = Text("https://example.org/long   \nend", no_wrap=True, overflow="ignore")
    show(Console(file=stream, width=10), Group(text))
    assert stream.getvalue() == "https://example.org/long\nend\n"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "very likely"),
        (0.9, "very likely"),
        (0.89, "likely"),
        (0.5, "possibly"),
        (0.2, "unlikely"),
        (0.0, "very unlikely"),
    ],
)
def test_confidence(confidence, words):
    assert confidence_words(confidence) == words


@pytest.mark.parametrize(
    ("confidence", "text"), [(1.0, "over 99%"), (0.996, "over 99%"), (0.934, "93%"), (0.0, "under 1%"), (0.02, "2%")]
)
def test_no_percentage_claims_certainty(confidence, text):
    assert percentage(confidence) == text


def test_numbers_agree_with_their_noun():
    assert [counted(n, "article") for n in (0, 1, 35915)] == ["0 articles", "1 article", "35,915 articles"]
