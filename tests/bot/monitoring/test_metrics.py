"""The metrics themselves: where they are, how they begin, and what they read."""

from __future__ import annotations

import prometheus_client
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring.metrics import DISCORD_RESULTS, STAGES, Metrics
from bot.monitoring.outcomes import AskedOutcome, Surface
from bot.monitoring.state import BotState, BuildState, GatewayState, IndexState, QueueState

INDEX = IndexState("20260101T000000000000Z-0000", 1_700_000_000.0, 85, is_substitute=True)


def samples(metrics: Metrics) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(metrics.exposition()[0].decode())
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def test_every_combination_of_labels_is_there_from_the_start():
    found = samples(Metrics())
    for surface in Surface:
        for outcome in AskedOutcome:
            assert found["quicktakes_asked_total", outcome, surface] == 0.0
    for stage in STAGES:
        assert found["quicktakes_stage_seconds_count", stage] == 0.0


def test_whatever_comes_adds_no_series():
    metrics = Metrics()
    before = set(samples(metrics))
    for status in (100, 204, 301, 404, 429, 503, 600, 999, -1, None):
        metrics.discord_answered(status)
    assert set(samples(metrics)) == before
    counts = {key[1]: count for key, count in samples(metrics).items() if key[0] == "quicktakes_discord_requests_total"}
    assert counts == dict.fromkeys(DISCORD_RESULTS, 1.0)


def test_two_bots_share_nothing_and_leave_nothing_in_the_librarys_own_registry():
    one, other = Metrics(), Metrics()
    one.gateway_lost()
    assert samples(one)["quicktakes_gateway_disconnects_total",] == 1.0
    assert samples(other)["quicktakes_gateway_disconnects_total",] == 0.0
    assert b"quicktakes" not in prometheus_client.generate_latest(prometheus_client.REGISTRY)


def test_the_state_is_read_whenever_somebody_asks():
    metrics = Metrics()
    assert samples(metrics)["quicktakes_ready",] == 0.0
    assert ("quicktakes_index_articles",) not in samples(metrics)  # and not 0, which would be an index without any
    metrics.state = lambda: BotState(2, 2, 0.04, INDEX, QueueState(3, 100), BuildState(40, 85))
    found = samples(metrics)
    expected = {
        "ready": 1.0,
        "gateway_shards_expected": 2.0,
        "gateway_shards_connected": 2.0,
        "gateway_latency_seconds": 0.04,
        "queue_waiting": 3.0,
        "queue_capacity": 100.0,
        "index_created_timestamp_seconds": 1_700_000_000.0,
        "index_articles": 85.0,
        "index_substitute": 1.0,
        "build_running": 1.0,
        "build_done_units": 40.0,
        "build_total_units": 85.0,
    }
    assert {name: found[f"quicktakes_{name}",] for name in expected} == expected


@pytest.mark.parametrize(
    ("state", "problems"),
    [
        (BotState(1, 1, index=INDEX), ()),
        (BotState(3, 2, index=INDEX), ("gateway: 2 of 3 shards are connected",)),
        (BotState(1, 1), ("index: no generation is open",)),
        (BotState(), ("gateway: 0 of 1 shards are connected", "index: no generation is open")),
    ],
)
def test_it_is_ready_when_every_shard_is_connected_and_a_generation_is_open(state, problems):
    assert state.problems == problems


def test_a_gateway_is_connected_with_all_its_shards():
    gateway = GatewayState(expected=2)
    gateway.connected.add(0)
    assert not gateway.is_connected
    gateway.connected.add(1)
    assert gateway.is_connected


@pytest.mark.parametrize(
    ("accept", "begins", "ends"),
    [
        ("", "text/plain", "\n"),
        ("application/openmetrics-text;version=1.0.0", "application/openmetrics-text", "# EOF\n"),
    ],
)
def test_they_come_in_the_format_that_the_reader_takes(accept, begins, ends):
    body, content_type = Metrics().exposition(accept)
    assert content_type.startswith(begins)
    assert body.decode().endswith(ends)
