"""Display LaTeX → a PNG on paper of its own, so that it reads well whatever the theme around it.

Discord shows a picture as wide as the message's column, about 500 points. So every picture is at least `MIN_WIDTH`
wide, with the formula in its middle: then all formulas appear in the same size, sharp on screens of two pixels a point.
"""

# ruff: noqa: RUF001  mathematical characters are what this is about

from __future__ import annotations

import itertools
import warnings
from threading import Lock
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import resvg_py

from bot.rendering.math.pieces import Kind, operator_piece
from bot.rendering.math.tree import FormulaError, parse_latex

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "path is deprecated", DeprecationWarning)  # how it finds its font, until 3.13
    from ziamath.zmath import Math

    from bot.rendering.math.layout import FONT, LayoutBudget, LayoutError, formula_font, layout_steps
    from bot.rendering.math.ruled_tables import COLUMN_SPACING, ROW_SPACING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FONT_SIZE = 40.0
"""Size of the formula's letters in pixels: 20 points, shown at two pixels a point."""

MIN_WIDTH = 1_000
"""Least width of a picture in pixels."""

MAX_SIDE = 6_000
"""Most pixels a formula may measure in either direction."""

MAX_AREA = 4_000_000
"""Most pixels of a picture, four bytes each while it is drawn; the real corpus needs 378,000 at most."""

PADDING = 32
PAPER = "#f7f8fa"
INK = "#101318"
RENDERING_VERSION = "4"
"""Part of what names a picture in a cache; to be changed with whatever changes pictures."""

MAX_STEPS = 6_000
"""Most elements and letters to be laid out, each counted as often as it is."""

MAX_SECONDS = 0.8
"""Most processor time for one formula; usual ones take 0.02 s."""

MAX_SVG = 2_000_000
"""Most characters of a drawing before it becomes pixels."""

_STRETCHED_ACCENTS = {"^": "\u0302", "~": "\u0303"}
_ROWS = frozenset({"math", "mrow", "msqrt", "mtd", "menclose", "mpadded", "mphantom"})
_SPACES = {Kind.BINARY: ("0.222em", "0.222em"), Kind.RELATION: ("0.278em", "0.278em"), Kind.COMMA: ("0em", "0.167em")}
_STACKS = frozenset({"mover", "munder", "munderover"})
_WITH_SCRIPTS = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_FITTED = frozenset({"mstyle", "mo", "mi"})
_PAIR = 2  # columns of an alignment
_VERTICAL_ARROWS = frozenset("↑↓")
_LONG_ARROWS = frozenset("→←")
_SLANTED = dict(zip("ϵϑϰϕϱϖ", "𝜖𝜗𝜘𝜙𝜚𝜛", strict=True))
"""Greek letters that ziamath leaves upright."""
_BARS_A_LETTER = 0.8
_MAX_BARS = 120  # of a length that no message column has
_JOINED = {"lspace": "0em", "rspace": "0em", "stretchy": "false"}
_LETTERS = frozenset("∇∂¬∠")
_NO_SPACES = ("0em", "0em")
_BEFORE_A_SIGN = frozenset({None, Kind.OPEN, Kind.BINARY, Kind.RELATION, Kind.COMMA})
_drawing = Lock()  # ziamath keeps fonts and counters in its modules


def draw_formula(source: str) -> bytes:
    """The formula as a PNG.

    Args:
        source: LaTeX without its delimiters.

    Raises:
        FormulaError: It is broken, uses what cannot be drawn, or would be too large.
    """
    tree = parse_latex(source)
    _fit_for_drawing(tree)
    if (steps := layout_steps(tree)) > MAX_STEPS:
        raise FormulaError(source, f"takes {steps:,} steps to lay out, more than {MAX_STEPS:,}")
    return _png(_laid_out(tree, source), source)


def _laid_out(tree: Element, source: str) -> Element:
    font = formula_font()
    with _drawing:
        font.budget = LayoutBudget(seconds=MAX_SECONDS, size=MAX_SIDE)
        try:
            return Math(tree, size=FONT_SIZE, font=FONT, margin=0).svgxml()
        except LayoutError as error:
            raise FormulaError(source, str(error)) from error
        except Exception as error:  # the library meets text nobody foresaw
            raise FormulaError(source, f"cannot be drawn ({type(error).__name__})") from error


def _fit_for_drawing(tree: Element) -> None:
    """Adjust what ziamath would draw otherwise than TeX does."""
    for parent in tree.iter():
        if parent.tag == "mtable":
            _fit_table(parent)
        elif parent.tag in _FITTED:
            _fit_leaf(parent)
        if parent.tag in _ROWS:
            _space_row(list(parent))
            _part_names(parent)
        if parent.tag == "mover" and (accent := parent[1]).text in _STRETCHED_ACCENTS:
            accent.text = "ˆ" if accent.text == "^" and parent.get("accent") else _STRETCHED_ACCENTS[accent.text or ""]
    for stack in list(tree.iter()):
        if stack.tag in _STACKS and stack[0].tag == "mstyle" and stack[0][0].text in _LONG_ARROWS:
            _lengthen(stack)


def _part_names(row: Element) -> None:
    """Set thin spaces between names such as max, with what stands below them, and what they stand beside."""
    elements = list(row)
    for left, right in itertools.pairwise(elements):
        beside = {left.tag, right.tag}
        if (_is_name(left) or _is_name(right)) and not beside & {"mspace", "mtext"} and not _is_sign(left, right):
            row.insert(list(row).index(right), ET.Element("mspace", width="0.167em"))


def _is_name(element: Element) -> bool:
    while element.tag in _WITH_SCRIPTS:
        element = element[0]
    letters = "".join((element.text or "").split())
    return element.tag == "mo" and len(letters) > 1 and letters.isalpha()


def _is_sign(left: Element, right: Element) -> bool:
    """Whether either is an operator, which brings its own spaces, or a bracket, which takes none."""
    return any(element.tag == "mo" and not _is_name(element) for element in (left, right))


def _fit_table(table: Element) -> None:
    if table.get("displaystyle") == "true":
        is_spaced = max(map(len, table), default=0) > _PAIR and table.get("columnspacing") != "0em"
        table.set("columnspacing", "0em 2em" if is_spaced else "0em 0.3em")  # two columns belong together
        table.set("rowspacing", "0.7em")
        return
    table.set("columnspacing", COLUMN_SPACING)
    if table.get("rowrules") or table.get("columnrules"):
        table.set("rowspacing", ROW_SPACING)


def _fit_leaf(element: Element) -> None:
    variant = element.get("mathvariant")
    if element.tag == "mstyle" and len(element) != 1:
        element.tag = "mrow"  # ziamath would put its elements where one is meant
    elif element.tag == "mo" and element.text in _VERTICAL_ARROWS and not element.get("fence"):
        element.set("stretchy", "false")
    elif element.tag == "mi" and not variant:
        element.text = _SLANTED.get(element.text or "", element.text)
    elif element.tag == "mi" and variant == "bold":
        element.set("mathvariant", "bold normal")  # else ziamath slants what is bold


def _lengthen(stack: Element) -> None:
    """Make an arrow about as long as what stands above and below it, from bars that overlap as TeX does it."""
    letters = max(sum(len(element.text or "") for element in note.iter()) for note in stack[1:])
    arrow = ET.Element("mo", _JOINED)
    arrow.text = stack[0][0].text
    row = ET.Element("mrow")
    for _ in range(min(_MAX_BARS, max(1, round(letters * _BARS_A_LETTER) - 1))):
        ET.SubElement(row, "mo", _JOINED).text = "−"
        ET.SubElement(row, "mspace", width="-0.2em")
    if arrow.text == "→":
        row.append(arrow)
    else:
        row[:0] = [arrow, ET.Element("mspace", width="-0.2em")]
    row.insert(0, ET.Element("mspace", width="0.278em"))
    ET.SubElement(row, "mspace", width="0.278em")
    stack[0] = row


def _space_row(elements: list[Element]) -> None:
    """Set the spaces around operators as TeX does: a sign has none, and a word beside an operator changes nothing."""
    before: Kind | None = None
    for element in elements:
        kind = _kind(element)
        is_sign = kind is Kind.BINARY and before in _BEFORE_A_SIGN
        if kind in _SPACES:
            element.tag = "mo"  # latex2mathml takes some arrows for letters
            spaces = _NO_SPACES if is_sign or len(elements) == 1 else _SPACES[kind]
            element.set("lspace", spaces[0])
            element.set("rspace", spaces[1])
            element.set("stretchy", "false")
        elif kind is Kind.ATOM and element.tag == "mo" and element.text in _LETTERS:
            element.set("rspace", "0em")
        elif element.tag == "mo" and element.text == "mod" and len(elements) > 1:
            element.attrib.update(lspace="0.222em", rspace="0.222em")
        before = before if element.tag == "mspace" else kind


def _kind(element: Element) -> Kind:
    text = element.text or ""
    if element.tag not in {"mo", "mi"} or not text or element.get("form"):
        return Kind.OPEN if element.get("form") == "prefix" else Kind.ATOM
    return operator_piece(text).kind


def _png(svg: Element, source: str) -> bytes:
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise FormulaError(source, f"would measure {width:,.0f} by {height:,.0f} pixels, more than {MAX_SIDE:,}")
    outer_width = max(MIN_WIDTH, round(width) + 2 * PADDING)
    outer_height = round(height) + 2 * PADDING
    if outer_width * outer_height > MAX_AREA:
        raise FormulaError(source, f"would take {outer_width * outer_height:,} pixels, more than {MAX_AREA:,}")
    svg.set("viewBox", f"{left - (outer_width - width) / 2} {top - PADDING} {outer_width} {outer_height}")
    svg.set("width", str(outer_width))
    svg.set("height", str(outer_height))
    svg.set("fill", INK)
    text = ET.tostring(svg, encoding="unicode")
    if len(text) > MAX_SVG:
        raise FormulaError(source, f"takes a drawing of {len(text):,} characters, more than {MAX_SVG:,}")
    return bytes(resvg_py.svg_to_bytes(svg_string=text, background=PAPER, skip_system_fonts=True))
