"""What the card of a model (its README.md) says of the licence."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CARD = "README.md"
_MAX_HEADER = 1 << 16  # bytes; the longest of real cards, with all their benchmark results, come after the licence
_MAX_LICENCE = 60  # characters
_FENCE = "---"


def licence_of(folder: Path) -> str:
    """The licence that a model's card names, such as ``apache-2.0``; empty where there is no card or it names none."""
    try:
        with (folder / _CARD).open("rb") as file:
            lines = file.read(_MAX_HEADER).decode("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    if not lines or lines[0].strip() != _FENCE:
        return ""
    header = list(takewhile(lambda line: line.strip() != _FENCE, lines[1:]))
    names = _values(header, "license:")
    if names == ["other"]:
        names = _values(header, "license_name:") or names
    return ", ".join(names)[:_MAX_LICENCE]


def _values(header: Sequence[str], key: str) -> list[str]:
    """The value behind a key of the header, or the list below it."""
    for place, line in enumerate(header):
        if line.startswith(key):
            value = line.removeprefix(key)
            below = takewhile(lambda other: other.lstrip().startswith("- "), header[place + 1 :])
            found = [value] if value.strip() else [other.lstrip().removeprefix("- ") for other in below]
            return [text for text in (each.partition(" #")[0].strip(" \t'\"[]") for each in found) if text]
    return []
