"""Recognises messages that ask no study question. Pure; a message takes as many steps as it has characters.

The message is cut into clauses, and each clause is compared as a whole with what small talk says. One clause that is
something else makes the message a question: what is small talk by mistake would never be looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from retrieval.domain import Article, NoAnswerReason
from retrieval.questions.small_talk.noise import is_keyboard_noise
from retrieval.questions.small_talk.overrides import OVERRIDE_MARKS, OVERRIDE_WORDS
from retrieval.questions.small_talk.phrases import PHRASES
from retrieval.questions.small_talk.plain_words import WORD, plain_words
from retrieval.questions.small_talk.words import (
    ENDINGS,
    FUNCTION_WORDS,
    NAMING_WORDS,
    OPENINGS,
    POINTING_WORDS,
    QUESTION_WORDS,
    REFERRING_WORDS,
)

_MAX_LENGTH = 400
"""Characters of a message that may be small talk; of a longer one only the beginning tells that it is no question."""

_MAX_BEGINNING = 240
_MAX_CLAUSES = 8
_MAX_WORDS = 24  # of a clause; more of them tell something
_MAX_FILLERS = 8  # phrases that are taken off each end of a clause

_CLAUSE_END = re.compile(r"[.!?,;:\n\u2026\u2014\u3002\uff01\uff1f\uff0c]|\s-+\s")
_NO_PROSE = re.compile(
    r"[`$\\{}=^#+%<>\[\]|~@&\u2212\u207a\u207b\u00b0]|\(\)|/\w*\d|(?:^|\s)/(?=\s|\Z|/)|\w/\w|\w_\w|\d[.:]\d|\b\w\.\w\b"
    r"|(?:^|\s)[-_.(]\w|(?:^|\s)['\"\u2018\u201c\u00ab]\w"
)
"""Code, formulas and quoted words, which are asked about themselves."""

_BEFORE_NAMES = frozenset({"is", "are", "was", "were", "a", "an", "the"})
_ACRONYMS = frozenset({"IT", "US", "WHO", "AM"})

_IMPORTANCE = (
    NoAnswerReason.CANNOT_DO,
    NoAnswerReason.FEELINGS,
    NoAnswerReason.COMPLAINT,
    NoAnswerReason.ABOUT_THE_BOT,
    NoAnswerReason.NEEDS_CONTEXT,
    NoAnswerReason.THANKS,
    NoAnswerReason.GREETING,
    NoAnswerReason.NOTHING_ASKED,
)
"""Of several kinds in a message, the first of these is replied to."""


def _unknown(_word: str) -> bool:
    return False


def small_talk(message: str, is_known: Callable[[str], bool] = _unknown) -> NoAnswerReason | None:
    """What kind of small talk a message is, ``None`` where it may be a study question.

    Args:
        message: What was typed, any length.
        is_known: Whether a word, lower case, stands in an article: such a word is no keyboard noise.
    """
    if _overrides(message):
        return NoAnswerReason.CANNOT_DO
    if len(message) > _MAX_LENGTH or _names_acronym(message) or _NO_PROSE.search(message):
        return None
    text = unicodedata.normalize("NFC", message)
    clauses = [clause for clause in _CLAUSE_END.split(text) if WORD.search(clause)]
    if not 0 < len(clauses) <= _MAX_CLAUSES:
        return None
    kinds = set()
    for clause in clauses:
        kind = _kind(clause, is_known)
        if kind is None:
            return None
        kinds.add(kind)
    return min(kinds, key=_IMPORTANCE.index)


def is_titled(message: str, article: Article) -> bool:
    """Whether a message is the question of an article, word for word."""
    typed = WORD.findall(message[:_MAX_LENGTH].casefold())
    return typed in (WORD.findall(text[:_MAX_LENGTH].casefold()) for text in (article.question, article.title))


def _overrides(message: str) -> bool:
    """Whether a message begins as one that wants to change what the bot is."""
    beginning = message[:_MAX_BEGINNING]
    if OVERRIDE_MARKS.match(beginning):
        return True
    words = plain_words(beginning)
    return any(OVERRIDE_WORDS.match(" ".join(rest)) for rest in _without_openings(words))


def _names_acronym(message: str) -> bool:
    """Whether a word of small talk stands in capitals, as a name: "what does WHO do"."""
    return any(word in _ACRONYMS for word in WORD.findall(message)) and (
        not message.isupper() or message.strip("?!. ") in _ACRONYMS
    )


def _kind(clause: str, is_known: Callable[[str], bool]) -> NoAnswerReason | None:
    words = plain_words(clause)
    if not words or len(words) > _MAX_WORDS:
        return None
    for opened in _without_openings(words):
        for rest in _without_endings(opened):
            kind = _phrase_kind(rest)
            if kind is not None:
                return kind
    if all(map(is_keyboard_noise, words)) and not all(map(is_known, words)):
        return NoAnswerReason.NOTHING_ASKED
    return None


def _phrase_kind(words: Sequence[str]) -> NoAnswerReason | None:
    phrase = " ".join(words)
    for kind, pattern in PHRASES:
        if pattern.fullmatch(phrase):
            return kind
    return NoAnswerReason.NEEDS_CONTEXT if _names_nothing(words) else None


def _names_nothing(words: Sequence[str]) -> bool:
    """Whether a clause asks with words alone that refer to something said before: "and what about this one then"."""
    if not FUNCTION_WORDS.issuperset(words) or REFERRING_WORDS.isdisjoint(words):
        return False
    if sum(word in QUESTION_WORDS for word in words) > 1 or "and" in words[1:]:  # "who and whom": words as a subject
        return False
    return all(word in POINTING_WORDS for before, word in pairwise(words) if before in _BEFORE_NAMES)


def _without_openings(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words, and the same without one more greeting or polite opening each time; never none."""
    for _ in range(_MAX_FILLERS):
        yield words
        length = next((len(each) for each in OPENINGS if tuple(words[: len(each)]) == each), 0)
        if not 0 < length < len(words):
            return
        words = words[length:]


def _without_endings(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for _ in range(_MAX_FILLERS):
        yield words
        length = next((len(each) for each in ENDINGS if tuple(words[-len(each) :]) == each), 0)
        if not 0 < length < len(words) or words[-length - 1] in NAMING_WORDS:
            return
        words = words[:-length]
