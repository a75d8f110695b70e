"""How the bot is at this moment, as frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IndexState:
    """The generation that questions are answered from.

    Attributes:
        generation_id: Its id.
        created: When it was built, in seconds since 1970.
        articles: How many it has.
        is_substitute: It serves because the one that should cannot be opened.
    """

    generation_id: str
    created: float
    articles: int
    is_substitute: bool


@dataclass(frozen=True, slots=True)
class BuildState:
    """A build that runs in this process.

    Attributes:
        done: How many units of its stage are done.
        total: How many there are; 0 where nobody knows.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class QueueState:
    """The queue of questions.

    Attributes:
        waiting: How many wait for a thread.
        capacity: How many may.
    """

    waiting: int
    capacity: int


@dataclass(slots=True)
class GatewayState:
    """The connections to Discord's gateway, one a shard. For one event loop.

    Attributes:
        expected: How many shards this process has.
        connected: Ids of those that are connected: greeted by Discord, and not cut off since.
        latency: Gives the seconds that a heartbeat takes; ``None`` where none was answered yet.
    """

    expected: int = 1
    connected: set[int] = field(default_factory=set)
    latency: Callable[[], float | None] = lambda: None

    @property
    def is_connected(self) -> bool:
        """Whether every shard is."""
        return len(self.connected) >= self.expected


@dataclass(frozen=True, slots=True)
class BotState:
    """How the bot is at one moment.

    Attributes:
        shards_expected: How many connections to Discord it needs.
        shards_connected: How many it has.
        gateway_latency: Seconds that a heartbeat takes; ``None`` where that is not known.
        index: What questions are answered from; ``None`` before it is open.
        queue: What waits; ``None`` before there is a queue.
        build: The build that runs; ``None`` where none does.
    """

    shards_expected: int = 1
    shards_connected: int = 0
    gateway_latency: float | None = None
    index: IndexState | None = None
    queue: QueueState | None = None
    build: BuildState | None = None

    @property
    def problems(self) -> tuple[str, ...]:
        """Why members are not answered, each in a line; none where they are."""
        gateway = f"gateway: {self.shards_connected} of {self.shards_expected} shards are connected"
        index = "index: no generation is open"
        return (
            *([gateway] if self.shards_connected < self.shards_expected else []),
            *([index] if self.index is None else []),
        )
