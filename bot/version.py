"""Which version of the program this is."""

from __future__ import annotations

from importlib import metadata

DISTRIBUTION = "quicktakes-bot"


def version() -> str:
    """The program's version."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "(run from its source folder, not installed)"
