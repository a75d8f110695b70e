"""The words of the corpus, and which of them a mistyped word probably meant."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W\d_]+")
_MAX_WORD_LENGTH = 40
_MIN_CORRECTED = 4
_TWO_MISTAKES_FROM = 8
_RARE = 2
_LARGE = 1000
_CHANGED = 2
_CHANGED_FROM = 6
_DOUBLED = re.compile(r"(\w)\1+")


def words_of(text: str) -> frozenset[str]:
    """The distinct words of a text: letters only, lower case, at most 40 letters long."""
    return frozenset(word for word in _WORD.findall(text.lower()) if len(word) <= _MAX_WORD_LENGTH)


class Vocabulary:
    """How many articles use each word. Never changes; safe to use from several threads.

    Args:
        frequencies: Word, lower case, to the number of articles that use it, at least 1.
        known: Other words that are spelled right, lower case: everyday words that no article may use.
    """

    def __init__(self, frequencies: Mapping[str, int], known: Iterable[str] = ()) -> None:
        self._frequencies = dict(frequencies)
        self._known = frozenset(known)
        # Among thousands of articles a word that one alone uses is often misspelled; among a few, most words are such.
        self._rare = _RARE if max(self._frequencies.values(), default=0) >= _LARGE else 1

    def __contains__(self, word: str) -> bool:
        """Whether any article uses the word, lower case."""
        return word in self._frequencies

    def __len__(self) -> int:
        """Number of different words."""
        return len(self._frequencies)

    def frequency(self, word: str) -> int:
        """Number of articles that use the word, lower case."""
        return self._frequencies.get(word, 0)

    def is_known(self, word: str) -> bool:
        """Whether a word, lower case, is right as it is: an everyday word, or enough articles spell it so."""
        return word in self._known or self.frequency(word) >= self._rare

    def correct(self, word: str) -> str | None:
        """The word of the corpus that was probably meant.

        One mistake (a letter missing, added, changed, or two swapped) is allowed, two in words of 8 letters and more.
        Of equally near words a doubled or undoubled letter and two swapped ones come first, then a letter left out or
        added, then a changed one, which short words are not allowed; then the word that more articles use.

        Args:
            word: One word, lower case.

        Returns:
            ``None`` where the word is in use, is too short to tell, or nothing is near.
        """
        if not _MIN_CORRECTED <= len(word) <= _MAX_WORD_LENGTH or self.is_known(word):
            return None
        mistakes = 2 if len(word) >= _TWO_MISTAKES_FROM else 1
        return self._nearest(word, mistakes) or self._nearest_of_other_first_letter(word)

    def updated(self, changes: Mapping[str, int]) -> Vocabulary:
        """The vocabulary after the frequencies of some words changed by so much; words that nobody uses any more go."""
        frequencies = Counter(self._frequencies)
        frequencies.update(changes)
        return Vocabulary(+frequencies, self._known)

    def save(self, path: Path) -> None:
        """Write the words, one a line: the word, its frequency, and 1 for a known word."""
        every = sorted(self._known.union(self._frequencies))
        lines = (f"{word}\t{self.frequency(word)}\t{word in self._known:d}\n" for word in every)
        path.write_text("".join(lines), encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read what `save` wrote."""
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
        return cls(
            {word: int(count) for word, count, _ in lines if count != "0"},
            [word for word, _, known in lines if known == "1"],
        )

    @cached_property
    def _right(self) -> frozenset[str]:
        """Words that may be proposed."""
        return frozenset(filter(self.is_known, chain(self._frequencies, self._known)))

    @cached_property
    def _buckets(self) -> Mapping[tuple[str, int], list[str]]:
        """Words that may be proposed, by first letter and length."""
        buckets: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._right:
            buckets[word[0], len(word)].append(word)
        return dict(buckets)

    @cached_property
    def _first_letters(self) -> frozenset[str]:
        """What the words that may be proposed begin with."""
        return frozenset(letter for letter, _ in self._buckets)

    def _nearest(self, word: str, mistakes: int) -> str | None:
        """The likeliest word of the same first letter, which is seldom mistyped, within so many mistakes."""
        near: list[tuple[int, str]] = []
        for length in range(len(word) - mistakes, len(word) + mistakes + 1):
            candidates = self._buckets.get((word[0], length), ())
            found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=mistakes, limit=None)
            near += [(int(distance), candidate) for candidate, distance, _ in found]
        return self._likeliest(word, near)

    def _nearest_of_other_first_letter(self, word: str) -> str | None:
        """The likeliest word of another first letter within one mistake: all there can be are made and looked up."""
        swapped = word[1] + word[0] + word[2:]
        made = {swapped, word[1:], *(letter + rest for letter in self._first_letters for rest in (word, word[1:]))}
        return self._likeliest(word, [(1, candidate) for candidate in made & self._right])

    def _likeliest(self, word: str, near: Iterable[tuple[int, str]]) -> str | None:
        found = [
            (distance, kind, -self.frequency(candidate), candidate)
            for distance, candidate in near
            if (kind := _kind_of_mistake(word, candidate)) < _CHANGED or len(word) >= _CHANGED_FROM
        ]
        return min(found)[3] if found else None


def _kind_of_mistake(word: str, candidate: str) -> int:
    """How likely it is that the candidate was typed as the word: the lower, the likelier."""
    if _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", candidate) or sorted(word) == sorted(candidate):
        return 0
    return _CHANGED if len(word) == len(candidate) else 1
