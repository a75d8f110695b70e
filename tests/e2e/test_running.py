"""The bot's life with a real client: how it ends, and why it may not begin."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.client import running
from bot.client.client import QuicktakesBot
from bot.client.loop_watch import LoopWatch
from bot.client.running import serve
from bot.client.startup_errors import (
    ConnectionEndedError,
    MissingIntentError,
    NotInServerError,
    RefusedError,
    UnreachableError,
    WrongTokenError,
)
from bot.cogs.all_cogs import all_cogs
from bot.member_errors import BusyError
from bot.storage.storage import Storage
from tests.bot.fake_assistant import FakeAssistant
from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.gateway import WRONG_TOKEN
from tests.discord_double.pointing import discord_py_pointed_at

SYNC_GUILD = "PUT /applications/{application_id}/guilds/{guild_id}/commands"
ME = "GET /users/@me"


class SlowAssistant(FakeAssistant):
    """Answers when it is let, and refuses once it is closed."""

    def __init__(self):
        super().__init__()
        self.go = asyncio.Event()
        self.asked = asyncio.Event()

    async def ask(self, *args, **options):
        panel = await super().ask(*args, **options)
        self.asked.set()
        await self.go.wait()
        return panel

    async def close(self):
        self.raises = BusyError(0)
        await self.go.wait()


def life(scenario, tmp_path):
    """Run `scenario(double, serving, stop, assistant)`, where `serving` makes the bot serve."""

    async def run():
        discord = DiscordDouble(first_response_seconds=30.0)
        async with discord as double, Storage.open(tmp_path / "bot.sqlite") as storage:
            assistant, stop = SlowAssistant(), asyncio.Event()

            def serving(token=double.token, **options):
                bot = QuicktakesBot(
                    assistant, storage.state, lambda client: all_cogs(client, assistant, storage), **options
                )
                return serve(bot, token, stop, assistant.close)

            await scenario(double, serving, stop, assistant)

    asyncio.run(run(), debug=True)


def test_a_question_in_flight_is_answered_before_the_bot_stops(tmp_path):
    async def scenario(double, serving, stop, assistant):
        life = asyncio.create_task(serving())
        await double.connected()
        waiting = asyncio.create_task(double.slash(double.member, "ask", {"question": "why"}))
        await assistant.asked.wait()
        stop.set()
        await asyncio.sleep(0.1)
        refused = await double.slash(double.member, "ask", {"question": "too late"})
        assert "I have more questions than I can answer right now" in refused.text
        assert not life.done()
        assistant.go.set()
        assert (await waiting).texts()[1:] == ["ask why None"]
        await life
        assert not double.service.gateway.connected.is_set()
        double.assert_all_valid()

    life(scenario, tmp_path)


def test_an_idle_bot_stops_at_once(tmp_path):
    async def scenario(double, serving, stop, assistant):
        assistant.go.set()
        life = asyncio.create_task(serving())
        await double.connected()
        stop.set()
        await asyncio.wait_for(life, 3)

    life(scenario, tmp_path)


def test_a_token_that_discord_does_not_know(tmp_path):
    async def scenario(_double, serving, _stop, _assistant):
        with pytest.raises(WrongTokenError, match="Copy it anew") as error:
            await serving(token="wrong.wrong.wrong-wrong")  # noqa: S106  # opens nothing
        assert "wrong.wrong" not in str(error.value)

    life(scenario, tmp_path)


def test_an_intent_that_the_developer_portal_does_not_allow(tmp_path):
    async def scenario(_double, serving, _stop, _assistant):
        with pytest.raises(MissingIntentError, match="Message Content Intent; or set"):
            await serving(message_content=True)

    life(scenario, tmp_path)


def test_a_discord_that_cannot_be_reached(tmp_path):
    async def scenario(_double, serving, _stop, _assistant):
        with discord_py_pointed_at("http://127.0.0.1:9"), pytest.raises(UnreachableError, match="cannot reach Discord"):
            await serving()

    life(scenario, tmp_path)


@pytest.mark.parametrize(
    ("route", "code", "error", "told"),
    [
        pytest.param(ME, 0, RefusedError, "Discord answered 403 at the start", id="out of order"),
        pytest.param("GET /gateway/bot", 0, UnreachableError, "gateway", id="the gateway's address is not told"),
        pytest.param(SYNC_GUILD, 50001, NotInServerError, "is not in server 123", id="a server without the bot"),
    ],
)
def test_a_discord_that_refuses_something_at_the_start(tmp_path, route, code, error, told):
    async def scenario(double, serving, _stop, _assistant):
        double.fail_next(route, 403, times=1, code=code, message="no")
        with pytest.raises(error, match=told):
            await serving(guild_id=123)

    life(scenario, tmp_path)


def test_it_can_be_stopped_while_the_gateway_lets_nobody_in(tmp_path):
    async def scenario(double, serving, stop, assistant):
        assistant.go.set()
        double.close_gateway()
        life = asyncio.create_task(serving())
        await double.service.gateway.turned_away.wait()
        stop.set()
        await asyncio.wait_for(life, 3)

    life(scenario, tmp_path)


def test_it_can_be_stopped_before_it_has_connected(tmp_path):
    async def scenario(double, serving, stop, assistant):
        assistant.go.set()
        stop.set()
        await asyncio.wait_for(serving(), 3)
        assert double.service.gateway.identifies == 0

    life(scenario, tmp_path)


def test_work_that_does_not_end_holds_the_bot_up_for_one_grace_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "GRACE_SECONDS", 2.0)

    async def scenario(double, serving, stop, assistant):
        life = asyncio.create_task(serving())
        await double.connected()
        waiting = asyncio.create_task(double.slash(double.member, "ask", {"question": "why"}))
        await assistant.asked.wait()
        stop.set()
        started = time.monotonic()
        await life
        assert 1.9 <= time.monotonic() - started < 4.0
        waiting.cancel()

    life(scenario, tmp_path)


def test_a_token_that_is_reset_while_the_bot_runs(tmp_path):
    async def scenario(double, serving, _stop, _assistant):
        life = asyncio.create_task(serving())
        await double.connected()
        await double.service.gateway.hang_up(WRONG_TOKEN)
        with pytest.raises(WrongTokenError, match="it was reset"):
            await life

    life(scenario, tmp_path)


def test_a_gateway_that_refuses_for_another_reason(tmp_path):
    async def scenario(double, serving, _stop, _assistant):
        life = asyncio.create_task(serving())
        await double.connected()
        await double.service.gateway.hang_up(4012)
        with pytest.raises(ConnectionEndedError, match="4012"):
            await life

    life(scenario, tmp_path)


def test_the_watch_sees_when_the_loop_is_held_up(caplog):
    async def main():
        async with LoopWatch(late=0.05) as watch:
            await asyncio.sleep(0.05)
            before = watch.longest
            time.sleep(0.12)  # noqa: ASYNC251  # what must not be done
            await asyncio.sleep(0.05)
            return before, watch.longest

    before, longest = asyncio.run(main())
    assert longest >= 0.09
    assert before < longest
    assert "the event loop was held up for" in caplog.text
