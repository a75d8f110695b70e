"""The metrics of a bot, in a registry of their own. What they are called and mean: docs/monitoring.md."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector
from prometheus_client.exposition import choose_encoder

from bot.monitoring.outcomes import AskedOutcome, BotStage, BuildOutcome, RateLimit, Surface
from bot.monitoring.state import BotState
from bot.monitoring.state_collector import StateCollector
from bot.version import version
from retrieval.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STAGES = (*Stage, *BotStage)
"""Every stage that is measured."""

DISCORD_RESULTS = ("1xx", "2xx", "3xx", "4xx", "5xx", "429", "unreachable")
"""What Discord's API answers: a class of statuses, its rate limit, or nothing at all."""

_TOO_MANY_REQUESTS = 429
_ANSWERED = (AskedOutcome.ANSWER, AskedOutcome.CANDIDATES, AskedOutcome.NO_ANSWER)
_TOTAL_SECONDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0)
_STAGE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
_DELAY_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
_CONFIDENCES = tuple(tenth / 10 for tenth in range(1, 11))


class Metrics:
    """Counts and measures; every combination of labels is there from the start, so that rates begin at nought.

    Attributes:
        registry: What holds them; nothing else is in it, and nothing of them elsewhere.
        state: Gives how the bot is, whenever the metrics are read.
    """

    def __init__(self) -> None:
        self.state: Callable[[], BotState] = BotState
        self.registry = registry = CollectorRegistry(auto_describe=True)
        counter, histogram = partial(Counter, registry=registry), partial(Histogram, registry=registry)
        self._asked = counter("quicktakes_asked", "What members asked, and how it ended", ("surface", "outcome"))
        self._seconds = histogram(
            "quicktakes_asked_seconds",
            "From the event until all is sent and remembered, in seconds",
            ("surface",),
            buckets=_TOTAL_SECONDS,
        )
        self._stages = histogram(
            "quicktakes_stage_seconds", "What each stage takes of that, in seconds", ("stage",), buckets=_STAGE_SECONDS
        )
        self._confidence = histogram(
            "quicktakes_confidence", "Probability that the first article answers", ("outcome",), buckets=_CONFIDENCES
        )
        self._rate_limited = counter("quicktakes_rate_limited", "Refused: an allowance was used up", ("limit",))
        self._discord = counter("quicktakes_discord_requests", "Requests to Discord's API by result", ("result",))
        self._disconnects = counter("quicktakes_gateway_disconnects", "How often a shard lost its connection")
        self._builds = counter("quicktakes_builds", "Builds of this process by how they ended", ("outcome",))
        self._delay = histogram(
            "quicktakes_event_loop_delay_seconds", "How late the event loop is, in seconds", buckets=_DELAY_SECONDS
        )
        Info("quicktakes", "The version that runs", registry=registry).info({"version": version()})
        registry.register(StateCollector(self._read_state))
        ProcessCollector(registry=registry)
        self._begin_all()

    def asked(self, surface: Surface, outcome: AskedOutcome, seconds: float, stages: Mapping[str, float]) -> None:
        """Count and measure something that was asked."""
        self._asked.labels(surface, outcome).inc()
        self._seconds.labels(surface).observe(seconds)
        for stage, taken in stages.items():
            self._stages.labels(stage).observe(taken)

    def confident(self, outcome: AskedOutcome, confidence: float) -> None:
        """Measure how sure a reply is."""
        self._confidence.labels(outcome).observe(confidence)

    def rate_limited(self, limit: RateLimit) -> None:
        """Count a refusal because an allowance is used up."""
        self._rate_limited.labels(limit).inc()

    def discord_answered(self, status: int | None) -> None:
        """Count a request to Discord's API.

        Args:
            status: The status of the answer; ``None`` where none came.
        """
        is_refused = status == _TOO_MANY_REQUESTS
        result = "429" if is_refused else "unreachable" if status is None else f"{status // 100}xx"
        if result in DISCORD_RESULTS:
            self._discord.labels(result).inc()

    def gateway_lost(self) -> None:
        """Count a lost connection."""
        self._disconnects.inc()

    def build_ended(self, outcome: BuildOutcome) -> None:
        """Count a build."""
        self._builds.labels(outcome).inc()

    def loop_delayed(self, seconds: float) -> None:
        """Measure how late the event loop is."""
        self._delay.observe(seconds)

    def exposition(self, accept: str = "") -> tuple[bytes, str]:
        """All metrics as Prometheus reads them, and the content type of that.

        Args:
            accept: The formats that the reader takes, as its header says.
        """
        encode, content_type = choose_encoder(accept)
        return encode(self.registry), content_type

    def _read_state(self) -> BotState:
        return self.state()  # as it is given by then, and not when this was wired

    def _begin_all(self) -> None:
        for surface in Surface:
            self._seconds.labels(surface)
            for outcome in AskedOutcome:
                self._asked.labels(surface, outcome)
        for stage in STAGES:
            self._stages.labels(stage)
        for outcome in _ANSWERED:
            self._confidence.labels(outcome)
        for limit in RateLimit:
            self._rate_limited.labels(limit)
        for result in DISCORD_RESULTS:
            self._discord.labels(result)
        for ended in BuildOutcome:
            self._builds.labels(ended)
