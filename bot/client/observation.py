"""Observes a client: its connections to Discord, and what Discord's API answers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from types import SimpleNamespace

    from discord.ext import commands

    from bot.monitoring.metrics import Metrics
    from bot.monitoring.monitor import Monitor
    from bot.monitoring.state import GatewayState


def observe_client(client: commands.AutoShardedBot, monitor: Monitor) -> None:
    """Keep a monitor informed of a client that is not connected yet."""
    _follow_shards(client, monitor.gateway, monitor.metrics)
    client.http.http_trace = _trace_of(monitor.metrics)


def _follow_shards(client: commands.AutoShardedBot, gateway: GatewayState, metrics: Metrics) -> None:
    async def on_shard_connect(_shard_id: int) -> None:
        gateway.expected = len(client.shard_ids or ()) or client.shard_count or 1

    async def on_shard_up(shard_id: int) -> None:
        gateway.connected.add(shard_id)

    async def on_shard_disconnect(shard_id: int) -> None:
        if shard_id in gateway.connected:
            gateway.connected.remove(shard_id)
            metrics.gateway_lost()

    def latency() -> float | None:
        return client.latency if gateway.connected and math.isfinite(client.latency) else None

    gateway.latency = latency
    client.add_listener(on_shard_connect, "on_shard_connect")
    client.add_listener(on_shard_up, "on_shard_ready")
    client.add_listener(on_shard_up, "on_shard_resumed")
    client.add_listener(on_shard_disconnect, "on_shard_disconnect")


def _trace_of(metrics: Metrics) -> aiohttp.TraceConfig:
    async def answered(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, answer: aiohttp.TraceRequestEndParams
    ) -> None:
        metrics.discord_answered(answer.response.status)

    async def unreachable(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _failure: aiohttp.TraceRequestExceptionParams
    ) -> None:
        metrics.discord_answered(None)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(answered)
    trace.on_request_exception.append(unreachable)
    return trace
