"""A cross-encoder without a model, and a clock that it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class FakeClock:
    """Seconds that pass only when something says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeCrossEncoder:
    """A deterministic `CrossEncoder` without a model.

    Args:
        scored: The score of a text.
        clock: Is moved on with every batch.
        seconds: How long a batch takes.
        batch: Texts of a batch.

    Attributes:
        read: Question and text of every pair that was scored, in order.
    """

    name = "fake"

    def __init__(
        self, scored: Callable[[str], float], clock: FakeClock, *, seconds: float = 0.0, batch: int = 1
    ) -> None:
        self.read: list[tuple[str, str]] = []
        self._scored = scored
        self._clock = clock
        self._seconds = seconds
        self._batch = batch

    def iter_scores(self, question: str, texts: Sequence[str]) -> Iterator[tuple]:
        for start in range(0, len(texts), self._batch):
            piece = texts[start : start + self._batch]
            self.read += [(question, text) for text in piece]
            self._clock.now += self._seconds
            scores = np.array([self._scored(text) for text in piece], dtype=np.float32)
            yield np.arange(start, start + len(piece)), scores
