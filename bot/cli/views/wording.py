"""Confidence and counts in words."""

from __future__ import annotations

_CONFIDENCE_WORDS = (
    (0.9, "very likely"),
    (0.7, "likely"),
    (0.4, "possibly"),
    (0.15, "unlikely"),
    (0.0, "very unlikely"),
)
_ALMOST_CERTAIN = 0.99
_ALMOST_EXCLUDED = 0.01


def confidence_words(confidence: float) -> str:
    """A calibrated probability in words, such as ``very likely``."""
    return next((words for least, words in _CONFIDENCE_WORDS if confidence >= least), _CONFIDENCE_WORDS[-1][1])


def percentage(confidence: float) -> str:
    """A probability in per cent, never rounded to certainty."""
    if confidence > _ALMOST_CERTAIN:
        return "over 99%"
    return f"{confidence:.0%}" if confidence >= _ALMOST_EXCLUDED else "under 1%"


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as ``1 article`` or ``35,915 articles``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
