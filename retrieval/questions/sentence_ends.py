"""A message → its sentences. Pure, and linear in the length of the message."""

from __future__ import annotations

import re

from retrieval.questions.chat_words import QUESTION_WORDS
from retrieval.questions.code_spans import CodeSpans

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f\u061f])\s*|\s*\n\s*")
"""What stands between two sentences of a message: members end many a sentence with a line break alone."""

QUESTION_MARKS = ("?", "\uff1f", "\u061f")

_BLANKS = re.compile(r"[^\S\n]+")
_LONGEST_ABBREVIATION = 8
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.\s?g|i\.\s?e|vs|cf|ca|approx|eq|fig|vol|pp|ch|dr|mrs?|ms|mt|prof|u\.s)\.\Z", re.IGNORECASE
)
_INITIAL = re.compile(r"(?:^|[\s(])(?P<several>[A-Z]\.)?[A-Z]\.\Z")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without blanks around them; code, formulas and abbreviations are not cut in two.

    Args:
        text: Any text.
    """
    text = _BLANKS.sub(" ", text)  # a long row of blanks would be tried again from each of them
    code = CodeSpans(text)
    sentences = []
    begin = 0
    for gap in SENTENCE_END.finditer(text):
        if gap.start() in code or ("\n" not in gap.group() and _ends_with_abbreviation(text, begin, gap.start())):
            continue
        sentences.append(text[begin : gap.start()].strip())
        begin = gap.end()
    sentences.append(text[begin:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends_with_abbreviation(text: str, begin: int, end: int) -> bool:
    """Whether a point belongs to the word before it: "vs. meiosis", "E. coli", "C.S. Lewis"."""
    tail = text[max(begin, end - _LONGEST_ABBREVIATION) : end]
    if _ABBREVIATION.search(tail):
        return True
    following = text[end + 1 : end + 1 + _LONGEST_ABBREVIATION]
    initial = _INITIAL.search(tail)
    if initial is None or QUESTION_WORDS.match(following):
        return False
    return following[:1].islower() or initial["several"] is not None
