"""Text that others wrote, made safe for Discord: it cannot ping, break out of formatting, or disguise a link.

Markdown is escaped with backslashes, which Discord does not show. A ping is found by Discord's servers in the raw text,
backslash or not; there a zero-width space breaks it up.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bot.rendering.limits import URL, shorten, text_length

ZERO_WIDTH = "\u200b"

_INVISIBLE = re.compile(  # controls, and marks that turn the direction of text: they can make a text look like another
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_MARKUP = re.compile(r"([\\*_~|`\[\]<])")
_LINE_MARK = re.compile(r"^([ \t]*)(#{1,3}(?=[ \t]|$)|-#|[-+](?=[ \t]|$)|>|\d+(?=[.)]))", re.MULTILINE)
_PING = re.compile(r"@(?=everyone|here|[!&]?\d)|<(?=[@#]|a?:|t:|id:|/[^<>:\n]{1,100}:\d)")
_URL_START = re.compile(r"(?<=[A-Za-z]):(?=//)")
_SAFE_IN_URL = "!$&'+,;=:@/?#%-._~"  # brackets and parentheses would end the link, an asterisk starts emphasis
_LOOKS_LIKE_URL = re.compile(  # by the usual endings of a host, for "Node.js" is none; nor is "ASP.NET" meant as one
    r"\w:/|\bwww\.|(?<![\w.-])(?!asp\.net)(?:[\w-]+\.)+"
    r"(?:com|org|net|edu|gov|info|biz|app|dev|gg|io|co|me|xyz|site|online|link|[a-z]{2}/|uk|de|fr|es|pt|br|ru|cn|eu|us)\b",
    re.IGNORECASE,
)


def visible(text: str) -> str:
    """The text without control characters and without marks that reorder it; every line end is a line feed."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def escape_text(text: str) -> str:
    """Text that Discord shows as it is: nothing in it is formatted, linked, or pings."""
    text = _unpinged(visible(text))
    text = _MARKUP.sub(r"\\\1", text)
    text = _LINE_MARK.sub(_escaped_mark, text)
    return _URL_START.sub(r"\\:", text)


def escape_line(text: str) -> str:
    """As `escape_text`, on one line."""
    return escape_text(" ".join(visible(text).split()))


def escape_short(text: str, limit: int) -> str:
    """As `escape_line`, with as much of the text's beginning as comes to at most `limit` UTF-16 code units, escaped."""
    line = " ".join(visible(text).split())
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
    code = _unpinged(visible(code)).replace("\n", " ")
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
        code: The code.
        language: What the fence names; anything but a plain name is left out.
    """
    return f"```{fence_language(language)}\n{fence_body(code)}\n```"


def fence_language(language: str) -> str:
    """The language in a form that Discord takes for one, or nothing."""
    words = language.split()
    return words[0] if words and re.fullmatch(r"[A-Za-z0-9_+\-.#]{1,20}", words[0]) else ""


def fence_body(code: str) -> str:
    """Code as it may stand in a code block."""
    code = _unpinged(visible(code)).strip("\n")
    return re.sub("`(?=``)", f"`{ZERO_WIDTH}", code) or ZERO_WIDTH


def safe_link(label: str, url: str) -> str:
    """A link with a label that is plain text.

    A label that looks like an address might promise another place than the link leads to, so the address itself is
    shown after it. An address that is neither http nor https is not linked.
    """
    return link_to(escape_line(label), label, url)


def link_to(markdown: str, label: str, url: str) -> str:
    """A link whose label is Discord Markdown already.

    Args:
        markdown: The label as it is shown.
        label: The label as plain text.
        url: Where it leads.
    """
    address = safe_url(url)
    if not address or not label.strip():
        return markdown
    if _LOOKS_LIKE_URL.search(visible(label)):
        return bare_link(address) if visible(label).strip() in {url, address} else f"{markdown} ({bare_link(address)})"
    return f"[{markdown}]({address})"


def bare_link(address: str) -> str:
    """A link that shows where it leads."""
    return f"<{address}>"


def safe_url(url: str) -> str:
    """The address in a form that cannot end a link early; empty where it is no address of the web, or too long."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc or visible(url) != url:
        return ""
    address = quote(url, safe=_SAFE_IN_URL)
    return address if len(address) <= URL else ""


def _unpinged(text: str) -> str:
    return _PING.sub(lambda match: match[0] + ZERO_WIDTH, text)
