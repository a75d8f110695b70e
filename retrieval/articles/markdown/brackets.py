"""Brackets that may enclose the label of a link, found once for a paragraph: markdown-it searches anew from each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_inline import StateInline

_FEW = 50
"""So many brackets take no time worth saving, and are judged by the parser alone."""

_MAX_INSIDE = 20
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_KNOWN = "label brackets"


def with_few_brackets(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """The rule of links or pictures, which looks only at brackets that close again before many others."""

    def bounded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
        if state.src[state.pos] not in "![":
            return False
        opener = state.pos + (state.src[state.pos] == "!")
        if state.src.count("[") > _FEW and opener not in _openers(state):
            return False
        return rule(state, silent)

    return bounded


def _openers(state: StateInline) -> frozenset[int]:
    known: dict[str, frozenset[int]] = state.env.setdefault(_KNOWN, {})
    if state.src not in known:
        known.clear()
        known[state.src] = _label_openers(state.src)
    return known[state.src]


def _label_openers(text: str) -> frozenset[int]:
    open_brackets: list[tuple[int, int]] = []
    openers = []
    for number, bracket in enumerate(_BRACKET.finditer(text)):
        if bracket[0] == "[":
            open_brackets.append((number, bracket.start()))
        elif open_brackets:
            opened, place = open_brackets.pop()
            if number - opened <= _MAX_INSIDE:
                openers.append(place)
    return frozenset(openers)
