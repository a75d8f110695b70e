"""Whether a text that is addressed to nobody is a question, judged by its words, in the languages of the bot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\w+")

_QUESTION_START = re.compile(
    r"""[\W_]*(?:
    what|what's|whats|who|whom|whose|when|where|why|which|how|is|are|was|were|do|does|did|can|could|should|would|will
    |explain|define|describe
    |qué|quién|quiénes|cuál|cuáles|cuándo|dónde|cómo|cuánto|cuánta|por\ qué
    |qui|que|quoi|quel|quelle|quels|quelles|quand|où|comment|pourquoi|combien|est-ce
    |wer|wen|wem|wessen|wann|wo|warum|wieso|weshalb|welche|welcher|welches|wie
    |o\ que|quem|qual|quais|quando|onde|como|por\ que|quanto|quanta
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_QUESTION_MARKS = ("?", "\uff1f")
_SENTENCE = re.compile("[^.!?\uff1f]+[.!?\uff1f]*")
_MIN_WORDS = 3  # in fewer, hardly anybody asks the public something that an article answers


def looks_like_question(text: str) -> bool:
    """Whether a text that is addressed to nobody may be a question."""
    if len(_WORD.findall(text)) < _MIN_WORDS:
        return False
    return any(said.endswith(_QUESTION_MARKS) or _QUESTION_START.match(said) for said in _sentences(text))


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (sentence.strip() for sentence in _SENTENCE.findall(line))
