r"""Text in formulas: ``\text{…}`` and its kin, with the formulas in it, their escapes and what is styled.

The parser cuts text at the first brace, takes a percent sign in it for a comment and drops its spaces. So text passes
through it in letters without other use, which `text_of` turns back.
"""

# ruff: noqa: RUF001  signs of typography are what this is about

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.rendering.math.latex.arguments import closing_brace, with_arguments
from bot.rendering.math.latex.checks import UnsupportedLatexError

if TYPE_CHECKING:
    from collections.abc import Callable

_STYLES = {
    "textbf": "textbf",
    "textit": "textit",
    "textsl": "textit",
    "emph": "textit",
    "textsf": "textsf",
    "texttt": "texttt",
}
_PLAIN = ("text", "textrm", "textnormal", "textup", "textmd", "textsc", "mbox", "hbox")
TEXT_COMMANDS = (*_PLAIN, *_STYLES)
"""Names of the commands whose argument is text."""

_FIRST_HIDDEN = 0xE200
_HIDDEN = "{}\\%$&#_^~"
_HIDE = {ord(letter): chr(_FIRST_HIDDEN + ord(letter)) for letter in _HIDDEN}
_SHOW = {_FIRST_HIDDEN + ord(letter): letter for letter in _HIDDEN}
_SPACE = "\xa0"
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303"}
_SYMBOLS = {
    "textdegree": "°", "degree": "°", "textquoteright": "’", "textquoteleft": "‘", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textendash": "–", "textemdash": "—", "textbackslash": "\\", "textmu": "µ", "ss": "ß",
    "quad": _SPACE * 2, "qquad": _SPACE * 4,
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<math>\$(?P<inside>(?:[^$\\]|\\.)*)\$ | \\\((?P<inner>(?:[^\\]|\\[^)])*)\\\))
    | \\(?P<accent>['`^"~])\s*(?:\{(?P<braced>[A-Za-z])\}|(?P<letter>[A-Za-z]))
    | \\(?P<name>[A-Za-z]+)\s?
    | \\(?P<escaped>[%$&\#_{}])
    | (?P<space>(?:\\[ ,;:]|~|\s)+) | \\(?P<nothing>[!/-])
    | (?P<bad>[\\$])
    | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def normal_text(latex: str, math: Callable[[str], str]) -> str:
    r"""The LaTeX with the text in it as the parser needs it.

    Args:
        math: Rewrites a formula that stands in text.

    Raises:
        UnsupportedLatexError: Text holds a command that cannot be shown in it.
    """
    return with_arguments(latex, TEXT_COMMANDS, lambda name, text: _styled(text, _STYLES.get(name, "text"), math))


def text_of(text: str) -> str:
    """What an element of the parsed formula says, with the letters that had to pass the parser."""
    return text.translate(_SHOW)


def _styled(text: str, style: str, math: Callable[[str], str]) -> str:
    parts: list[str] = []
    words: list[str] = []

    def end_words() -> None:
        if words:
            parts.append(f"\\{style}{{{''.join(words).translate(_HIDE)}}}")
            words.clear()

    place = 0
    while match := _TOKEN.match(text, place):
        place = match.end()
        if match["math"]:
            end_words()
            parts.append(f"{{{math(match['inside'] or match['inner'] or '')}}}")
        elif match["name"] in TEXT_COMMANDS and text[place : place + 1] == "{":
            end = closing_brace(text, place + 1)
            if end is None:
                raise UnsupportedLatexError("leaves a brace open in its text")
            end_words()
            inner = match["name"]
            parts.append(_styled(text[place + 1 : end], _STYLES.get(inner, style), math))
            place = end + 1
        else:
            words.append(_written(match))
    end_words()
    return "".join(parts) if len(parts) == 1 else f"{{{''.join(parts)}}}"


def _written(match: re.Match[str]) -> str:
    """What a piece of text shows; braces that only group show nothing."""
    if match["space"]:
        return _SPACE
    if match["accent"]:
        letter = match["braced"] or match["letter"]
        return unicodedata.normalize("NFC", letter + _ACCENTS[match["accent"]])
    if match["name"]:
        if match["name"] not in _SYMBOLS:
            raise UnsupportedLatexError(f"uses \\{match['name']} in text")
        return _SYMBOLS[match["name"]]
    if match["bad"]:
        raise UnsupportedLatexError("holds a backslash or dollar sign in text that begins nothing")
    if match["escaped"]:
        return match["escaped"]
    return "" if match["nothing"] or match[0] in "{}" else match[0]
