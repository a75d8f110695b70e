"""What a question says about itself: how long it is, and which of its words no article uses. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.indexes.spelling import Vocabulary, words_of

_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?!\w)")
_MAX_NUMBERS = 8
_MIN_DIGITS = 2  # a single digit stands in nearly every article


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What a question says about itself.

    Attributes:
        tokens: Different tokens.
        sentences: Sentences that are looked for by themselves, at least 1.
        unknown_words: Share of its words that are neither everyday words nor used in the corpus, 0 to 1.
        numbers: Its first numbers of two digits and more, as they are written.
    """

    tokens: int = 0
    sentences: int = 1
    unknown_words: float = 0.0
    numbers: tuple[str, ...] = ()


def question_facts(text: str, token_ids: Sequence[int], sentences: int, vocabulary: Vocabulary) -> QuestionFacts:
    """Read the facts off a question.

    Args:
        text: In plain words, corrected.
        token_ids: Its tokens.
        sentences: How many of its sentences are looked for by themselves.
        vocabulary: The words of the corpus.
    """
    words = [word for word in words_of(text) if len(word) > 1]
    unknown = sum(not vocabulary.is_known(word) for word in words)
    written = (number.rstrip(".,") for number in _NUMBER.findall(text))
    numbers = dict.fromkeys(number for number in written if sum(map(str.isdigit, number)) >= _MIN_DIGITS)
    return QuestionFacts(
        tokens=len(set(token_ids)),
        sentences=max(sentences, 1),
        unknown_words=unknown / max(len(words), 1),
        numbers=tuple(numbers)[:_MAX_NUMBERS],
    )


def misses_a_number(facts: QuestionFacts, text: str) -> bool:
    """Whether a number of the question stands nowhere in a text."""
    return any(number not in text for number in facts.numbers)
