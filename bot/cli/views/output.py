"""Where output goes and what may be in it: results to standard output, everything else to standard error.

Rich is imported when a console is made, so that `--help` and `--json` do not pay for it.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


_KEPT_CONTROLS = frozenset("\n\t")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MIN_WIDTH, _MAX_WIDTH = 20, 1000
_DIGITS = 5  # of a size that a terminal can have
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}


def printable(text: str) -> str:
    """The text without anything that could steer a terminal.

    Control characters (escape sequences start with one) and bidirectional overrides are dropped, every kind of line
    end becomes a newline, and half a surrogate pair, which no terminal encoding holds, becomes U+FFFD.
    """
    for line_end, newline in _LINE_ENDS.items():
        text = text.replace(line_end, newline)
    return "".join(_safe(character) for character in text)


def one_line(text: str) -> str:
    """The printable text with all white space folded to single spaces."""
    return " ".join(printable(text).split())


def say(*lines: str, to_errors: bool = False) -> None:
    """Print lines as results, or as messages; what somebody named or wrote in one stays on it."""
    import click

    from retrieval.shown import shown

    for line in lines:
        click.echo(shown(line), err=to_errors)


def results_console() -> Console:
    """The console for results."""
    return _console(sys.stdout)


def messages_console() -> Console:
    """The console for progress and messages."""
    return _console(sys.stderr)


def show(console: Console, renderable: RenderableType) -> None:
    """Print without trailing blanks, and without cropping what must stay whole, such as a link."""
    width = max(_MIN_WIDTH, min(console.width, _MAX_WIDTH))
    if width != console.width:
        console.width = width
    with console.capture() as capture:
        console.print(renderable, crop=False)
    lines = capture.get().rstrip("\n").split("\n")
    console.file.write("".join(f"{line.rstrip()}\n" for line in lines))


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    # No markup, emoji codes or highlighting: what is printed is somebody's text, not ours.
    # A size in the environment counts only where it is one: Rich takes 0, and what only looks like a number, as well.
    sizes = {name: value for name in ("COLUMNS", "LINES") if not _is_size(value := os.environ.get(name, ""))}
    environment = {name: value for name, value in os.environ.items() if name not in sizes}
    return Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=False, _environ=environment)


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) <= _DIGITS


def _safe(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" or character in _BIDI_CONTROLS else character


_ALMOST_CERTAIN = 0.99
_ALMOST_EXCLUDED = 0.01


def percentage(confidence: float) -> str:
    """A probability in per cent, never rounded to certainty."""
    if confidence > _ALMOST_CERTAIN:
        return "over 99%"
    return f"{confidence:.0%}" if confidence >= _ALMOST_EXCLUDED else "under 1%"


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as ``1 article`` or ``35,915 articles``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
