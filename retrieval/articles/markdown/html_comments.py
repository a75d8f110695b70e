"""HTML comments in Markdown: what stands outside of code between ``<!--`` and ``-->`` is for nobody to read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FILLER = "\ue001"
"""Stands for each character of a comment beside text, so that no offset changes; no text that holds it is changed."""

_OPENER, _CLOSER = "<!--", "-->"
_FENCE_LINE = re.compile(r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_MARK = re.compile(r"(?P<ticks>`+)|<!--")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MAX_CODE_SPAN = 4_000


def without_comments(markdown: str) -> str:
    """The text without its comments, and without the lines that hold nothing else."""
    if _OPENER not in markdown:
        return markdown
    parts = []
    done = 0
    for start, end in _comments(markdown):
        first, last = _around(markdown, start, end)
        parts.append(markdown[done:first])
        done = max(done, last)
    return "".join([*parts, markdown[done:]])


def hide_comments(markdown: str) -> str:
    """The text with blanks for the lines of comments and `FILLER` for those beside text; it has the same offsets."""
    if _OPENER not in markdown or FILLER in markdown:
        return markdown
    parts = []
    done = 0
    for start, end in _comments(markdown):
        first, last = _around(markdown, start, end)
        filler = " " if _is_alone(markdown, start, end) else FILLER
        parts += [markdown[done:first], re.sub(r"[^\r\n]", filler, markdown[first:last])]
        done = last
    return "".join([*parts, markdown[done:]])


def _around(markdown: str, start: int, end: int) -> tuple[int, int]:
    """The comment with one of the two blanks that it stands between."""
    return (start, end + 1) if markdown[end : end + 1] == " " and markdown[start - 1 : start] == " " else (start, end)


def _is_alone(markdown: str, start: int, end: int) -> bool:
    """Whether the lines of a comment hold nothing else."""
    before = markdown[max(start - _MAX_CODE_SPAN, 0) : start].rpartition("\n")[2]
    after = markdown[end : end + _MAX_CODE_SPAN].partition("\n")[0]
    return not before.strip(" \t>") and not after.strip()


def _comments(markdown: str) -> Iterator[tuple[int, int]]:
    """Where each comment starts and ends, in order; one that is not closed is text."""
    for start, end in _outside_fences(markdown):
        yield from _comments_between(markdown, start, end)


def _outside_fences(markdown: str) -> Iterator[tuple[int, int]]:
    start, fence = 0, ""
    for line in _FENCE_LINE.finditer(markdown):
        mark, rest = line[1], line[2]
        if fence and mark.startswith(fence) and not rest.strip():
            start, fence = line.end(), ""
        elif not fence and not (mark[0] == "`" and "`" in rest) and not _hides(markdown, start, line.start()):
            yield start, line.start()
            fence = mark
    if not fence:
        yield start, len(markdown)


def _hides(markdown: str, start: int, end: int) -> bool:
    """Whether a comment is open at the end, so that a fence there is a part of it."""
    opened = markdown.rfind(_OPENER, start, end)
    return opened >= 0 and markdown.find(_CLOSER, opened, end) < 0 and markdown.find(_CLOSER, end) >= 0


def _comments_between(markdown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", markdown[start:end]):
        runs[len(run[0])].append(start + run.start())
    place = start
    while mark := _MARK.search(markdown, place, end):
        if mark["ticks"]:
            place = _code_span_end(markdown, mark, runs[len(mark[0])])
            continue
        closer = markdown.find(_CLOSER, mark.start() + 2, end)
        if closer < 0:
            return
        place = closer + len(_CLOSER)
        yield mark.start(), place


def _code_span_end(markdown: str, ticks: re.Match[str], places: list[int]) -> int:
    """The end of the code span that these backticks open, or of the backticks where they open none."""
    after = bisect_left(places, ticks.end())
    if after == len(places) or places[after] - ticks.end() > _MAX_CODE_SPAN:
        return ticks.end()
    if _BLANK_LINE.search(markdown, ticks.end(), places[after]):
        return ticks.end()
    return places[after] + len(ticks[0])
