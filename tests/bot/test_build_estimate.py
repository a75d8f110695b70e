"""How long a build will take, going by what the journal tells of earlier ones."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.build_estimate import DEFAULT_RATES, estimate, rates_from
from retrieval.build_report import BuildReport
from retrieval.journal import Action, Event, Outcome

NOON = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)


def build(*, seconds, embed=0.0, read=0.0, embedded=0, files_read=0, full=False, outcome=Outcome.DONE, **facts):  # noqa: PLR0913
    found = {"embedded": embedded, "files_read": files_read, "full": full, "stages": {"embed": embed, "read": read}}
    return Event(NOON, "ann", Action.BUILD, outcome, seconds=seconds, facts=found | facts)


FULL = build(seconds=130.0, embed=100.0, read=10.0, embedded=20_000, files_read=5_000, full=True)
SMALL = build(seconds=4.0, embed=0.5, read=0.5, embedded=100, files_read=250)
REPORT = BuildReport("g2", files_read=1_000, embedded=400)


def test_without_a_recorded_build_it_is_a_stated_guess():
    failed = build(seconds=1.0, outcome=Outcome.FAILED)
    old = Event(NOON, "ann", Action.BUILD, Outcome.DONE, seconds=9.0, facts={"embedded": 3})
    looked = Event(NOON, "ann", Action.PREVIEW, Outcome.DONE, seconds=9.0, facts=SMALL.facts)
    assert rates_from([failed, old, looked], REPORT) == DEFAULT_RATES
    expected = estimate(DEFAULT_RATES, REPORT)
    assert (expected.seconds, expected.embedding, expected.builds) == (6.0, 2.0, 0)


def test_reading_and_embedding_go_by_all_and_the_rest_by_builds_of_its_kind():
    rates = rates_from([SMALL, FULL], REPORT)
    assert rates.texts_per_second == pytest.approx(20_100 / 100.5)
    assert rates.seconds_per_file == pytest.approx(10.5 / 5_250)
    assert rates.rest_seconds == 3.0
    assert rates_from([SMALL, FULL], BuildReport("g2", is_full=True)).rest_seconds == 20.0
    expected = estimate(rates, REPORT)
    assert expected.seconds == pytest.approx(1_000 * 10.5 / 5_250 + 3.0)
    assert expected.embedding == pytest.approx(2.0)
    assert expected.builds == 2


def test_builds_that_embedded_or_read_nothing_say_nothing_of_how_fast_that_goes():
    idle = build(seconds=2.0, embed=0.5)
    rates = rates_from([idle] * 20 + [SMALL], REPORT)
    assert rates.texts_per_second == 200.0
    assert rates.seconds_per_file == pytest.approx(0.002)
    assert rates.rest_seconds == 2.0, "putting known vectors together is part of the rest"
    alone = rates_from([idle], REPORT)
    assert (alone.texts_per_second, alone.seconds_per_file) == (200.0, DEFAULT_RATES.seconds_per_file)


def test_one_that_finds_nothing_new_takes_as_long_as_others_that_did():
    nothing = build(seconds=1.5, outcome=Outcome.NOTHING_NEW)
    assert rates_from([SMALL, nothing], BuildReport("g1", is_new=False)).rest_seconds == 1.5
    assert rates_from([SMALL], BuildReport("g1", is_new=False)).rest_seconds == 3.0
