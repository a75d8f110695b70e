"""A fair queue: an owner with much work delays only themselves."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")


class RoundRobin(Generic[T]):
    """A round-robin queue over owners. Not safe for several threads at once.

    Args:
        at_once: How many items of one owner may be under way at the same time.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._waiting: OrderedDict[Hashable, deque[T]] = OrderedDict()
        self._under_way: Counter[Hashable] = Counter()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def unfinished(self, owner: Hashable) -> int:
        """How many items of an owner wait or are under way."""
        return len(self._waiting.get(owner, ())) + self._under_way[owner]

    def put(self, owner: Hashable, item: T) -> None:
        """Add an item behind the others of its owner."""
        self._waiting.setdefault(owner, deque()).append(item)
        self._length += 1

    def take(self) -> T | None:
        """The next item, which is under way from now on; ``None`` where no owner may have another one."""
        # Only owners of something that is under way can be passed over, so no more than there are threads.
        owner = next((each for each in self._waiting if self._under_way[each] < self._at_once), None)
        if owner is None:
            return None
        items = self._waiting[owner]
        self._under_way[owner] += 1
        item = items.popleft()
        self._length -= 1
        if items:
            self._waiting.move_to_end(owner)
        else:
            del self._waiting[owner]
        return item

    def remove(self, owner: Hashable, item: T) -> bool:
        """Take an item out that waits. Returns whether it did."""
        items = self._waiting.get(owner)
        if items is None or item not in items:
            return False
        items.remove(item)
        self._length -= 1
        if not items:
            del self._waiting[owner]
        return True

    def clear(self) -> None:
        """Take everything out that waits."""
        self._waiting.clear()
        self._length = 0

    def done(self, owner: Hashable) -> None:
        """Note that an item of an owner is no longer under way."""
        self._under_way[owner] -= 1
        if self._under_way[owner] <= 0:
            del self._under_way[owner]
