r"""LaTeX that a double-quoted text of YAML has damaged: there ``\f`` is a form feed, so ``\frac`` loses its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from retrieval.articles.line_breaks import Context, rulings

_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<mark>.))", re.DOTALL
)
_ALWAYS_DAMAGE = frozenset("0abefvNLP_")
_CONTROLS = frozenset((*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029))
_ESCAPED_BACKSLASH = re.compile(r"\\\\")
_COMMAND = re.compile(r"[A-Za-z]{1,30}")
_IN_PATH = re.compile(r"(?<=(?<![\w\\])[A-Za-z]:)\\[tr](?=[a-z])")
# fmt: off
_T_COMMANDS = frozenset({
    "tabular", "tag", "tan", "tanh", "tau", "tbinom", "tdfrac", "tensor", "text", "textbf", "textcolor", "textit",
    "textnormal", "textrm", "textsc", "textsf", "texttt", "textup", "tfrac", "therefore", "theta", "thetasym",
    "thickapprox", "thicksim", "thinspace", "tilde", "times", "tiny", "to", "top", "tr", "triangle", "triangledown",
    "triangleleft", "trianglelefteq", "triangleq", "triangleright", "trianglerighteq", "tt", "twoheadleftarrow",
    "twoheadrightarrow",
})
# fmt: on
# fmt: off
_R_COMMANDS = frozenset({
    "rVert", "raisebox", "rangle", "rbrace", "rbrack", "rceil", "real", "rfloor", "rgroup", "rho", "right",
    "rightarrow", "rightarrowtail", "rightharpoondown", "rightharpoonup", "rightleftarrows", "rightleftharpoons",
    "rightrightarrows", "rightsquigarrow", "risingdotseq", "rm", "rmoustache", "root", "rtimes", "rvert",
})
# fmt: on
_SYMBOL_COMMANDS = {"t": _T_COMMANDS, "r": _R_COMMANDS}


@dataclass(frozen=True, slots=True)
class Damage:
    r"""An escape that says something else than was meant.

    Attributes:
        offset: Where it is, from the start of the quoted text as it is written.
        written: What is written there, such as ``\\frac``.
    """

    offset: int
    written: str


def first_damage(source: str) -> Damage | None:
    r"""The first escape in a double-quoted text that gives a control character, or damages a LaTeX command.

    A tab (``\t``), a carriage return and a line break are what they say, unless the letters after them complete the
    name of a command, such as ``\theta``, ``\rho`` or ``\nabla``, or they stand in a path of Windows (``C:\temp``).

    Args:
        source: The text as it is written in the file, quotes included.
    """
    found = next((escape for escape in _ESCAPE.finditer(source) if _is_damage(source, escape)), None)
    escaped = {pair.end() - 1 for pair in _ESCAPED_BACKSLASH.finditer(source)}
    meant = (
        ruling.start
        for ruling in (rulings(source) if r"\n" in source else ())
        if ruling.kept and (ruling.context is Context.PROSE or ruling.reason in {"a command", "part of a path"})
        if ruling.start not in escaped
    )
    in_path = _IN_PATH.search(source)
    offsets = [match.start() for match in (found, in_path) if match]
    offset = min([*offsets, *islice(meant, 1)], default=None)
    if offset is None:
        return None
    name = _COMMAND.match(source, offset + 1)
    return Damage(offset, source[offset : name.end() if name else offset + 2])


def _is_damage(source: str, escape: re.Match[str]) -> bool:
    mark = escape["mark"]
    if mark is None:
        return int(escape["x"] or escape["u"] or escape["U"], 16) in _CONTROLS
    names = _SYMBOL_COMMANDS.get(mark)
    if names is None:
        return mark in _ALWAYS_DAMAGE
    name = _COMMAND.match(source, escape.start() + 1)
    return name is not None and name[0] in names
