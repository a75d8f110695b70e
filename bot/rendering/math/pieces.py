"""Pieces of a formula written in one line: which of them are parted by spaces, and which need brackets."""

# ruff: noqa: RUF001  mathematical characters are what this is about

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Kind(Enum):
    """What a piece is."""

    ATOM = "atom"  # one letter or number with its scripts, or something in brackets
    NAME = "name"  # of a function: parted from what stands beside it
    TEXT = "text"  # brings its own spaces
    PRODUCT = "product"  # atoms side by side
    QUOTIENT = "quotient"  # holds a slash outside brackets
    SUM = "sum"  # holds a sign, a relation, a comma or a big operator outside brackets
    BINARY = "binary"
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    POSTFIX = "postfix"
    COMMA = "comma"
    SLASH = "slash"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formula.

    Attributes:
        text: As it is shown.
        kind: What it is.
        is_big: A sum, integral or the like, parted from what it applies to.
        is_loose: Ends in something written with ``^`` or ``_``, to which a letter right after it would seem to belong.
    """

    text: str
    kind: Kind
    is_big: bool = False
    is_loose: bool = False


_SIGNS = frozenset("+−±∓")
_CLASSES = {
    Kind.BINARY: _SIGNS | frozenset("×·÷∗*∘⋅∪∩∧∨⊕⊗⊖⊙∖⊎⊔⊓⋆†•"),
    Kind.RELATION: frozenset("≡≈≅∼∝∣∤∥⊥⊢⊨⊧≺≻∴∵↦→⇒⇔∈∉∋≐"),
    Kind.OPEN: frozenset("([{⟨⌊⌈"),
    Kind.CLOSE: frozenset(")]}⟩⌋⌉"),
    Kind.POSTFIX: frozenset(".!?%"),
    Kind.COMMA: frozenset(",;:"),
    Kind.SLASH: frozenset("/"),
}
_BIG = frozenset("∑∏∫∬∭∮⋃⋂⨁⨂∐⋁⋀")
_RELATION_NAMES = re.compile(r"EQUAL|LESS|GREATER|ARROW|SUBSET|SUPERSET|ELEMENT|PROPORTIONAL|TILDE|IDENTICAL|HARPOON")
_NO_RELATIONS = frozenset("~↑↓")
_LONG_RELATION = re.compile(r"[=:<>→⟶⟹⟺]{2,}")
_FENCES = ("()", "[]", "{}", "||", "‖‖", "⟨⟩", "⌊⌋", "⌈⌉")
_INFIX = frozenset({Kind.BINARY, Kind.RELATION})
_AFTER_THESE_A_SIGN = frozenset({Kind.OPEN, Kind.BINARY, Kind.RELATION, Kind.COMMA, Kind.SLASH})
_ENDS = frozenset({Kind.CLOSE, Kind.COMMA, Kind.POSTFIX, Kind.SLASH, Kind.BINARY, Kind.RELATION, Kind.SPACE})
_DIFFERENTIAL = re.compile(r"[d∂Δδ][²³ⁿ]?\w{1,2}[²³ⁿ]?")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_UNIT_OR_NAME = re.compile(r"[A-Z]?[a-z]{2}")
_WORDLIKE = re.compile(r"[A-Za-z]{3,}")


def operator_piece(text: str) -> Piece:
    """The piece for an operator, bracket or punctuation mark."""
    for kind, characters in _CLASSES.items():
        if text in characters:
            return Piece(text, kind)
    if text in _BIG:
        return Piece(text, Kind.ATOM, is_big=True)
    if len(text) > 1 and text.isalpha():
        return Piece(text, Kind.NAME)
    return Piece(text, Kind.RELATION if _is_relation(text) else Kind.ATOM)


def _is_relation(text: str) -> bool:
    if len(text) != 1:
        return bool(_LONG_RELATION.fullmatch(text))
    return text not in _NO_RELATIONS and bool(_RELATION_NAMES.search(unicodedata.name(text, "")))


def bracketed(piece: Piece, *, unless: frozenset[Kind]) -> str:
    """The piece's text, in parentheses where it is not one thing by itself.

    Args:
        unless: Kinds that need none here.
    """
    text = piece.text.strip()
    is_one_thing = is_fenced(text) if piece.kind is Kind.ATOM else _is_one_word(piece.kind, text)
    outside = _without_brackets(text)
    is_plain = piece.kind in unless and " " not in outside and "/" not in outside
    return text if is_plain or is_one_thing else f"({text})"


def _without_brackets(text: str) -> str:
    """The text without what stands in brackets of any kind that are closed."""
    kept: list[str] = []
    opened: list[tuple[str, int]] = []
    for letter in text:
        if opened and letter == _CLOSING[opened[-1][0]]:
            del kept[opened.pop()[1] :]
            continue
        if letter in _CLOSING:
            opened.append((letter, len(kept)))
        elif letter in _CLOSING.values():
            opened.clear()  # nothing before it can be closed
        kept.append(letter)
    return "".join(kept)


def _is_one_word(kind: Kind, text: str) -> bool:
    return kind is Kind.PRODUCT and bool(_DIFFERENTIAL.fullmatch(text) or _WORDLIKE.fullmatch(text) or is_fenced(text))


def is_fenced(text: str) -> bool:
    """Whether a pair of brackets around the text belongs together."""
    return any(
        text.startswith(fence[0]) and text.endswith(fence[1]) and not set(text[1:-1]) & set(fence)
        for fence in _FENCES
        if len(text) > 1
    )


def joined(pieces: Sequence[Piece]) -> Piece:
    """The pieces side by side as one."""
    pieces = _without_outer_spaces([piece for piece in pieces if piece.text])
    if len(pieces) <= 1:
        return pieces[0] if pieces else Piece("", Kind.ATOM)
    text = ""
    before: Piece | None = None
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        shown = _in_context(before, piece, after)
        text += f" {shown.text}" if before and _parted(before, shown, after) else shown.text
        before = shown
    text = re.sub(" {2,}", " ", text).strip(" ")
    return Piece(text, _kind_of_row(pieces, text), is_loose=pieces[-1].is_loose)


def _without_outer_spaces(pieces: list[Piece]) -> list[Piece]:
    shown = [place for place, piece in enumerate(pieces) if piece.kind is not Kind.SPACE]
    return pieces[shown[0] : shown[-1] + 1] if shown else []


def _in_context(before: Piece | None, piece: Piece, after: Piece | None) -> Piece:
    """A plus or minus may be the sign of a number; a quotient beside a factor needs parentheses."""
    if piece.text in _SIGNS and piece.kind is Kind.BINARY and (before is None or before.kind in _AFTER_THESE_A_SIGN):
        return replace(piece, kind=Kind.OPEN)
    if piece.kind is not Kind.QUOTIENT:
        return piece
    if Kind.SLASH in {before.kind if before else None, after.kind if after else None}:
        return Piece(f"({piece.text})", Kind.ATOM)
    is_mixed_number = before is not None and before.text.isdigit() and re.fullmatch(r"\d+/\d+", piece.text)
    if is_mixed_number:
        return piece
    starts = before is not None and before.kind not in {*_AFTER_THESE_A_SIGN, Kind.SPACE, Kind.NAME, Kind.TEXT}
    if starts or (after is not None and after.kind not in _ENDS and after.kind is not Kind.TEXT):
        return Piece(f"({piece.text})", Kind.ATOM)
    return piece


def _parted(left: Piece, right: Piece, after: Piece | None) -> bool:  # noqa: PLR0911  the rules, one after the other
    if Kind.SPACE in {left.kind, right.kind}:
        return False
    if left.kind in _INFIX or right.kind is Kind.RELATION or (right.kind is Kind.BINARY and after is not None):
        return True
    if right.kind in {Kind.CLOSE, Kind.COMMA, Kind.POSTFIX, Kind.SLASH} or left.kind in {Kind.OPEN, Kind.SLASH}:
        return False
    if left.kind is Kind.COMMA or left.is_big or left.kind is Kind.SUM:
        return True
    if left.kind is Kind.NAME:
        return left.is_loose or not right.text.startswith(("(", "[", "{"))
    if right.kind is Kind.NAME or right.is_big:
        return left.kind is not Kind.TEXT
    is_count = right.text[:1].isdigit() or (right.kind is Kind.TEXT and _UNIT_OR_NAME.match(right.text) is not None)
    touching = left.text[-1:].isdecimal() and is_count
    return touching or (left.is_loose and right.text[:1].isalnum())


def _kind_of_row(pieces: Sequence[Piece], text: str) -> Kind:
    kinds = {piece.kind for piece in _outside_brackets(pieces)}
    if kinds & {Kind.BINARY, Kind.RELATION, Kind.SUM, Kind.COMMA, Kind.NAME} or any(piece.is_big for piece in pieces):
        return Kind.SUM
    if kinds & {Kind.QUOTIENT, Kind.SLASH}:
        return Kind.QUOTIENT
    if not kinds and (is_fenced(text) or sum(piece.kind is Kind.CLOSE for piece in pieces) == 1):
        return Kind.ATOM
    return Kind.TEXT if kinds == {Kind.TEXT} else Kind.PRODUCT


def _outside_brackets(pieces: Sequence[Piece]) -> list[Piece]:
    depth = 0
    outside = []
    for piece in pieces:
        depth -= piece.kind is Kind.CLOSE
        if depth <= 0 and piece.kind not in {Kind.OPEN, Kind.CLOSE}:
            outside.append(piece)
        depth += piece.kind is Kind.OPEN and piece.text not in _SIGNS
    return outside
