"""HTML tags between Markdown: those that format become the tokens of Markdown that mean the same.

Other tags that writers use for layout are left out and their text is kept; what only looks like a tag, such as
``List<int>``, is text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Literal

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_MAX_TAG_LENGTH = 1_000
_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)"
    r"(?P<attributes>(?:\s++[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+)\s*+/?>"
)
_ATTRIBUTE = re.compile(r"(?<![^\s])([A-Za-z_:][\w:.-]*+)\s*+=\s*+(?:([^\s\"'=<>`]++)|'([^']*+)'|\"([^\"]*+)\")")

_SWITCHES = frozenset({"allowfullscreen", "checked", "controls", "disabled", "hidden", "nowrap", "open", "reversed"})
"""Attributes without a value; other words make it a comparison: ``a <b and c> d``."""

_MENTION = re.compile(r" (?:tag|element|attribute)s?\b")  # "the <p> tag" speaks of it

_FORMATS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("u", "ins"), "u"),
    **dict.fromkeys(("sub", "sup"), ""),
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_PAIRED = frozenset({*_FORMATS, *_CODE, "a"})
_BREAKS = frozenset({"br", "hr"})
_CELLS = frozenset({"td", "th"})
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "legend",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})
# fmt: on
# fmt: off
_LAYOUT = frozenset({
    "abbr", "acronym", "big", "col", "colgroup", "font", "label", "mark", "nobr", "picture", "q", "small", "span",
    "time", "wbr",
})
# fmt: on


def html_tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    """Inline rule for one opening or closing tag, in place of markdown-it's, which takes quadratic time."""
    if state.src[state.pos] != "<":
        return False
    tag = _TAG.match(state.src, state.pos, min(state.posMax, state.pos + _MAX_TAG_LENGTH))
    if not tag:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = tag[0]
    state.pos = tag.end()
    return True


def resolve_tags(state: StateCore) -> None:
    """Core rule that replaces the tags in each paragraph."""
    for token in state.tokens:
        if token.children and any(child.type == "html_inline" for child in token.children):
            token.children = list(_without_double_breaks(_resolved(token.children)))


def _without_double_breaks(tokens: Iterator[Token]) -> Iterator[Token]:
    after_break = True
    for token in tokens:
        is_break = token.type == "softbreak"
        if not (is_break and after_break):
            yield token
        after_break = is_break or token.type == "hardbreak"


def _resolved(tokens: Sequence[Token]) -> Iterator[Token]:
    tags = [_tag(tokens, place) for place in range(len(tokens))]
    partners = _partners(tags)
    place = 0
    while place < len(tokens):
        token, tag = tokens[place], tags[place]
        if not tag:
            yield Token("text", "", 0, content=token.content) if token.type == "html_inline" else token
        elif tag["name"].lower() in _CODE and place < partners.get(place, 0):
            end = partners[place]
            yield Token("code_inline", "code", 0, content=_text(tokens[place + 1 : end]), markup="`")
            place = end
        else:
            yield from _replacement(tag, is_paired=place in partners)
        place += 1


def _tag(tokens: Sequence[Token], place: int) -> re.Match[str] | None:
    """The tag at this place; nothing where the token is none, or where the text speaks of the tag."""
    token = tokens[place]
    if token.type != "html_inline":
        return None
    after = tokens[place + 1].content if place + 1 < len(tokens) and tokens[place + 1].type == "text" else ""
    tag = _TAG.fullmatch(token.content)
    if tag is None or _MENTION.match(after):
        return None
    return tag if _SWITCHES.issuperset(_ATTRIBUTE.sub("", tag["attributes"]).lower().split()) else None


def _partners(tags: Sequence[re.Match[str] | None]) -> dict[int, int]:
    """The places of opening tags and of the tags that close them, each with the other; they do not overlap."""
    partners: dict[int, int] = {}
    open_tags: list[tuple[str, int]] = []
    counts = dict.fromkeys(_PAIRED, 0)
    for place, tag in enumerate(tags):
        name = tag["name"].lower() if tag else ""
        if not tag or name not in _PAIRED or (name == "a" and not tag["closing"] and not _attribute(tag, "href")):
            continue
        if not tag["closing"]:
            open_tags.append((name, place))
            counts[name] += 1
        while tag["closing"] and counts[name]:
            opened, opener = open_tags.pop()
            counts[opened] -= 1
            if opened == name:
                partners[opener], partners[place] = place, opener
                break
    return partners


def _replacement(tag: re.Match[str], *, is_paired: bool) -> Iterator[Token]:
    name = tag["name"].lower()
    nesting: Literal[-1, 1] = -1 if tag["closing"] else 1
    edge = "close" if tag["closing"] else "open"
    if name in _FORMATS:
        kind = _FORMATS[name] or name
        if is_paired:
            yield Token(f"{kind}_{edge}", kind, nesting)
    elif name == "a":
        if is_paired:
            yield Token("link_" + edge, "a", nesting, attrs={} if tag["closing"] else {"href": _attribute(tag, "href")})
    elif name == "img" and _attribute(tag, "src"):
        alt = Token("text", "", 0, content=_attribute(tag, "alt"))
        attributes: dict[str, str | int | float] = {"src": _attribute(tag, "src"), "alt": ""}
        yield Token("image", "img", 0, attrs=attributes, content=alt.content, children=[alt])
    elif name in _BREAKS:
        yield Token("hardbreak", "br", 0)
    elif name in _CELLS:
        yield Token("text", "", 0, content=" ")
    elif name in _BLOCKS:
        yield Token("softbreak", "br", 0)
    elif name not in _LAYOUT and name not in _CODE:
        yield Token("text", "", 0, content=tag[0])


def _attribute(tag: re.Match[str], name: str) -> str:
    for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
        if attribute[1].lower() == name:
            return html.unescape(attribute[2] or attribute[3] or attribute[4] or "")
    return ""


def _text(tokens: Sequence[Token]) -> str:
    """What is written between two tags of code."""
    parts = ("\n" if token.type.endswith("break") else token.content for token in tokens if token.type != "html_inline")
    return "".join(parts)
