r"""Paths of Windows in prose: in ``C:\new\notes`` a backslash and an ``n`` are no line break.

The same characters can also be a path with a line break after it (``C:\temp\nThen …``). What begins with ``n`` belongs
to the path where the letters after the ``n`` are no beginning of a line: ``otes`` is none, ``Then`` and ``and`` are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = re.compile(
    r"""
    (?<![\w\\])[A-Za-z]:\\                        # a drive
    | (?<![^\s"'(\[`*_=:,;])(?P<server>\\\\)(?=[A-Za-z])
    | %[A-Za-z_]\w{0,40}%\\                       # a variable
    | (?<![^\s"'(\[`])\.{1,2}\\                   # the folder where one is, or the one above
    | \bHK[A-Z_]{1,30}\\                          # a key of the registry
    | (?<=\w)\\(?=(?:nginx|node_modules|ntuser|nvidia)\b)
    """,
    re.VERBOSE,
)
_PART = re.compile(r"[\w.$%~@+\-]{1,255}(?P<slash>\\?)")
_NAME = re.compile(r"n(?P<rest>[a-z]\w*)")
_CONSONANT_NAMES = frozenset(
    {"nginx", "npm", "npx", "nvm", "nvidia", "ntfs", "nltk", "nmap", "nsis", "ntds", "ntuser", "nlog", "nssm", "ngrok"}
)
# Words that lines begin with and that make no name of a file with an n before them.
_LINE_WORDS = frozenset(
    "a an and any are as at e each either else even every except i if in into is it its of off often on once one only "
    "or other otherwise our out over u under unless until up upon us use used using".split()
)
_FOLDERS = frozenset({"names", "net", "network", "new", "news", "node", "nodejs", "notes", "nuget"})
_VOWELS = frozenset("aeiouy")


def may_hold_path(text: str) -> bool:
    """Whether it is worth looking for paths."""
    return _START.search(text) is not None


def path_breaks(text: str, start: int, end: int) -> Iterator[int]:
    r"""Offsets of each backslash that stands before an ``n`` and belongs to a path, ascending.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to end.
    """
    position = start
    while found := _START.search(text, position, end):
        position = found.end()
        is_vague = found["server"] is not None or text[position - 2] == ":"
        offsets, position = _along(text, position, end, is_vague=is_vague)
        yield from offsets


def _along(text: str, position: int, end: int, *, is_vague: bool) -> tuple[list[int], int]:
    """The offsets along one path whose first part begins here, and where it ends.

    Args:
        text: The text.
        position: Where the first part begins, after a backslash.
        end: Where to end.
        is_vague: Whether what stands before it can also be the end of a line, such as ``Vitamin C:``. Then a first
            part that begins with n must be followed by another, have an ending, or be the name of many a folder.
    """
    offsets: list[int] = []
    parts = 0
    pending: int | None = None
    while part := _PART.match(text, position, end):
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
        if not part["slash"]:
            break
    return offsets, position


def _is_name(part: str) -> bool:
    """Whether a part of a path that begins with n is one, and no line break with the beginning of a line after it."""
    stem = part.partition(".")[0]
    if stem in _CONSONANT_NAMES:
        return True
    name = _NAME.match(stem)
    if name is None:
        return False
    return name["rest"][0] in _VOWELS and len(name["rest"]) > 1 and name["rest"] not in _LINE_WORDS
