"""What tells from outside how a running bot is: metrics over HTTP, health, the log, and how it ends without Discord."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.errors.failures import exit_code_of, message_lines
from bot.cli.run import serve_members
from bot.client.startup_errors import GatewayLostError
from tests.discord_double.discord_double import DiscordDouble
from tests.e2e.words import ICE, NEITHER, NOTHING, link

PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Site:
    """What the bot answers over HTTP."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self._address + path) as answer:
            return answer.status, await answer.text()

    async def metrics(self) -> dict[tuple[str, ...], float]:
        """Every sample by its name and the values of its labels, in the order of their names."""
        status, text = await self.get("/metrics")
        assert status == 200
        families = text_string_to_metric_families(text)
        return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}

    async def becomes(self, path: str, status: int) -> str:
        """Wait until a path is answered with a status; the text of that."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found, text = await self.get(path)
                if found == status:
                    return text
                await asyncio.sleep(0.05)


@pytest.fixture
def monitored(sample_settings, tmp_path):
    """Settings of a whole bot that tells of itself."""
    (tmp_path / "encoder").symlink_to(sample_settings.encoder_cache_dir, target_is_directory=True)

    def make(**monitoring):
        wanted = sample_settings.monitoring.model_copy(update={"port": free_port(), **monitoring})
        return sample_settings.model_copy(update={"data_dir": tmp_path, "monitoring": wanted})

    return make


def test_questions_are_counted_and_logged_and_a_lost_gateway_is_not_ready(monitored, caplog):
    settings = monitored()
    site = Site(settings.monitoring.port)
    caplog.set_level(logging.INFO, "bot")

    async def main():
        async with DiscordDouble(first_response_seconds=PATIENCE) as double:
            double.patience = PATIENCE
            life = asyncio.create_task(serve_members(settings, double.token, guild_id=None))
            await double.connected()
            assert await site.becomes("/readyz", 200) == "ready\n"
            run = await double.slash(double.member, "ask", {"question": "why does ice float"})
            assert link(ICE) in run.text
            await double.slash(double.member, "ask", {"question": NEITHER})
            await double.answer_to(await double.send_message(double.member, f"{double.bot.mention} {NOTHING}"))
            async with asyncio.timeout(PATIENCE):
                while len(questions(caplog)) < 3:  # noqa: ASYNC110  # the log tells nobody
                    await asyncio.sleep(0.05)
            check_counts(await site.metrics())
            double.close_gateway()
            double.drop_gateway()
            assert await site.becomes("/readyz", 503) == "gateway: 0 of 1 shards are connected\n"
            assert await site.get("/healthz") == (200, "ok\n")
            lost = await site.metrics()
            assert (lost["quicktakes_ready",], lost["quicktakes_gateway_disconnects_total",]) == (0.0, 1.0)
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(life, PATIENCE)

    asyncio.run(main())
    check_lines(questions(caplog))


def check_counts(found) -> None:
    asked = {key[1:]: value for key, value in found.items() if key[0] == "quicktakes_asked_total" and value}
    assert asked == {("answer", "ask"): 1.0, ("candidates", "ask"): 1.0, ("no_answer", "message"): 1.0}
    assert found["quicktakes_asked_seconds_count", "ask"] == 2.0
    for stage in ("read", "encode", "search", "rank", "wait", "render", "send", "remember"):
        assert found["quicktakes_stage_seconds_count", stage] == 3.0, stage
        assert found["quicktakes_stage_seconds_sum", stage] > 0.0, stage
    assert found["quicktakes_stage_seconds_count", "acknowledge"] == 2.0  # a message is not acknowledged
    assert found["quicktakes_confidence_count", "answer"] == 1.0
    assert found["quicktakes_confidence_sum", "answer"] > found["quicktakes_confidence_sum", "no_answer"]
    assert (found["quicktakes_gateway_shards_connected",], found["quicktakes_ready",]) == (1.0, 1.0)
    assert (found["quicktakes_queue_waiting",], found["quicktakes_index_substitute",]) == (0.0, 0.0)
    assert found["quicktakes_index_articles",] > 50.0
    assert found["quicktakes_discord_requests_total", "2xx"] >= 5.0
    assert found["quicktakes_event_loop_delay_seconds_count",] > 0.0
    assert found.get(("process_resident_memory_bytes",), 1.0) > 0.0


def questions(caplog) -> list[dict]:
    """The facts of each log line of a question."""
    said = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [facts for facts in said if facts["event"] == "question"]


def check_lines(lines) -> None:
    assert [(each["surface"], each["outcome"]) for each in lines] == [
        ("ask", "answer"),
        ("ask", "candidates"),
        ("message", "no_answer"),
    ]
    assert len({each["reference"] for each in lines}) == 3
    for each in lines:
        assert each.keys() >= {"confidence", "total_ms", "encode_ms", "search_ms", "send_ms"}
        assert not each.keys() & {"question", "member", "server"}
        assert not any("ice" in str(said) or "world cup" in str(said) for said in each.values())


def test_a_bot_that_never_reaches_the_gateway_ends_with_a_status_of_its_own(monitored, caplog):
    settings = monitored(port=0, gateway_seconds=0.5)

    async def main():
        async with DiscordDouble() as double:
            double.close_gateway()
            await asyncio.wait_for(serve_members(settings, double.token, guild_id=None), PATIENCE)

    with pytest.raises(GatewayLostError) as lost:
        asyncio.run(main())
    assert exit_code_of(lost.value) is ExitCode.DISCONNECTED
    (line,) = message_lines(lost.value)
    assert "no connection to Discord for 0.5 s (monitoring.gateway_seconds)" in line
    assert "Discord was out of reach for" in caplog.text
