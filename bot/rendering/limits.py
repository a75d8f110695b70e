"""Discord's limits on a message, as far as what is rendered here can meet them. Lengths are in UTF-16 code units."""

from __future__ import annotations

MESSAGE_TEXT = 4_000
"""Most text in all text displays of one message together."""

MESSAGE_COMPONENTS = 40
"""Most components of one message, nested ones included."""

MESSAGE_FILES = 10
"""Most files of one message."""

ALT_TEXT = 1_024
"""Longest description of an image."""

URL = 512
"""Longest address that a button or a link is given."""


def text_length(text: str) -> int:
    """Length of a text in UTF-16 code units: no count that Discord is known to use gives more."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning(text: str, limit: int) -> str:
    """As much of a text's beginning as is at most `limit` UTF-16 code units long."""
    kept = text[:limit]
    while (excess := text_length(kept) - limit) > 0:
        kept = kept[: -((excess + 1) // 2)]
    return kept


def shorten(text: str, limit: int) -> str:
    """The text itself, or as much of its beginning as fits together with an ellipsis."""
    return text if text_length(text) <= limit else beginning(text, limit - 1) + "…"
