"""The open index that questions are answered from, and its replacement while members go on asking."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.live_index.open_index import OpenIndex


class _Leased:
    """An open index, and how many use it."""

    def __init__(self, index: OpenIndex) -> None:
        self.index = index
        self.users = 0
        self.is_retired = False


class LiveIndex:
    """The open index that new questions are answered from. Safe to use from several threads.

    A question holds a lease on one open index from its beginning to its end; one that was replaced is closed when its
    last lease ends.
    """

    def __init__(self, index: OpenIndex) -> None:
        self._lock = threading.Lock()
        self._current = _Leased(index)

    @property
    def generation_id(self) -> str:
        """Id of the generation that new questions are answered from."""
        return self._current.index.generation_id

    @property
    def second_encoder_problem(self) -> str:
        """Why new questions are answered without the second encoder; empty where there is no reason."""
        return self._current.index.second_encoder_problem

    @contextmanager
    def lease(self) -> Iterator[OpenIndex]:
        """The present index, which stays open inside of the block whatever is swapped meanwhile."""
        with self._lock:
            leased = self._current
            leased.users += 1
        try:
            yield leased.index
        finally:
            with self._lock:
                leased.users -= 1
                is_last = leased.is_retired and leased.users == 0
            if is_last:
                leased.index.close()

    def swap(self, index: OpenIndex) -> None:
        """Answer new questions from another index; the one before is closed as soon as nothing uses it."""
        self._retire(_Leased(index))

    def close(self) -> None:
        """Close what serves as soon as nothing uses it. Nothing may be leased afterwards."""
        self._retire(self._current)

    def _retire(self, successor: _Leased) -> None:
        with self._lock:
            before, self._current = self._current, successor
            before.is_retired = True
            is_idle = before.users == 0
        if is_idle:
            before.index.close()
