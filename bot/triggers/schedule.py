"""A build at the times that a cron expression names."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

from cronsim import CronSim

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

REASON = "schedule"

MAX_SET_BACK = dt.timedelta(hours=3)
"""A clock that is set back by more than this was wrong before, and its new time counts at once. As cron has it."""

_MAX_SLEEP_SECONDS = 30.0  # seconds; a clock that is set, or a machine that slept, is noticed after as long

_HOUR = -4  # place of the hour among the fields: there may be one of seconds before all others


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).astimezone()  # by way of UTC, which never shows the same time twice


async def follow_schedule(
    expression: str,
    request_build: Callable[[str], None],
    *,
    now: Callable[[], dt.datetime] = _now,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Request a build whenever it is time, until cancelled.

    Times are those of the machine's own clock, as cron has it: at the end of summer time a build at half past two comes
    once, though half past two comes twice; at its beginning it comes at three, when there is no half past two. What is
    due every hour or more often, keeps its rhythm through both. A clock that jumps ahead over several times, and a
    machine that slept through them, give one build; a clock that is set back by up to `MAX_SET_BACK` repeats none.

    Args:
        expression: Five fields as cron has them.
        now: The clock, with its offset from UTC.
    """
    every_hour = expression.split()[_HOUR].startswith("*")
    seen = now()
    after = _wall(seen)  # times up to this one are done with
    while True:
        due = next(CronSim(expression, after))
        while _wall(seen) < due:
            await sleep(min((due - _wall(seen)).total_seconds(), _MAX_SLEEP_SECONDS))
            before, seen = seen, now()
            moved = _done_with(after, before, seen, every_hour=every_hour)
            if moved != after:
                after, due = moved, next(CronSim(expression, moved))
        request_build(REASON)
        after = max(_wall(seen), due)


def _wall(moment: dt.datetime) -> dt.datetime:
    """What the clock shows: a time that is still to come may have another offset than the present one."""
    return moment.replace(tzinfo=None)


def _done_with(after: dt.datetime, before: dt.datetime, seen: dt.datetime, *, every_hour: bool) -> dt.datetime:
    """Up to which time of the clock all is done, once it was looked at again.

    Args:
        after: The same, until now.
        before: What the clock showed when it was last looked at.
        seen: What it shows now.
        every_hour: The schedule goes by hours passed, not by the time of the day.
    """
    set_by = (seen.utcoffset() or dt.timedelta()) - (before.utcoffset() or dt.timedelta())
    if every_hour and set_by:  # summer time begins or ends: what was done by then is called otherwise from now on
        after = _wall(before) + set_by
    return _wall(seen) if after - _wall(seen) > MAX_SET_BACK else after
