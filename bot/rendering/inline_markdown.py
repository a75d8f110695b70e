"""The text of one paragraph as Discord Markdown. What stands for itself is escaped; formulas become Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering.escaping import ZERO_WIDTH, bare_link, code_span, escape_text, link_to, safe_url
from bot.rendering.math_tree import FormulaError
from bot.rendering.math_unicode import unicode_math
from bot.rendering.unicode_tables import lowered, raised
from retrieval.markdown_parser import math_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

BEST_STARTS, BEST_ENDS = "\u2e22", "\u2e23"
"""Half brackets that may enclose the best sentence in Markdown that is to be rendered: it becomes bold, they vanish.

They are punctuation, so that the parser takes marks of emphasis beside them as it would at the edge of a sentence.
"""

_DISPLAY_TYPES = frozenset({"math_block", "math_inline_double"})
_MARKERS = {"strong": "**", "em": "*", "s": "~~"}
_URL = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]'\"*_]")
_TAG = re.compile(r"<(/?)(sub|sup|br)\s*/?>", re.IGNORECASE)
_PROSE = re.compile(r"[a-z]{2,},? [a-z]{2,},? [a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Formula:
    """A display formula between two pieces of text: LaTeX without its delimiters."""

    source: str


def render_inline(tokens: Sequence[Token], *, bold: bool = False, is_best_marked: bool = False) -> list[str | Formula]:
    """The paragraph as Discord Markdown, cut where display formulas stand in it.

    Args:
        tokens: The children of an inline token.
        bold: Everything is shown bold.
        is_best_marked: What stands between `BEST_STARTS` and `BEST_ENDS` is shown bold.
    """
    return _Renderer(bold=bold, is_best_marked=is_best_marked).render(tokens)


def render_line(tokens: Sequence[Token], *, bold: bool = False) -> str:
    """As `render_inline`, on one line: display formulas become Unicode too."""
    pieces = render_inline(tokens, bold=bold)
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


def is_prose(source: str) -> bool:
    """Whether what stands between two dollar signs is no formula, as in "from US$ and more than that in C$"."""
    return "\\" not in source and _PROSE.search(source) is not None


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type.startswith("math"):
            try:
                yield math_source(token) if is_prose(token.content) else unicode_math(token.content)
            except FormulaError:
                yield token.content
        elif token.type in {"softbreak", "hardbreak"} or _TAG.fullmatch(token.content):
            yield " "
        else:
            yield token.content


class _Renderer:
    """Writes one paragraph; opens and closes marks of emphasis only where text stands between them."""

    def __init__(self, *, bold: bool, is_best_marked: bool) -> None:
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
        tag = _TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if kind in self._depth:
            self._depth[kind] += 1 if edge == "open" else -1
        elif token.type == "link_open":
            return self._link(tokens, place)
        elif tag and tag[2].lower() != "br" and not tag[1]:
            return self._script(tokens, place, tag[2].lower())
        elif is_display(token):
            self._end_text()
            self._pieces.append(Formula(token.content.strip()))
        elif token.type in {"softbreak", "hardbreak"} or tag:
            self._parts.append("\n" if not tag or tag[2].lower() == "br" else "")
        elif token.type == "code_inline":
            self._write(code_span(token.content))
        elif token.type == "math_inline":
            text = math_source(token)
            self._write(escape_text(text) if is_prose(token.content) else formula_text(token.content))
        elif token.type == "image":
            self._write(link_to(escape_text(token.content), token.content, str(token.attrGet("src") or "")))
        elif token.content:
            self._text(token.content)
        return place + 1

    def _text(self, text: str) -> None:
        for piece in self._marks.split(text):
            if self._marks.fullmatch(piece):
                self._is_best = piece == BEST_STARTS
                continue
            done = 0
            for match in _URL.finditer(piece):
                address = safe_url(match[0])
                self._write(escape_text(piece[done : match.start()]))
                self._write(bare_link(address) if address else escape_text(match[0]))
                done = match.end()
            self._write(escape_text(piece[done:]))

    def _link(self, tokens: Sequence[Token], place: int) -> int:
        end = next(index for index in range(place, len(tokens)) if tokens[index].type == "link_close")
        inside = tokens[place + 1 : end]
        self._write(link_to(render_line(inside), plain_line(inside), str(tokens[place].attrGet("href") or "")))
        return end + 1

    def _script(self, tokens: Sequence[Token], place: int, name: str) -> int:
        """Write what stands between a tag and its closing tag raised or lowered."""
        closing = f"</{name}>"
        inside = range(place + 1, len(tokens))
        end = next((index for index in inside if tokens[index].content.lower() == closing), None)
        if end is None:
            self._write(escape_text(tokens[place].content))
            return place + 1
        text = plain_line(tokens[place + 1 : end])
        small = raised(text) if name == "sup" else lowered(text)
        self._write(small or escape_text(f"{'^' if name == 'sup' else '_'}({text})"))
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
        text = "".join(self._parts)
        body = text.rstrip()
        self._parts = [body, "".join(_MARKERS[name] for name in reversed(closing)), text[len(body) :]]
        del self._open[first_unwanted:]
        self._just_closed = text == body

    def _end_text(self) -> None:
        self._close_unless(())
        text = "".join(self._parts).strip()
        if text:
            self._pieces.append(text)
        self._parts = []
