"""Memory that was freed goes back to the system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.live_index.memory import return_free_memory

PIECES, PIECE_BYTES = 20_000, 2_000


def resident_bytes() -> int:
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon")]
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc, and a C library that keeps memory")
def test_freed_pieces_below_one_that_is_kept_go_back_to_the_system():
    pieces = [bytes([number % 256]) * PIECE_BYTES for number in range(PIECES)]
    last = bytes(PIECE_BYTES)  # while it is kept, the heap cannot shrink at its end
    full = resident_bytes()
    pieces.clear()
    kept = resident_bytes()
    return_free_memory()
    assert resident_bytes() < full - PIECES * PIECE_BYTES * 0.8
    assert last is not None
    assert kept > full - PIECES * PIECE_BYTES * 0.5, "nothing was kept, so nothing was shown"
