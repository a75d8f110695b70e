r"""LaTeX as articles write it → LaTeX that the parser of `bot.rendering.math.tree` knows, with the same meaning."""

from __future__ import annotations

import html
import re
import unicodedata

from latex2mathml.symbols_parser import convert_symbol

from bot.rendering.math.latex.arguments import with_arguments
from bot.rendering.math.latex.checks import UnsupportedLatexError, check_latex
from bot.rendering.math.latex.chemistry import chemistry_latex
from bot.rendering.math.latex.chemistry_units import units_latex
from bot.rendering.math.latex.environments import normal_breaks, normal_environments, text_cases
from bot.rendering.math.latex.text import TEXT_COMMANDS, normal_text

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_ENTITY = re.compile(r"&(?:lt|gt|amp|nbsp|quot|#\d{1,6}|#x[0-9A-Fa-f]{1,6});")
_COMMENT = re.compile(r"(\\(?:text[a-z]*|[mh]box|ce|pu)\s*\{[^{}]*\}|\\.)|%([^\n]*)(\n\s*|\Z)", re.DOTALL)
_IGNORED = re.compile(
    r"\\(?:nonumber|notag|displaystyle|allowbreak|nobreak|relax|null|strut|mathstrut|displaylimits|break)(?![A-Za-z])"
)
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
    r"\underbar": r"\underline",
    r"\mathcolor": r"\textcolor",
    r"\Bbb": r"\mathbb",
    r"\degree": r"{^\circ}",
}
_RENAMED_PATTERN = re.compile(rf"({'|'.join(map(re.escape, _RENAMED))})(?![A-Za-z])")
_NEGATION = re.compile(r"\\not\s*(\\[A-Za-z]+|[=<>])")
_WORDS_AS_MATH = re.compile(  # several words in a row are text, though the writer forgot to say so
    rf"\\(?:{'|'.join(TEXT_COMMANDS)}|begin|end|operatorname)\*?\s*\{{[^{{}}]*\}}|\\[A-Za-z]+"
    r"|(\b[A-Za-z]{3,}(?: [A-Za-z]{2,})* [A-Za-z]{3,}\b)"
)
_DOUBLED_SCRIPT = re.compile(r"(_(?:\{[^{}]*\}|\w)(?=_)|\^(?:\{[^{}]*\}|\w)(?=\^))")
_LAST_SPACE = re.compile(r"\\quad\Z")
_THOUSANDS = re.compile(r"(?<=\d)(?:,(?=\d{3}(?!\d))|\{,\}(?=\d))")  # no space follows: one number, not two
_ANGLES = re.compile(r"\\(left|middle|right|[bB]igg?[lmr]?)\s*([<>])")
_NAME = re.compile(r"(?:[A-Za-z]|\\[,;: !]|[\s~]){1,40}")
_NAME_SPACE = re.compile(r"\\[,;: ]|[\s~]+")
_STARRED_SPACE = re.compile(r"\\(hspace|vspace)\*")
_COLORS = frozenset(
    [
        "red",
        "blue",
        "green",
        "purple",
        "orange",
        "brown",
        "teal",
        "magenta",
        "violet",
        "darkgreen",
        "darkblue",
        "darkred",
        "navy",
        "maroon",
    ]
)
_COLOR = re.compile(r"\\(textcolor|color)\s*(?:\[[a-zA-Z]{1,10}\])?\s*\{\s*([^{}]{0,40}?)\s*\}\s*(\{)?")
_OTHER_PLANE = re.compile(r"[\ue000-\uf8ff]")


def normal_latex(source: str) -> str:
    r"""Rewrite what the parser does not know; anything else stays as it is.

    Chemistry (``\ce``) becomes plain LaTeX, equation tags become text beside the formula, environments that only lay
    out an equation become one of their kind, matrices are grouped with their brackets.

    Raises:
        UnsupportedLatexError: It holds what cannot be drawn truly.
    """
    latex = _readable(source)
    check_latex(latex)
    return _normal(latex)


def _normal(latex: str) -> str:
    latex = with_arguments(latex, ("ce", "cf"), lambda _, text: f"{{{chemistry_latex(text)}}}")
    latex = with_arguments(latex, ("ce", "cf"), lambda _, text: f"{{{chemistry_latex(text)}}}")  # in formulas in it
    latex = with_arguments(latex, ("pu",), lambda _, text: f"{{{units_latex(text)}}}")
    latex = text_cases(latex)
    latex = _WORDS_AS_MATH.sub(lambda match: rf"\text{{{match[1]}}}" if match[1] else match[0], latex)
    latex = with_arguments(latex, ("fbox",), lambda _, text: rf"\boxed{{\text{{{text}}}}}")
    latex = with_arguments(latex, ("tag*", "tag"), lambda name, text: rf"\qquad\text{{{_tag(name, text)}}}\quad ")
    latex = with_arguments(latex, ("textsuperscript", "textsubscript"), _text_script)
    latex = normal_text(latex, _normal)
    latex = with_arguments(latex, _IGNORED_WITH_ARGUMENT, lambda *_: "")
    latex = with_arguments(latex, ("operatorname*", "operatorname", "operatornamewithlimits"), _operator_name)
    latex = _IGNORED.sub(" ", latex)
    latex = normal_environments(normal_breaks(latex))
    latex = _COLOR.sub(_color, latex)
    latex = _RENAMED_PATTERN.sub(lambda match: _RENAMED[match[1]], latex)
    latex = _ANGLES.sub(lambda match: rf"\{match[1]}\{'l' if match[2] == '<' else 'r'}angle ", latex)
    latex = _DOUBLED_SCRIPT.sub(r"\1{}", _LAST_SPACE.sub("", _without_last_breaks(latex)))
    latex = latex.replace(r"\mathrm{", r"\mathrm {")  # without the space, one letter does not become upright
    latex = _THOUSANDS.sub(r"\\text{,}", latex)
    latex = _STARRED_SPACE.sub(r"\\\1", latex)
    latex = _NEGATION.sub(_negated, latex)
    return _WORD.sub(r"\\operatorname{\1}", latex).strip()


def _readable(source: str) -> str:
    """The source without what nobody sees: invisible characters, spaces of all widths, comments, entities."""
    if _OTHER_PLANE.search(source):
        raise UnsupportedLatexError("holds a character for private use")
    latex = unicodedata.normalize("NFC", source.translate(_INVISIBLE))
    latex = _ENTITY.sub(lambda match: html.unescape(match[0]), latex)
    return _COMMENT.sub(_without_comment, _SPACES.sub(" ", latex)).strip()


def _without_comment(match: re.Match[str]) -> str:
    """A comment ends with its line; a percent sign that nothing follows was meant as one."""
    if match[1]:
        return match[0]
    if match[3]:
        return "\n"
    if match[2].strip():
        raise UnsupportedLatexError("holds a percent sign that would hide the rest")
    return r"\%"


def _without_last_breaks(latex: str) -> str:
    latex = latex.rstrip()
    while latex.endswith(r"\\"):
        latex = latex[:-2].rstrip()
    return latex


def _tag(name: str, text: str) -> str:
    return text if name.endswith("*") else f"({text})"


def _text_script(name: str, text: str) -> str:
    return rf"{'^' if name == 'textsuperscript' else '_'}{{\text{{{text}}}}}"


def _operator_name(command: str, name: str) -> str:
    """An operator's name; spaces in it become those that the parser lets pass."""
    plain = re.sub(r"\\(?:mathrm|text|rm)\s*\{([^{}]*)\}", r"\1", name)
    if _NAME.fullmatch(plain):
        spaced = _NAME_SPACE.sub("\u2009", plain.strip().replace(r"\!", ""))
        return rf"\{command}{{{spaced}}}"
    if command == "operatorname" and re.fullmatch(r"[\w\s.-]{1,40}", plain):
        return rf"\,\text{{{plain}}}\,"
    raise UnsupportedLatexError(rf"uses \{command} with more than letters")


def _color(match: re.Match[str]) -> str:
    """Colors that read well on paper; anything else is shown in ink."""
    is_shown = match[2].lower() in _COLORS
    if match[3]:
        return rf"\textcolor{{{match[2].lower()}}}{{" if is_shown else "{"
    return rf"\color{{{match[2].lower()}}} " if is_shown and match[1] == "color" else " "


def _negated(match: re.Match[str]) -> str:
    """A relation with a stroke, as one character where Unicode has it."""
    name = match[1]
    code = convert_symbol(name)
    character = chr(int(code, 16)) if code else name
    one = unicodedata.normalize("NFC", f"{character}\u0338")
    if len(character) == 1 and len(one) == 1:
        return f"{one} "
    return match[0]
