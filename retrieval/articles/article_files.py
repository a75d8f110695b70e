"""Which files are articles, and their bytes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from retrieval.errors import ArticleError

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
_LEFT_ALONE = (".", "~$")


def is_left_alone(name: str) -> bool:
    """Whether a file or folder is somebody's private matter: hidden, an editor's lock, or its copy for emergencies."""
    return name.startswith(_LEFT_ALONE)


def is_article_name(name: str) -> bool:
    """Whether a file is named like an article."""
    return name.lower().endswith(_ENDINGS)


def read_bytes(path: Path, largest: int) -> bytes:
    """The content of a file, at most one byte more than the largest allowed.

    Raises:
        ArticleError: It cannot be read, or is no regular file: a pipe would be waited for without end.
    """
    try:
        # A pipe or device that nobody writes to would block here without the flag; of a regular file it means nothing.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise ArticleError(path, f"is {kind_name(mode)} and no file that could be read; remove or rename it")
            with open(descriptor, "rb", closefd=False) as file:  # of a descriptor
                return file.read(largest + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ArticleError(path, f"the file cannot be read ({reason}); check it and its permissions") from error


def kind_name(mode: int) -> str:
    """What something that is no regular file is, by its mode."""
    kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
    return kinds.get(stat.S_IFMT(mode), "a device")
