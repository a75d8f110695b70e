r"""LaTeX as articles write it → LaTeX that the parser of `bot.rendering.math_tree` knows, with the same meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.chemistry import chemistry_latex

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXT_COMMANDS = ("text", "textbf", "textit", "textrm", "textsf", "texttt", "textnormal", "mbox", "hbox", "emph")
_IGNORED = re.compile(r"\\(?:nonumber|notag|displaystyle|allowbreak|nobreak)(?![A-Za-z])")
_IGNORED_WITH_ARGUMENT = ("label", "require")
_WORDS = ("arg", "lcm", "sgn", "sign", "tr", "rank", "diag", "argmax", "argmin", "erf", "cosec", "arccot", "arsinh")
_WORD = re.compile(rf"\\({'|'.join(_WORDS)})(?![A-Za-z])")
_RENAMED = {
    r"\nicefrac": r"\tfrac",
    r"\celsius": r"{^\circ}\text{C}",
    r"\ohm": r"\Omega",
    r"\yields": r"\rightarrow",
    r"\longleftrightharpoons": r"\rightleftharpoons",
    r"\eqcirc": r"\overset{\circ}{=}",
}
_RENAMED_PATTERN = re.compile(rf"({'|'.join(map(re.escape, _RENAMED))})(?![A-Za-z])")
_ENVIRONMENTS = {"split": "align*", "eqnarray": "align*", "eqnarray*": "align*", "aligned": "align*", "align": "align*"}
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(split|eqnarray\*?|aligned|align|equation\*?|displaymath|math)\}")
_MATRIX = re.compile(r"(\\begin\s*\{[pbBvV]matrix\})|(\\end\s*\{[pbBvV]matrix\})")  # one thing with its brackets
_NEGATED = {r"\in": r"\notin", "=": r"\neq", r"\equiv": r"\not\equiv"}
_NEGATION = re.compile(r"\\not\s*(\\in(?![A-Za-z])|=)")
_WORDS_AS_MATH = re.compile(  # several words in a row are text, though the writer forgot to say so
    rf"\\(?:{'|'.join(_TEXT_COMMANDS)}|begin|end|operatorname)\*?\s*\{{[^{{}}]*\}}|\\[A-Za-z]+"
    r"|(\b[A-Za-z]{3,}(?: [A-Za-z]{2,})* [A-Za-z]{3,}\b)"
)
_LAST_BREAKS = re.compile(r"(?:\\\\\s*)+\Z")
_DOUBLED_SCRIPT = re.compile(r"(_(?:\{[^{}]*\}|\w)(?=_)|\^(?:\{[^{}]*\}|\w)(?=\^))")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")  # no space follows: one number, not two
_ESCAPED_IN_TEXT = re.compile(r"\\([%$&#_])")


def normal_latex(source: str) -> str:
    r"""Rewrite what the parser does not know; anything else stays as it is.

    Chemistry (``\ce``) becomes plain LaTeX, equation tags become text beside the formula, environments that only lay
    out an equation become one of their kind, matrices are grouped with their brackets.
    """
    latex = _with_argument(source.strip(), ("ce", "cf"), lambda _, text: f"{{{chemistry_latex(text)}}}")
    latex = _WORDS_AS_MATH.sub(lambda match: rf"\text{{{match[1]}}}" if match[1] else match[0], latex)
    latex = _with_argument(latex, _TEXT_COMMANDS, _text)
    latex = _with_argument(latex, ("tag*", "tag"), lambda name, text: rf"\qquad\text{{{_tag(name, text)}}}")
    latex = _with_argument(latex, _IGNORED_WITH_ARGUMENT, lambda *_: "")
    latex = _IGNORED.sub(" ", latex)
    latex = _ENVIRONMENT.sub(_environment, latex)
    latex = _MATRIX.sub(lambda match: f"{{{match[1]}" if match[1] else f"{match[2]}}}", latex)
    latex = _RENAMED_PATTERN.sub(lambda match: _RENAMED[match[1]], latex)
    latex = _DOUBLED_SCRIPT.sub(r"\1{}", _LAST_BREAKS.sub("", latex))
    latex = latex.replace(r"\mathrm{", r"\mathrm {")  # without the space, one letter does not become upright
    latex = _THOUSANDS.sub(r"\\text{,}", latex)
    latex = _NEGATION.sub(lambda match: _NEGATED[match[1]] + " ", latex)
    return _WORD.sub(r"\\operatorname{\1}", latex).strip()


def _text(name: str, text: str) -> str:
    command = "text" if name == "emph" else name
    unescaped = _ESCAPED_IN_TEXT.sub(r"\1", text)
    return f"\\{command}{{{unescaped}}}"


def _tag(name: str, text: str) -> str:
    return text if name.endswith("*") else f"({text})"


def _environment(match: re.Match[str]) -> str:
    name = _ENVIRONMENTS.get(match[2])
    return f"\\{match[1]}{{{name}}}" if name else " "


def _with_argument(latex: str, names: tuple[str, ...], replaced: Callable[[str, str], str]) -> str:
    r"""Replace each ``\name{argument}``; one whose brace is not closed stays."""
    command = re.compile(rf"\\({'|'.join(map(re.escape, names))})(?![A-Za-z])\s*\{{")
    parts = []
    done = 0
    while match := command.search(latex, done):
        end = _closing_brace(latex, match.end())
        if end is None:
            break
        parts += [latex[done : match.start()], replaced(match[1], latex[match.end() : end])]
        done = end + 1
    return "".join([*parts, latex[done:]])


def _closing_brace(latex: str, start: int) -> int | None:
    depth = 1
    place = start
    while place < len(latex):
        character = latex[place]
        depth += (character == "{") - (character == "}")
        if not depth:
            return place
        place += 2 if character == "\\" else 1
    return None
