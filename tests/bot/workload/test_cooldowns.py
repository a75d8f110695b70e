"""How often members and servers may ask, by a clock that the tests turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.member_errors import CooldownError, MemberCooldownError, ServerCooldownError
from bot.workload.cooldowns import Allowance, Cooldowns, TokenBuckets

ANN, BEN, LIBRARY = 1, 2, 900


class Clock:
    """Stands still until it is turned."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_burst_is_welcome_and_then_one_at_a_time(clock):
    cooldowns = Cooldowns(Allowance(burst=3, seconds=10), Allowance(100, 1), clock)
    for _ in range(3):
        cooldowns.take(ANN, LIBRARY)
    with pytest.raises(MemberCooldownError) as refusal:
        cooldowns.take(ANN, LIBRARY)
    assert refusal.value.seconds == 10
    clock.now += 9.5
    with pytest.raises(MemberCooldownError) as refusal:
        cooldowns.take(ANN, None)
    assert refusal.value.seconds == 1
    clock.now += 0.5
    cooldowns.take(ANN, LIBRARY)
    with pytest.raises(MemberCooldownError):
        cooldowns.take(ANN, LIBRARY)
    clock.now += 1000
    for _ in range(3):
        cooldowns.take(ANN, LIBRARY)
    with pytest.raises(MemberCooldownError):
        cooldowns.take(ANN, LIBRARY)


def test_members_do_not_slow_each_other_but_share_their_servers_allowance(clock):
    cooldowns = Cooldowns(Allowance(1, 60), Allowance(2, 5), clock)
    cooldowns.take(ANN, LIBRARY)
    cooldowns.take(BEN, LIBRARY)
    with pytest.raises(ServerCooldownError) as refusal:
        cooldowns.take(3, LIBRARY)
    assert refusal.value.seconds == 5
    cooldowns.take(3, 901)
    cooldowns.take(4, None)


def test_a_refused_question_costs_nothing(clock):
    cooldowns = Cooldowns(Allowance(1, 60), Allowance(1, 5), clock)
    cooldowns.take(ANN, LIBRARY)
    for _ in range(5):
        with pytest.raises(ServerCooldownError):
            cooldowns.take(BEN, LIBRARY)
    clock.now += 5
    cooldowns.take(BEN, LIBRARY)
    clock.now += 5
    with pytest.raises(MemberCooldownError):
        cooldowns.take(BEN, LIBRARY)
    cooldowns.take(3, LIBRARY)


def test_who_has_rested_is_forgotten(clock):
    buckets = TokenBuckets(Allowance(1, 1), clock)
    for member in range(1000):
        buckets.take(member)
    clock.now += 2
    for member in range(1000, 1024):
        buckets.take(member)
    assert len(buckets) == 24
    assert buckets.wait(1023) == 1
    assert buckets.wait(5) == 0


@given(
    burst=st.integers(1, 5),
    seconds=st.integers(1, 20),
    gaps=st.lists(st.integers(0, 30), max_size=60),
)
def test_no_stretch_of_time_sees_more_than_the_allowance(burst, seconds, gaps):
    clock = Clock()
    cooldowns = Cooldowns(Allowance(burst, seconds), Allowance(1000, 1), clock)
    taken = []
    for gap in gaps:
        clock.now += gap
        try:
            cooldowns.take(ANN, None)
        except CooldownError as refusal:
            clock.now += refusal.seconds  # what the member is told is true: after that it works
            cooldowns.take(ANN, None)
        taken.append(clock.now)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= burst + (taken[last] - start) / seconds
