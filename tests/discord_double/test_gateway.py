"""The gateway of the double, met with frames that discord.py would not send, and with sessions that end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest

from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.example_bot import Bot, running

HEARTBEAT = {"op": 1, "d": None}


@asynccontextmanager
async def connection():
    """A bare connection to a gateway that has said hello."""
    async with DiscordDouble() as double, aiohttp.ClientSession() as session:
        socket = await session.ws_connect(double.base_url.replace("/api/v10", "/gateway/"))
        assert (await socket.receive_json())["op"] == 10
        yield socket
        await socket.close()


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        ([{"op": 3, "d": {}}], 4003),
        ([{"op": 99}], 4001),
        ([{"op": 1, "d": "x" * 5000}], 4002),
        ([HEARTBEAT] * 121, 4008),
    ],
    ids=["presence before identify", "unknown opcode", "too long", "121 sends in a minute"],
)
def test_what_the_gateway_does_not_take_closes_the_connection(frames, code):
    async def run():
        async with connection() as socket:
            for frame in frames:
                await socket.send_json(frame)
            async for _ in socket:
                pass
            return socket.close_code

    assert asyncio.run(run()) == code


def test_120_sends_in_a_minute_are_fine_and_each_heartbeat_is_acknowledged():
    async def run():
        async with connection() as socket:
            for _ in range(120):
                await socket.send_json(HEARTBEAT)
            return [(await socket.receive_json())["op"] for _ in range(120)]

    assert asyncio.run(run()) == [11] * 120


def test_a_bot_told_to_reconnect_resumes():
    async def run():
        async with running() as (double, bot):
            await double.service.gateway.ask_to_reconnect()
            await double.connected()
            run = await double.slash(double.member, "ask", {"question": "q"})
            return run.texts(), bot.resumes, double.service.gateway.identifies

    assert asyncio.run(run()) == (["## q (en-US)"], 1, 1)


def test_a_bot_whose_session_ended_identifies_again_and_sees_its_servers():
    async def run():
        async with running() as (double, bot):
            await double.service.gateway.invalidate()
            await double.connected()
            run = await double.slash(double.member, "ask", {"question": "q"})
            names = [guild.name for guild in bot.guilds]
            return run.texts(), names, bot.resumes, double.service.gateway.identifies

    assert asyncio.run(run()) == (["## q (en-US)"], ["Study hall"], 0, 2)


@pytest.mark.parametrize(
    ("shard", "code"),
    [([2, 2], 4010), ([-1, 2], 4010), ([0, 1], 4011), (None, 4011)],
    ids=["beyond the last", "before the first", "too few", "not said"],
)
def test_a_shard_that_cannot_be_is_turned_away(shard, code):
    async def run():
        async with DiscordDouble(shards=2) as double, aiohttp.ClientSession() as session:
            socket = await session.ws_connect(double.base_url.replace("/api/v10", "/gateway/"))
            said = {"shard": shard} if shard else {}
            await socket.send_json({"op": 2, "d": {"token": double.token, "intents": 1, "properties": {}} | said})
            async for _ in socket:
                pass
            assert not double.service.gateway.connected.is_set()
            return socket.close_code

    assert asyncio.run(run()) == code


async def identify(session, double, shard):
    """What the gateway says to a shard that identifies, and how it goes on: a frame's kind and a code."""
    socket = await session.ws_connect(double.base_url.replace("/api/v10", "/gateway/"))
    await socket.receive_json()
    data = {"token": double.token, "intents": 0, "properties": {}, "shard": shard}
    await socket.send_json({"op": 2, "d": data})
    frame = await socket.receive()
    return frame.json()["op"] if frame.type is aiohttp.WSMsgType.TEXT else socket.close_code


async def told_limit(session, double):
    headers = {"Authorization": f"Bot {double.token}"}
    async with session.get(f"{double.base_url}/gateway/bot", headers=headers) as reply:
        return (await reply.json())["session_start_limit"]


def test_of_each_bucket_one_may_identify_every_five_seconds():
    async def run():
        async with DiscordDouble(shards=4, max_concurrency=2) as double, aiohttp.ClientSession() as session:
            said = [await identify(session, double, [shard, 4]) for shard in (0, 1, 2)]
            double.clock.advance(4.9)
            said.append(await identify(session, double, [3, 4]))
            double.clock.advance(5.0)
            said += [await identify(session, double, [shard, 4]) for shard in (2, 3)]
            limit = await told_limit(session, double)
            double.assert_all_valid()
            return said, limit["max_concurrency"], limit["remaining"], double.service.gateway.starts.early

    # 0: an event, READY; 9: the session is invalid
    assert asyncio.run(run()) == ([0, 0, 9, 9, 0, 0], 2, 994, [2, 3])


def test_one_session_too_many_ends_them_all_and_resets_the_token():
    async def run():
        async with DiscordDouble(session_starts=2) as double, aiohttp.ClientSession() as session:
            said = [await identify(session, double, [0, 1])]
            double.clock.advance(24 * 3600)
            said += [await identify(session, double, [0, 1]) for _ in range(2)]
            assert (await told_limit(session, double))["remaining"] == 0
            said += [await identify(session, double, [0, 1]) for _ in range(2)]
            assert not double.service.gateway.connected.is_set()
            return said

    assert asyncio.run(run()) == [0, 0, 0, 4004, 4004]


def test_buttons_outlive_a_restart_of_the_bot():
    async def run():
        async with DiscordDouble(first_response_seconds=30) as double:
            for _ in range(2):
                bot = Bot()
                task = asyncio.create_task(bot.start(double.token))
                await double.connected()
                if not double.messages_in(double.channel):
                    await double.slash(double.member, "ask", {"question": "q"})
                    await bot.close()
                    await task
            (answer,) = double.messages_in(double.channel)
            pressed = await double.press(double.member, answer, "More")
            await bot.close()
            await task
            return pressed.texts()

    assert asyncio.run(run()) == ["## page two"]
