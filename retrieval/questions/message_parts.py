"""A message → the questions in it. Pure, and linear in the length of the message.

A member greets, tells a story, asks, tells more and says thanks; or asks three things at once. Each question is looked
up by itself, and one that leans on the story is told from one that does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from retrieval.questions.asking_phrases import (
    AFTER_CUE,
    ASIDE,
    ASKING_CUE,
    LEAD_IN,
    LIST_MARKER,
    MAKES_NO_SENSE,
    NEXT_QUESTION,
    NOT_ASKED,
    QUESTION_INSIDE,
    QUESTION_START,
    SHORT_DEFINITION,
)
from retrieval.questions.filler import has_plain_word, without_filler
from retrieval.questions.references import has_content, is_complete
from retrieval.questions.sentence_ends import QUESTION_MARKS, sentences_of
from retrieval.questions.small_talk.social_sentences import SOCIAL

MAX_PARTS = 4
"""Questions of a message that are answered; complete ones before others."""

MAX_PART_LENGTH = 300
"""Characters of a question that are looked up."""

_MAX_SENTENCES = 200
_MAX_LINKED = 12
_MAX_CUES = 4
_MAX_ROUNDS = 8
_MAX_SOCIAL_LENGTH = 240
_MAX_TOPIC_WORDS = 8
_CLOSING = " \"'\u201d\u2019)*_.!~:;,-"
_CLAUSE_END = re.compile(r"[,;]")
_FIRST_PERSON = re.compile(r"\b(?:i|i['\u2019]?m|i['\u2019]ve|my|me|we|our|us)\b", re.IGNORECASE)
_CONDITION = re.compile(r"(?:if|when|given|suppose|since|because|in|after|say)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MessagePart:
    """A question in a message.

    Attributes:
        text: The question, without what is said around it.
        is_complete: Whether it can be looked up without the rest of the message.
    """

    text: str
    is_complete: bool


class _Sureness(IntEnum):
    """How sure it is that something is a question."""

    HEADING = 0
    """A few words before the story, or a topic that makes no sense to the member."""

    MARKED = 1
    """A sentence of the member with a question mark: "I have to leave early?"."""

    WORDED = 2
    """It is worded as a question."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a sentence asks, and how sure that is."""

    text: str
    sureness: _Sureness = _Sureness.WORDED


def message_parts(text: str) -> tuple[MessagePart, ...]:
    """The questions in a message, in their order.

    Args:
        text: The message in plain words, as `AskedQuestion.text` holds it.

    Returns:
        At most `MAX_PARTS`. A message of one sentence is its own question, whatever it says, unless it is polite or
        social; of a longer one, what only might be a question counts where nothing clearly asks.
    """
    sentences = [sentence for sentence in sentences_of(text)[:_MAX_SENTENCES] if has_plain_word(sentence)]
    found = _found_in(sentences)
    surest = max((each.sureness for each in found), default=None)
    found = [each for each in found if each.sureness is surest]
    if not found and len(sentences) == 1 and not _is_social(sentences[0]):
        found = [_Found(sentences[0])]
    different: dict[str, str] = {}
    for each in found:
        shown = _shortened(without_filler(each.text)).rstrip(" .,;:")
        different.setdefault(shown.casefold().rstrip(_CLOSING + "?"), shown)
    parts = [MessagePart(shown, is_complete(shown)) for shown in different.values()]
    first = sorted(range(len(parts)), key=lambda place: not parts[place].is_complete)[:MAX_PARTS]
    return tuple(parts[place] for place in sorted(first))


def _found_in(sentences: list[str]) -> list[_Found]:
    """What the sentences of a message ask; "why?" after a question belongs to that."""
    found: list[_Found] = []
    asked_before = False
    for place in range(len(sentences)):
        asked = _asked_in(sentences, place)
        if asked_before and len(asked) == 1 and not has_content(asked[0].text):
            longer = f"{found[-1].text} {asked[0].text}"
            found[-1] = _Found(longer, found[-1].sureness) if len(longer) <= MAX_PART_LENGTH else found[-1]
        else:
            found += asked
        asked_before = bool(asked) and found[-1].sureness is _Sureness.WORDED
    return found


def _asked_in(sentences: list[str], place: int) -> list[_Found]:
    """What one sentence of a message asks."""
    sentence = _without_marker(sentences[place])
    if sentence.startswith("```") or _is_social(sentence):
        return []
    sentence = _without_greeting(sentence)
    pieces = _clearly_asked(sentence, sentences[place - 1] if place else "")
    if pieces:
        return [_Found(piece) for piece in pieces]
    asking = without_filler(sentence)
    pieces = _questions(asking)
    if sentence.rstrip(_CLOSING).endswith(QUESTION_MARKS):
        return [_Found(piece, _sureness(piece)) for piece in pieces]
    found = [_Found(piece) for piece in pieces if _asks_somewhere(piece)]
    return found or _perhaps_asked(asking, is_first=place == 0)


def _clearly_asked(sentence: str, previous: str) -> list[str]:
    """What a sentence asks that says so by its words, whatever its marks."""
    before, _, after = sentence.partition(":")
    if previous.endswith(":") and LEAD_IN.search(previous) and len(sentence.split()) <= _MAX_TOPIC_WORDS:
        return _questions(sentence)
    is_text = has_plain_word(after) and "`" not in before
    is_story = _FIRST_PERSON.search(before) is not None and _asks(_without_marker(after.strip()))
    if is_text and (is_story or LEAD_IN.search(before)):
        return _questions(_after_words(after))
    asking = without_filler(sentence)
    if _asks(asking) and ASKING_CUE.match(sentence) is None:
        return _questions(asking)
    after_cue = _after_cue(sentence)
    return _questions(after_cue) if after_cue else []


def _sureness(marked: str) -> _Sureness:
    """How sure it is that what ends with a question mark is a question."""
    is_told = _FIRST_PERSON.search(marked) is not None and not _asks_somewhere(marked)
    return _Sureness.MARKED if is_told else _Sureness.WORDED


def _asks(piece: str) -> bool:
    return QUESTION_START.match(piece) is not None


def _asks_somewhere(piece: str) -> bool:
    return _asks(piece) or NEXT_QUESTION.search(piece) is not None


def _is_social(sentence: str) -> bool:
    """Whether a sentence is polite or social: all of it, or its beginning where the rest asks nothing."""
    if len(sentence) > _MAX_SOCIAL_LENGTH:
        return False
    shortened = without_filler(sentence)
    if any(SOCIAL.fullmatch(form.strip(_CLOSING + "?")) for form in (sentence, shortened)):
        return True
    first, *others = [clause.strip(_CLOSING + "?") for clause in _CLAUSE_END.split(shortened)]
    if SOCIAL.fullmatch(first) is None:
        return False
    return all(SOCIAL.fullmatch(other) or not (_asks(other) or ASKING_CUE.search(other)) for other in others)


def _without_greeting(sentence: str) -> str:
    """A sentence without the polite or social clauses that it begins with: "thanks in advance, what is osmosis?"."""
    for _ in range(_MAX_ROUNDS):
        first, mark, rest = sentence.partition(",")
        if not mark or len(first) > _MAX_SOCIAL_LENGTH or SOCIAL.fullmatch(first.strip(_CLOSING)) is None:
            break
        sentence = rest.strip()
    return sentence


def _without_marker(sentence: str) -> str:
    """A sentence without the list's marker or the linking word that it begins with."""
    for _ in range(_MAX_ROUNDS):
        marker = LIST_MARKER.match(sentence)
        if marker is None or not has_plain_word(sentence[marker.end() :]):
            break
        sentence = sentence[marker.end() :]
    return sentence


def _after_cue(sentence: str) -> str:
    """What follows the first words by which a sentence says what it asks; empty where nothing does."""
    for count, cue in enumerate(ASKING_CUE.finditer(sentence)):
        if count == _MAX_CUES:
            break
        rest = _after_words(sentence[cue.end() :])
        aside = ASIDE.search(rest)
        rest = rest[: aside.start()] if aside and aside.start() else rest
        if has_content(rest) and not NOT_ASKED.match(rest):
            return rest
    return ""


def _after_words(text: str) -> str:
    """A text without the words that lead to what is asked, at its beginning."""
    for _ in range(_MAX_ROUNDS):
        words = AFTER_CUE.match(text) or ASKING_CUE.match(text)
        if words is None or not has_plain_word(text[words.end() :]):
            break
        text = text[words.end() :]
    return text.strip()


def _questions(text: str) -> list[str]:
    """The questions in one sentence; a story before them is left out.

    Most sentences with two questions ask for one thing from two sides: only those for what a thing is are parted.
    """
    pieces = [""]
    begin = 0
    link = ""
    for gap in (*islice(NEXT_QUESTION.finditer(text), _MAX_LINKED), None):
        piece = text[begin : gap.start() if gap else len(text)]
        before = pieces[-1]
        if not before or (_is_story(before) and _asks(piece) and is_complete(piece)):
            pieces[-1] = piece
        elif all(SHORT_DEFINITION.fullmatch(each) and is_complete(each) for each in (before, piece)):
            pieces.append(piece)
        else:
            pieces[-1] = f"{before}{link}{piece}"
        if gap:
            begin, link = gap.end(), gap.group()
    return pieces


def _is_story(piece: str) -> bool:
    """Whether what stands before a question in its sentence tells of the member and asks nothing."""
    if _asks(piece) or QUESTION_INSIDE.search(piece) or _CONDITION.match(piece):
        return False
    return _FIRST_PERSON.search(piece) is not None


def _perhaps_asked(sentence: str, *, is_first: bool) -> list[_Found]:
    """What a sentence asks that does not say so: a topic that makes no sense, or a few words before the story."""
    confusing = MAKES_NO_SENSE.match(sentence)
    if confusing is not None and has_content(confusing["topic"]):
        return [_Found(confusing["topic"], _Sureness.HEADING)]
    is_heading = is_first and len(sentence.split()) <= _MAX_TOPIC_WORDS and not _FIRST_PERSON.search(sentence)
    return [_Found(sentence, _Sureness.HEADING)] if is_heading and has_content(sentence) else []


def _shortened(text: str) -> str:
    """A question that is too long, cut where it hurts least: at its end where it begins as a question, else before."""
    if len(text) <= MAX_PART_LENGTH:
        return text
    if _asks(text):
        return text[:MAX_PART_LENGTH].rpartition(" ")[0] or text[:MAX_PART_LENGTH]
    return text[-MAX_PART_LENGTH:].partition(" ")[2] or text[-MAX_PART_LENGTH:]
