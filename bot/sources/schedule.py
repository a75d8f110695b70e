"""A build at the times that a cron expression names."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

from cronsim import CronSim

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

REASON = "schedule"

_LONGEST_NAP = 30.0  # seconds; a clock that is set is noticed after as long


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


async def follow_schedule(
    expression: str,
    want: Callable[[str], None],
    *,
    now: Callable[[], dt.datetime] = _now,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Wish for a build whenever it is time, until cancelled.

    A clock that jumps ahead over several times gives one build; one that is set back gives none twice at once. What
    counts is what the clock on the wall shows: summer time moves no build.

    Args:
        expression: Five fields as cron has them; read in the machine's own time zone.
        want: Takes the wish.
        now: The wall clock; of its offset from UTC nothing is made.
        sleep: Waits for so many seconds.
    """

    def wall() -> dt.datetime:
        return now().replace(tzinfo=None)  # a time that is still to come may have another offset than the present one

    moment = wall()
    while True:
        due = next(CronSim(expression, moment))
        while (present := wall()) < due:
            if present < moment:  # the clock was set back
                moment, due = present, next(CronSim(expression, present))
            await sleep(min((due - present).total_seconds(), _LONGEST_NAP))
        want(REASON)
        moment = max(wall(), due)
