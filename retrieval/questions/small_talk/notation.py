"""How phrases of small talk are written down, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = re.compile(r"<(\w+)>")
_GROUP = re.compile(r"\((?!\?)")
_CONTINUED = " " * 8


def read_phrases(text: str, **word_lists: str) -> re.Pattern[str]:
    """One pattern for all phrases of a text, for whole clauses of lower-case words with one space between them.

    Args:
        text: A regular expression a line; a line that is indented twice goes on from the one before. Groups capture
            nothing. No part may repeat without a bound.
        word_lists: What ``<name>`` stands for in it: alternatives with ``|`` between them, lines joined.
    """
    lists: dict[str, str] = {}
    for name, words in word_lists.items():
        lists[name] = _filled("".join(line.strip() for line in words.splitlines()), lists)
    return re.compile(_GROUP.sub("(?:", "|".join(f"({_filled(phrase, lists)})" for phrase in _joined(text))))


def _joined(text: str) -> Iterator[str]:
    """The phrases of a text, each without its line breaks."""
    phrase = ""
    for line in filter(str.strip, text.splitlines()):
        if phrase and not line.startswith(_CONTINUED):
            yield phrase
            phrase = ""
        phrase += line.strip()
    if phrase:
        yield phrase


def _filled(phrase: str, lists: dict[str, str]) -> str:
    return _NAME.sub(lambda match: f"({lists[match[1]]})", phrase)
