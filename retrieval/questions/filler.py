"""Greetings and filler at both ends of a message. Pure, and linear in the length of the message."""

from __future__ import annotations

import re

from retrieval.questions.chat_words import CRY_FOR_HELP, FILLER_ENDING, FILLER_OPENING

_MAX_ROUNDS = 16
"""Greetings, asides and polite phrases taken off each end; nobody who asks something writes more."""

_MAX_ENDING = 48
"""Characters at the end of a message in which one polite phrase is looked for."""

_SEPARATORS = " \n,.!;-"
_END_MARKS = " \n.!?"
_STRIPPED = " ,;:-\n"
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}")


def has_plain_word(text: str) -> bool:
    """Whether a text has a word of two letters or more."""
    return _PLAIN_WORD.search(text) is not None


def without_filler(text: str) -> str:
    """The text without greetings and filler at both ends, unless no word would be left.

    Args:
        text: Blanks in it are spaces and line breaks.
    """
    rest = text
    for _ in range(_MAX_ROUNDS):
        opening = FILLER_OPENING.match(rest)
        shorter = _without_ending(rest[opening.end() :] if opening else rest).strip(_STRIPPED)
        if shorter == rest or not has_plain_word(shorter):
            break
        rest = shorter
    return rest


def _without_ending(text: str) -> str:
    """The text without one polite or helpless phrase at its end."""
    # A pattern that is searched for in the whole text is tried again at each mark, which costs the square of the marks.
    end = len(text.rstrip(_END_MARKS))
    first = max(0, end - _MAX_ENDING)
    phrase = FILLER_ENDING.search(text, first, end)
    cry = CRY_FOR_HELP.search(text, first, end)
    cuts = [len(text[: phrase.start()].rstrip(_SEPARATORS))] if phrase else []
    cuts += [cry.start()] if cry else []
    return text[: min(cuts)] if cuts else text
