"""Keeps a repository from running programs, and from filling the disk, whoever writes in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.sources.errors import SourceSpaceError
from bot.sources.ssh import is_over_ssh

if TYPE_CHECKING:
    from collections.abc import Callable

MIN_FREE_BYTES = 256 << 20
"""So much of the disk git leaves free: the bot's own database has to be written, whatever a repository holds."""

_SECURE = ("https", "ssh")  # these may always be used: settings of the operator's git may lead an address to them
_ATTRIBUTES = "* -filter\n"


def protocol_settings(address: str) -> list[tuple[str, str]]:
    """Settings of git under which a repository is fetched in the way that its address says, and never by a program."""
    scheme = "ssh" if is_over_ssh(address) else urlsplit(address).scheme or "file"
    allowed = dict.fromkeys((*_SECURE, scheme))
    refused = [("protocol.allow", "never"), ("protocol.ext.allow", "never")]  # the latter, whatever the operator allows
    return [*refused, *((f"protocol.{name}.allow", "always") for name in allowed)]


def write_attributes(git_folder: Path) -> None:
    """Have git run no filter in a working copy: files could ask for every one that the operator's git knows.

    Files of Git LFS stay what they are in the repository: pointers.

    Args:
        git_folder: The folder ``.git``, or one that git copies into it.
    """
    path = git_folder / "info" / "attributes"  # comes before the attributes that are in the repository
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_ATTRIBUTES, encoding="utf-8")


def with_space_check(on_wait: Callable[[], None], folder: Path, least: int) -> Callable[[], None]:
    """What is called while git works, and besides stops it before it has filled the disk.

    Args:
        on_wait: What is called anyway.
        folder: Where git writes; must be there.
        least: So many bytes stay free.
    """

    def check() -> None:
        on_wait()
        if shutil.disk_usage(folder).free < least:
            raise SourceSpaceError(folder, least)

    return check
