"""Pipes inside formulas and code in tables: they part no cells, though the parser of tables knows neither."""

from __future__ import annotations

import re

from retrieval.articles.markdown.math_syntax import closing_dollar

PIPE = "\ue07c"
"""Stands for a pipe that parts no cells while blocks are parsed; a text that holds it keeps its pipes."""

_MAX_ROW_LENGTH = 4_000
_ROW = re.compile(r"^[^\n|]*+\|[^\n]*+$", re.MULTILINE)
_SPAN = re.compile(
    r"(?<![`\\])(?P<ticks>`{1,8})(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)|(?<!\\)\\\([^\n]{1,1000}?\\\)"
    r"|(?<!\\)\\\[[^\n]{1,1000}?\\\]|\\begin\{(?P<name>[A-Za-z]{1,20}\*?)\}[^\n]{1,1000}?\\end\{(?P=name)\}"
    r"|\$\$[^\n$]{1,1000}\$\$|\\.|\$"
)
_UNESCAPED = re.compile(r"(?<!\\)\|")


def hide_pipes(markdown: str) -> str:
    """The text with `PIPE` for each pipe in a formula or a code span of a line; it has the same offsets."""
    if "|" not in markdown or PIPE in markdown:
        return markdown
    return _ROW.sub(lambda row: _hidden(row[0]), markdown)


def _hidden(row: str) -> str:
    if len(row) > _MAX_ROW_LENGTH or not any(mark in row for mark in ("$", "`", r"\(", r"\[", r"\begin")):
        return row
    parts = []
    done = 0
    while span := _SPAN.search(row, done):
        end = span.end()
        if span[0] == "$":
            closer = closing_dollar(row, span.start(), len(row))
            end = closer + 1 if closer >= 0 and _is_one_cell(row, span.start(), closer) else end
        parts += [row[done : span.start()], _UNESCAPED.sub(PIPE, row[span.start() : end])]
        done = end
    return "".join([*parts, row[done:]])


def _is_one_cell(row: str, opener: int, closer: int) -> bool:
    """Whether the pipes between two dollars belong to a formula, not to a row of prices: ``|$5|x|$y|``, ``|5$|6$|``."""
    after = row[closer + 1 : closer + 2]
    begins_next = row[closer - 1] == "|" and (after.isalnum() or after == "\\")
    ends_last = row[opener + 1] == "|" and row[max(opener - 1, 0) : opener].isalnum()
    return not (begins_next or ends_last)
