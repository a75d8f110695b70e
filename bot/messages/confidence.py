"""How sure a reply is, in words: one table for what members and what the terminal read."""

from __future__ import annotations

# From this probability on; the terminal's words; the key of the bot's.
_LEVELS = (
    (0.9, "very likely", "confidence-very-likely"),
    (0.7, "likely", "confidence-likely"),
    (0.4, "possibly", "confidence-possibly"),
    (0.15, "unlikely", "confidence-unlikely"),
    (0.0, "very unlikely", "confidence-unlikely"),
)


def confidence_words(confidence: float) -> str:
    """A calibrated probability, 0 to 1, in the terminal's words, such as ``very likely``."""
    return _level(confidence)[1]


def confidence_key(confidence: float) -> str:
    """Key of the bot's words for a calibrated probability, 0 to 1."""
    return _level(confidence)[2]


def _level(confidence: float) -> tuple[float, str, str]:
    return next((level for level in _LEVELS if confidence >= level[0]), _LEVELS[-1])
