"""Gives memory that was freed back to the system."""

from __future__ import annotations

import ctypes
import sys


def return_free_memory() -> None:
    """Have the C library give back what it keeps for later.

    Opening a generation takes some ten megabytes in thousands of pieces. What the one before it had is freed, but glibc
    keeps it, scattered over the arenas of all threads that have opened one, so that each generation takes new memory.
    Other systems have no such call and need none.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)
