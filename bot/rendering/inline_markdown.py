"""The text of one paragraph as Discord Markdown. What stands for itself is escaped; formulas become Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.token import Token

from bot.rendering.escaping import ZERO_WIDTH, code_span, escape_text, unpinged
from bot.rendering.links import file_label, link_to, web_address
from bot.rendering.math.tree import FormulaError
from bot.rendering.math.unicode import unicode_math
from bot.rendering.math.unicode_tables import lowered, raised
from retrieval.articles.markdown.math_syntax import is_prose
from retrieval.articles.markdown.parser import math_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BEST_STARTS, BEST_ENDS = "\u2e22", "\u2e23"
"""Half brackets that may enclose the best sentence in Markdown that is to be rendered: it becomes bold, they vanish.

They are punctuation, so that the parser takes marks of emphasis beside them as it would at the edge of a sentence.
"""

_DISPLAY_TYPES = frozenset({"math_block", "math_inline_double"})
_MARKERS = {"strong": "**", "em": "*", "s": "~~", "u": "__"}
_SCRIPTS = frozenset({"sub", "sup"})
BARE_LINKS = frozenset({"linkify", "autolink"})
"""Markup of links that are written as their address."""
_NUMBER_AT_START = re.compile(r"^([ \t]*\d+)(?=[.)](?:\s|$))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Formula:
    """A display formula between two pieces of text: LaTeX without its delimiters."""

    source: str


def render_inline(
    tokens: Sequence[Token], site_url: str = "", *, bold: bool = False, is_best_marked: bool = False
) -> list[str | Formula]:
    """The paragraph as Discord Markdown, cut where display formulas stand in it.

    Args:
        tokens: The children of an inline token.
        site_url: Address of the site that links without a host lead to, without a slash at its end.
        bold: Everything is shown bold.
        is_best_marked: What stands between `BEST_STARTS` and `BEST_ENDS` is shown bold.
    """
    return _Renderer(site_url, bold=bold, is_best_marked=is_best_marked).render(tokens)


def render_line(tokens: Sequence[Token], site_url: str = "", *, bold: bool = False) -> str:
    """As `render_inline`, on one line: display formulas become Unicode too."""
    pieces = render_inline(tokens, site_url, bold=bold)
    texts = (formula_text(piece.source) if isinstance(piece, Formula) else piece for piece in pieces)
    return " ".join(" ".join(texts).split())


def plain_line(tokens: Sequence[Token]) -> str:
    """The paragraph as unformatted text on one line, for places such as code blocks where nothing is escaped."""
    return " ".join("".join(_plain(tokens)).split())


def formula_text(source: str) -> str:
    """A formula as Discord Markdown: Unicode where there is a readable form, else its source as code."""
    try:
        return escape_text(unicode_math(source))
    except FormulaError:
        return code_span(source)


def is_display(token: Token) -> bool:
    """Whether the token is a formula that its writer set apart."""
    return token.type in _DISPLAY_TYPES or (token.type == "math_inline" and token.markup == r"\[")


def script_text(name: str, text: str) -> str:
    """What stands between ``<sub>`` or ``<sup>`` and its end, lowered or raised; marked where no such letters exist."""
    small = raised(text) if name == "sup" else lowered(text)
    return small or (f"{'^' if name == 'sup' else '_'}({text})" if text else "")


def script_end(tokens: Sequence[Token], place: int) -> int:
    """Where what the token at this place opens is closed."""
    depth = 0
    for index in range(place, len(tokens)):
        if tokens[index].tag == tokens[place].tag:
            depth += tokens[index].nesting
            if not depth:
                return index
    return len(tokens)


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type.startswith("math"):
            try:
                yield math_source(token) if is_prose(token.content) else unicode_math(token.content)
            except FormulaError:
                yield token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.tag in _SCRIPTS and token.nesting == 1:
            end = script_end(tokens, place)
            yield script_text(token.tag, plain_line(tokens[place + 1 : end]))
            place = end
        else:
            yield token.content
        place += 1


def _image_label(image: Token) -> str:
    return plain_line(image.children or ()) or file_label(str(image.attrGet("src") or ""))


def _in_label(token: Token) -> Token:
    """The token as it stands in the label of a link, which holds no other link: a picture is its description."""
    return Token("text", "", 0, content=_image_label(token)) if token.type == "image" else token


class _Renderer:
    """Writes one paragraph; opens and closes marks of emphasis only where text stands between them."""

    def __init__(self, site_url: str, *, bold: bool, is_best_marked: bool) -> None:
        self._site_url = site_url
        self._bold = bold
        self._marks = re.compile(f"([{BEST_STARTS}{BEST_ENDS}])" if is_best_marked else "(?!)")
        self._is_best = False
        self._depth = dict.fromkeys(_MARKERS, 0)
        self._open: list[str] = []
        self._just_closed = False
        self._parts: list[str] = []
        self._pieces: list[str | Formula] = []

    def render(self, tokens: Sequence[Token]) -> list[str | Formula]:
        place = 0
        while place < len(tokens):
            place = self._token(tokens, place)
        self._end_text()
        return self._pieces

    def _token(self, tokens: Sequence[Token], place: int) -> int:
        """Write the token at this place; returns the place of the next."""
        token = tokens[place]
        kind, _, edge = token.type.rpartition("_")
        if kind in self._depth:
            self._depth[kind] += 1 if edge == "open" else -1
        elif token.type == "link_open":
            return self._link(tokens, place)
        elif token.tag in _SCRIPTS and token.nesting == 1:
            end = script_end(tokens, place)
            self._write(escape_text(script_text(token.tag, plain_line(tokens[place + 1 : end]))))
            return end + 1
        elif is_display(token):
            self._end_text()
            self._pieces.append(Formula(token.content.strip()))
        elif token.type in {"softbreak", "hardbreak"}:
            self._parts.append("\n")
        elif token.type == "code_inline":
            self._write(code_span(token.content))
        elif token.type == "math_inline":
            text = math_source(token)
            self._write(escape_text(text) if is_prose(token.content) else formula_text(token.content))
        elif token.type == "image":
            label = _image_label(token)
            self._write(link_to(escape_text(label), label, str(token.attrGet("src") or ""), self._site_url))
        elif token.content:
            self._text(token.content)
        return place + 1

    def _text(self, text: str) -> None:
        for piece in self._marks.split(text):
            if self._marks.fullmatch(piece):
                self._is_best = piece == BEST_STARTS
            else:
                self._write(escape_text(piece))

    def _link(self, tokens: Sequence[Token], place: int) -> int:
        end = next((index for index in range(place, len(tokens)) if tokens[index].type == "link_close"), len(tokens))
        inside = [_in_label(token) for token in tokens[place + 1 : end] if token.type != "link_open"]
        target, label = str(tokens[place].attrGet("href") or ""), plain_line(inside)
        address = web_address(target)
        if tokens[place].markup in BARE_LINKS and address:
            self._write(address.bare)
        else:
            self._write(link_to(render_line(inside), label, target, self._site_url))
        return end + 1

    def _write(self, markdown: str) -> None:
        """Write text in the emphasis that is wanted here; blanks stay outside of the marks, for Discord wants it so."""
        if not markdown.strip():
            self._parts.append(markdown)
            return
        wanted = [name for name, depth in self._depth.items() if depth > 0]
        if (self._bold or self._is_best) and "strong" not in wanted:
            wanted.insert(0, "strong")
        self._close_unless(wanted)
        body = markdown.lstrip()
        if body != markdown:
            self._parts.append(markdown[: len(markdown) - len(body)])
            self._just_closed = False
        for name in wanted:
            if name not in self._open:
                if self._just_closed:  # its mark would run into the one that opens
                    self._parts.append(ZERO_WIDTH)
                self._just_closed = False
                self._parts.append(_MARKERS[name])
                self._open.append(name)
        self._parts.append(body)
        self._just_closed = False

    def _close_unless(self, wanted: Sequence[str]) -> None:
        """Close marks from the innermost on, until none is open that is not wanted."""
        first_unwanted = next((place for place, name in enumerate(self._open) if name not in wanted), None)
        if first_unwanted is None:
            return
        closing = self._open[first_unwanted:]
        blank = ""  # only the end is looked at, for joining all of it each time would take quadratic time
        while self._parts and not self._parts[-1].strip():
            blank = self._parts.pop() + blank
        last = self._parts.pop() if self._parts else ""
        body = last.rstrip()
        self._parts += [body, "".join(_MARKERS[name] for name in reversed(closing)), last[len(body) :] + blank]
        del self._open[first_unwanted:]
        self._just_closed = not blank and last == body

    def _end_text(self) -> None:
        self._close_unless(())
        text = unpinged("".join(self._parts).strip())  # what pings may come from different tokens, too
        if text:  # a number and its full stop may come from different tokens
            self._pieces.append(_NUMBER_AT_START.sub(r"\1\\", text))
        self._parts = []
