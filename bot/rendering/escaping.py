"""Text that others wrote, made safe for Discord: it cannot ping, break out of formatting, or become a link or emoji.

Markdown is escaped with backslashes, which Discord does not show. A ping is found by Discord's servers in the raw text,
backslash or not; there a zero-width space breaks it up.
"""

from __future__ import annotations

import re

from bot.rendering.emoji import as_text
from bot.rendering.limits import shorten, text_length

ZERO_WIDTH = "\u200b"

_INVISIBLE = re.compile(  # controls, and marks that turn the direction of text: they can make a text look like another
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_MARKUP = re.compile(r"([\\*_~|`\[\]<])")
_LINE_MARK = re.compile(r"^([ \t]*)(#{1,3}(?=[ \t]|$)|-#|[-+](?=[ \t]|$)|>|\d+(?=[.)]))", re.MULTILINE)
_PING = re.compile(r"@(?=everyone|here|[!&]?\d)|<(?=[@#]|a?:|t:|id:|/[^<>:\n]{1,100}:\d)")
_URL_START = re.compile(r"(?<=[A-Za-z]):(?=//)")
_SHORT_CODE = re.compile(r":(?=[\w+-]{1,64}:)")  # Discord makes emoji of ":b:", in "a:b:c" too


def visible(text: str) -> str:
    """The text without control characters and without marks that reorder it; every line end is a line feed."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def escape_text(text: str) -> str:
    """Text that Discord shows as it is: nothing in it is formatted, linked, or pings."""
    text = unpinged(visible(text))
    text = _MARKUP.sub(r"\\\1", text)
    text = _LINE_MARK.sub(_escaped_mark, text)
    return as_text(_SHORT_CODE.sub(r"\\:", _URL_START.sub(r"\\:", text)))


def escape_line(text: str) -> str:
    """As `escape_text`, on one line."""
    return escape_text(" ".join(visible(text).split()))


def escape_short(text: str, limit: int) -> str:
    """As `escape_line`, with as much of the text's beginning as comes to at most `limit` UTF-16 code units, escaped."""
    line = " ".join(visible(text).split())[: limit + 1]
    kept = limit
    while (excess := text_length(escaped := escape_text(shorten(line, kept))) - limit) > 0:
        kept -= max(excess // 2, 1)  # escaping at most doubles a text, so half is never too much
    return escaped


def shorten_escaped(markdown: str, limit: int) -> str:
    """Escaped text of at most `limit` UTF-16 code units, not cut between a backslash and what it escapes."""
    if text_length(markdown) <= limit:
        return markdown
    kept = shorten(markdown, limit).removesuffix("…")
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return (kept[:-1] if backslashes % 2 else kept) + "…"


def _escaped_mark(match: re.Match[str]) -> str:
    indent, mark = match.groups()
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"


def code_span(code: str) -> str:
    """Inline code. Backticks in it stay, parted by zero-width spaces where they would end it."""
    code = unpinged(visible(code)).replace("\n", " ")
    if not code.strip():
        return escape_text(code)
    if "`" not in code:
        return f"`{code}`"
    code = re.sub("`(?=`)", f"`{ZERO_WIDTH}", code)
    before, after = (" " if code[place] == "`" else "" for place in (0, -1))
    return f"``{before}{code}{after}``"


def code_fence(code: str, language: str = "") -> str:
    """A code block that no text can break out of.

    Args:
        language: What the fence names; anything but a plain name is left out.
    """
    return f"```{fence_language(language)}\n{fence_body(code)}\n```"


def fence_language(language: str) -> str:
    """The language in a form that Discord takes for one, or nothing."""
    words = language.split()
    return words[0] if words and re.fullmatch(r"[A-Za-z0-9_+\-.#]{1,20}", words[0]) else ""


def fence_body(code: str) -> str:
    """Code as it may stand in a code block."""
    code = unpinged(visible(code)).strip("\n")
    return re.sub("`(?=``)", f"`{ZERO_WIDTH}", code) or ZERO_WIDTH


def unpinged(text: str) -> str:
    """The text with what would ping, or become an emoji or a time, broken up."""
    return _PING.sub(lambda match: match[0] + ZERO_WIDTH, text)
