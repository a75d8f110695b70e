"""Remembers which events of a webhook are done with."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

MAX_REMEMBERED = 1_000


class Deliveries:
    """Events whose build waits, runs, or has succeeded. Of very many, the oldest are forgotten.

    An event whose build failed is forgotten, so that sending it again builds.
    """

    def __init__(self) -> None:
        self._taken: OrderedDict[bytes, None] = OrderedDict()

    def take(self, delivery: str) -> bool:
        """Take an event, unless it is taken already.

        Args:
            delivery: What tells it from all others; may be of any length.
        """
        key = hashlib.sha256(delivery.encode(errors="surrogateescape")).digest()
        if key in self._taken:
            return False
        self._taken[key] = None
        if len(self._taken) > MAX_REMEMBERED:
            self._taken.popitem(last=False)
        return True

    def forget(self, delivery: str) -> None:
        """Give an event free: its build failed."""
        self._taken.pop(hashlib.sha256(delivery.encode(errors="surrogateescape")).digest(), None)
