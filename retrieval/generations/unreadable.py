"""Which errors mean that a file holds something else than it should, and which that the machine lacks something."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from retrieval.errors import RetrievalError

_MACHINE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR})


def is_panic(error: BaseException) -> bool:
    """Whether native code gave up, as tantivy does on files that it cannot make sense of.

    Its exception is no `Exception`, and its class can be imported from nowhere.
    """
    return type(error).__name__ == "PanicException"


def is_about_contents(error: BaseException) -> bool:
    """Whether an error raised while a file is read is about the file; readers of eight formats raise what they like."""
    if isinstance(error, OSError) and error.errno in _MACHINE:
        return False
    return is_panic(error) or (isinstance(error, Exception) and not isinstance(error, RetrievalError))


def refusal_of(error: OSError) -> str:
    """What the system said of a file that it does not give, such as ``is missing``."""
    is_missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return "is missing" if is_missing else f"cannot be read ({error.strerror})"


def size_problem(path: Path, size: int) -> str:
    """What is wrong with a file that should have this size in bytes, as far as its size tells; empty if nothing."""
    try:
        status = path.stat()
    except OSError as error:
        return refusal_of(error)
    if not stat.S_ISREG(status.st_mode):
        return "is no file"
    return "" if status.st_size == size else f"has {status.st_size:,} bytes instead of {size:,}"
