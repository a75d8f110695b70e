"""The standard streams of the process, made such that whatever is read or written ends in no error of its own."""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import suppress


def prepare_streams() -> None:
    """Open closed standard streams on the null device, and replace characters that a stream cannot encode."""
    _open_closed_descriptors()
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  # for as long as the process lives
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  # as above
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Where a terminal is said to take ASCII alone, what is piped in is UTF-8 all the same.
            is_ascii_input = stream is sys.stdin and codecs.lookup(stream.encoding).name == "ascii"
            with suppress(ValueError, OSError):  # closed meanwhile
                stream.reconfigure(encoding="utf-8" if is_ascii_input else None, errors="replace")


def _open_closed_descriptors() -> None:
    """Keep the numbers of standard streams from files that are opened later.

    Native code writes messages to number 2, whatever it is.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
