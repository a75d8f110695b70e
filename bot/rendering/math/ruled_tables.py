"""Tables with lines between their rows and columns, which ziamath draws without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ziamath.drawable import HLine, VLine
from ziamath.nodes.mtable import Mtable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ziamath.drawable import Drawable

COLUMN_SPACING = "1em"
"""Between the columns of a table, as TeX has it."""

ROW_SPACING = "0.5em"
"""Between the rows of a table with lines."""


class RuledTable(Mtable, tag="mtable"):
    """A table with the lines that `bot.rendering.math.table_rules` has found. To define it makes ziamath use it."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401  # the library's own
        super()._setup(**kwargs)
        row_rules, column_rules = (
            list(map(int, self.element.get(name, "").split())) for name in ("rowrules", "columnrules")
        )
        if not row_rules and not column_rules:
            return
        rows = self._rows()
        columns = max(map(len, rows))
        has_edge = bool(row_rules) or 0 in column_rules or columns in column_rules
        gap = self.size_px(COLUMN_SPACING)
        edge = gap / 2 if has_edge else 0.0
        self.nodexy = [(x + edge, y) for x, y in self.nodexy]
        across = self._across(rows, gap, edge)
        down = self._down(rows, edge=self.size_px(ROW_SPACING) / 2 if row_rules else 0.0)
        width = self.bbox.xmax + 2 * edge
        self.bbox = type(self.bbox)(0, width, -down[-1], -down[0])
        thick = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        phantom = bool(kwargs.get("phantom"))
        for number in column_rules:
            if number <= columns:
                self.nodes.append(VLine(down[-1] - down[0], thick, style=self.style, phantom=phantom))
                self.nodexy.append((across[number], down[0]))
        for number in row_rules:
            self.nodes.append(HLine(across[-1] - across[0], thick, style=self.style, phantom=phantom))
            self.nodexy.append((across[0], down[number] - thick / 2))

    def _rows(self) -> list[list[Drawable]]:
        cells = iter(self.nodes)
        return [[next(cells) for _ in row] for row in self.element]

    def _across(self, rows: Sequence[Sequence[Drawable]], gap: float, edge: float) -> list[float]:
        """Where lines stand before each column and after the last one."""
        columns = max(map(len, rows))
        widths = [max(row[column].bbox.xmax for row in rows if column < len(row)) for column in range(columns)]
        margin = (self.bbox.xmax - sum(widths) - gap * (columns - 1)) / 2
        places = [margin]
        for width in widths:
            places.append(places[-1] + width + gap)
        return [place + edge - gap / 2 for place in places]

    def _down(self, rows: Sequence[Sequence[Drawable]], edge: float) -> list[float]:
        """Where lines lie above each row and below the last one, downwards."""
        baselines = []
        number = 0
        for row in rows:
            baselines.append(self.nodexy[number][1])
            number += len(row)
        pairs = list(zip(baselines, rows, strict=True))
        tops = [baseline - max(cell.bbox.ymax for cell in row) for baseline, row in pairs]
        bottoms = [baseline - min(cell.bbox.ymin for cell in row) for baseline, row in pairs]
        between = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
        return [tops[0] - edge, *between, bottoms[-1] + edge]
