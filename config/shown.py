"""How a value is shown in a message: short, on one line, and without credentials."""

from __future__ import annotations

_MAX_LENGTH = 80


def shown(value: object) -> str:
    """The value as Python writes it; a longer one is cut, and credentials in an address become an ellipsis."""
    if not isinstance(value, str):
        text = repr(value)
        return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"
    scheme, slashes, rest = value.partition("//")
    if "@" in rest:
        value = f"{scheme}{slashes}…@{rest.rpartition('@')[2]}"
    return repr(value) if len(value) <= _MAX_LENGTH else f"{value[:_MAX_LENGTH]!r}…"
