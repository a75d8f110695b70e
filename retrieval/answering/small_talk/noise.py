"""Keyboard noise: words that nobody meant. Pure, and linear in the length of a word."""

from __future__ import annotations

import re
from itertools import pairwise

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(pair for row in _ROWS for pair in (*pairwise(row), *pairwise(reversed(row))))
_MIN_LENGTH = 4
_NEIGHBOUR_SHARE = 0.7
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûü]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}")
_PLAIN = re.compile(r"[a-z]+")
_MAX_LENGTH = 400


def is_keyboard_noise(word: str) -> bool:
    """Whether a word, lower case, is what comes of hitting keys: neighbours in a row, no vowel, the same again and again.

    A word that is right may look so too ("strcmp", "typewriter"): whoever calls this knows the words that are used.
    """
    if not _MIN_LENGTH <= len(word) <= _MAX_LENGTH or _PLAIN.fullmatch(word) is None:
        return False
    pairs = list(pairwise(word))
    neighbours = sum(pair in _NEIGHBOURS or pair[0] == pair[1] for pair in pairs)
    if neighbours >= _NEIGHBOUR_SHARE * len(pairs):
        return True
    if len(word) > _MIN_LENGTH and _VOWEL.search(word) is None:
        return True
    return _CONSONANTS.search(word) is not None or _repeats(word)


def _repeats(word: str) -> bool:
    """Whether two or three letters come again and again: "asdasdasd", "jkjkjk"."""
    return any(len(word) >= 3 * size and word == (word[:size] * len(word))[: len(word)] for size in (2, 3))
