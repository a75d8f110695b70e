"""Health and metrics over HTTP."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import pytest

from bot.http_server.server import Bounds, HttpServers
from bot.monitoring.endpoints import monitoring_routes
from bot.monitoring.metrics import Metrics
from bot.monitoring.monitor import Monitor
from bot.monitoring.state import BotState, IndexState
from bot.triggers.webhook import PushEvents
from bot.triggers.webhook_server import listening
from tests.bot.triggers.webhook_events import SECRET, Requests, github, push

LOOPBACK = "127.0.0.1"
READY = BotState(1, 1, index=IndexState("g", 1.0, 85, is_substitute=False))


async def answers(port, path, method="GET", **options):
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"http://{LOOPBACK}:{port}{path}", **options) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


def test_a_bot_that_starts_is_alive_and_becomes_ready_with_its_parts():
    async def scenario():
        monitor = Monitor()
        async with monitor.servers.serving(monitoring_routes(monitor.metrics), LOOPBACK, 0, name="monitoring") as port:
            assert (await answers(port, "/healthz"))[:2] == (200, "ok\n")
            assert (await answers(port, "/readyz"))[:2] == (
                503,
                "gateway: 0 of 1 shards are connected\nindex: no generation is open\n",
            )
            monitor.gateway.connected.add(0)
            monitor.index = lambda: READY.index
            assert (await answers(port, "/readyz"))[:2] == (200, "ready\n")
            status, text, headers = await answers(port, "/metrics")
            assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/plain")
            assert "\nquicktakes_ready 1.0\n" in text

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("HEAD", "/healthz", 200),
        ("HEAD", "/metrics", 200),
        ("POST", "/metrics", 405),
        ("DELETE", "/readyz", 405),
        ("GET", "/", 404),
        ("GET", "/metrics/", 404),
        ("GET", "/webhook", 404),
    ],
)
def test_whatever_else_is_asked_for_has_an_answer(method, path, status):
    async def scenario():
        async with HttpServers().serving(monitoring_routes(Metrics()), LOOPBACK, 0, name="monitoring") as port:
            found, _, headers = await answers(port, path, method)
            assert found == status
            assert headers["Connection"] == "close"
            assert headers.get("Allow") == ("GET, HEAD" if status == 405 else None)

    asyncio.run(scenario())


def test_a_bot_that_is_not_ready_is_no_refusal_in_the_log(caplog):
    async def scenario():
        async with HttpServers().serving(monitoring_routes(Metrics()), LOOPBACK, 0, name="monitoring") as port:
            await answers(port, "/readyz")
            await answers(port, "/metrics")
            assert caplog.messages == []
            await answers(port, "/elsewhere")

    caplog.set_level(logging.INFO, "bot")
    asyncio.run(scenario())
    assert caplog.messages == ["monitoring: a request was refused: answered 404, Not Found"]


def test_the_webhook_and_the_metrics_share_a_port_and_each_ends_by_itself():
    async def scenario():
        servers, queue = HttpServers(), Requests()
        events = PushEvents(SECRET, "main", queue.request_build)
        async with servers.serving(monitoring_routes(Metrics()), LOOPBACK, 0, name="monitoring") as port:
            async with listening(events, LOOPBACK, port, servers=servers) as shared:
                assert shared == port
                posted = await answers(port, "/webhook", "POST", data=push(), headers=github(push()))
                assert posted[:2] == (202, "a build is requested\n")
                assert (await answers(port, "/healthz"))[0] == 200
            assert (await answers(port, "/webhook", "POST", data=push(), headers=github(push())))[0] == 404
            assert (await answers(port, "/healthz"))[0] == 200
        with pytest.raises(aiohttp.ClientConnectionError):
            await answers(port, "/healthz")
        assert queue.reasons == ["push"]

    asyncio.run(scenario())


def test_who_opens_connections_and_says_nothing_keeps_nobody_from_asking():
    async def scenario():
        bounds = Bounds(seconds=1.0, count=8)
        routes = monitoring_routes(Metrics())
        async with HttpServers().serving(routes, LOOPBACK, 0, name="monitoring", bounds=bounds) as port:
            silent = [await asyncio.open_connection(LOOPBACK, port) for _ in range(40)]
            assert (await answers(port, "/healthz"))[0] == 200
            ends = [asyncio.create_task(reader.read()) for reader, _ in silent]
            done, still_open = await asyncio.wait(ends, timeout=20)
            assert (len(done), len(still_open)) == (40, 0)
            for end in done:
                end.exception()  # closed or reset, both are an end
            for _, writer in silent:
                writer.close()

    asyncio.run(scenario())
