r"""Chemical formulas: what stands in ``\ce{…}``, as plain LaTeX.

Follows the mhchem notation: elements, counts and charges, isotopes, states, bonds, added molecules, arrows with
conditions above and below them, signs between the parts of a reaction, and text and formulas between all that.
"""

# ruff: noqa: RUF001  chemical characters are what this is about

from __future__ import annotations

import re

from bot.rendering.math.latex.arguments import closing_brace
from bot.rendering.math.latex.checks import UnsupportedLatexError

_ARROWS = {
    "<=>>": "⥂", "<<=>": "⥄", "<=>": r"\rightleftharpoons", "<-->": r"\rightleftarrows", "<->": r"\leftrightarrow",
    "->": r"\rightarrow", "<-": r"\leftarrow", "→": r"\rightarrow", "⟶": r"\rightarrow", "←": r"\leftarrow",
    "⇌": r"\rightleftharpoons", "⇄": r"\rightleftarrows", "↔": r"\leftrightarrow",
}  # fmt: skip
_CONDITIONAL = {r"\rightarrow": r"\xrightarrow", r"\leftarrow": r"\xleftarrow"}
_BONDS = {
    "-": "{-}", "1": "{-}", "=": "{=}", "2": "{=}", "#": r"{\equiv}", "3": r"{\equiv}", "...": r"{\cdots}",
    "....": r"{\cdot\cdot\cdot\cdot}", "->": r"{\rightarrow}", "<-": r"{\leftarrow}",
}  # fmt: skip
_INNER = frozenset(
    {"frac", "dfrac", "tfrac", "overset", "underset", "stackrel", "underbrace", "overbrace", "boxed", "cancel"}
)
_OPERATORS = frozenset(
    {"pm", "mp", "cdot", "times", "rightarrow", "leftarrow", "rightleftharpoons", "to", "approx", "quad"}
)
_TOKEN = re.compile(
    r"""
    \s*(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-|→|⇌|⟶|←|⇄|↔)\s*
    | \s+(?P<rising>\^|v)(?=[\s)]|\Z) | \((?P<fallen>v|\^)\) | (?P<risen>\^)(?=[\s)]|\Z)
    | (?:\s+|\A)(?P<sign>[+\-=]|\\pm)(?=\s|\Z)\s*
    | \s*(?P<added>[*·⋅]|\\cdot(?![A-Za-z]))\s*
    | \s+(?P<spaced_dot>\.)\s+ | (?P<dot>\.)(?=[0-9A-Z(½¼¾$]|[mnxyz]\s?[A-Z(])
    | (?P<space>[\s~]+)
    | (?P<state>\((?:s|l|g|aq|c|cr|am|sln|solv)\))
    | (?P<share>\([0-9]{1,9}/[0-9]{1,9}\))
    | (?P<amount>[0-9]{1,20}(?:[.,][0-9]{1,20})?(?:/[0-9]{1,20})?)
    | (?P<variable>[a-z])(?=\s+[A-Z(\[\\$])
    | (?P<letters>[A-Za-z]+)
    | (?P<script>[\^_]) | (?P<primes>'+)
    | (?P<charge>[+\-−–]+)(?=[\s)\]}_,;]|\^|\\[}\]]|\Z)
    | (?P<bond>[\-−–=\#≡])
    | (?P<command>\\[A-Za-z]+|\\.)
    | (?P<math>\$(?:[^$\\]|\\.)*\$)
    | (?P<group>\{) | (?P<opening>[(\[]) | (?P<closing>[)\]])
    | (?P<mark>[,;])\s*
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COUNT = re.compile(r"[0-9]+")
_SCRIPT = re.compile(r"[0-9]*[A-Za-z]?(?:\+|-(?![0-9A-Za-z(\[]))|-?[0-9]+|[.•*]|'+|[A-Za-z]")
_SCRIPT_TOKEN = re.compile(
    r"(?P<math>\$(?:[^$\\]|\\.)*\$)|(?P<state>\((?:s|l|g|aq)\))|(?P<word>[A-Za-z]{2,}|[A-Z])|[0-9]+[.,][0-9]+|\\[A-Za-z]+\s?|.",
    re.DOTALL,
)
_SCRIPT_LETTERS = {
    ".": r"\bullet ",
    "•": r"\bullet ",
    "'": r"\prime ",
    "−": "-",
    "–": "-",
    "=": "{=}",
    "#": r"{\equiv}",
}
_MAX_DEPTH = 12


def chemistry_latex(formula: str, depth: int = 0) -> str:
    r"""LaTeX for the argument of ``\ce``.

    Raises:
        UnsupportedLatexError: It holds what cannot be shown in plain LaTeX.
    """
    if depth > _MAX_DEPTH:
        raise UnsupportedLatexError("is nested too deeply")
    return _Reader(formula.strip(), depth).latex()


class _Reader:
    """Reads one chemical formula from left to right."""

    def __init__(self, formula: str, depth: int) -> None:
        self._formula = formula
        self._depth = depth
        self._place = 0
        self._parts: list[str] = []
        self._binds = False  # whether a number here counts what stands before it, or a sign charges it
        self._scripts: set[str] = set()  # which of ^ and _ that has already

    def latex(self) -> str:
        while match := _TOKEN.match(self._formula, self._place):
            self._place = match.end()
            kind = match.lastgroup or ""
            if kind == "amount" and self._binds:
                self._count(match)
            else:
                getattr(self, f"_{kind}")(match[kind])
        return "".join(self._parts)

    def _write(self, latex: str, *, binds: bool = False) -> None:
        self._parts.append(latex)
        self._binds = binds
        self._scripts = set()

    def _raise(self, mark: str, latex: str) -> None:
        """Write something above or below, beside what stands before it or before what follows."""
        if not self._parts or mark in self._scripts or (not self._binds and not self._scripts):
            self._parts.append("{}")
            self._scripts = set()
        self._parts.append(f"{mark}{{{latex}}}")
        self._scripts.add(mark)

    def _arrow(self, arrow: str) -> None:
        conditions = [self._inner(text) for text in (self._brackets(), self._brackets())]
        self._write(_arrow(_ARROWS[arrow], *conditions))

    def _inner(self, formula: str) -> str:
        return chemistry_latex(formula, self._depth + 1) if formula else ""

    def _brackets(self) -> str:
        """What stands in square brackets here; nothing where there are none."""
        if self._formula[self._place : self._place + 1] != "[":
            return ""
        start = self._place + 1
        level = 0
        for place in range(start, len(self._formula)):
            letter = self._formula[place]
            if letter == "]" and level <= 0:
                self._place = place + 1
                return self._formula[start:place]
            level += (letter in "{[") - (letter in "}]")
        raise UnsupportedLatexError("leaves the condition of an arrow open")

    def _group_here(self) -> str | None:
        """What stands in braces here."""
        if self._formula[self._place : self._place + 1] != "{":
            return None
        end = closing_brace(self._formula, self._place + 1)
        if end is None:
            raise UnsupportedLatexError("leaves a brace open")
        text = self._formula[self._place + 1 : end]
        self._place = end + 1
        return text

    def _rising(self, mark: str) -> None:
        self._write(r"\," + (r"{\uparrow}" if mark == "^" else r"{\downarrow}"))

    _risen = _rising

    def _fallen(self, mark: str) -> None:
        self._write(r"({\uparrow})" if mark == "^" else r"({\downarrow})")

    def _sign(self, sign: str) -> None:
        self._write(f" {sign} ")

    def _added(self, _: str) -> None:
        self._write(r"{\cdot}")

    _spaced_dot = _dot = _added

    def _space(self, _: str) -> None:
        self._write(r"\ ")

    def _state(self, text: str) -> None:
        self._write(rf"\text{{{text}}}", binds=True)

    def _as_it_is(self, text: str) -> None:
        self._write(text)

    _share = _variable = _opening = _as_it_is

    def _amount(self, text: str) -> None:
        number, slash, divisor = text.partition("/")
        shown = re.sub(",(?=[0-9])", "{,}", number)
        self._write(rf"\tfrac{{{shown}}}{{{divisor}}}" if slash else shown)

    def _count(self, match: re.Match[str]) -> None:
        digits = _COUNT.match(match[0])
        count = digits[0] if digits else ""
        if count == "0" and match[0] != count:
            raise UnsupportedLatexError(f"counts {match[0]}, which reads in two ways; braces would tell")
        self._raise("_", count)
        self._place = match.start() + len(count)

    def _letters(self, letters: str) -> None:
        self._write(f"\\mathrm{{{letters}}}", binds=True)

    def _script(self, mark: str) -> None:
        text = self._group_here()
        if text is None:
            math = re.compile(r"\$(?:[^$\\]|\\.)*\$|\\[A-Za-z]+").match(self._formula, self._place)
            match = math or _SCRIPT.match(self._formula, self._place)
            if match is None:
                raise UnsupportedLatexError(f"puts nothing behind {mark}")
            text = match[0]
            self._place = match.end()
        self._raise(mark, _script_latex(text))

    def _primes(self, marks: str) -> None:
        self._raise("^", r"\prime " * len(marks))

    def _charge(self, sign: str) -> None:
        if self._binds:
            self._raise("^", sign.replace("−", "-").replace("–", "-"))
        else:
            self._write(f"{{{sign}}}")

    def _bond(self, bond: str) -> None:
        self._write({"=": "{=}", "#": r"{\equiv}", "≡": r"{\equiv}"}.get(bond, "{-}"))

    def _command(self, command: str) -> None:
        name = command[1:]
        if name in {"ce", "bond", "ca"}:
            self._own_command(name)
        elif name in _INNER:
            groups = []
            while (group := self._group_here()) is not None:
                groups.append(f"{{{self._inner(group)}}}")
            self._write(command + "".join(groups), binds=True)
        elif name in {"left", "right"}:
            self._write(command + self._formula[self._place : self._place + 1], binds=name == "right")
            self._place += 1
        else:
            groups = []
            while (group := self._group_here()) is not None:
                is_colored = name in {"color", "textcolor"} and groups
                groups.append(f"{{{self._inner(group) if is_colored else group}}}")
            binds = name == "}" or (name.isalpha() and name not in _OPERATORS)
            self._write(command + ("".join(groups) or " "), binds=binds)

    def _own_command(self, name: str) -> None:
        if name == "ca":
            self._write(r"{\sim}")
            return
        group = self._group_here()
        if name == "ce":
            self._write(f"{{{self._inner(group or '')}}}", binds=True)
        elif group not in _BONDS:
            raise UnsupportedLatexError(f"uses the bond {group!r}, which is not drawn")
        else:
            self._write(_BONDS[group])

    def _math(self, formula: str) -> None:
        self._write(f"{{{formula.strip('$')}}}", binds=True)

    def _group(self, _: str) -> None:
        self._place -= 1
        text = self._group_here() or ""
        self._write(rf"\text{{{text}}}" if text else "{}", binds=bool(text))

    def _closing(self, bracket: str) -> None:
        self._write(bracket, binds=True)

    def _mark(self, mark: str) -> None:
        self._write(f"{mark} ")

    def _other(self, letter: str) -> None:
        if letter in "&}^_":
            raise UnsupportedLatexError(f"holds {letter} in chemistry where it means nothing")
        self._write(letter, binds=letter.isalpha())


def _arrow(arrow: str, above: str, below: str) -> str:
    if not above and not below:
        return f" {arrow} "
    if arrow in _CONDITIONAL:
        return f" {_CONDITIONAL[arrow]}{f'[{{{below}}}]' if below else ''}{{{above}}} "
    stacked = rf"\overset{{{above}}}{{{arrow}}}" if above else arrow
    return rf" \underset{{{below}}}{{{stacked}}} " if below else f" {stacked} "


def _script_latex(text: str) -> str:
    """What stands above or below: words upright, single letters as quantities."""
    if text.startswith("{") and closing_brace(text, 1) == len(text) - 1:
        return rf"\text{{{text[1:-1]}}}"
    parts = []
    for match in _SCRIPT_TOKEN.finditer(text):
        if match["math"]:
            parts.append(f"{{{match[0].strip('$')}}}")
        elif match["word"] or match["state"]:
            parts.append(f"\\text{{{match[0]}}}")
        else:
            parts.append(_SCRIPT_LETTERS.get(match[0], match[0]))
    return "".join(parts)
