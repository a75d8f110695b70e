"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

OnProgress = Callable[[str, int, int], None]
"""Told a stage's name, how much of it is done, and how much there is (0 where nobody knows yet)."""


def ignore_progress(_stage: str, _done: int, _total: int) -> None:
    """For whoever does not want to know."""
