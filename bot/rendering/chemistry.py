r"""Chemical formulas: what stands in ``\ce{…}``, as plain LaTeX.

Covers what study articles use of the mhchem notation: elements, counts and charges, isotopes, states, arrows with
conditions above and below them, and plus signs between the parts of a reaction.
"""

from __future__ import annotations

import re

_ARROWS = {
    "<=>>": r"\rightleftharpoons",
    "<<=>": r"\rightleftharpoons",
    "<=>": r"\rightleftharpoons",
    "<-->": r"\leftrightarrow",
    "<->": r"\leftrightarrow",
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
    "→": r"\rightarrow",
    "⇌": r"\rightleftharpoons",
    "⟶": r"\rightarrow",
}
_CONDITIONAL = {r"\rightarrow": r"\xrightarrow", r"\leftarrow": r"\xleftarrow"}
_TOKEN = re.compile(
    r"""
    \s*(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-|→|⇌|⟶) (?:\[(?P<above>[^\]]*)\])? (?:\[(?P<below>[^\]]*)\])?\s*
    | \s+(?P<sign>[+\-])\s+
    | (?P<space>\s+)
    | (?P<command>\\[A-Za-z]+|\\.)
    | \^(?:\{(?P<upper_group>[^{}]*)\}|(?P<upper>[0-9]*[+\-]|[0-9]+|[a-zA-Z*]))
    | _(?:\{(?P<lower_group>[^{}]*)\}|(?P<lower>[0-9]+|[A-Za-z]))
    | (?P<state>\((?:s|l|g|aq)\))
    | (?P<letters>[A-Za-z]+)
    | (?P<number>[0-9]+(?:[./][0-9]+)?)
    | (?P<charge>[+\-]+(?=[\s)\]}(]|$))
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def chemistry_latex(formula: str) -> str:
    r"""LaTeX for the argument of ``\ce``."""
    parts: list[str] = []
    binds = False  # whether a number here counts what stands before it, or a sign charges it
    for match in _TOKEN.finditer(formula):
        parts.append(_translated(match, binds=binds))
        binds = match.lastgroup in {"letters", "upper", "upper_group", "lower", "lower_group"} or (
            match.lastgroup == "number" and binds
        )
        binds = binds or match["other"] in {")", "]", "}"}
    return "".join(parts)


def _translated(match: re.Match[str], *, binds: bool) -> str:  # noqa: PLR0911  one line for each kind of token
    kind = match.lastgroup
    if match["arrow"]:
        return _arrow(match)
    if kind in {"upper", "upper_group"}:
        return f"{{}}^{{{_script(match[kind])}}}" if not binds else f"^{{{_script(match[kind])}}}"
    if kind in {"lower", "lower_group"}:
        return f"_{{{_script(match[kind])}}}" if binds else f"{{}}_{{{_script(match[kind])}}}"
    if kind == "letters":
        return f"\\mathrm{{{match[0]}}}"
    if kind == "number" and binds:
        return f"_{{{match[0]}}}"
    if kind == "charge" and binds:
        return f"^{{{match[0]}}}"
    if kind == "state":
        return f"\\text{{{match[0]}}}"
    return {"space": r"\ ", "sign": f" {match['sign']} "}.get(kind or "", match[0])


def _arrow(match: re.Match[str]) -> str:
    arrow = _ARROWS[match["arrow"]]
    above, below = (chemistry_latex(match[name]) if match[name] else "" for name in ("above", "below"))
    if not above and not below:
        return f" {arrow} "
    if arrow in _CONDITIONAL:
        return f" {_CONDITIONAL[arrow]}{f'[{below}]' if below else ''}{{{above}}} "
    return f" \\underset{{{below}}}{{\\overset{{{above}}}{{{arrow}}}}} "


def _script(text: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda match: f"\\mathrm{{{match[0]}}}", text)
