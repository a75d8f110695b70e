"""Where output goes and what may be in it: results to standard output, everything else to standard error.

Rich is imported when a console is made, so that `--help` and `--json` do not pay for it.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_KEPT_CONTROLS = frozenset("\n\t")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
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


def results_console() -> Console:
    """The console for results."""
    return _console(sys.stdout)


def messages_console() -> Console:
    """The console for progress and messages."""
    return _console(sys.stderr)


def show(console: Console, renderable: RenderableType) -> None:
    """Print without trailing blanks, and without cropping what must stay whole, such as a link."""
    with console.capture() as capture:
        console.print(renderable, crop=False)
    lines = capture.get().rstrip("\n").split("\n")
    console.file.write("".join(f"{line.rstrip()}\n" for line in lines))


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    # No markup, emoji codes or highlighting: what is printed is somebody's text, not ours.
    return Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=False)


def _safe(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" or character in _BIDI_CONTROLS else character
