"""What groups of settings have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, JsonValue

UNSET, DETAILS = "unset", "details"


class SettingsGroup(BaseModel):
    """A group of settings: frozen, and a name it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def documented(*, unset: str = "", details: str = "") -> dict[str, JsonValue]:
    """What the documentation says of a setting beside its description; to be given as ``json_schema_extra``.

    Args:
        unset: What holds where nothing is set, instead of a value.
        details: What follows the description, as Markdown.
    """
    return {name: text for name, text in ((UNSET, unset), (DETAILS, details)) if text}


def lower(value: object) -> object:
    """A text in small letters; anything else as it is, for validation to refuse."""
    return value.lower() if isinstance(value, str) else value
