"""Suggestions while a member types: articles by any words of their questions, and subjects by their names."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.fuzz import partial_ratio

from bot.live_index.title_words import TitleWords, title_words
from bot.member_errors import ArticleGoneError
from bot.rendering.limits import beginning, shorten, text_length
from bot.rendering.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bot.live_index.title_words import Scores
    from retrieval.domain import Subject
    from retrieval.generations.generation import Generation

MAX_CHOICES = 25
"""Discord shows no more."""

MAX_LABEL_LENGTH = 100
"""Characters of a choice; Discord accepts no more."""

_TOKEN = re.compile(r"a:[A-Z2-7]{16}")
_TOKEN_BYTES = 10
_MAX_TYPED_LENGTH = 200
_MAX_MISTAKES = 10  # each costs about a millisecond
_ENOUGH = 0.5  # of what was typed, by weight, a suggestion must have at least this share
_OTHERWISE = 3  # the kind of a title that has what was typed in another order or with mistakes
_LOOKED_AT = 200  # so many of the best are put into order by where the words stand


@dataclass(frozen=True, slots=True)
class Title:
    """An article as suggestions know it."""

    url: str
    question: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion.

    Attributes:
        label: What the member reads, at most `MAX_LABEL_LENGTH` characters, different for each choice of a list.
        value: What comes back if it is chosen: `TitleSearch.chosen_url` reads it.
    """

    label: str
    value: str


class TitleSearch:
    """Finds articles by their questions. Safe to use from several threads."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self._titles = tuple(titles)
        words = [title_words(title.question) for title in self._titles]
        self._plain = [" ".join(some) for some in words]
        self._words = TitleWords(words)
        self._lengths = np.fromiter(map(len, self._plain), dtype=np.float32, count=len(self._plain))
        self._subjects = np.array([title.subject.key for title in self._titles], dtype=np.str_)
        self._asked = Counter(self._plain)
        self._urls = {token_of(title.url): title.url for title in self._titles}

    @classmethod
    def of(cls, generation: Generation) -> TitleSearch:
        """The search over a generation's articles."""
        subjects = {subject.key: subject for subject, _ in generation.subjects()}
        pairs = zip(generation.titles(), generation.article_subjects, strict=True)
        return cls(Title(url, question, subjects[key]) for (_, url, question), key in pairs)

    def search(self, typed: str, *, subject_key: str | None = None, limit: int = MAX_CHOICES) -> list[Choice]:
        """Suggestions for what was typed so far, best first.

        Titles that begin with it come first, then those that have it as whole words, as it stands, in other order, and
        at last with mistakes. Nothing typed gives titles from all over the corpus.
        """
        allowed = np.ones(len(self._titles), dtype=np.bool_) if subject_key is None else self._subjects == subject_key
        words = list(dict.fromkeys(title_words(typed[:_MAX_TYPED_LENGTH])))
        if not words:
            return self._choices(_spread(np.flatnonzero(allowed), limit))
        unfinished = not typed[-1:].isspace()
        scores = np.where(allowed, self._score(words, unfinished=unfinished), 0)
        found = np.flatnonzero(scores >= _ENOUGH)
        # Of titles that have the words equally well, the shorter ones have less besides.
        order = np.lexsort((self._lengths[found], -scores[found]))[:_LOOKED_AT]
        phrase = " ".join(title_words(typed[:_MAX_TYPED_LENGTH]))
        best = sorted(found[order].tolist(), key=lambda number: self._place(number, phrase, scores))
        return self._choices(best[:limit])

    def of_subject(self, key: str) -> tuple[Title, ...]:
        """The articles of a subject, in the order of their questions."""
        titles = (title for title in self._titles if title.subject.key == key)
        return tuple(sorted(titles, key=lambda title: (title.question.casefold(), title.url)))

    def chosen_url(self, value: str) -> str | None:
        """Url of the article that a choice's value stands for, ``None`` where the value is a member's own text.

        Raises:
            ArticleGoneError: It is a choice's value, but its article is not among these.
        """
        if not is_token(value):
            return None
        if value not in self._urls:
            raise ArticleGoneError(value)
        return self._urls[value]

    def _score(self, words: Sequence[str], *, unfinished: bool) -> Scores:
        """Share of what was typed, by weight, that each title has."""
        total = np.zeros(len(self._titles), dtype=np.float32)
        weights, mistakes = 0.0, 0
        for place, word in enumerate(words):
            growing = unfinished and place == len(words) - 1
            mistaken = not self._words.knows(word, unfinished=growing) and mistakes < _MAX_MISTAKES
            mistakes += mistaken
            scores = self._words.scores(word, unfinished=growing, mistaken=mistaken)
            weight = self._words.weight(word, scores, unfinished=growing)
            weights += weight
            total += weight * scores
        return total / np.float32(weights)

    def _place(self, number: int, phrase: str, scores: Scores) -> tuple[int, float, int, int]:
        """Where a title goes among those found: a smaller key goes first."""
        plain = self._plain[number]
        if plain.startswith(phrase):
            kind = 0
        elif f" {phrase} " in f" {plain} ":
            kind = 1
        elif f" {phrase}" in plain:
            kind = 2
        else:
            kind = _OTHERWISE
        likeness = partial_ratio(phrase, plain) / 100 if kind == _OTHERWISE else 0.0
        return kind, -float(scores[number]) - likeness, len(plain), number

    def _choices(self, numbers: Sequence[int]) -> list[Choice]:
        chosen = [self._titles[number] for number in numbers]
        labels = _distinct([self._label(number) for number in numbers], chosen)
        return [Choice(label, token_of(title.url)) for label, title in zip(labels, chosen, strict=True)]

    def _label(self, number: int) -> str:
        title = self._titles[number]
        repeated = self._asked[self._plain[number]] > 1
        return make_label(plain_title(title.question), f" · {title.subject.name}" if repeated else "")


class SubjectSearch:
    """Finds subjects by their names. Safe to use from several threads."""

    def __init__(self, subjects: Iterable[tuple[Subject, int]]) -> None:
        self._subjects = tuple(subjects)
        self._words = TitleWords([title_words(subject.name) for subject, _ in self._subjects])

    def search(self, typed: str, limit: int = MAX_CHOICES) -> list[tuple[Subject, int]]:
        """Subjects with their numbers of articles: best first; nothing typed gives the largest."""
        words = list(dict.fromkeys(title_words(typed[:_MAX_TYPED_LENGTH])))
        scores = np.zeros(len(self._subjects), dtype=np.float32)
        for word in words[:_MAX_MISTAKES]:
            scores += self._words.scores(word, unfinished=True, mistaken=True)
        numbers = np.flatnonzero(scores > 0).tolist() if words else range(len(self._subjects))
        order = sorted(numbers, key=lambda number: (-float(scores[number]), -self._subjects[number][1]))
        return [self._subjects[number] for number in order[:limit]]


def is_token(value: str) -> bool:
    """Whether a value is that of a suggestion, of whatever generation, rather than something typed."""
    return _TOKEN.fullmatch(value) is not None


def token_of(url: str) -> str:
    """A short name that stands for an article's url: the same in every process and generation, 18 characters."""
    digest = hashlib.sha256(url.encode()).digest()[:_TOKEN_BYTES]
    return f"a:{base64.b32encode(digest).decode('ascii')}"


def make_label(text: str, ending: str = "") -> str:
    """A text with an ending that must stay, the text cut after a word where both together are longer than a label."""
    text = " ".join(text.split())
    ending = shorten(ending, MAX_LABEL_LENGTH // 2)
    room = MAX_LABEL_LENGTH - text_length(ending)
    if text_length(text) <= room:
        return text + ending
    cut = beginning(text, room - 1)
    whole_words = cut.rpartition(" ")[0]
    return f"{(whole_words if len(whole_words) > room // 2 else cut).rstrip(' ,;:')}…{ending}"


def _distinct(labels: Sequence[str], titles: Sequence[Title]) -> list[str]:
    """Labels that differ: by their subject, and where that is the same too, by a number."""
    counts = Counter(labels)
    named = [
        make_label(plain_title(title.question), f" · {title.subject.name}") if counts[label] > 1 else label
        for label, title in zip(labels, titles, strict=True)
    ]
    seen: Counter[str] = Counter()
    distinct = []
    for label, title in zip(named, titles, strict=True):
        seen[label] += 1
        again = f" · {title.subject.name} ({seen[label]})"
        distinct.append(label if seen[label] == 1 else make_label(plain_title(title.question), again))
    return distinct


def _spread(numbers: NDArray[np.intp], limit: int) -> list[int]:
    places = np.linspace(0, len(numbers) - 1, min(limit, len(numbers))).round().astype(int)
    return [int(number) for number in numbers[places]]
