"""How sure the bot is, in words."""

from __future__ import annotations

_LEVELS = (
    (0.9, "confidence-very-likely"),
    (0.7, "confidence-likely"),
    (0.4, "confidence-possibly"),
    (0.0, "confidence-unlikely"),
)


def confidence_key(confidence: float) -> str:
    """Key of the words for a calibrated probability, 0 to 1."""
    return next((key for least, key in _LEVELS if confidence >= least), _LEVELS[-1][1])
