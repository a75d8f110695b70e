"""Reports an unexpected error: a line with a reference for people, the details for the log."""

from __future__ import annotations

import errno
import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.logs.records import new_reference

if TYPE_CHECKING:
    from pathlib import Path

ERROR_LOG = "errors.log"
_MAX_BYTES = 1 << 20
_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_MORE_FILES = frozenset({errno.EMFILE, errno.ENFILE})

_log = logging.getLogger(__name__)


def system_problem(error: OSError) -> str:
    """What the system refused, with the file where it names one, and what to do where that is known."""
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL_DISK:
        return f"{place}the disk is full; make room and try again"
    if error.errno in _NO_MORE_FILES:
        return f"{place}too many files are open; allow more (ulimit -n) and try again"
    return f"{place}{error.strerror or str(error) or type(error).__name__}"


def unexpected_problem(error: BaseException, folder: Path | None, *, is_verbose: bool) -> str:
    """Keep the details of an unexpected error, and tell in a line where they are.

    Args:
        folder: The data folder; ``None`` where it is not known yet.
        is_verbose: Whether the details are wanted on standard error.
    """
    reference = new_reference()
    record = _log.makeRecord(
        _log.name, logging.ERROR, __file__, 0, "reference %s", (reference,), (type(error), error, error.__traceback__)
    )
    handlers = logging.getLogger().handlers
    if is_verbose and handlers:
        _log.handle(record)
        where = "the details stand above"
    elif folder is not None and _append(record, folder / ERROR_LOG, handlers):
        where = f"the details are in {folder / ERROR_LOG}"
    else:
        where = "run it again with -v to see the details"
    what = "there is not enough memory" if isinstance(error, MemoryError) else "something unexpected went wrong"
    return f"{what} ({type(error).__name__}, reference {reference}); {where}"


def _append(record: logging.LogRecord, path: Path, handlers: list[logging.Handler]) -> bool:
    """Append a record to a file that only its owner reads, and that never grows large; whether that worked."""
    with suppress(OSError):
        if path.is_file() and path.stat().st_size > _MAX_BYTES:
            path.unlink()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", errors="backslashreplace") as file:
            handler = logging.StreamHandler(file)
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            for each in [each for other in handlers for each in other.filters]:  # they take secrets out
                handler.addFilter(each)
            handler.handle(record)
            return True
    return False
