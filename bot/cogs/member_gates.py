"""A flood of one member must not push in front of what others do."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

AT_ONCE = 16
"""Of one member so much is begun at once: more than anybody presses, and few enough to delay nobody."""


@dataclass(slots=True)
class _Gate:
    semaphore: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    users: int = 0


class MemberGates:
    """Lets only so much of one member pass at once; the rest waits for it. Remembers only members who do something."""

    def __init__(self) -> None:
        self._gates: dict[int, _Gate] = {}

    def __len__(self) -> int:
        """How many members are remembered."""
        return len(self._gates)

    @asynccontextmanager
    async def passing(self, member_id: int) -> AsyncIterator[None]:
        """Wait until a member may do one more thing, which is done inside the block."""
        gate = self._gates.setdefault(member_id, _Gate())
        gate.users += 1
        try:
            async with gate.semaphore:
                yield
        finally:
            gate.users -= 1
            if not gate.users:
                del self._gates[member_id]
