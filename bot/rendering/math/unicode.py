"""Inline LaTeX → one line of readable Unicode, such as ``(a + b)/2`` or ``v₀²``. Nothing of the formula is left out.

What has no such form (a matrix inside a fraction is fine, a wide accent over a word is not) is refused, so that the
caller shows the source.
"""

# ruff: noqa: RUF001  mathematical characters are what this is about

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.rendering.math.pieces import Kind, Piece, bracketed, is_fenced, joined, operator_piece
from bot.rendering.math.tree import ORDINARY, FormulaError, parse_latex
from bot.rendering.math.unicode_tables import ACCENTS, LINES, is_script, lowered, raised, styled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element


_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_PLAIN_ABOVE = frozenset({Kind.ATOM, Kind.PRODUCT, Kind.TEXT})
_PLAIN_BELOW = frozenset({Kind.ATOM, Kind.TEXT})
_PLAIN_IN_ROOT = frozenset({Kind.ATOM})
_KEPT_WITH_SCRIPTS = frozenset({Kind.NAME, Kind.TEXT, Kind.CLOSE, Kind.RELATION, Kind.OPEN})
_NEGATION = "\u0338"
_BRACES = frozenset("⏞⏟")
_LOWERED_WORD = 4  # longer words are hard to read in lowered letters
_STYLED_TEXT = 2  # words in mathematical alphabets are spelled out by screen readers
_NEEDLESS_SPACE = re.compile(r"(?<![\w)\]]) | (?![\w(\[√])")


@lru_cache(maxsize=4_096)
def unicode_math(source: str) -> str:
    """The formula in one line of Unicode.

    Args:
        source: LaTeX without its delimiters.

    Raises:
        FormulaError: It is broken, or has no readable form in one line.
    """
    text = _row(list(parse_latex(source)), source).text
    if not text.strip():
        raise FormulaError(source, "shows nothing")
    return text


def _piece(element: Element, source: str) -> Piece:
    convert = _CONVERTERS.get(element.tag)
    if convert is None:
        raise FormulaError(source, f"holds {element.tag}, which has no form in one line")
    return convert(element, source)


def _row(elements: Sequence[Element], source: str) -> Piece:
    return joined(_negated([_piece(element, source) for element in elements]))


def _negated(pieces: list[Piece]) -> list[Piece]:
    """Move the slash of a negation onto the relation after it."""
    result: list[Piece] = []
    for piece in pieces:
        if result and result[-1].text == _NEGATION:
            text = unicodedata.normalize("NFC", piece.text[:1] + _NEGATION) + piece.text[1:]
            result[-1] = Piece(text, piece.kind)
        else:
            result.append(piece)
    return result


def _identifier(element: Element, _: str) -> Piece:
    text = element.text or ""
    if len(text) > 1 and text.isascii() and text.isalpha():
        return Piece(text, Kind.NAME)
    if len(text) == 1 and unicodedata.category(text)[0] in "PS" and text not in "′″‴":
        return operator_piece(text)
    return Piece(styled(text, element.get("mathvariant", "")), Kind.ATOM)


def _number(element: Element, _: str) -> Piece:
    return Piece(styled(element.text or "", element.get("mathvariant", "")), Kind.ATOM)


def _text(element: Element, _: str) -> Piece:
    text = (element.text or "").replace("\xa0", " ")
    if text == "⧸":
        return Piece(_NEGATION, Kind.ATOM)
    if len(text.strip()) <= _STYLED_TEXT:
        text = styled(text, element.get("mathvariant", ""))
    return Piece(text, Kind.TEXT if text.strip() else Kind.SPACE)


def _operator(element: Element, _: str) -> Piece:
    text = (element.text or "").replace("\u2009", " ").replace("\u2006", " ")
    if element.get("form") == ORDINARY["form"]:
        return Piece(text, Kind.ATOM)
    if " " in text and text.replace(" ", "").isalpha():
        return Piece(text, Kind.NAME)
    if element.get("form") in {"prefix", "postfix"}:
        return Piece(text, Kind.OPEN if element.get("form") == "prefix" else Kind.CLOSE)
    return operator_piece(text)


def _space(element: Element, source: str) -> Piece:
    if element.get("linebreak"):
        return Piece(";", Kind.COMMA)
    width = element.get("width", "0em")
    if width.endswith("mathspace"):
        return Piece("" if width.startswith("negative") else " ", Kind.SPACE)
    try:
        size = float(re.sub(r"[a-z]+$", "", width))
    except ValueError:
        raise FormulaError(source, f"holds a space of {width}") from None
    return Piece("" if size <= 0 else " ", Kind.SPACE)


def _fraction(element: Element, source: str) -> Piece:
    above, below = (_piece(child, source) for child in element)
    if element.get("linethickness") == "0":
        return Piece(f"{above.text} choose {below.text}", Kind.SUM)
    top = bracketed(above, unless=_PLAIN_ABOVE)
    bottom = bracketed(below, unless=_PLAIN_BELOW)
    return Piece(f"{top}/{bottom}", Kind.QUOTIENT)


def _square_root(element: Element, source: str) -> Piece:
    return Piece("√" + bracketed(_row(list(element), source), unless=_PLAIN_IN_ROOT), Kind.ATOM)


def _root(element: Element, source: str) -> Piece:
    base, index = (_piece(child, source) for child in element)
    sign = _ROOTS.get(index.text) or ((raised(index.text) or "") + "√")
    if sign == "√" and index.text != "2":
        raise FormulaError(source, "takes a root that has no form in one line")
    return Piece(sign + bracketed(base, unless=_PLAIN_IN_ROOT), Kind.ATOM)


def _scripts(base: Piece, below: Piece | None, above: Piece | None) -> Piece:
    text = f"({base.text})" if base.kind is Kind.QUOTIENT else base.text
    is_loose = False
    scripts = [(below, "_", lowered), (above, "^", raised)]
    for piece, mark, convert in scripts if text else reversed(scripts):  # an isotope's mass stands before its number
        if piece is None or not piece.text.strip():
            continue
        is_long_word = mark == "_" and piece.kind is Kind.TEXT and len(piece.text) > _LOWERED_WORD
        small = None if is_long_word else convert(piece.text)
        text += small or mark + _script_in_line(piece)
        is_loose = small is None and not text.endswith(")")
    kind = base.kind if base.kind in _KEPT_WITH_SCRIPTS else Kind.ATOM
    return Piece(text, kind, base.is_big, is_loose or (base.kind is Kind.NAME and text.endswith(")")))


def _script_in_line(piece: Piece) -> str:
    text = piece.text.strip()
    if piece.kind is not Kind.TEXT:
        text = _NEEDLESS_SPACE.sub("", text)
    return text if len(text) == 1 or (text[0] == "(" and is_fenced(text)) else f"({text})"


def _lower_script(element: Element, source: str) -> Piece:
    base, below = (_piece(child, source) for child in element)
    return _scripts(base, below, None)


def _upper_script(element: Element, source: str) -> Piece:
    base, above = (_piece(child, source) for child in element)
    return _scripts(base, None, above)


def _both_scripts(element: Element, source: str) -> Piece:
    base, below, above = (_piece(child, source) for child in element)
    return _scripts(base, below, above)


def _over(element: Element, source: str) -> Piece:
    base, above = (_piece(child, source) for child in element)
    return _accented(base, above.text, source) or _stacked(base, None, above)


def _under(element: Element, source: str) -> Piece:
    base, below = (_piece(child, source) for child in element)
    if below.text in {"_", "―", "‾"} and (accented := _accented(base, "_", source)):
        return accented
    return _stacked(base, below, None)


def _under_over(element: Element, source: str) -> Piece:
    base, below, above = (_piece(child, source) for child in element)
    return _stacked(base, below, above)


def _accented(base: Piece, accent: str, source: str) -> Piece | None:
    """The base with an accent, or nothing where what stands there is no accent."""
    mark = ACCENTS.get(accent)
    if mark is None or base.kind is Kind.RELATION:
        return None
    letters = base.text.replace(" ", "")
    if not letters:
        raise FormulaError(source, "puts an accent over nothing")
    if len(letters) > 1 and mark in LINES and letters.isalnum():
        return Piece("".join(letter + LINES[mark] for letter in letters), Kind.ATOM)
    if letters.isalpha() and not any(map(is_script, letters)) and len(letters) > 1:
        return Piece(f"({letters}){mark}", Kind.ATOM)
    if all(is_script(letter) or unicodedata.combining(letter) for letter in letters[1:]):
        return Piece(letters[:1] + mark + letters[1:], Kind.ATOM)  # an accent on x₁ stands on the x
    raise FormulaError(source, "puts an accent over more than letters")


def _stacked(base: Piece, below: Piece | None, above: Piece | None) -> Piece:
    """An arrow with its conditions, a limit, or a brace with what it stands for."""
    below, above = (piece if piece and piece.text.strip() not in {"", *_BRACES} else None for piece in (below, above))
    notes = [piece.text.strip() for piece in (above, below) if piece]
    if base.kind is Kind.RELATION and notes:
        return Piece(f"{base.text}[{'; '.join(notes)}]", Kind.RELATION)
    if base.kind is Kind.SUM:
        base = Piece(f"({base.text})", Kind.ATOM)
    return _scripts(base, below, above) if notes else base


def _table(element: Element, source: str) -> Piece:
    rows = [[_row(list(cell), source).text for cell in row] for row in element]
    if element.get("displaystyle") == "true":  # the columns of an alignment belong to one formula
        return Piece("; ".join(" ".join(filter(None, row)) for row in rows), Kind.SUM)
    return Piece("; ".join(_cells_in_line(row) for row in rows), Kind.SUM)


def _cells_in_line(cells: Sequence[str]) -> str:
    """The cells of a row; where one is a relation, they are one formula."""
    is_formula = any(operator_piece(cell).kind is Kind.RELATION for cell in cells if len(cell) == 1)
    return " ".join(filter(None, cells)) if is_formula else ", ".join(cells)


def _group(element: Element, source: str) -> Piece:
    row = _row(list(element), source)
    is_upright = len(element) > 1 and all(child.get("mathvariant") == "normal" for child in element)
    return Piece(row.text, Kind.TEXT) if is_upright else row


def _enclosed(element: Element, source: str) -> Piece:
    if element.get("notation") != "box":
        raise FormulaError(source, "strikes something out")
    return Piece(f"[{_row(list(element), source).text}]", Kind.ATOM)


_CONVERTERS: dict[str, Callable[[Element, str], Piece]] = {
    "math": _group,
    "menclose": _enclosed,
    "mfrac": _fraction,
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mover": _over,
    "mpadded": _group,
    "mroot": _root,
    "mrow": _group,
    "mspace": _space,
    "msqrt": _square_root,
    "mstyle": _group,
    "msub": _lower_script,
    "msubsup": _both_scripts,
    "msup": _upper_script,
    "mtable": _table,
    "mtext": _text,
    "munder": _under,
    "munderover": _under_over,
}
