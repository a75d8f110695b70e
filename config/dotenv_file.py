"""A `.env` file as environment variables with their lines, so that an error can point at the place."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from dotenv.parser import parse_stream

from config.errors import SettingProblem, SettingsError
from config.text_file import read_text

if TYPE_CHECKING:
    from pathlib import Path


def read_dotenv(path: Path, prefix: str) -> dict[str, tuple[str, int]]:
    """The variables of a file whose names begin with a prefix, in capitals or not: name → (value, 1-based line).

    Of two with one name the last counts.

    Variables of other programs, lines that set nothing and ``${…}`` in values are left as they are.

    Raises:
        SettingsError: The file cannot be read, is not UTF-8 or is larger than 1 MB, or a line with the prefix sets
            no value.
    """
    found: dict[str, tuple[str, int]] = {}
    problems = []
    for binding in parse_stream(StringIO(read_text(path))):
        written = binding.original.string
        # A statement takes along the blank lines above it.
        line = binding.original.line + written[: len(written) - len(written.lstrip())].count("\n")
        if binding.key is not None and _begins(binding.key, prefix) and binding.value is not None:
            found[binding.key] = (binding.value, line)
        elif _begins(binding.key or written.strip().removeprefix("export ").lstrip(), prefix):
            problems.append(SettingProblem("", f"{path}:{line}", "is no NAME=value; put a value with blanks in quotes"))
    if problems:
        raise SettingsError(tuple(problems))
    return found


def _begins(name: str, prefix: str) -> bool:
    return name[: len(prefix)].upper() == prefix
