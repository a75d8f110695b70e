"""A message as the plain words that phrases of small talk are written in. Pure, and linear in the message's length."""

from __future__ import annotations

import re

from retrieval.questions.small_talk.words import FUNCTION_WORDS, SPELLINGS

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
"""One word: letters and digits, with apostrophes and hyphens inside."""

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_CONTRACTED = {"re": "are", "m": "am", "ve": "have", "ll": "will", "d": "would"}
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall"}
# The first of a clause has another meaning: "ur wrong", "its wrong", "r".
_BEGINNINGS = {"ur": "you are", "its": "it is", "r": "r"}
_INSIDE = {"ur": "your", "r": "are"}


def plain_words(text: str) -> list[str]:
    """The words of a text, lower case, with chat and contractions spelled out and stretched letters shortened."""
    words: list[str] = []
    for match in WORD.finditer(text):
        typed = match.group().lower().replace("\u2019", "'")
        squeezed = _STRETCHED.sub(r"\1", typed)
        word = squeezed if len(squeezed) > 1 else typed
        known = (_INSIDE if words else _BEGINNINGS).get(word, SPELLINGS.get(word))
        words += (known or _uncontracted(word)).split()
    return ["are", *words[1:]] if words[:2] == ["r", "you"] else words


def _uncontracted(word: str) -> str:
    stem, apostrophe, ending = word.rpartition("'")
    if not apostrophe:
        return word
    if ending == "t" and stem.endswith("n"):
        return f"{_NEGATED.get(stem[:-1], stem[:-1])} not"
    if ending == "s":
        return "let us" if stem == "let" else f"{stem} is" if stem in FUNCTION_WORDS else f"{stem}s"
    return f"{stem} {_CONTRACTED.get(ending, ending)}"
