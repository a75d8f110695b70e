"""Addresses of the web that stand in text as they are: nothing in them is a mark of Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

BARE = "linkify"
"""Markup of the tokens around such an address, by markdown-it's own name for it."""

_LONGEST = 2_000
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_ADDRESS = re.compile(
    '://(?:[^\\s<>`"\\\\|{}\u2e22-\u2e25\u3000-\u3003\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]|\\\\[*_~()])+'
)
_ESCAPE = re.compile(r"\\([*_~()])|&amp;")
_BRACKET = re.compile(r"[()\[\]]")
_PAIRS = {")": "(", "]": "["}
_NOT_LAST = ".,;:!?'([\\"
_EMPHASIS = "*_~"


def bare_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    """Inline rule for an address that follows the ``http`` or ``https`` that is read already."""
    start = state.pos
    if not state.src.startswith("://", start):
        return False
    scheme = _SCHEME.search(state.src, max(start - 6, 0), start)
    end = _address_end(state.src, start, state.posMax)
    if not scheme or end <= start + len("://"):
        return False
    if not silent:
        if not state.pending.endswith(scheme[0]):
            return False
        _push(state, state.src[scheme.start() : end], len(scheme[0]))
    state.pos = end
    return True


def _push(state: StateInline, address: str, already_read: int) -> None:
    state.pending = state.pending[:-already_read]
    address = _ESCAPE.sub(lambda escape: escape[1] or "&", address)  # as Markdown reads them outside of addresses
    if state.linkLevel:  # no link stands in a link
        state.append_pending(address)
        return
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address}
    opening.markup, opening.info = BARE, "auto"
    state.push("text", "", 0).content = address
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = BARE, "auto"


def _address_end(text: str, start: int, end: int) -> int:
    """The offset after an address, to which no bracket belongs that is not opened in it, nor its last punctuation."""
    match = _ADDRESS.match(text, start, min(end, start + _LONGEST))
    if not match:
        return start
    end = match.end()
    open_brackets: list[str] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket[0] not in _PAIRS:
            open_brackets.append(bracket[0])
        elif not open_brackets or open_brackets.pop() != _PAIRS[bracket[0]]:
            end = bracket.start()
            break
    while end > start and (text[end - 1] in _NOT_LAST or _closes_emphasis(text, start, end)):
        end -= 1
    return end


def _closes_emphasis(text: str, start: int, end: int) -> bool:
    """Whether the last mark closes what was opened before the address, rather than in it."""
    mark = text[end - 1]
    if mark not in _EMPHASIS:
        return False
    opened = text[max(start - 6, 0) : start].lower().removesuffix("https").removesuffix("http").endswith(mark)
    address = text[start:end]
    return opened or address.count(mark) % 2 == 1 or not address.rstrip(mark).count(mark)
