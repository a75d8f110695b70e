"""How far a build is, told to whoever listens, and how long each stage took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from retrieval.building.report import BuildProgress, BuildStage

OnProgress = Callable[[BuildProgress], None]
"""Told how far the build is."""


class BuildCourse:
    """The course of one build.

    Args:
        on_progress: Told how far the build is; what it raises stops the build.

    Attributes:
        seconds: Time spent in each stage so far.
    """

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self.seconds: dict[BuildStage, float] = {}

    @contextmanager
    def stage(self, stage: BuildStage) -> Iterator[None]:
        """A stage goes on while the block runs; it may be taken up again."""
        if stage not in self.seconds:
            self.seconds[stage] = 0.0
            self.tell(stage, 0, 0)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - started

    def tell(self, stage: BuildStage, done: int, total: int) -> None:
        """So many of a stage's units are done; 0 of 0 where nobody knows yet."""
        self._on_progress(BuildProgress(stage, done, total))


def ignore(_: BuildProgress) -> None:
    """Nobody wants to know."""
