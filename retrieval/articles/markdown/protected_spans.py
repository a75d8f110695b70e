"""What in a paragraph is one thing, so that no sentence ends in it: code spans, formulas, links and comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from retrieval.articles.markdown.math_syntax import closing_dollar

_OPENER = re.compile(r"(?P<ticks>`+)|\\[(\[]|\\.|\$\$?|<!--|!?\[", re.DOTALL)
_CLOSERS = {r"\(": (r"\)", 1_000), r"\[": (r"\]", 4_000), "$$": ("$$", 4_000), "<!--": ("-->", 1_000_000)}
"""What closes a thing, and the most characters between the two."""

_MAX_CODE_LENGTH = 1_000
_LINK = re.compile(r"!?\[[^\]\n]{0,300}+\]\([^)\s]{0,1000}+\)")


def protected_spans(text: str) -> list[tuple[int, int]]:
    """The spans, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    closers = _Closers(text)
    place = 0
    while opener := _OPENER.search(text, place):
        end = closers.end_of(opener)
        place = max(end, opener.end())
        if end:
            spans.append((opener.start(), end))
    return spans


class _Closers:
    """Finds what closes a thing; remembers where each closer comes next, for else many openers take quadratic time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._ticks: dict[int, list[int]] = defaultdict(list)
        for run in re.finditer("`+", text):
            self._ticks[len(run[0])].append(run.start())

    def end_of(self, opener: re.Match[str]) -> int:
        """The offset after what this opens, 0 where it opens nothing."""
        mark = opener[0]
        if opener["ticks"]:
            return self._code_end(opener)
        if mark == "$":
            return closing_dollar(self._text, opener.start(), len(self._text)) + 1
        if mark.endswith("[") and mark[0] != "\\":
            link = _LINK.match(self._text, opener.start())
            return link.end() if link else 0
        if mark not in _CLOSERS:
            return 0
        closer, longest = _CLOSERS[mark]
        place = self._find(closer, opener.end())
        return place + len(closer) if opener.end() < place <= opener.end() + longest else 0

    def _find(self, closer: str, start: int) -> int:
        place = self._next.get(closer, 0)
        if 0 <= place < start:
            place = self._next[closer] = self._text.find(closer, start)
        return place

    def _code_end(self, ticks: re.Match[str]) -> int:
        places = self._ticks[len(ticks[0])]
        after = bisect_left(places, ticks.end())
        if after == len(places) or places[after] > ticks.end() + _MAX_CODE_LENGTH:
            return 0
        return places[after] + len(ticks[0])
