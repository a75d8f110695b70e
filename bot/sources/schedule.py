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

    A clock that jumps ahead over several times gives one build; one that is set back gives none twice at once.

    Args:
        expression: Five fields as cron has them; read in the machine's own time zone.
        want: Takes the wish.
        now: The wall clock.
        sleep: Waits for so many seconds.
    """
    moment = now()
    while True:
        due = next(CronSim(expression, moment))
        while (present := now()) < due:
            if present < moment:  # the clock was set back
                moment, due = present, next(CronSim(expression, present))
            await sleep(min((due - present).total_seconds(), _LONGEST_NAP))
        want(REASON)
        moment = max(now(), due)
