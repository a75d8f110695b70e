"""The settings for people, for programs, and for the documentation; secrets are never in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.known_settings import Setting, known_settings
from config.loading import default_values
from config.shards import Shards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.loading import LoadedSettings

DEFAULTS = "defaults.toml"
_HEAD = ("| setting | environment variable | default | what it is for |", "|---|---|---|---|")
_HIDDEN = "set, not shown"


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A setting and its value.

    Attributes:
        setting: The setting.
        value: Its value, of the types of JSON; ``None`` where it has none, and where it is a secret.
        default: Its default, likewise.
        is_set: Whether it has a value.
        origin: Where that comes from; empty where it has none.
    """

    setting: Setting
    value: object
    default: object
    is_set: bool
    origin: str

    @property
    def is_changed(self) -> bool:
        """Whether somebody has set it."""
        return self.origin not in {"", DEFAULTS}


def setting_values(loaded: LoadedSettings) -> Iterator[SettingValue]:
    """Every setting with its value, in the order of their definitions."""
    defaults = default_values()
    for name, setting in known_settings().items():
        value = reduce(getattr, setting.key, loaded.settings)
        yield SettingValue(
            setting,
            value=None if setting.is_secret else _plain(value),
            default=defaults.get(name),
            is_set=value is not None,
            origin=loaded.origins.get(name, ""),
        )


def setting_lines(found: SettingValue) -> Iterator[str]:
    """A setting and its value, then where that comes from where somebody has set it."""
    setting = found.setting
    if setting.is_secret and found.is_set:
        yield f"{setting.name} ({_HIDDEN})"
    elif _is_empty(found.value):
        yield f"{setting.name} (unset: {_unset(setting)})"
    else:
        yield f"{setting.name} = {_written(found.value)}"
    if found.is_changed:
        default = _unset(setting) if _is_empty(found.default) else _written(found.default)
        yield f"    from {found.origin}; default: {default}"


def setting_json(found: SettingValue) -> dict[str, Any]:
    """A setting and its value for programs."""
    setting = found.setting
    return {
        "name": setting.name,
        "variable": setting.variable,
        "value": found.value,
        "is_set": found.is_set,
        "is_secret": setting.is_secret,
        "origin": found.origin or None,
        "default": found.default,
        "description": setting.description,
        "choices": list(setting.choices) or None,
    }


def settings_table() -> Iterator[str]:
    """The table of docs/configuration.md, a line a setting."""
    defaults = default_values()
    yield from _HEAD
    for name, setting in known_settings().items():
        default = defaults.get(name)
        shown = _unset(setting) if _is_empty(default) else f"`{_written(default)}`"
        yield f"| `{name}` | `{setting.variable}` | {shown} | {_purpose(setting)} |"


def _purpose(setting: Setting) -> str:
    choices = [f"`{choice}`" for choice in setting.choices]
    accepted = f" ({', '.join(choices[:-1])} or {choices[-1]})" if choices else ""
    return f"{setting.description}{accepted}{setting.details}"


def _unset(setting: Setting) -> str:
    return setting.unset or "none"


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Path | Shards) else value


def _written(value: object) -> str:
    """A value as it is written in a TOML file, but for quotes around a text."""
    return value if isinstance(value, str) else json.dumps(value)
