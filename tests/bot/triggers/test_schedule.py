"""A schedule starts a build, whatever happens to the clock."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest

from bot.triggers.schedule import follow_schedule


class FakeClock:
    """A clock that moves when somebody sleeps; `jumps` move it besides."""

    def __init__(self, start, jumps=()) -> None:
        self.moment = start
        self._jumps = list(jumps)
        self.naps = 0

    def now(self):
        return self.moment

    async def sleep(self, seconds):
        self.naps += 1
        if self.naps > 20_000:
            raise asyncio.CancelledError
        self.moment += dt.timedelta(seconds=seconds)
        if self._jumps and self.moment >= self._jumps[0][0]:
            self.moment = self._jumps.pop(0)[1]


def at(day, hour, minute=0):
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=dt.UTC)


def times_of(clock, expression, count):
    """When the first so many queue came."""
    found = []

    def request_build(reason):
        assert reason == "schedule"
        found.append(clock.moment)
        if len(found) == count:
            raise StopAsyncIteration

    with suppress(StopAsyncIteration, asyncio.CancelledError, RuntimeError):
        asyncio.run(follow_schedule(expression, request_build, now=clock.now, sleep=clock.sleep))
    return found


def test_a_schedule_is_followed():
    assert times_of(FakeClock(at(1, 3)), "0 4 * * *", 3) == [at(1, 4), at(2, 4), at(3, 4)]


def test_a_clock_that_jumps_ahead_gives_one_build():
    clock = FakeClock(at(1, 3), jumps=[(at(1, 3, 30), at(9, 12))])
    assert times_of(clock, "0 4 * * *", 2) == [at(9, 12), at(10, 4)]


def test_a_clock_that_is_set_back_goes_on_by_the_new_time():
    clock = FakeClock(at(5, 3), jumps=[(at(5, 3, 30), at(2, 3))])
    assert times_of(clock, "0 4 * * *", 2) == [at(2, 4), at(3, 4)]


@pytest.mark.parametrize(
    ("switch", "before", "after", "expected"),
    [
        (dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC), 2, 1, [(24, 2), (25, 3), (26, 3)]),  # the clock goes back
        (dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC), 1, 2, [(28, 3), (29, 2), (30, 2)]),  # the clock goes ahead
    ],
)
def test_summer_time_neither_moves_a_build_nor_doubles_it(switch, before, after, expected):
    class Wall(FakeClock):
        """Shows the time of a place that changes its clocks, as the system does: with the offset of the moment."""

        def now(self):
            hours = before if self.moment < switch else after
            return self.moment.astimezone(dt.timezone(dt.timedelta(hours=hours)))

    clock = Wall(switch - dt.timedelta(days=1, hours=2))
    found = times_of(clock, "0 4 * * *", 3)
    assert [(moment.day, moment.hour) for moment in found] == expected


class PlaceClock(FakeClock):
    """Shows the time of a place that changes its clocks."""

    def __init__(self, place, start) -> None:
        self._place = ZoneInfo(place)
        super().__init__(start.replace(tzinfo=self._place).astimezone(dt.UTC))

    def now(self):
        return self.moment.astimezone(self._place)

    def fired(self, expression, until):
        """When it fired before a day, as the clock showed it and with the offset in hours."""
        found = []

        def request_build(_):
            if self.now().replace(tzinfo=None) >= until:
                raise StopAsyncIteration
            found.append(f"{self.now():%d %H:%M} {self.now().utcoffset() // dt.timedelta(hours=1):+d}")

        with suppress(StopAsyncIteration, RuntimeError):
            asyncio.run(follow_schedule(expression, request_build, now=self.now, sleep=self.sleep))
        return found


CHANGES = [
    (
        "Europe/Berlin",
        dt.datetime.fromisoformat("2026-03-28T12:00"),
        dt.datetime.fromisoformat("2026-03-31"),
    ),  # 2:00 becomes 3:00
    ("America/New_York", dt.datetime.fromisoformat("2026-03-07T12:00"), dt.datetime.fromisoformat("2026-03-10")),
    (
        "Europe/Berlin",
        dt.datetime.fromisoformat("2026-10-24T12:00"),
        dt.datetime.fromisoformat("2026-10-27"),
    ),  # 3:00 becomes 2:00
    (
        "America/New_York",
        dt.datetime.fromisoformat("2026-10-31T12:00"),
        dt.datetime.fromisoformat("2026-11-03"),
    ),  # 2:00 becomes 1:00
]
IN_THE_CHANGE = [
    ("30 2 * * *", 0, ["29 03:00 +2", "30 02:30 +2"]),
    ("30 2 * * *", 1, ["08 03:00 -4", "09 02:30 -4"]),
    ("30 2 * * *", 2, ["25 02:30 +2", "26 02:30 +1"]),
    ("30 1 * * *", 3, ["01 01:30 -4", "02 01:30 -5"]),
    ("0 2 * * *", 2, ["25 02:00 +2", "26 02:00 +1"]),
    ("0 3 * * *", 2, ["25 03:00 +1", "26 03:00 +1"]),
    ("15,45 2 * * *", 2, ["25 02:15 +2", "25 02:45 +2", "26 02:15 +1", "26 02:45 +1"]),
    ("0 */12 * * *", 2, ["25 00:00 +2", "25 12:00 +1", "26 00:00 +1", "26 12:00 +1"]),
]


@pytest.mark.parametrize(("expression", "change", "expected"), IN_THE_CHANGE)
def test_a_time_of_the_day_that_comes_twice_or_never_gives_one_build(expression, change, expected):
    place, start, until = CHANGES[change]
    assert PlaceClock(place, start).fired(expression, until) == expected


@pytest.mark.parametrize(("place", "start", "until"), CHANGES)
def test_what_is_due_every_hour_keeps_its_rhythm_when_clocks_change(place, start, until):
    for expression in ("0 * * * *", "30 * * * *"):
        clock = PlaceClock(place, start)
        passed = until.replace(tzinfo=ZoneInfo(place)) - clock.moment
        fired = clock.fired(expression, until)
        first_is_now = 0 if expression.startswith("30") else 1
        assert len(fired) == len(set(fired)) == passed // dt.timedelta(hours=1) - first_is_now


@pytest.mark.parametrize("back", [dt.timedelta(seconds=5), dt.timedelta(hours=1), dt.timedelta(hours=3)])
@pytest.mark.parametrize("expression", ["0 4 * * *", "0 */4 * * *"])
def test_a_clock_that_is_set_back_a_little_repeats_no_build(expression, back):
    clock = FakeClock(at(1, 3), jumps=[(at(1, 4, 0) + dt.timedelta(seconds=1), at(1, 4) - back)])
    second = at(2, 4) if expression == "0 4 * * *" else at(1, 8)
    assert times_of(clock, expression, 2) == [at(1, 4), second]


def test_a_machine_that_slept_over_several_times_builds_once_when_it_wakes():
    clock = FakeClock(at(1, 3, 55), jumps=[(at(1, 3, 59), at(3, 9, 17))])
    assert times_of(clock, "*/10 * * * *", 2) == [at(3, 9, 17), at(3, 9, 20)]
