"""Reads the output of a program, within a limit."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from typing import TYPE_CHECKING

from bot.sources.errors import SourceError, SourceTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_OUTPUT = 64 << 20
"""Git names a million files in as many bytes."""

MAX_ERROR_OUTPUT = 1 << 16
"""So many bytes of what went wrong are kept, of both ends."""

_POLL_SECONDS = 0.2
_PIECE = 1 << 16


def read_output(
    process: subprocess.Popen[bytes], *, seconds: float, on_wait: Callable[[], None]
) -> tuple[bytes, bytes]:
    """Wait for a program to end.

    Args:
        process: The program, with pipes for its output and its errors.
        seconds: So long may it take.
        on_wait: Called several times a second meanwhile; what it raises ends the waiting.

    Returns:
        Its output, and what it complained about: of that, both ends.

    Raises:
        SourceError: It writes more than `MAX_OUTPUT`, or takes too long. It goes on running.
    """
    watch = _Watch(on_wait, seconds)
    output, complaints = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for stream, taken in ((process.stdout, output), (process.stderr, complaints)):
            if stream is not None:
                selector.register(stream, selectors.EVENT_READ, taken)
        while selector.get_map():
            _take(selector)
            if len(output) > MAX_OUTPUT:
                raise SourceError(f"git wrote more than {MAX_OUTPUT >> 20} MiB; does the repository hold articles?")
            _keep_ends(complaints)
            watch.look()
    while True:
        try:
            process.wait(_POLL_SECONDS)
            return bytes(output), bytes(complaints)
        except subprocess.TimeoutExpired:
            watch.look()


class _Watch:
    """Ends a program that takes too long, and calls back now and then until it ends."""

    def __init__(self, on_wait: Callable[[], None], seconds: float) -> None:
        self._on_wait = on_wait
        self._seconds = seconds
        self._looked = time.monotonic()
        self._deadline = self._looked + seconds

    def look(self) -> None:
        now = time.monotonic()
        if now - self._looked < _POLL_SECONDS:
            return
        self._looked = now
        self._on_wait()
        if now >= self._deadline:
            raise SourceTimeoutError(self._seconds)


def _take(selector: selectors.BaseSelector) -> None:
    """Take what was written meanwhile; streams that have ended are given up."""
    for key, _ in selector.select(_POLL_SECONDS):
        piece = os.read(key.fd, _PIECE)
        if not piece:
            selector.unregister(key.fileobj)
        key.data.extend(piece)


def _keep_ends(text: bytearray) -> None:
    """Forget the middle of a long text, and the words that it was cut in: they may be parts of a secret."""
    if len(text) > 2 * MAX_ERROR_OUTPUT:
        head = text[: MAX_ERROR_OUTPUT // 2].rpartition(b"\n")[0]
        tail = text[-MAX_ERROR_OUTPUT // 2 :].partition(b"\n")[2]
        text[:] = head + b"\n" + tail
