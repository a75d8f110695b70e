r"""The lines in tables of LaTeX: the parser loses where they are, so they pass through it as letters without other use.

``\begin{array}{c|c}`` and ``\hline`` are marked in the source. In the tree the marks become attributes of the table,
``columnrules`` and ``rowrules``: the numbers of columns and of rows that have a line before them, in order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROW_MARK = "\ue000"
_FIRST_COLUMN_MARK, _LAST_COLUMN_MARK = "\ue100", "\ue1ff"
_MARKS = re.compile(f"[{_ROW_MARK}{_FIRST_COLUMN_MARK}-{_LAST_COLUMN_MARK}]")
_ARRAY = re.compile(r"(\\begin\s*\{array\}\s*(?:\[[tcb]\]\s*)?)\{([lcr|\s]+)\}")
_LINE = re.compile(r"\\hline(?![A-Za-z])")


def mark_rules(latex: str) -> str:
    """The LaTeX with marks in place of the lines in its tables."""
    latex = _ARRAY.sub(_marked_array, _MARKS.sub("", latex))
    return _LINE.sub(f" {_ROW_MARK} ", latex)


def lift_rules(tree: Element) -> None:
    """Turn the marks in a tree into attributes of their tables."""
    for table in tree.iter("mtable"):
        rows: set[int] = set()
        columns: set[int] = set()
        for number, row in enumerate(list(table)):
            marks = _take_marks(row[0]) if len(row) else ""
            columns.update(ord(mark) - ord(_FIRST_COLUMN_MARK) for mark in marks if mark != _ROW_MARK)
            if _ROW_MARK in marks:
                rows.add(number)
                if len(row) == 1 and len(row[0]) == 0:  # what stands after the last row is no row
                    table.remove(row)
        if rows:
            table.set("rowrules", " ".join(map(str, sorted(rows))))
        if columns:
            table.set("columnrules", " ".join(map(str, sorted(columns))))


def holds_marks(tree: Element) -> bool:
    """Whether there are marks left, which belong to no table."""
    return any(_MARKS.search(element.text) for element in tree.iter() if element.text)


def _marked_array(match: re.Match[str]) -> str:
    columns, marks = "", ""
    for letter in re.sub(r"\s", "", match[2])[: ord(_LAST_COLUMN_MARK) - ord(_FIRST_COLUMN_MARK)]:
        if letter == "|":
            marks += chr(ord(_FIRST_COLUMN_MARK) + len(columns))
        else:
            columns += letter
    return f"{match[1]}{{{columns}}} {marks} "


def _take_marks(cell: Element) -> str:
    marks = ""
    while len(cell) and _MARKS.fullmatch(cell[0].text or ""):
        marks += cell[0].text or ""
        cell.remove(cell[0])
    return marks
