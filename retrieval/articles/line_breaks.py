r"""Decoding of line breaks: in article files a line break is the two characters ``\n``.

The same two characters begin LaTeX commands inside math (``\neq``, ``\nabla``, ``\nu``) and stand as an escape inside
quoted strings of code (``printf("done\n")``). So each doubtful place is judged by where it stands:

* prose: a line break, unless a command beyond doubt (``\neq`` whose math delimiter is missing or not recognised);
* math: a command where LaTeX knows the name, else a line break and a variable (``\nP``). What remains of the short
  names ``\nu``, ``\ni``, ``\ne`` is a variable too, so there the layout decides: they are a line break at the places
  where a display block that closes on a line of its own breaks its lines;
* code: a line break, unless inside a quoted string that closes again or inside a code span;
* a path of Windows (``C:\new\notes``) in prose or code keeps its backslashes, see `retrieval.articles.windows_paths`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from retrieval.articles.raw_regions import COMMAND, N_COMMANDS, Region, RegionKind, regions
from retrieval.articles.windows_paths import may_hold_path, path_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VARIABLE_COMMANDS = frozenset({"ne", "ni", "nu"})
_WORD_COMMANDS = frozenset({"nexists", "nless", "nmid", "nparallel", "nsim"})
_TEX_LANGUAGES = frozenset({"latex", "tex", "math", "katex", "mathjax"})
_TEXT_LANGUAGES = frozenset({"", "text", "txt", "plaintext", "plain", "markdown", "md", "output"})

_MAX_STRING_LENGTH = 300

_DOUBTFUL = re.compile(rf"`|~~~|\\\\n|{COMMAND}")
_PAIR = re.compile(r"(?<!\\)(\\+)n([A-Za-z]*)")
_INNER_BEGIN = re.compile(r"\\begin\{[^}]*\}(?:\{[^}]*\})?")
_BLANKS = " \t"
_ESCAPED_BREAK = re.compile(r"\\n")
_CODE_TOKEN = re.compile(
    r"""(?P<comment>(?:(?<=\\n)|(?<=\s)|\A)(?:\#|//|--)(?:(?!\\n).)*)|(?P<quote>\"{3}|'{3}|"|(?<!\w)')|\\.""",
    re.DOTALL,
)
_STRINGS = {
    quote: re.compile(rf"((?:\\.|(?!{quote}).){{0,{_MAX_STRING_LENGTH}}}?){quote}", re.DOTALL)
    for quote in ('"', "'", '"""', "'''")
}


class Context(Enum):
    """What a doubtful place stands in."""

    PROSE = "prose"
    MATH = "math"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Ruling:
    r"""How one doubtful ``\n`` was read.

    Attributes:
        start: Offset of the backslash that stands right before the ``n``, in the raw text.
        context: What it stands in.
        kept: Whether both characters stay; otherwise they become one line break.
        reason: Why.
    """

    start: int
    context: Context
    kept: bool
    reason: str


def decode_line_breaks(raw: str) -> str:
    r"""Turn ``\n`` into line breaks, keeping LaTeX commands that begin with ``n`` and escapes in quoted code.

    Text without the two characters is returned as it is. Never raises.
    """
    if "\\n" not in raw:
        return raw
    if not _DOUBTFUL.search(raw) and not may_hold_path(raw):
        return raw.replace("\\n", "\n")
    parts = []
    done = 0
    for ruling in rulings(raw):
        if ruling.kept:
            parts.append(raw[done : ruling.start].replace("\\n", "\n"))
            parts.append(raw[ruling.start : ruling.start + 2])
            done = ruling.start + 2
    parts.append(raw[done:].replace("\\n", "\n"))
    return "".join(parts)


def rulings(raw: str) -> Iterator[Ruling]:
    r"""How each doubtful ``\n`` of the text was read, in order; all others are plain line breaks."""
    done = 0
    in_paths = path_breaks(raw)
    for region in regions(raw):
        yield from _rule_prose(raw, done, region.start, in_paths)
        if region.kind is RegionKind.SPAN:
            yield from _rule_span(raw, region)
        elif region.kind is not RegionKind.FENCE or region.language.strip().lower() in _TEX_LANGUAGES:
            yield from _rule_math(raw, region)
        else:
            yield from _rule_fence(raw, region, in_paths)
        done = region.end
    yield from _rule_prose(raw, done, len(raw), in_paths)


def _rule_prose(raw: str, start: int, end: int, paths: Sequence[int]) -> Iterator[Ruling]:
    in_paths = frozenset(_between(paths, start, end))
    for match in _PAIR.finditer(raw, start, end):
        backslashes, letters = match.groups()
        name = f"n{letters}"
        pair = match.end(1) - 1
        follower = raw[match.end() : match.end() + 1]
        if pair in in_paths:
            kept, reason = True, "part of a path"
        elif name in _VARIABLE_COMMANDS:
            kept = raw.endswith(("{", "^", "_"), 0, pair) or follower in {"^", "_", "}"}
            reason = "attached to other math" if kept else "a line break and a word or letter"
        elif name in N_COMMANDS:
            kept = name not in _WORD_COMMANDS and follower not in {".", ",", ":", ")"}
            reason = "a command without its math delimiters" if kept else "a line break and a word"
        elif len(backslashes) % 2 == 0:
            kept, reason = False, "a backslash at the end of a line"
        else:
            continue
        yield Ruling(pair, Context.PROSE, kept, reason)


def _rule_math(raw: str, region: Region) -> Iterator[Ruling]:
    has_lines = region.kind is RegionKind.DISPLAY and _closes_on_its_own_line(raw, region)
    for match in _PAIR.finditer(raw, region.start, region.end):
        backslashes, letters = match.groups()
        name = f"n{letters}"
        if len(backslashes) % 2 == 0:
            kept, reason = True, "a row break and the letter n"
        elif name in _VARIABLE_COMMANDS and has_lines and _line_opens_at(raw, region.body_start, match.end(1) - 1):
            kept, reason = False, "the display block breaks its lines here"
        elif name in N_COMMANDS:
            kept, reason = True, "a command"
        elif letters:
            kept, reason = False, "no command of this name: a line break and a variable"
        else:
            continue
        yield Ruling(match.end(1) - 1, Context.MATH, kept, reason)


def _closes_on_its_own_line(raw: str, region: Region) -> bool:
    end = region.body_end
    while end > region.body_start and raw[end - 1] in " \t>":
        end -= 1
    return end > region.body_start and (raw[end - 1] == "\n" or raw.endswith("\\n", region.body_start, end))


def _line_opens_at(raw: str, start: int, offset: int) -> bool:
    """Whether a display block on several lines starts a line here: after its opening, a row break or an inner begin."""
    end = offset
    while end > start and raw[end - 1] in _BLANKS:
        end -= 1
    if end == start:
        return True
    if raw[end - 1] == "\\":
        run = end
        while run > start and raw[run - 1] == "\\":
            run -= 1
        return (end - run) % 2 == 0
    if raw[end - 1] != "}":
        return False
    begin = raw.rfind("\\begin{", start, end)
    return begin >= 0 and _INNER_BEGIN.fullmatch(raw, begin, end) is not None


def _rule_span(raw: str, region: Region) -> Iterator[Ruling]:
    for match in _ESCAPED_BREAK.finditer(raw, region.body_start, region.body_end):
        yield Ruling(match.start(), Context.CODE, True, "an escape inside a code span")


def _between(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    return offsets[bisect_left(offsets, start) : bisect_left(offsets, end)]


def _rule_fence(raw: str, region: Region, paths: Sequence[int]) -> Iterator[Ruling]:
    found = {ruling.start: ruling for ruling in _rule_code(raw, region)}
    for offset in _between(paths, region.body_start, region.body_end):
        found.setdefault(offset, Ruling(offset, Context.CODE, True, "part of a path"))
    yield from (found[offset] for offset in sorted(found))


def _rule_code(raw: str, region: Region) -> Iterator[Ruling]:
    position, end = region.body_start, region.body_end
    is_text = region.language.strip().lower() in _TEXT_LANGUAGES
    while token := _CODE_TOKEN.search(raw, position, end):
        position = token.end()
        quote = token["quote"]
        if quote is None:
            if token[0] == r"\\" and raw.startswith("n", position):
                yield Ruling(position - 1, Context.CODE, kept=False, reason="a backslash at the end of a line")
            continue
        string = _STRINGS[quote].match(raw, position, end)
        if string is None:
            continue
        escapes = [match.start() for match in _ESCAPED_BREAK.finditer(string[1])]
        kept = bool(escapes) and _is_escaped_string(quote, string, is_text=is_text)
        reason = "an escape inside a quoted string" if kept else "a quote that runs over lines"
        if kept or not escapes or len(quote) > 1:
            position = string.end()
            yield from (Ruling(string.start(1) + escape, Context.CODE, kept, reason) for escape in escapes)


def _is_escaped_string(quote: str, string: re.Match[str], *, is_text: bool) -> bool:
    r"""Whether ``\n`` inside a quoted string is an escape: the quotes match, and no code is laid out between them."""
    followed_by_word = re.match(r"\w", string.string[string.end() : string.end() + 1]) is not None
    laid_out = re.search(r"\\n[ \t]{2}", string[1]) is not None
    spoken = is_text and not string[1].endswith("\\n")
    return len(quote) == 1 and not (followed_by_word or laid_out or spoken)
