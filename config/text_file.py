"""A settings file as text, so that all kinds of files are bounded and refused in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import SettingProblem, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

_MAX_BYTES = 1 << 20


def read_text(path: Path) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        SettingsError: The file cannot be read, is not UTF-8 or is larger than 1 MB.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _refusal(str(path), f"cannot be read: {error.strerror}") from error
    if len(data) > _MAX_BYTES:
        raise _refusal(str(path), "is larger than 1 MB; it can hold no settings")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(f"{path}:{line}", "is not UTF-8; save it as UTF-8 text") from error


def _refusal(place: str, problem: str) -> SettingsError:
    return SettingsError((SettingProblem("", place, problem),))
