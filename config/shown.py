"""How a value is shown in a message: short, on one line, and without credentials."""

from __future__ import annotations

_LONGEST = 80


def shown(value: object) -> str:
    """The value as Python writes it; a longer one is cut, and credentials in an address become an ellipsis."""
    if not isinstance(value, str):
        text = repr(value)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    scheme, slashes, rest = value.partition("//")
    if "@" in rest:
        value = f"{scheme}{slashes}…@{rest.rpartition('@')[2]}"
    return repr(value) if len(value) <= _LONGEST else f"{value[:_LONGEST]!r}…"
