"""Which settings there are: one entry a leaf of the `Settings` tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, get_args

from pydantic import BaseModel, SecretStr

from config.group import DETAILS, UNSET
from config.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVIRONMENT_PREFIX = "QUICKTAKES_"
CONFIG_VARIABLE = "QUICKTAKES_CONFIG"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        key: Names from the root, such as ``("encoder", "threads")``.
        description: What it is for.
        is_path: Its value is a file or folder.
        is_secret: Its value must never be shown.
        choices: The values that it takes, where only those are accepted.
        unset: What holds where nothing is set, in words of the documentation; empty where there is a value.
        details: What follows the description in the documentation, as Markdown.
    """

    key: tuple[str, ...]
    description: str
    is_path: bool
    is_secret: bool
    choices: tuple[str, ...] = ()
    unset: str = ""
    details: str = ""

    @property
    def name(self) -> str:
        """Dotted name, such as ``encoder.threads``."""
        return ".".join(self.key)

    @property
    def variable(self) -> str:
        """Environment variable, such as ``QUICKTAKES_ENCODER__THREADS``."""
        return variable_of(self.name)


def variable_of(name: str) -> str:
    """Environment variable of a dotted name: ``QUICKTAKES_ENCODER__THREADS`` of ``encoder.threads``."""
    return ENVIRONMENT_PREFIX + name.replace(".", "__").upper()


@cache
def known_settings() -> dict[str, Setting]:
    """Every setting by its dotted name, in the order of the classes."""
    return {setting.name: setting for setting in _leaves(Settings, ())}


@cache
def group_names() -> frozenset[str]:
    """Names of the groups, such as ``encoder``."""
    return frozenset(setting.key[0] for setting in known_settings().values() if len(setting.key) > 1)


def _leaves(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[Setting]:
    for name, field in model.model_fields.items():
        key = (*above, name)
        kinds = {field.annotation, *get_args(field.annotation)}
        group = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if group is not None:
            yield from _leaves(group, key)
        else:
            extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
            yield Setting(
                key,
                field.description or "",
                is_path=Path in kinds,
                is_secret=SecretStr in kinds,
                choices=tuple(choice.value for kind in kinds if _is_choice(kind) for choice in kind),
                unset=str(extra.get(UNSET, "")),
                details=str(extra.get(DETAILS, "")),
            )


def _is_choice(kind: object) -> TypeGuard[type[StrEnum]]:
    return isinstance(kind, type) and issubclass(kind, StrEnum)
