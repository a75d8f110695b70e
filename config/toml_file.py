"""A TOML file as a flat list of settings with their lines, so that an error can point at the place."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from config.errors import SettingProblem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Neither can match a blank in two ways: a long line of blanks takes no longer than another.
_TABLE = re.compile(r"^\s*\[([\w.\-\s\"']+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"^([\w.\-\s\"']+)=")


def read_toml(path: Path) -> list[tuple[str, object, int]]:
    """All values of a file as (dotted name, value, 1-based line).

    Raises:
        SettingsError: The file cannot be read, is not UTF-8 or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = list(_flatten(tomllib.loads(text), ""))
    except OSError as error:
        raise SettingsError((SettingProblem("", str(path), f"cannot be read: {error.strerror}"),)) from error
    except UnicodeDecodeError as error:
        raise SettingsError((SettingProblem("", str(path), "is not UTF-8; save it as UTF-8 text"),)) from error
    except ValueError as error:  # no TOML, or a number of thousands of digits
        raise SettingsError((SettingProblem("", str(path), f"is not valid TOML: {error}"),)) from error
    except RecursionError as error:
        raise SettingsError((SettingProblem("", str(path), "is nested too deeply"),)) from error
    lines = _lines(text)
    return [(name, value, _line_of(name, lines)) for name, value in values]


def _flatten(tree: dict[str, object], above: str) -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            yield from _flatten(value, name)
        else:
            yield name, value


def _lines(text: str) -> dict[str, int]:
    """Dotted name of each table and key → its line. Good enough for messages; the values come from tomllib."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):  # the only end of a line that TOML knows
        if header := _TABLE.match(line):
            table = _dotted(header[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _dotted(key[1])
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _dotted(spelling: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in spelling.split("."))


def _line_of(name: str, lines: dict[str, int]) -> int:
    """The value's own line, or that of the nearest table above it (inline tables)."""
    while name:
        if name in lines:
            return lines[name]
        name = name.rpartition(".")[0]
    return 1
