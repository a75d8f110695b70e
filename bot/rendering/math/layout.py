"""How formulas are laid out here: ziamath's rows, made to take one pass where one is enough, and within a budget.

ziamath lays out everything in a row twice, once to learn how high its brackets must be; what stands in rows within
rows takes twice as long for each. Here a row is measured only where it holds something that stretches, and what is
measured is laid out once. So a formula takes one pass for each row with brackets around it, not twice as many.
"""

from __future__ import annotations

import copy
import itertools
import time
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from ziamath.mathfont import MathFont
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.mspace import Mpadded, Mphantom
from ziamath.operators import operators
from ziamath.zmath import loadedfonts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from ziafont.glyph import SimpleGlyph
    from ziamath.drawable import Drawable
    from ziamath.nodes.mnode import Mnode
    from ziamath.styles import MathVariant

FONT = "formulas"
"""The name under which ziamath finds the font that is made here."""

_ROWS = frozenset({"math", "mrow", "mtd", "mpadded", "mphantom", "menclose"})
_STRETCHED = frozenset(text for (text, _), found in operators.items() if found.get("stretchy") == "true")


class LayoutError(Exception):
    """A formula cannot be laid out; the message says why, as the end of a sentence that begins with the formula."""


class LayoutBudget:
    """How long the layout of one formula may take, and how large anything in it may become.

    Args:
        seconds: Processor time of the thread.
        size: Pixels in either direction.
    """

    def __init__(self, *, seconds: float, size: float) -> None:
        self._seconds = seconds
        self._size = size
        self._ends = time.thread_time() + seconds

    def check_time(self) -> None:
        """Raise `LayoutError` when the time is used up."""
        if time.thread_time() > self._ends:
            raise LayoutError(f"takes more than {self._seconds:g} s to draw")

    def check_size(self, width: float, height: float) -> None:
        """Raise `LayoutError` for what is too large."""
        if not (width <= self._size and height <= self._size):
            raise LayoutError(f"would measure {width:,.0f} by {height:,.0f} pixels, more than {self._size:,.0f}")


class FormulaFont(MathFont):
    """The font of formulas, which refuses a letter that it lacks and asks the budget for each that it has."""

    budget: LayoutBudget | None = None

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """The glyph of a character; called for each that is laid out."""
        if self.budget:
            self.budget.check_time()
        glyph = super().findglyph(char, variant)
        if glyph.index == 0:
            raise LayoutError(f"holds {char!r}, which the font lacks")
        return glyph


def formula_font() -> FormulaFont:
    """The font that ziamath uses where it is asked for `FONT`; loaded once."""
    font = loadedfonts.get(FONT)
    if not isinstance(font, FormulaFont):
        font = FormulaFont(str(loadedfonts["default"].fname))
        loadedfonts[FONT] = font
    return font


def is_stretchy(element: Element) -> bool:
    """Whether anything in the element takes the height of what stands beside it."""
    return any(
        inner.get("stretchy", "true" if (inner.text or "").strip() in _STRETCHED else "false") != "false"
        for inner in element.iter("mo")
    )


def layout_steps(element: Element, passes: int = 1) -> int:
    """How many elements and letters are laid out, each counted as often as it is."""
    own = passes * (1 + len(element.text or ""))
    if element.tag in _ROWS and is_stretchy(element):
        passes += 1
    return own + sum(layout_steps(child, passes) for child in element)


class _RowLayout(Mrow, tag="formula-row"):
    """What rows of all kinds have in common."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401  # the library's own
        if budget := self._budget():
            budget.check_time()
        super()._setup(**kwargs)
        if budget:
            budget.check_size(self.bbox.xmax - self.bbox.xmin, self.bbox.ymax - self.bbox.ymin)

    def draw(self, x: float, y: float, svg: Element) -> tuple[float, float]:
        """Draw the row, if there is time left."""
        if budget := self._budget():
            budget.check_time()
        return super().draw(x, y, svg)

    def _budget(self) -> LayoutBudget | None:
        return self.font.budget if isinstance(self.font, FormulaFont) else None

    def _setup_single_line(self, line: list[Element], **kwargs: Any) -> None:  # noqa: ANN401  # the library's own
        shown = [child for child in line if child.tag != "mo" or (child.text or "").strip()]
        if not kwargs.get("nostretch") and any(map(is_stretchy, shown)):
            kwargs["rowymin"], kwargs["rowymax"] = self._height_of(shown, **kwargs)
        budget = self._budget()
        x = 0.0
        for child in shown:
            if budget:
                budget.check_size(x, 0.0)
            node = self.fromelement(child, parent=self, **kwargs)
            self.nodes.append(node)
            self.nodexy.append((x, 0))
            x += node.xadvance()
        self._xadvance = x
        self.bbox = _around(self.nodes, self.nodexy, self.bbox)

    def _height_of(self, elements: Sequence[Element], **kwargs: Any) -> tuple[float, float]:  # noqa: ANN401
        """Lowest and highest point of what does not stretch."""
        kwargs["nostretch"] = True
        nodes: list[Mnode] = [self.fromelement(copy.deepcopy(child), parent=self, **kwargs) for child in elements]
        return min(node.bbox.ymin for node in nodes), max(node.bbox.ymax for node in nodes)

    def _setup_multilines(self, lines: list[list[Element]], **kwargs: Any) -> None:  # noqa: ANN401
        """Rows below each other, their middle where the middle of a line is."""
        style = {name: kwargs[name] for name in ("nostretch", "phantom") if name in kwargs}
        for line in lines:
            row = ET.Element("mrow")
            row.extend(line)
            self.nodes.append(self.fromelement(row, parent=self, **style))
        leading = 2 * self.units_to_points(self.font.math.consts.mathLeading)
        places = [0.0]
        for above, below in itertools.pairwise(self.nodes):
            places.append(places[-1] + below.bbox.ymax - above.bbox.ymin + leading)
        self.nodexy = [(0.0, place - places[-1] / 2) for place in places]
        self.bbox = _around(self.nodes, self.nodexy, self.bbox)
        self._xadvance = max(node.xadvance() for node in self.nodes)


def _around(nodes: Sequence[Drawable], places: Sequence[tuple[float, float]], empty: Any) -> Any:  # noqa: ANN401
    """The box around nodes at their places; x to the right, places' y downwards."""
    if not nodes:
        return empty
    boxes = [(x, y, node.bbox) for (x, y), node in zip(places, nodes, strict=True)]
    return type(empty)(
        min(x + box.xmin for x, _, box in boxes),
        max(0.0, *(x + box.xmax for x, _, box in boxes)),
        min(box.ymin - y for _, y, box in boxes),
        max(box.ymax - y for _, y, box in boxes),
    )


class _Row(_RowLayout, tag="mrow"):
    """A row."""


class _PaddedRow(Mpadded, _RowLayout, tag="mpadded"):
    """A row with space around it."""


class _PhantomRow(Mphantom, _RowLayout, tag="mphantom"):
    """A row that takes space and is not drawn."""
