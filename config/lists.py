"""Lists of numbers in settings: a list in a file; in a variable commas or blanks between them, or JSON."""

from __future__ import annotations

import json

ACCEPTED_IDS = "expected ids, numbers above 0 with commas or blanks between them, such as 12, 34, or as JSON, [12, 34]"
_MAX_LENGTH = 100_000
_ID_DIGITS = 19
_MAX_ID = 2**63 - 1


def read_ids(value: object) -> tuple[int, ...]:
    """Ids from a list, or from a text with commas, blanks or JSON.

    Raises:
        ValueError: It is none of these, or an entry is no id; says which.
    """
    entries = _entries(value)
    if entries is None:
        raise ValueError(ACCEPTED_IDS)
    return tuple(_id_of(entry) for entry in entries)


def _entries(value: object) -> list[object] | None:
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return [value]
    if not isinstance(value, str) or len(value) > _MAX_LENGTH:
        return None
    text = value.strip()
    if not text.startswith("["):
        return list(text.replace(",", " ").split())
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return entries if isinstance(entries, list) else None


def _id_of(entry: object) -> int:
    number = entry if isinstance(entry, int) and not isinstance(entry, bool) else None
    if isinstance(entry, str) and (text := entry.strip()).isascii() and text.isdigit() and len(text) <= _ID_DIGITS:
        number = int(text)
    if number is None or not 0 < number <= _MAX_ID:
        raise ValueError(f"{ACCEPTED_IDS}; {str(entry)[:40]!r} is no id")
    return number
