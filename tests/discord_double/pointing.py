"""The one place that makes discord.py talk to the double: three addresses of its own, put back afterwards."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def discord_py_pointed_at(origin: str) -> Iterator[None]:
    """While inside, every discord.py client of this process uses the server at `origin`, `http://host:port`."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE
    gateway = yarl.URL(origin).with_scheme("ws") / "gateway/"
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = f"{origin}/api/v10", gateway, origin
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = before
