"""What answers from one index generation, and its replacement by another one while members go on asking."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.live_index.open_index import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Leased:
    """A serving, and how many use it."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.users = 0
        self.is_retired = False


class Served:
    """The serving that new questions are answered from. Safe to use from several threads.

    A question holds a lease on one serving from its beginning to its end; a serving that was replaced is closed when
    its last lease ends.

    Args:
        serving: What serves at first.
    """

    def __init__(self, serving: Serving) -> None:
        self._lock = threading.Lock()
        self._current = _Leased(serving)

    @property
    def generation_id(self) -> str:
        """Id of the generation that new questions are answered from."""
        return self._current.serving.generation_id

    @contextmanager
    def lease(self) -> Iterator[Serving]:
        """The present serving, which stays open inside of the block whatever is swapped meanwhile."""
        with self._lock:
            leased = self._current
            leased.users += 1
        try:
            yield leased.serving
        finally:
            with self._lock:
                leased.users -= 1
                is_last = leased.is_retired and leased.users == 0
            if is_last:
                leased.serving.close()

    def swap(self, serving: Serving) -> None:
        """Answer new questions from another serving; the one before is closed as soon as nothing uses it."""
        self._retire(_Leased(serving))

    def close(self) -> None:
        """Close what serves as soon as nothing uses it. Nothing may be leased afterwards."""
        self._retire(self._current)

    def _retire(self, successor: _Leased) -> None:
        with self._lock:
            before, self._current = self._current, successor
            before.is_retired = True
            is_idle = before.users == 0
        if is_idle:
            before.serving.close()
