"""Which titles have a word that is spelled like what was typed: exactly, in its beginning, within, or mistaken."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Scores = NDArray[np.float32]
"""Shape (number of titles,), 0 to 1."""

_WORD = re.compile(r"[^\W_]+")
_CURLY_APOSTROPHE = "\u2019"
_EXACT, _BEGINNING, _MISTAKE, _WITHIN = 1.0, 0.85, 0.7, 0.55
_MIN_WEIGHT = 0.5  # even a word of every title tells something
_WEIGHT_OF_NOTHING = 4.0  # of a word that is like none: it may be rare, or common and mistyped beyond recognition
_SHORTEST_WITHIN = 3  # shorter pieces stand within nearly everything
_MIN_MISTAKEN_LENGTH = 4
_MAX_LENGTH_WITH_ONE_MISTAKE = 7
_MAX_WORD_LENGTH = 30  # what is longer is no word, and comparing it would take long


def title_words(text: str) -> list[str]:
    """The words of a text without case and accents."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.replace(_CURLY_APOSTROPHE, "'"))
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _WORD.findall(text.casefold().replace("'", ""))


class TitleWords:
    """The words of many titles. Safe to use from several threads."""

    def __init__(self, titles: Sequence[Sequence[str]]) -> None:
        self._titles = len(titles)
        self._words = sorted(set(chain.from_iterable(titles)))
        numbers = {word: number for number, word in enumerate(self._words)}
        lengths = np.fromiter(map(len, titles), np.int64, len(titles))
        occurrences = np.fromiter((numbers[word] for word in chain.from_iterable(titles)), np.int64, int(lengths.sum()))
        order = np.argsort(occurrences, kind="stable")
        # The titles of word w are _postings[_starts[w]:_starts[w + 1]]; words with one beginning lie side by side.
        self._postings = np.repeat(np.arange(len(titles), dtype=np.int32), lengths)[order]
        self._starts = np.searchsorted(occurrences[order], np.arange(len(self._words) + 1))
        self._text = "\n".join(["", *self._words, ""])
        self._text_starts = np.cumsum([1, *(len(word) + 1 for word in self._words)])

    def knows(self, word: str, *, unfinished: bool) -> bool:
        """Whether a title has the word, or a word that begins so if it is ``unfinished``."""
        first, last = self._range(word, unfinished=unfinished)
        return first < last

    def weight(self, word: str, scores: Scores, *, unfinished: bool) -> float:
        """How much a word tells: little if many titles have it, about 11 if one of 36,000 has it.

        Args:
            scores: What `scores` gave for it.
            unfinished: As there.
        """
        first, last = self._range(word, unfinished=unfinished)
        # A misspelled word is as common as what it was taken for.
        found = int(self._starts[last] - self._starts[first]) or int(np.count_nonzero(scores))
        if not found:
            return _WEIGHT_OF_NOTHING
        return _MIN_WEIGHT + float(np.log((self._titles + 1) / min(found, self._titles)))

    def scores(self, word: str, *, unfinished: bool, mistaken: bool) -> Scores:
        """How well each title has a word.

        Args:
            word: One of `title_words`.
            unfinished: It may be the beginning of a word that is still being typed.
            mistaken: It may be misspelled, which takes some milliseconds to find out.
        """
        scores = np.zeros(self._titles, dtype=np.float32)
        # From the weakest kind of likeness to the strongest: each overwrites what the weaker ones gave.
        self._give(scores, _WITHIN, self._within(word))
        if mistaken:
            self._give(scores, _MISTAKE, self._misspelled(word, unfinished=unfinished))
        first, last = self._range(word, unfinished=True)
        scores[self._postings[self._starts[first] : self._starts[last]]] = _BEGINNING
        first, last = self._range(word, unfinished=False)
        scores[self._postings[self._starts[first] : self._starts[last]]] = _EXACT
        return scores

    def _range(self, word: str, *, unfinished: bool) -> tuple[int, int]:
        first = bisect_left(self._words, word)
        if unfinished:
            return first, bisect_left(self._words, word + "\U0010ffff", lo=first)
        return first, first + int(first < len(self._words) and self._words[first] == word)

    def _give(self, scores: Scores, score: float, words: Iterable[int]) -> None:
        found = [self._postings[self._starts[word] : self._starts[word + 1]] for word in words]
        if found:
            scores[np.concatenate(found)] = score

    def _within(self, word: str) -> NDArray[np.int64]:
        if len(word) < _SHORTEST_WITHIN:
            return np.empty(0, dtype=np.int64)
        places = np.fromiter(_places(self._text, word), dtype=np.int64)
        return np.unique(np.searchsorted(self._text_starts, places, side="right") - 1)

    def _misspelled(self, word: str, *, unfinished: bool) -> list[int]:
        if not _MIN_MISTAKEN_LENGTH <= len(word) <= _MAX_WORD_LENGTH:
            return []
        most = 1 if len(word) <= _MAX_LENGTH_WITH_ONE_MISTAKE else 2
        # Hardly anybody mistypes the first letter, unless in turn with the second: so few words need to be compared.
        alike = chain(*(range(*self._range(start, unfinished=True)) for start in (word[0], word[1::-1])))
        numbers = list(dict.fromkeys(alike))
        # A beginning is compared with beginnings of its own length.
        length = len(word) if unfinished else None
        others = [self._words[number][:length] for number in numbers]
        distances = cdist([word], others, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        return [numbers[place] for place in np.flatnonzero(distances <= most).tolist()]


def _places(text: str, piece: str) -> Iterator[int]:
    place = text.find(piece)
    while place >= 0:
        yield place
        place = text.find(piece, place + 1)
