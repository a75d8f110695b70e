"""Tables, which Discord lacks: aligned text in a code block, or a list where that is too wide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from wcwidth import wcswidth

from bot.rendering.escaping import code_fence, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_WIDTH = 56
"""Most letters in a line of a code block that Discord's narrowest desktop column shows without a break."""

_GAP = " | "


class Align(Enum):
    """Where a column's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, in the two forms that it may be shown in.

    Attributes:
        plain: Unformatted text, for the code block.
        markdown: Discord Markdown, for the list.
    """

    plain: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every row has a cell for each column."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    aligns: tuple[Align, ...]


def table_markdown(table: Table) -> tuple[str, ...]:
    """The table as pieces of Discord Markdown: one code block, or one short list for each row."""
    lines = _aligned(table)
    if lines and max(map(width, lines)) <= MAX_WIDTH:
        return (code_fence("\n".join(lines)),)
    if not table.rows:
        names = _GAP.join(cell.markdown for cell in table.head if cell.markdown)
        return (names,) if names else ()
    return tuple(record for row in table.rows if (record := _record(table.head, row)))


def width(text: str) -> int:
    """How many letters wide a text is where every letter is as wide as the others; ideographs take two."""
    measured = wcswidth(text)
    return measured if measured >= 0 else len(text)


def _aligned(table: Table) -> list[str]:
    rows = [[visible(cell.plain) for cell in row] for row in (table.head, *table.rows)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths, table.aligns) for row in rows]
    rule = "-+-".join("-" * column for column in widths)
    return [lines[0], rule, *lines[1:]]


def _line(row: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    cells = (_padded(text, room, align) for text, room, align in zip(row, widths, aligns, strict=True))
    return _GAP.join(cells).rstrip()


def _padded(text: str, room: int, align: Align) -> str:
    blank = room - width(text)
    before = {Align.LEFT: 0, Align.CENTER: blank // 2, Align.RIGHT: blank}[align]
    return " " * before + text + " " * (blank - before)


def _record(head: Sequence[Cell], row: Sequence[Cell]) -> str:
    """One row as a list under its first cell, each cell with the name of its column."""
    title = ": ".join(cell.markdown for cell in (head[0], row[0]) if cell.markdown)
    lines = [f"**{title}**"] if title and "*" not in title else [title]
    for name, cell in zip(head[1:], row[1:], strict=True):
        if cell.markdown:
            lines.append(f"- {name.markdown}: {cell.markdown}" if name.markdown else f"- {cell.markdown}")
    return "\n".join(line for line in lines if line)
