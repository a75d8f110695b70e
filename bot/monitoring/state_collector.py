"""Metrics that are not counted but read: how the bot is whenever somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.monitoring.state import BotState


class StateCollector(Collector):
    """Turns the state of the bot into gauges; what is not known is left out.

    Args:
        read: Gives the state.
    """

    def __init__(self, read: Callable[[], BotState]) -> None:
        self._read = read

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every gauge that has a value."""
        for name, description, value in _gauges(self._read()):
            if value is not None:
                yield GaugeMetricFamily(f"quicktakes_{name}", description, value=float(value))


def _gauges(state: BotState) -> Iterator[tuple[str, str, float | None]]:
    yield "ready", "1 where members are answered, as /readyz says", not state.problems
    yield "gateway_shards_expected", "Shards of this process", state.shards_expected
    yield "gateway_shards_connected", "Shards that are connected", state.shards_connected
    yield "gateway_latency_seconds", "What a heartbeat takes, in seconds", state.gateway_latency
    if (queue := state.queue) is not None:
        yield "queue_waiting", "Questions that wait for a thread", queue.waiting
        yield "queue_capacity", "Questions that may wait", queue.capacity
    if (index := state.index) is not None:
        yield "index_created_timestamp_seconds", "When the generation was built that serves", index.created
        yield "index_articles", "Articles that it has", index.articles
        yield "index_substitute", "1 where it serves instead of one that cannot be opened", index.is_substitute
    build = state.build
    yield "build_running", "1 while this process builds", build is not None
    yield "build_done_units", "Units of the build's stage that are done", build.done if build else 0
    yield "build_total_units", "Units that its stage has, 0 where nobody knows", build.total if build else 0
