r"""Paths of Windows in prose: in ``C:\new\notes`` a backslash and an ``n`` are no line break.

The same characters can also be a path with a line break after it (``C:\temp\nThen …``). What begins with ``n`` belongs
to the path where the letters after the ``n`` are no beginning of a line: ``otes`` is none, ``Then`` and ``and`` are.
"""

from __future__ import annotations

import re

_START = re.compile(
    r"""
    (?:(?<![\w\\])|(?<=(?<!\\)\\n))[A-Za-z]:\\    # a drive
    | (?:(?<![^\s"'(\[`*_=:,;])|(?<=(?<!\\)\\n))(?P<server>\\\\)(?=[A-Za-z])
    | %[A-Za-z_]\w{0,40}%\\                       # a variable
    | (?:(?<![^\s"'(\[`])|(?<=(?<!\\)\\n))\.{1,2}\\    # the folder where one is, or the one above
    | (?:\b|(?<=(?<!\\)\\n))HK[A-Z_]{1,30}\\     # a key of the registry
    | (?<=\w)\\(?=(?:nginx|node_modules|ntuser|nvidia)\b)
    """,
    re.VERBOSE,
)
# The same beginnings, roughly. A pattern that begins with fixed characters is searched a hundred times as fast.
_HINTS = tuple(
    re.compile(pattern)
    for pattern in (
        r":\\(?<=[A-Za-z]:\\)(?:(?<![\w\\][A-Za-z]:\\)|(?<=\\n[A-Za-z]:\\))",
        r"\\\\(?=[A-Za-z])(?:(?<![^\s\"'(\[`*_=:,;]\\\\)|(?<=\\n\\\\))",
        r"%\\",
        r"\.\\(?:(?<![^\s\"'(\[`.]\.\\)|(?<=\\n\.\\))",
        r"HK[A-Z_]{1,30}\\",
        r"\\n(?:ginx|ode_modules|tuser|vidia)\b",
    )
)
_PART = re.compile(  # with blanks in it, as in "Program Files (x86)", only where the path goes on behind it
    r"(?:Documents and Settings|[\w$%~@+\-]{1,60}(?:[ ][A-Z(][\w.$%~@+\-()]{0,60}){1,3})(?P<goes_on>\\)"
    r"|[\w.$%~@+\-]{1,255}(?P<slash>\\?)"
)
_NAME = re.compile(r"n(?P<rest>[a-z]\w*)")
_NUMBERED_FILE = re.compile(r"n\d{1,6}\.[a-z]{2,5}")
_CONSONANT_NAMES = frozenset(
    {"nginx", "npm", "npx", "nvm", "nvidia", "ntfs", "nltk", "nmap", "nsis", "ntds", "ntuser", "nlog", "nssm", "ngrok"}
)
# Words that lines begin with and that make no name of a file with an n before them.
# fmt: off
_LINE_WORDS = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "e", "each", "either", "else", "even", "every", "except", "i", "if",
    "in", "into", "is", "it", "its", "of", "off", "often", "on", "once", "one", "only", "or", "other", "otherwise",
    "our", "out", "over", "u", "under", "unless", "until", "up", "upon", "us", "use", "used", "using",
})
# fmt: on
_FOLDERS = frozenset({"names", "net", "network", "new", "news", "node", "nodejs", "notes", "nuget"})
_VOWELS = frozenset("aeiouy")


def may_hold_path(text: str) -> bool:
    """Whether it is worth looking for paths."""
    return any(hint.search(text) for hint in _HINTS)


def path_breaks(text: str) -> list[int]:
    r"""Offsets of each backslash that stands before an ``n`` and belongs to a path, ascending."""
    if not may_hold_path(text):
        return []
    offsets: list[int] = []
    position = 0
    while found := _START.search(text, position):
        is_vague = found["server"] is not None or text[found.end() - 2] == ":"
        along, position = _along(text, found.end(), is_vague=is_vague)
        offsets += along
    return offsets


def _along(text: str, position: int, *, is_vague: bool) -> tuple[list[int], int]:
    """The offsets along one path whose first part begins here, and where it ends.

    Args:
        text: The text.
        position: Where the first part begins, after a backslash.
        is_vague: Whether what stands before it can also be the end of a line, such as ``Vitamin C:``. Then a first
            part that begins with n must be followed by another, have an ending, or be the name of many a folder.
    """
    offsets: list[int] = []
    parts = 0
    pending: int | None = None
    while part := _PART.match(text, position):
        name = part[0].removesuffix("\\")
        if name.startswith("n"):
            if not _is_name(name):
                break
            if is_vague and not parts and "." not in name.rstrip(".") and name not in _FOLDERS:
                pending = position - 1
            else:
                offsets.append(position - 1)
        if parts and pending is not None:
            offsets.insert(0, pending)
            pending = None
        parts += 1
        position = part.end()
        if not (part["slash"] or part["goes_on"]):
            break
    return offsets, position


def _is_name(part: str) -> bool:
    """Whether a part of a path that begins with n is one, and no line break with the beginning of a line after it."""
    stem = part.partition(".")[0]
    if stem in _CONSONANT_NAMES or _NUMBERED_FILE.fullmatch(part):
        return True
    name = _NAME.match(stem)
    if name is None:
        return False
    return name["rest"][0] in _VOWELS and len(name["rest"]) > 1 and name["rest"] not in _LINE_WORDS
