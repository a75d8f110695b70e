"""What the parser leaves in its tree otherwise than LaTeX means it, mended there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from latex2mathml.symbols_parser import convert_symbol

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEAVES = frozenset({"mi", "mn", "mo", "mtext"})
ROWS = frozenset({"math", "mrow", "msqrt", "mtd", "mstyle", "menclose", "mpadded", "mphantom"})
"""Elements whose children stand side by side."""
_DELIMITERS = {r"\{": "{", r"\}": "}", r"\|": "‖", "<": "⟨", ">": "⟩", ".": ""}
_LENGTH = re.compile(r"(-?)([0-9]+(?:\.[0-9]+)?)\s*([a-z]{2})")
_FRACTION = re.compile(r"\.[0-9]+")


def repair(tree: Element) -> None:
    """Mend a parsed formula, whose texts may still hold character references."""
    for parent in list(tree.iter()):
        if parent.tag in _LEAVES and len(parent):  # as of \mathop, whose argument nothing would show
            parent.tag = "mrow"
            parent.attrib.clear()
        parent[:] = [mended for child in parent for mended in _mended(child, is_in_row=parent.tag in ROWS)]


def _mended(child: Element, *, is_in_row: bool) -> list[Element]:
    """What stands instead of an element; in a row, that may be several."""
    if child.tag == "mo" and "minsize" in child.attrib:
        child.text = _delimiter(child.text or "")
    elif child.tag in {"mi", "mn"} and (match := _LENGTH.fullmatch(child.text or "")):
        row = _not_a_length(match)
        return list(row) if is_in_row else [row]
    elif child.tag == "mi" and _FRACTION.fullmatch(child.text or ""):
        child.tag = "mn"
    return [child]


def _delimiter(text: str) -> str:
    r"""What a command such as ``\big`` enlarges: the parser leaves its name."""
    if text in _DELIMITERS:
        return _DELIMITERS[text]
    code = convert_symbol(text) if text.startswith("\\") else None
    return chr(int(code, 16)) if code else text


def _not_a_length(match: re.Match[str]) -> Element:
    """A number and letters: the parser takes ``5cm`` for a length wherever it stands."""
    row = ET.Element("mrow")
    if match[1]:
        ET.SubElement(row, "mo").text = "−"  # noqa: RUF001  the sign
    ET.SubElement(row, "mn").text = match[2]
    for letter in match[3]:
        ET.SubElement(row, "mi").text = letter
    return row
