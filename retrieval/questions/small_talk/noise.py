"""Keyboard noise: words that nobody meant. Pure, and linear in the length of a word."""

from __future__ import annotations

import re

_RUN = 4
# "trew", "erty" and "wert" are neighbours too, but stand in words: strewn, liberty.
_ROWS = ("asdfghjkl", "lkjhgfdsa", "zxcvbnm", "mnbvcxz", "rtyuiop")
_RUNS = frozenset(row[at : at + _RUN] for row in _ROWS for at in range(len(row) - _RUN + 1)) | {"qwer"}
_SHORT_RUNS = frozenset(row[at : at + 3] for row in _ROWS[:4] for at in range(len(row) - 2)) | {"qwe"}
_PLAIN = re.compile(r"[a-z]{4,40}")
_MIN_CONSONANTS = 7  # "catchphrase" has six in a row
_NO_VOWEL = re.compile(rf"[bcdfghjklmnpqrstvwxz]{{{_MIN_CONSONANTS}}}")
_MIN_REPEATS = 3


def is_keyboard_noise(word: str) -> bool:
    """Whether a word, lower case, is what comes of hitting keys: neighbours, no vowels, the same again and again.

    A word that is right may look so too ("strncmp"): whoever calls this knows the words that are used.
    """
    if word in _SHORT_RUNS:
        return True
    if _PLAIN.fullmatch(word) is None:
        return False
    in_runs = {place for at in range(len(word)) if word[at : at + _RUN] in _RUNS for place in range(at, at + _RUN)}
    return 2 * len(in_runs) >= len(word) or _NO_VOWEL.search(word) is not None or _repeats(word)


def _repeats(word: str) -> bool:
    """Whether two or three letters come again and again: "asdasdasd", "jkjkjk"."""
    return any(len(word) >= _MIN_REPEATS * size and word == (word[:size] * len(word))[: len(word)] for size in (2, 3))
