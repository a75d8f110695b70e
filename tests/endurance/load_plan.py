"""How much is asked of the bot, for how long, and what goes wrong meanwhile: the short form and the long one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """A load with numbers of its own; everything else is the same for all.

    Attributes:
        seconds: How long members ask.
        rate: Questions a second.
        servers: In how many servers.
        members: How many members ask, each in one server.
        rebuild_seconds: Between two changes of the articles, each of which has the bot build.
        setting_seconds: Between two changes of a server's settings.
        disturbance_seconds: Between two disturbances.
        sample_seconds: Between two looks at the process.
        warm_up_seconds: How long the process may grow before its memory counts.
        patience: Seconds within which a question must have its answer or a kind refusal.
        double_check_seconds: How long a second answer to a question is watched for.
        slow_seconds: By how much a slow Discord is late.
        reading_seconds: How long a member looks at an answer before pressing a button: longer than Discord is late.
        seed: Of everything that is chosen by chance.
    """

    seconds: float
    rate: float
    servers: int
    members: int
    rebuild_seconds: float
    setting_seconds: float
    disturbance_seconds: float
    sample_seconds: float
    warm_up_seconds: float
    patience: float = 60.0
    double_check_seconds: float = 15.0
    slow_seconds: float = 2.0
    reading_seconds: float = 3.0
    seed: int = 14

    @property
    def questions(self) -> int:
        """How many are asked."""
        return round(self.seconds * self.rate)


SHORT = LoadPlan(
    seconds=3.0,
    rate=10.0,
    servers=3,
    members=30,
    rebuild_seconds=5.0,
    setting_seconds=1.0,
    disturbance_seconds=0.2,
    sample_seconds=0.5,
    warm_up_seconds=0.5,
    double_check_seconds=1.0,
    slow_seconds=0.2,
    reading_seconds=0.5,
)
"""Seconds: every kind of thing happens once."""


def long_plan(minutes: float, rate: float) -> LoadPlan:
    """Minutes on end, in which everything happens many times."""
    return LoadPlan(
        seconds=minutes * 60,
        rate=rate,
        servers=12,
        members=120,
        rebuild_seconds=45.0,
        setting_seconds=7.0,
        disturbance_seconds=5.0,
        sample_seconds=2.0,
        warm_up_seconds=min(60.0, minutes * 12),
    )
