"""A TOML file as a flat list of settings with their lines, so that an error can point at the place."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from config.errors import SettingProblem, SettingsError
from config.text_file import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINE = re.compile(r"at line ([0-9]+)")


def read_toml(path: Path) -> list[tuple[str, object, int]]:
    """All values of a file as (dotted name, value, 1-based line).

    Raises:
        SettingsError: The file cannot be read, is not UTF-8, is not TOML or is larger than 1 MB.
    """
    text = read_text(path)
    try:
        values = list(_flatten(tomllib.loads(text), ""))
    except (ValueError, RecursionError) as error:  # besides its own, numbers of thousands of digits
        told = _LINE.search(str(error))
        place = f"{path}:{told[1]}" if told else str(path)
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise SettingsError((SettingProblem("", place, f"is not valid TOML: {reason}"),)) from error
    lines = _lines(text)
    return [(name, value, _line_of(name, lines)) for name, value in values]


def _flatten(tree: dict[str, object], above: str) -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict) and (value or not above):
            yield from _flatten(value, name)
        else:
            yield name, value


def _lines(text: str) -> dict[str, int]:
    """Dotted name of each table and key → its line. Good enough for messages; the values come from tomllib."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):  # the only end of a line that TOML knows
        start = line.strip()
        if start.startswith("["):
            table = _dotted(start.lstrip("[").partition("]")[0])
            found.setdefault(table, number)
        elif "=" in start and not start.startswith("#"):
            name = _dotted(start.partition("=")[0])
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
