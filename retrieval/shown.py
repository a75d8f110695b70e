"""Names and texts of others on one line of a message: nothing in them can forge a line or steer a terminal."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

_BLANKS = "Zs"
_JOINERS = "\u200c\u200d"  # parts of words in some scripts, and of many emoji


def shown(text: str | PurePath) -> str:
    r"""The text with every character that could mislead its reader written as an escape, such as ``\n``.

    That is what ends a line, steers a terminal or the direction of writing, or is not seen. Blanks and joiners stay.
    """
    text = str(text)
    if text.isprintable():
        return text
    return "".join(mark if _is_kept(mark) else mark.encode("unicode_escape").decode() for mark in text)


def _is_kept(mark: str) -> bool:
    return mark.isprintable() or mark in _JOINERS or unicodedata.category(mark) == _BLANKS
