r"""Where an answer as it is written holds fences, math and code spans. A line break may be the two characters ``\n``.

Each opening mark is looked at once, and what closes it is found by searches that only go forward, so that the time
grows with the length of the text, whatever is in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# fmt: off
N_COMMANDS = frozenset({
    "nabla", "napprox", "natural", "ncong", "ne", "nearrow", "neg", "negmedspace", "negthickspace", "negthinspace",
    "neq", "nequiv", "newcommand", "newline", "nexists", "ngeq", "ngeqq", "ngeqslant", "ngtr", "ni", "nicefrac",
    "nLeftarrow", "nleftarrow", "nLeftrightarrow", "nleftrightarrow", "nleq", "nleqq", "nleqslant", "nless", "nmid",
    "nobreak", "nolimits", "nonumber", "norm", "normalsize", "not", "notag", "notin", "notni", "nparallel", "nprec",
    "npreceq", "nRightarrow", "nrightarrow", "nshortmid", "nshortparallel", "nsim", "nsubset", "nsubseteq",
    "nsubseteqq", "nsucc", "nsucceq", "nsupset", "nsupseteq", "nsupseteqq", "ntriangleleft", "ntrianglelefteq",
    "ntriangleright", "ntrianglerighteq", "nu", "nVDash", "nVdash", "nvDash", "nvdash", "nwarrow",
})
# fmt: on
"""The commands of LaTeX, AMS-LaTeX and their usual companions that begin with ``n``."""

BREAK = r"(?:\\n|\n)"
"""A line break, in one of its two forms."""

COMMAND = rf"\\(?:{'|'.join(sorted(N_COMMANDS))})(?![A-Za-z])"
"""One of `N_COMMANDS`, backslash included."""

_MAX_DISPLAY = 4_000
_MAX_INLINE = 1_000
_MAX_SPAN = 120

_OPENING = re.compile(
    r"""
    (?P<fence> (?:\A|(?<=\\n)|(?<=\n)) [ \t>]* (?:(?:[-*+]|\d{1,9}[.)])[ \t]+)* (?P<mark>`{3,}|~{3,}) )
    | (?P<dollars> (?<!\\)\$\$ )
    | (?P<bracket> (?<!\\)\\\[ )
    | \\begin\{(?P<environment>(?:align|equation|gather|multline|eqnarray|displaymath)\*?)\}
    | (?P<parenthesis> (?<!\\)\\\( )
    | (?P<dollar> (?<![\\$])\$(?!\$) )
    | (?P<ticks> (?<!`)`+(?!`) )
    """,
    re.VERBOSE,
)
_LANGUAGE = re.compile(r"(?:(?!\\n)[^`\n])*")
_FENCE_END = re.compile(rf"{BREAK}[ \t>]*(?P<mark>[`~]{{3,}})[ \t]*(?={BREAK}|\Z)")
_LINE_END = re.compile(rf"(?!{COMMAND})\\n|\n")
_PARAGRAPH_END = re.compile(rf"{BREAK}[ \t]*{BREAK}")
_WORD = re.compile(r"\w")


class RegionKind(Enum):
    """What a region holds."""

    FENCE = "fence"
    DISPLAY = "display"
    INLINE = "inline"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Region:
    """A fence, a formula or a code span.

    Attributes:
        kind: What it is.
        start: Offset of its opening mark, what precedes a fence on its line included.
        end: Offset after its closing mark.
        body_start: Offset of what is between the marks; in a fence after its language.
        body_end: Offset after it.
        language: The language of a fence.
    """

    kind: RegionKind
    start: int
    end: int
    body_start: int
    body_end: int
    language: str = ""


def regions(raw: str) -> Iterator[Region]:
    """Fences, formulas and code spans, in order and without overlap."""
    reader = _Reader(raw)
    position = 0
    while opening := _OPENING.search(raw, position):
        region = reader.region(opening)
        if region is not None:
            yield region
            position = region.end
        else:  # a stray backtick, such as an accent, is passed with its whole run
            position = opening.end() if opening["ticks"] else opening.start() + 1


class _Reader:
    """Finds what closes an opening mark. The marks must be asked about in their order."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._next: dict[str, int] = {}

    def region(self, opening: re.Match[str]) -> Region | None:
        """The region that a mark opens; ``None`` where nothing closes it."""
        if opening["fence"] is not None:
            return self._fence(opening)
        if opening["ticks"] is not None:
            return self._span(opening)
        if opening["parenthesis"] is not None or opening["dollar"] is not None:
            return self._inline(opening)
        if opening["environment"] is not None:
            closing = f"\\end{{{opening['environment']}}}"
        else:
            closing = "$$" if opening["dollars"] is not None else r"\]"
        found = self._following(closing, opening.end() + 1)
        if found - opening.end() > _MAX_DISPLAY:
            return None
        return Region(RegionKind.DISPLAY, opening.start(), found + len(closing), opening.end(), found)

    def _fence(self, opening: re.Match[str]) -> Region:
        raw = self._raw
        language = _LANGUAGE.match(raw, opening.end())
        begin = language.end() if language else opening.end()
        name = language[0] if language else ""
        for ending in _FENCE_END.finditer(raw, begin):
            if ending["mark"].startswith(opening["mark"]):
                return Region(RegionKind.FENCE, opening.start(), ending.end(), begin, ending.start(), name)
        return Region(RegionKind.FENCE, opening.start(), len(raw), begin, len(raw), name)

    def _inline(self, opening: re.Match[str]) -> Region | None:
        begin = opening.end()
        is_dollar = opening["dollar"] is not None
        closing = "$" if is_dollar else r"\)"
        found = self._following(closing, begin if is_dollar else begin + 1)
        if found - begin > _MAX_INLINE or self._matching(_LINE_END, begin) < found:
            return None
        if is_dollar and self._raw.startswith("$$", found):
            return None
        return Region(RegionKind.INLINE, opening.start(), found + len(closing), begin, found)

    def _span(self, opening: re.Match[str]) -> Region | None:
        begin = opening.end()
        length = begin - opening.start()
        runs = self._runs[length]
        place = bisect_left(runs, begin)
        if place == len(runs) or runs[place] - begin > _MAX_INLINE:
            return None
        found = runs[place]
        if self._matching(_PARAGRAPH_END, begin) < found:
            return None
        region = Region(RegionKind.SPAN, opening.start(), found + length, begin, found)
        return region if _is_span(self._raw, region) else None

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        """Where there are runs of backticks, by their length."""
        runs: dict[int, list[int]] = defaultdict(list)
        for run in re.finditer("`+", self._raw):
            runs[run.end() - run.start()].append(run.start())
        return runs

    def _following(self, text: str, position: int) -> int:
        """Where a text is next; far behind the end where it is not."""
        known = self._next.get(text, -1)
        if known < position:
            found = self._raw.find(text, position)
            known = self._next[text] = found if found >= 0 else 2 * len(self._raw) + _MAX_DISPLAY
        return known

    def _matching(self, pattern: re.Pattern[str], position: int) -> int:
        """Where a pattern matches next; far behind the end where it does not."""
        known = self._next.get(pattern.pattern, -1)
        if known < position:
            found = pattern.search(self._raw, position)
            known = self._next[pattern.pattern] = found.start() if found else 2 * len(self._raw) + _MAX_DISPLAY
        return known


def _is_span(raw: str, region: Region) -> bool:
    """Whether two runs of backticks enclose a code span; one on the next line must close what this line opened."""
    if raw.find("\\n", region.body_start, region.body_end) < 0:
        return True
    outside = raw[region.start - 1 : region.start] + raw[region.end : region.end + 1]
    rest_of_line = re.split(BREAK, raw[region.end : region.end + 1_000], maxsplit=1)[0]
    return (
        region.body_end - region.body_start <= _MAX_SPAN
        and not _WORD.search(outside)  # as around an accent inside a word
        and rest_of_line.count("`") % 2 == 0
    )
