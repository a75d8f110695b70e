"""Texts of a message's greatest length on which a reader may work for long, and how long one does."""

from __future__ import annotations

import gc
import re
import time
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from retrieval.questions import chat_words, question_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

LENGTH = 4000
LIMIT_SECONDS = 0.1
_ENOUGH_TO_COMPARE = 0.03  # below, what takes the same time for any length hides how the time grows
_MOST_GROWTH = 7  # for four times the length; a reader that is linear needs about 4 times as long, a quadratic one 16
_TRIES = 5

_TABLES = (
    chat_words.ABBREVIATIONS,
    chat_words.CONTRACTIONS,
    chat_words.SHORTHAND,
    chat_words.BEFORE_SYMBOL,
    chat_words.AFTER_SYMBOL,
    chat_words.ASKING_VERBS,
    chat_words.SEERS,
)


def _words_of_patterns(modules: tuple[ModuleType, ...]) -> set[str]:
    """Whatever letters stand side by side in the patterns of these readers."""
    patterns = [value.pattern for module in modules for value in vars(module).values() if isinstance(value, re.Pattern)]
    return {word for pattern in patterns for word in re.findall(r"[^\W\d_]+", pattern)}


_PHRASES = (
    "what is|who's|the meaning of|and what about|the other one|and the|a stands for|was ist mit|por qué|how come|"
    "hi all|my question is|i was wondering|can someone please explain|does anyone know|i dont get|diff eqs|how 2 go|"
    "what r the|y do|i'm so lost|thanks in advance|help me|qzxw|Abc|ABC|aaaa|a'a"
)
_ALPHABETS = (
    (*"!?.,;:-'\"`$\\(){}[]<>@#*_~|^=+&%/", "\u2019", "。", "？", "؟", "…", "¿", "!.", "; ", "? ", "...", "' ", "a-"),
    (" ", "\n", "\t", "\r", "\u00a0", "\u2028", " \n", "\n ", "  ", "\x00", "\x1f", "\x85"),
    ("```", "``", "`a", "$$", "$a", r"\(", r"\[", r"\)", r"\]", "$$a$", "`a\n", "\\(\n", "{a}", "x^2", "a_b"),
    ("<@1", "<@12>", "<#1", "<:ab:1>", "<:ab", "<a:", "<t:1", "<t:1:R>", "</a", "</ab:1>", "@everyone", "<", "-1"),
    ("http://", "https://a", "www.", "www.a", "<https://", "http", "//", "://"),
    ("🎉", "👩🏽\u200d🔬", "1\ufe0f\u20e3", "\ufe0f", "\u200b", "\u00ad", "\u202e", "\ud800"),
    ("\u0301", "\u0316", "e\u0301", "\u0344", "字", "한", "ा", "ا", "ש", "ﷺ", "ß", "İ", "ſ", "É", "１", "²", "𝐀"),
    tuple("aAzZxq019"),
)
"""Pieces that some pattern of a reader knows, by kind; words are a further kind."""

_gap = st.sampled_from(("", "", " ", "\n", ". "))


def _filled(units: list[str], ending: str, length: int) -> str:
    """Each unit repeated for its share of the length, then the ending."""
    share = max(1, (length - len(ending)) // len(units))
    return ("".join((unit * share)[:share] for unit in units))[: length - len(ending)] + ending


def slow_texts(*readers: ModuleType) -> st.SearchStrategy[tuple[str, str]]:
    """A text of pieces that are repeated, and the same with a quarter of the repetitions.

    Args:
        readers: Modules whose patterns' words are among the pieces, besides those of a question's reader.
    """
    known = _words_of_patterns((chat_words, question_text, *readers))
    words = sorted({*_PHRASES.split("|"), *known, *(word for table in _TABLES for word in table)})
    piece = st.sampled_from((tuple(words), *_ALPHABETS)).flatmap(st.sampled_from)
    unit = st.lists(st.tuples(piece, _gap), min_size=1, max_size=4).map(
        lambda pairs: "".join(piece + gap for piece, gap in pairs)
    )
    units = st.lists(unit, min_size=1, max_size=3)
    return st.tuples(units, st.just("") | piece).map(lambda of: (_filled(*of, LENGTH), _filled(*of, LENGTH // 4)))


def seconds(read: Callable[[str], object], text: str, tries: int = 1) -> float:
    """Processor time of this thread for reading a text, the least of some tries.

    Without the collector, which takes the longer the more tests ran before.
    """
    took = []
    gc.disable()
    try:
        for _ in range(tries):
            began = time.thread_time()
            read(text)
            took.append(time.thread_time() - began)
    finally:
        gc.enable()
    return min(took)


def assert_read_soon(read: Callable[[str], object], text: str, quarter: str | None = None) -> None:
    """A text takes no longer than it may, and where that can be told, not much more than four times its quarter."""
    took = seconds(read, text)
    if took > _ENOUGH_TO_COMPARE:
        took = min(took, seconds(read, text, _TRIES))
    assert took <= LIMIT_SECONDS, f"{took:.2f} s for {text[:60]!r}…{text[-60:]!r}"
    if quarter is not None and took > _ENOUGH_TO_COMPARE:
        assert took <= _MOST_GROWTH * seconds(read, quarter, _TRIES), f"{text[:60]!r}…{text[-60:]!r}"
