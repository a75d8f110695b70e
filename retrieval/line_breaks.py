r"""Decoding of line breaks: in article files a line break is the two characters ``\n``.

The same two characters begin LaTeX commands inside math (``\neq``, ``\nabla``, ``\nu``) and stand as an escape inside
quoted strings of code (``printf("done\n")``). So each doubtful place is judged by where it stands:

* prose: a line break, unless a command beyond doubt (``\neq`` whose math delimiter is missing or not recognised);
* math: a command where LaTeX knows the name, else a line break and a variable (``\nP``). What remains of the short
  names ``\nu``, ``\ni``, ``\ne`` is a variable too, so there the layout decides: they are a line break at the places
  where a display block that closes on a line of its own breaks its lines;
* code: a line break, unless inside a quoted string that closes again or inside a code span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# fmt: off
N_COMMANDS = frozenset({
    "nabla", "napprox", "natural", "ncong", "ne", "nearrow", "neg", "negmedspace", "negthickspace", "negthinspace",
    "neq", "nequiv", "newcommand", "newline", "nexists", "ngeq", "ngeqq", "ngeqslant", "ngtr", "ni", "nicefrac",
    "nLeftarrow", "nleftarrow", "nLeftrightarrow", "nleftrightarrow", "nleq", "nleqq", "nleqslant", "nless", "nmid",
    "nobreak", "nolimits", "nonumber", "norm", "normalsize", "not", "notag", "notin", "notni", "nparallel", "nprec",
    "npreceq", "nRightarrow", "nrightarrow", "nshortmid", "nshortparallel", "nsim", "nsubset", "nsubseteq",
    "nsubseteqq", "nsucc", "nsucceq", "nsupset", "nsupseteq", "nsupseteqq", "ntriangleleft", "ntrianglelefteq",
    "ntriangleright", "ntrianglerighteq", "nu", "nVDash", "nVdash", "nvDash", "nvdash", "nwarrow",
})
# fmt: on
"""The commands of LaTeX, AMS-LaTeX and their usual companions that begin with ``n``."""

_VARIABLE_COMMANDS = frozenset({"ne", "ni", "nu"})
_WORD_COMMANDS = frozenset({"nexists", "nless", "nmid", "nparallel", "nsim"})
_TEX_LANGUAGES = frozenset({"latex", "tex", "math", "katex", "mathjax"})
_TEXT_LANGUAGES = frozenset({"", "text", "txt", "plaintext", "plain", "markdown", "md", "output"})

_LONGEST_STRING = 300
_LONGEST_SPAN = 120

_BREAK = r"(?:\\n|\n)"
_COMMAND = rf"\\(?:{'|'.join(sorted(N_COMMANDS))})(?![A-Za-z])"
_DOUBTFUL = re.compile(rf"`|~~~|\\\\n|{_COMMAND}")
_REGION = re.compile(
    rf"""
    (?P<fence> (?:\A|(?<=\\n)|(?<=\n)) [ \t>]* (?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)* (?P<fence_mark>`{{3,}}|~{{3,}})
        (?P<language>(?:(?!\\n)[^`\n])*) (?P<code>.*?)
        (?:{_BREAK}[ \t>]*(?P=fence_mark)[`~]*[ \t]*(?={_BREAK}|\Z)|\Z) )
    | (?P<display> (?<!\\)\$\$(?P<dollars>.{{1,4000}}?)\$\$ | (?<!\\)\\\[(?P<brackets>.{{1,4000}}?)\\\]
        | \\begin\{{(?P<environment>(?:align|equation|gather|multline|eqnarray|displaymath)\*?)\}}
          (?P<body>.{{1,4000}}?) \\end\{{(?P=environment)\}} )
    | (?P<inline> (?<!\\)\\\((?:(?!{_BREAK}).|{_COMMAND}){{1,1000}}?\\\)
        | (?<![\\$])\$(?!\$)(?:(?!{_BREAK})[^$]|{_COMMAND}){{1,1000}}\$(?!\$) )
    | (?P<span> (?<!`)(?P<ticks>`+)(?!`) (?P<spanned>(?:(?!{_BREAK}[ \t]*{_BREAK}).){{1,1000}}?) (?<!`)(?P=ticks)(?!`) )
    """,
    re.DOTALL | re.VERBOSE,
)
_PAIR = re.compile(r"(\\+)n([A-Za-z]*)")
_CLOSES_ON_ITS_OWN_LINE = re.compile(rf"{_BREAK}[ \t>]*\Z")
_LINE_OPENS_HERE = re.compile(r"(?:\A|(?<!\\)(?:\\\\)+|\\begin\{[^}]*\}(?:\{[^}]*\})?)[ \t]*\Z")
_CODE_TOKEN = re.compile(
    r"""(?P<comment>(?:(?<=\\n)|(?<=\s)|\A)(?:\#|//|--)(?:(?!\\n).)*)|(?P<quote>\"{3}|'{3}|"|(?<!\w)')|\\.""",
    re.DOTALL,
)
_STRINGS = {
    quote: re.compile(rf"((?:\\.|(?!{quote}).){{0,{_LONGEST_STRING}}}?){quote}", re.DOTALL)
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
    if not _DOUBTFUL.search(raw):
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
    for region in _regions(raw):
        yield from _rule_prose(raw, done, region.start())
        if region["fence"] is None:
            yield from _rule_math(region) if region["span"] is None else _rule_span(region)
        elif region["language"].strip().lower() in _TEX_LANGUAGES:
            yield from _rule_math(region)
        else:
            yield from _rule_fence(region)
        done = region.end()
    yield from _rule_prose(raw, done, len(raw))


def _regions(raw: str) -> Iterator[re.Match[str]]:
    """Fences, math and code spans, in order."""
    position = 0
    while region := _REGION.search(raw, position):
        if region["span"] is not None and not _is_span(region):
            position = region.end("ticks")  # a stray backtick, such as an accent
            continue
        yield region
        position = region.end()


def _is_span(region: re.Match[str]) -> bool:
    """Whether two runs of backticks enclose a code span; one on the next line must close what this line opened."""
    if "\\n" not in region["spanned"]:
        return True
    outside = region.string[region.start() - 1 : region.start()] + region.string[region.end() : region.end() + 1]
    rest_of_line = re.split(_BREAK, region.string[region.end() : region.end() + 1_000], maxsplit=1)[0]
    return (
        len(region["spanned"]) <= _LONGEST_SPAN
        and not re.search(r"\w", outside)  # as around an accent inside a word
        and rest_of_line.count("`") % 2 == 0
    )


def _rule_prose(raw: str, start: int, end: int) -> Iterator[Ruling]:
    for match in _PAIR.finditer(raw, start, end):
        backslashes, letters = match.groups()
        name = f"n{letters}"
        pair = match.end(1) - 1
        follower = raw[match.end() : match.end() + 1]
        if name in _VARIABLE_COMMANDS:
            kept = raw[:pair].endswith(("{", "^", "_")) or follower in {"^", "_", "}"}
            reason = "attached to other math" if kept else "a line break and a word or letter"
        elif name in N_COMMANDS:
            kept = name not in _WORD_COMMANDS and follower not in {".", ",", ":", ")"}
            reason = "a command without its math delimiters" if kept else "a line break and a word"
        elif len(backslashes) % 2 == 0:
            kept, reason = False, "a backslash at the end of a line"
        else:
            continue
        yield Ruling(pair, Context.PROSE, kept, reason)


def _rule_math(region: re.Match[str]) -> Iterator[Ruling]:
    for match in _PAIR.finditer(region.string, region.start(), region.end()):
        backslashes, letters = match.groups()
        name = f"n{letters}"
        if len(backslashes) % 2 == 0:
            kept, reason = True, "a row break and the letter n"
        elif name in _VARIABLE_COMMANDS and _breaks_line_at(region, match.end(1) - 1):
            kept, reason = False, "the display block breaks its lines here"
        elif name in N_COMMANDS:
            kept, reason = True, "a command"
        elif letters:
            kept, reason = False, "no command of this name: a line break and a variable"
        else:
            continue
        yield Ruling(match.end(1) - 1, Context.MATH, kept, reason)


def _breaks_line_at(region: re.Match[str], offset: int) -> bool:
    """Whether a display block on several lines starts a line here: after its opening, a row break or an inner begin."""
    group = next((name for name in ("dollars", "brackets", "body") if region[name] is not None), None)
    if group is None or not _CLOSES_ON_ITS_OWN_LINE.search(region[group]):
        return False
    return _LINE_OPENS_HERE.search(region.string[region.start(group) : offset]) is not None


def _rule_span(region: re.Match[str]) -> Iterator[Ruling]:
    for match in re.finditer(r"\\n", region["spanned"]):
        yield Ruling(region.start("spanned") + match.start(), Context.CODE, True, "an escape inside a code span")


def _rule_fence(region: re.Match[str]) -> Iterator[Ruling]:
    raw, position, end = region.string, region.start("code"), region.end("code")
    is_text = region["language"].strip().lower() in _TEXT_LANGUAGES
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
        escapes = [match.start() for match in re.finditer(r"\\n", string[1])]
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
