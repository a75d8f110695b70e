"""What the formulas of one reply may cost together."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.rendering.math.tree import FormulaError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PICTURES = 200
"""Most formulas of one reply that are drawn: those of twenty messages."""

MAX_SECONDS = 2.0
"""Most processor time in which the formulas of one reply are drawn; those drawn before cost next to nothing."""


class ReplyDrawer:
    """Draws the formulas of one reply, until they have cost what a reply may cost.

    Args:
        draw: LaTeX → PNG; raises `FormulaError` for what cannot be drawn.
        pictures: How many may be drawn.
        seconds: How much processor time of the thread drawing may take; the formula that goes beyond is the last.
    """

    def __init__(
        self, draw: Callable[[str], bytes], *, pictures: int = MAX_PICTURES, seconds: float = MAX_SECONDS
    ) -> None:
        self._draw = draw
        self._pictures = pictures
        self._seconds = seconds

    def __call__(self, source: str) -> bytes:
        """The formula as a PNG.

        Raises:
            FormulaError: It cannot be drawn, or the formulas before it have used up what the reply may cost.
        """
        if self._pictures <= 0 or self._seconds <= 0:
            raise FormulaError(source, "stands after more formulas than one reply may draw")
        begun = time.thread_time()
        try:
            png = self._draw(source)
        finally:
            self._seconds -= time.thread_time() - begun
        self._pictures -= 1
        return png
