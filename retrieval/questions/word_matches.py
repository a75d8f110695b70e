"""The words of a message and what stands beside each. Pure.

What is between two words is looked at for these two alone, so all words of a message together take as many steps as it
has characters. Cutting the text before or after each word would take the square of that.
"""

from __future__ import annotations

import re

WORD = re.compile(
    r"(?<![\w/])(?:w/o|b/w)\b|(?<![\w/])w/(?=\s|\w{3})|\bdiff eqs?\b|[^\W_]+(?:['\u2019][^\W_]+)*", re.IGNORECASE
)
"""One word: letters and digits, with apostrophes inside, or a chat abbreviation that has other marks."""


def last_before(match: re.Match[str]) -> int:
    """Place of the last character before a word that is no blank, -1 where there is none."""
    place = match.start() - 1
    while place >= 0 and match.string[place].isspace():
        place -= 1
    return place


def first_after(match: re.Match[str]) -> int:
    """Place of the first character after a word that is no blank, the length of the text where there is none."""
    place = match.end()
    while place < len(match.string) and match.string[place].isspace():
        place += 1
    return place


def word_until(text: str, end: int) -> str:
    """What stands between a place and the last blank before it, lower case."""
    start = end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    return text[start:end].lower()


def word_from(text: str, start: int) -> str:
    """The word that begins at a place, lower case; "" where none does."""
    found = WORD.match(text, start)
    return found.group().lower() if found else ""
