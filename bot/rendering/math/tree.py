"""LaTeX → a tree of MathML elements with plain Unicode text, checked: what is in the formula is in the tree.

The parser is latex2mathml. It writes a command that it does not know into the tree as it stands; such a formula is
refused here, because a reader would take it for a result.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from latex2mathml.converter import convert_to_element

from bot.rendering.math.latex.checks import UnsupportedLatexError
from bot.rendering.math.latex.source import normal_latex
from bot.rendering.math.latex.text import text_of
from bot.rendering.math.pieces import Kind, operator_piece
from bot.rendering.math.repairs import ROWS, repair
from bot.rendering.math.table_rules import holds_marks, lift_rules, mark_rules

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_SOURCE_LENGTH = 2_000
"""Most characters of a formula; the longest of the real corpus has 286."""

MAX_NESTING = 40

ORDINARY = {"form": "ordinary", "lspace": "0em", "rspace": "0em", "stretchy": "false"}
"""Attributes of an operator that stands as a letter does, without spaces."""

MAX_TREE_DEPTH = 150
"""Most elements inside each other: a few for each brace, and far less than Python's stack has room for."""

_FILLED = frozenset({"msqrt", "mroot", "mfrac"})
_ROOT_SIGN = r"\sqrt{}"  # by itself it stands for the sign, before something it looks like its root
_PARTING = frozenset({Kind.BINARY, Kind.RELATION, Kind.COMMA})
_CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "mover": 2, "munder": 2, "munderover": 3, "mroot": 2}


class FormulaError(Exception):
    """A formula cannot be shown as anything but its source."""

    def __init__(self, source: str, problem: str) -> None:
        self.source = source
        self.problem = problem
        super().__init__(f"formula {source[:80]!r}: {problem}; it is shown as its source")


def parse_latex(source: str) -> Element:
    """The formula as a ``math`` element.

    Args:
        source: LaTeX without its delimiters.

    Raises:
        FormulaError: It is empty, too long, nested too deeply, broken, or uses an unknown command.
    """
    if not source.strip():
        raise FormulaError(source, "is empty")
    if len(source) > MAX_SOURCE_LENGTH:
        raise FormulaError(source, f"has {len(source):,} characters, more than {MAX_SOURCE_LENGTH:,}")
    _check_braces(source)
    try:
        tree = convert_to_element(mark_rules(normal_latex(source)), display="block")
    except UnsupportedLatexError as error:
        raise FormulaError(source, str(error)) from error
    except RecursionError as error:
        raise FormulaError(source, "is nested too deeply") from error
    except Exception as error:  # its errors have no common root, and broken LaTeX brings others
        raise FormulaError(source, f"cannot be parsed ({type(error).__name__})") from error
    _check_depth(tree, source)
    tree.attrib.pop("xmlns", None)
    repair(tree)
    _check_elements(tree, source)
    lift_rules(tree)
    if holds_marks(tree):
        raise FormulaError(source, "has a line outside of a table")
    return _slim(tree)


def _check_elements(tree: Element, source: str) -> None:
    """Refuse what the parser only copied; the texts become plain ones."""
    for element in tree.iter():
        if element.text == "&":
            raise FormulaError(source, "holds & outside of a table")
        if element.text in {"$", "\\"}:
            raise FormulaError(source, f"holds a {element.text} that begins nothing")
        is_filled = element.tag not in _FILLED or all(_shows(part) for part in (element, *element))
        if not is_filled and source.strip() != _ROOT_SIGN:
            raise FormulaError(source, "has a root or a fraction of nothing")
        if len(element) != _CHILDREN.get(element.tag, len(element)):
            raise FormulaError(source, "lacks an argument")
        element.text = text_of(html.unescape(element.text)) if element.text else element.text
        if element.text and len(element.text) > 1 and element.text.startswith("\\") and element.tag != "mtext":
            raise FormulaError(source, f"uses {element.text}, which is not known")


def _check_braces(source: str) -> None:
    depth = place = 0
    while place < len(source):
        character = source[place]
        depth += (character == "{") - (character == "}")
        if depth < 0 or depth > MAX_NESTING:
            raise FormulaError(source, "closes a brace that is not open" if depth < 0 else "is nested too deeply")
        place += 2 if character == "\\" else 1
    if depth:
        raise FormulaError(source, "leaves a brace open")


def _check_depth(tree: Element, source: str) -> None:
    level = [tree]
    for _ in range(MAX_TREE_DEPTH):
        level = [child for element in level for child in element]
    if level:
        raise FormulaError(source, "is nested too deeply")


def _shows(element: Element) -> bool:
    return bool(len(element) or (element.text or "").strip() or element.tag == "mspace")


def _parts(element: Element) -> bool:
    is_operator = element.tag in {"mo", "mi"} and not element.get("form")
    return is_operator and operator_piece(element.text or "").kind in _PARTING


def _slim(element: Element) -> Element:
    """The tree without rows of one element: they mean nothing, and drawing takes twice as long for each."""
    for place, child in enumerate(list(element)):
        slim = _slim(child)
        if slim.tag == "mrow" and len(slim) == 1 and not slim.attrib:
            slim = slim[0]
            if element.tag in ROWS and len(element) > 1 and _parts(slim):
                slim.tag = "mo"  # in braces of its own, an operator parts nothing
                slim.attrib.update(ORDINARY)
        element[place] = slim
    return element
