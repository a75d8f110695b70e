"""Front matter in which a field is no valid YAML → the same without that field.

A title such as ``Osmosis: what is it`` needs quotes in YAML. One that lacks them must not cost the whole article.
"""

from __future__ import annotations

import re

MAX_BROKEN_FIELDS = 5
"""Of one file; more is no slip."""

_MARKERS = re.compile(r"^(?:\.\.\.|---|%)", re.MULTILINE)
_NAME = re.compile(r"([A-Za-z_][\w-]{0,60})[ \t]*:(?=\s|\Z)")
_GOES_ON = (" ", "\t", "#", "- ", "-\n", "\n")


def without_field(text: str, line: int, kept: frozenset[str]) -> tuple[str, str] | None:
    """The text with empty lines in place of the outermost field that this line belongs to, and the field's name.

    Args:
        text: YAML, one field after the other.
        line: 0-based.
        kept: Names of fields that stay.

    Returns:
        Nothing where the line belongs to no field, or to one that stays.
    """
    lines = text.splitlines(keepends=True)
    if line >= len(lines) or _MARKERS.search(text):
        return None
    first = line
    while first and lines[first].startswith(_GOES_ON):
        first -= 1
    name = _NAME.match(lines[first])
    if name is None or name[1] in kept:
        return None
    end = first + 1
    while end < len(lines) and lines[end].startswith(_GOES_ON):
        end += 1
    return "".join([*lines[:first], "\n" * (end - first), *lines[end:]]), name[1]
