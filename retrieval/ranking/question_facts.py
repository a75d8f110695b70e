"""What a question says about itself: how long it is, and how much each of its words tells. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.indexes.spelling import Vocabulary, words_of

_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?!\w)")
_MAX_NUMBERS = 8
_MAX_WORDS = 48
_MIN_STEM, _ENDING = 4, 3
_LITTLE = 0.1  # a question of hardly any telling words misses none
_MIN_DIGITS = 2  # a single digit stands in nearly every article


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What a question says about itself.

    Attributes:
        tokens: Different tokens.
        sentences: Sentences that are looked for by themselves, at least 1.
        unknown_words: Share of its words that are neither everyday words nor used in the corpus, 0 to 1.
        numbers: Its first numbers of two digits and more, as they are written.
        words: Its rarest words, lower case, each with its rarity, 0 to 1.
    """

    tokens: int = 0
    sentences: int = 1
    unknown_words: float = 0.0
    numbers: tuple[str, ...] = ()
    words: tuple[tuple[str, float], ...] = ()


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
        words=tuple(sorted(((word, vocabulary.rarity(word)) for word in words), key=_rarest_first))[:_MAX_WORDS],
    )


def _rarest_first(word: tuple[str, float]) -> tuple[float, str]:
    return -word[1], word[0]


@dataclass(frozen=True, slots=True)
class MissingWords:
    """Which words of a question a text has not, in any form.

    Attributes:
        rarest: Rarity of the rarest one that is missing; 0 where none is.
        share: Share of all, weighted by rarity, that is missing.
    """

    rarest: float
    share: float


def missing_words(facts: QuestionFacts, text: str) -> MissingWords:
    """The words of a question that a text has not."""
    stems = {_stem(word) for word in words_of(text)}
    missing = [rarity for word, rarity in facts.words if _stem(word) not in stems]
    total = math.fsum(rarity for _, rarity in facts.words)
    return MissingWords(max(missing, default=0.0), math.fsum(missing) / max(total, _LITTLE))


def _stem(word: str) -> str:
    """What the forms of a word mostly have in common; cruder than a stemmer, and the same for any language."""
    return word[: max(_MIN_STEM, len(word) - _ENDING)]


def misses_a_number(facts: QuestionFacts, text: str) -> bool:
    """Whether a number of the question stands nowhere in a text."""
    return any(number not in text for number in facts.numbers)
