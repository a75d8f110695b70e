"""Limits the time, number and bytes of connections from outside."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

TOO_SLOW = "a connection was open for too long"
TOO_MANY = "too many connections at once"
TOO_MUCH = "a connection sent too many bytes"


class ConnectionLimits:
    """Makes the protocols of a server's connections, and closes those that exceed a limit. For one event loop.

    The library that reads requests has no deadline for a request's head and no limit to the number of connections.

    Args:
        make: Makes the protocol that serves a connection.
        seconds: So long may a connection be open, its answer included.
        count: So many may be open. Of more, the oldest of the address with the most goes: in a flood, who sends all at
            once is served all the same, and one address cannot push out the others.
        size: So many bytes may come over one.
        on_close: Told why one was closed.
    """

    def __init__(
        self,
        make: Callable[[], asyncio.Protocol],
        *,
        seconds: float,
        count: int,
        size: int,
        on_close: Callable[[str], None],
    ) -> None:
        self._make = make
        self._count = count
        self._on_close = on_close
        self._open: dict[_Connection, str] = {}  # oldest first, with their addresses
        self.seconds = seconds
        self.size = size

    def __call__(self) -> asyncio.Protocol:
        """A protocol for a new connection."""
        return _Connection(self, self._make())

    def close_all(self) -> None:
        """Close every connection."""
        for connection in list(self._open):
            connection.abort()

    def opened(self, connection: _Connection, address: str) -> None:
        """Count a connection in; close another one if there are too many."""
        self._open[connection] = address
        if len(self._open) > self._count:
            busiest, _ = Counter(self._open.values()).most_common(1)[0]
            self.close(next(one for one, address in self._open.items() if address == busiest), TOO_MANY)

    def closed(self, connection: _Connection) -> None:
        """Count a connection out."""
        self._open.pop(connection, None)

    def close(self, connection: _Connection, reason: str) -> None:
        """Close a connection."""
        self.closed(connection)
        connection.abort()
        self._on_close(reason)


class _Connection(asyncio.Protocol):
    """Hands on what happens to a connection, within the limits."""

    def __init__(self, limits: ConnectionLimits, inner: asyncio.Protocol) -> None:
        self._limits = limits
        self._inner = inner
        self._received = 0
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._inner.connection_made(transport)
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._limits.seconds, self._limits.close, self, TOO_SLOW)
        peer = transport.get_extra_info("peername")
        self._limits.opened(self, str(peer[0]) if peer else "")

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > self._limits.size:
            self._limits.close(self, TOO_MUCH)
        else:
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._limits.closed(self)
        self._inner.connection_lost(exc)

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()
