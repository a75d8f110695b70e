"""Figures in words."""

import pytest

from bot.cli.views.wording import confidence_words, counted, percentage


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
