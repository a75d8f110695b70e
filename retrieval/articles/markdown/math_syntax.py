r"""The rules of the Markdown parser for formulas: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]`` and environments.

A dollar opens a formula where pandoc says so: no blank follows it, the next dollar has no blank before it and no digit
after it. Articles also write ``$ x $``, with blanks on both sides; that is a formula unless it reads like prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

BRACKET_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}
_DISPLAY_CLOSERS = {"$$": "$$", r"\[": r"\]"}
_MAX_FORMULA_LENGTH = 4_000  # keeps a text full of openers from taking time that grows with its square
_ENVIRONMENTS = (
    r"(?:(?:align|alignat|flalign|gather|multline|equation|eqnarray)\*?|aligned|alignedat|gathered|split|d?cases|rcases"
    r"|[pbBvV]?(?:small)?matrix\*?|array|displaymath|math|subarray)"
)
_BEGIN = re.compile(rf"\\begin\{{({_ENVIRONMENTS})\}}")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?")
_WORD = re.compile(r"\s(?:and|are|as|at|but|by|each|for|from|if|is|of|on|or|per|than|the|to|with)(?=[\s,])")
_PROSE = re.compile(r"(?<![a-z])[a-z]{2,},? [a-z]{2,},? [a-z]{2,}")
_MONEY = re.compile(r"\d[\d,]*+(?:\.\d+)?")
_NO_END_OF_FORMULA = tuple("([{-/<>=+~*_|\"'\u2013\u2014\u2018\u201c\u2019\u201d\u2248,;:")
_NO_START_OF_FORMULA = (")", ", ", "; ", ". ", "? ", ": ")
_CURRENCY = re.compile(r"(?<![A-Za-z])(?:US|AU?|CA?|NZ|HK|SG?|MX|TW|R|Z)\Z")


def add_math(parser: MarkdownIt) -> None:
    """Teach the parser formulas."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "display_math", _display_math, interrupts)
    parser.inline.ruler.before("escape", "environment", _environment)
    parser.inline.ruler.before("escape", "bracket_math", _bracket_math)
    parser.inline.ruler.before("escape", "dollar_math", _dollar_math)


def closing_dollar(text: str, opener: int, end: int) -> int:
    """Where the formula ends that a single dollar at `opener` opens: the offset of the closing one, or -1."""
    closer = _next_dollar(text, opener + 1, end)
    if closer < 0 or text[closer + 1 : min(closer + 2, end)].isdigit():
        return -1
    return closer if _is_formula(text, opener, closer) else -1


def is_prose(source: str) -> bool:
    """Whether what stands between two dollar signs is no formula, as in "from US$ and more than that in C$"."""
    return "\\" not in source and _PROSE.search(source) is not None


def _is_formula(text: str, opener: int, closer: int) -> bool:
    source = text[opener + 1 : closer]
    if not source.strip() or source.startswith(_NO_START_OF_FORMULA) or is_prose(source):
        return False
    blanks = source[0].isspace(), source[-1].isspace()
    if blanks != (False, False):
        return blanks == (True, True) and _reads_like_math(source.strip())
    before = text[max(opener - 3, 0) : opener]
    if before[-1:].isalpha() and text[closer + 1 : closer + 2].isalpha() and " " in source:
        return False  # names such as A$AP and Ke$ha
    money = _MONEY.match(source)
    if money and (source.endswith(_NO_END_OF_FORMULA) or _CURRENCY.search(before)):
        return False
    return not before[-1:].isdigit() or source[0] == "\\" or source[0].isalpha()


def _reads_like_math(source: str) -> bool:
    """Whether text with blanks between dollars is a formula rather than what stands between two prices."""
    if is_prose(source) or (source[0].isdigit() and source.endswith((",", ";", ":"))):
        return False
    return not _WORD.search(_COMMAND.sub("x", f" {source} "))


def _next_dollar(text: str, start: int, end: int) -> int:
    """The next dollar that no backslash escapes, or -1."""
    end = min(end, start + _MAX_FORMULA_LENGTH)
    place = text.find("$", start, end)
    while place >= 0 and _is_escaped(text, place, start):
        place = text.find("$", place + 1, end)
    return place


def _is_escaped(text: str, place: int, least: int) -> bool:
    backslashes = 0
    while place - backslashes > least and text[place - backslashes - 1] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _dollar_math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    """Inline rule for ``$…$`` and ``$$…$$``."""
    start = state.pos
    if state.src[start] != "$":
        return False
    if state.src[start + 1 : start + 2] == "$":
        closer = _double_closer(state.src, start + 2, state.posMax)
        return closer >= 0 and _push(state, "math_inline_double", "$$", (start + 2, closer, closer + 2), silent=silent)
    closer = closing_dollar(state.src, start, state.posMax)
    return closer >= 0 and _push(state, "math_inline", "$", (start + 1, closer, closer + 1), silent=silent)


def _double_closer(text: str, start: int, end: int) -> int:
    place = _next_dollar(text, start, end)
    while place >= 0 and text[place + 1 : min(place + 2, end)] != "$":
        place = _next_dollar(text, place + 1, min(end, start + _MAX_FORMULA_LENGTH))
    source = text[start:place] if place >= 0 else ""
    return place if source.strip() and not source.startswith(_NO_START_OF_FORMULA) else -1


def _bracket_math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    r"""Inline rule for ``\(…\)`` and ``\[…\]``, which CommonMark takes for escaped brackets."""
    opener = state.src[state.pos : state.pos + 2]
    if opener not in BRACKET_CLOSERS:
        return False
    start = state.pos + 2
    end = state.src.find(BRACKET_CLOSERS[opener], start, min(state.posMax, start + _MAX_FORMULA_LENGTH))
    return end >= 0 and _push(state, "math_inline", opener, (start, end, end + 2), silent=silent)


def _environment(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    r"""Inline rule for ``\begin{align}…\end{align}`` and its like without dollars around them."""
    if state.src[state.pos] != "\\":
        return False
    end = _environment_end(state.src, state.pos, state.posMax)
    return end >= 0 and _push(state, "math_inline_double", "", (state.pos, end, end), silent=silent)


def _environment_end(text: str, start: int, end: int) -> int:
    """Where the environment ends that begins here, or -1."""
    begin = _BEGIN.match(text, start, end)
    if not begin:
        return -1
    opening, closing = begin[0], f"\\end{{{begin[1]}}}"
    end = min(end, start + _MAX_FORMULA_LENGTH)
    place = text.find(closing, begin.end(), end)
    inside = text.count(opening, begin.end(), max(place, begin.end()))
    while place >= 0 and inside:  # one of its own kind in it
        place = text.find(closing, place + 1, end)
        inside -= 1
    return place + len(closing) if place >= 0 else -1


def _push(state: StateInline, kind: str, markup: str, span: tuple[int, int, int], *, silent: bool) -> bool:
    start, end, after = span
    if not silent:
        token = state.push(kind, "math", 0)
        token.content = state.src[start:end]
        token.markup = markup
    state.pos = after
    return True


def _display_math(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    """Block rule for a formula that starts one line, ends one, and has no blank line in it."""
    text = _line(state, first)
    opener = text[:2]
    begin = _BEGIN.match(text)
    if opener not in _DISPLAY_CLOSERS and not begin:
        return False
    closer = f"\\end{{{begin[1]}}}" if begin else _DISPLAY_CLOSERS[opener]
    failures: dict[str, range] = state.env.setdefault("display_math_failures", {})
    if first in failures.get(closer, ()):  # else many openers before one closer, or none, take quadratic time
        return False
    last = _closing_line(state, first, end, closer, skipped=0 if begin else 2)
    lines = [_line(state, line) for line in range(first, min(last + 1, end))]
    formula, found, rest = "\n".join(lines)[0 if begin else 2 :].partition(closer)
    if not found or rest.strip(" \t.,;:") or (begin and formula.count(begin[0]) > 1):
        failures[closer] = range(first, last)
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content = formula + closer if begin else formula
        token.markup = "" if begin else opener
        token.map = [first, last + 1]
        state.line = last + 1
    return True


def _closing_line(state: StateBlock, first: int, end: int, closer: str, *, skipped: int) -> int:
    """The line in which a formula closes, or the one that no formula goes beyond."""
    if closer in _line(state, first)[skipped:]:
        return first
    line = first + 1
    while line < end and not state.isEmpty(line) and closer not in _line(state, line):
        line += 1
    return line


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
