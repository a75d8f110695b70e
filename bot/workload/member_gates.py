"""Limits how much of one member runs at once, so that nobody's flood delays others."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_AT_ONCE = 16
"""Interactions of one member that run at once: more than anybody presses, and few enough to delay nobody."""


@dataclass(slots=True)
class _Gate:
    semaphore: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_AT_ONCE))
    users: int = 0


class MemberGates:
    """A semaphore for each member, kept only while the member does something."""

    def __init__(self) -> None:
        self._gates: dict[int, _Gate] = {}

    def __len__(self) -> int:
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
