"""`Monitor`: all that observes one bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.http_server.server import HttpServers
from bot.monitoring.asked import AskedMonitor
from bot.monitoring.metrics import Metrics
from bot.monitoring.state import BotState, BuildState, GatewayState, IndexState, QueueState

if TYPE_CHECKING:
    from collections.abc import Callable


class Monitor:
    """What observes a bot, and what tells of it. For one event loop.

    Args:
        logs_questions: Whether log lines say what was asked, by whom and where.

    Attributes:
        metrics: Counts and measures.
        asked: Observes what members ask.
        gateway: The connections to Discord.
        servers: The HTTP servers of this bot.
        index: Gives what questions are answered from.
        queue: Gives what waits.
        build: Gives the build that runs.
    """

    def __init__(self, *, logs_questions: bool = False) -> None:
        self.metrics = Metrics()
        self.asked = AskedMonitor(self.metrics, logs_questions=logs_questions)
        self.gateway = GatewayState()
        self.servers = HttpServers()
        self.index: Callable[[], IndexState | None] = lambda: None
        self.queue: Callable[[], QueueState | None] = lambda: None
        self.build: Callable[[], BuildState | None] = lambda: None
        self.metrics.state = self.state

    def state(self) -> BotState:
        """How the bot is now."""
        return BotState(
            self.gateway.expected,
            len(self.gateway.connected),
            self.gateway.latency(),
            self.index(),
            self.queue(),
            self.build(),
        )
