"""A `.env` file as environment variables with their lines, so that an error can point at the place."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from dotenv.parser import parse_stream

from config.errors import SettingProblem, SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def read_dotenv(path: Path, prefix: str) -> dict[str, tuple[str, int]]:
    """The variables of a file whose names begin with a prefix: name → (value, 1-based line); of two the last.

    Variables of other programs, lines that set nothing and ``${…}`` in values are left as they are.

    Raises:
        SettingsError: The file cannot be read, is not UTF-8, or holds a line with the prefix that sets no value.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError((SettingProblem("", str(path), f"cannot be read: {error.strerror}"),)) from error
    except UnicodeDecodeError as error:
        raise SettingsError((SettingProblem("", str(path), "is not UTF-8; save it as UTF-8 text"),)) from error
    found: dict[str, tuple[str, int]] = {}
    problems = []
    for binding in parse_stream(StringIO(text)):
        written = binding.original.string
        # A statement takes along the blank lines above it.
        line = binding.original.line + written[: len(written) - len(written.lstrip())].count("\n")
        if binding.key is not None and binding.key.startswith(prefix) and binding.value is not None:
            found[binding.key] = (binding.value, line)
        elif (binding.key or written.strip().removeprefix("export ").lstrip()).startswith(prefix):
            problems.append(SettingProblem("", f"{path}:{line}", "is no NAME=value; put a value with blanks in quotes"))
    if problems:
        raise SettingsError(tuple(problems))
    return found
