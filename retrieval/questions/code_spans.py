"""Where the code and the formulas of a message stand. Pure, and linear in the length of the message."""

from __future__ import annotations

import re
from bisect import bisect_right

_OPENER = re.compile(r"```|`|\$\$|\$|\\\(|\\\[")


class CodeSpans:
    """The pieces of a text that are code or formulas in Markdown: fenced, in backticks, in dollars, in LaTeX brackets.

    A fence that is never closed reaches to the end; of the others, what is never closed is no piece.

    Args:
        text: Any text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._starts: list[int] = []
        self._ends: list[int] = []
        place = 0
        while opener := _OPENER.search(text, place):
            start = opener.start()
            end = self._end(opener.group(), start)
            place = end or start + 1
            if end:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, place: int) -> bool:
        """Whether the character at this place is within code or a formula."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]

    def _end(self, opener: str, start: int) -> int:
        """Place after the piece that begins with an opener, 0 where it is none."""
        inside = start + len(opener)
        match opener:
            case "```":
                return min(self._find(opener, inside) + len(opener), len(self._text))
            case "`" | "$":
                return self._closed(opener, inside, self._find(opener, inside), one_line=True)
            case "$$":
                close = self._find("$", inside)
                return self._closed(opener, inside, close) if self._text.startswith(opener, close) else 0
            case r"\(":
                return self._closed(opener, inside, self._find(r"\)", inside + 1), one_line=True)
            case _:
                return self._closed(opener, inside, self._find(r"\]", inside + 1))

    def _closed(self, opener: str, inside: int, close: int, *, one_line: bool = False) -> int:
        is_closed = inside < close < len(self._text) and not (one_line and self._find("\n", inside) < close)
        return close + len(opener) if is_closed else 0

    def _find(self, mark: str, place: int) -> int:
        """Where the next such mark begins, the length of the text where none does.

        Places only grow, so the mark that was found last is the next one until it is passed.
        """
        if self._next.get(mark, -1) < place:
            found = self._text.find(mark, place)
            self._next[mark] = found if found >= 0 else len(self._text)
        return self._next[mark]
