"""A bot in so many servers that Discord wants it in two shards: both serve, each its own servers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from tests.discord_double.state import Channel, Guild, User
from tests.e2e.words import ICE, OSMOSIS, link

SYNC = "PUT /applications/{application_id}/commands"


@dataclass(frozen=True, slots=True)
class Place:
    guild: Guild
    channel: Channel
    member: User


def place_on(double, shard_id):
    """A server that belongs to a shard, with a channel and a member."""
    guild = double.guild
    while (int(guild.id) >> 22) % 2 != shard_id:
        double.clock.advance(0.001)
        guild = double.add_guild(f"Hall of shard {shard_id}")
    return Place(guild, double.add_channel(guild, "here"), double.add_user(f"m{shard_id}", guild))


async def is_served(hall, place):
    """Check that every way of asking works in a server."""
    double = hall.double
    run = await double.slash(place.member, "ask", {"question": "why does ice float"}, channel=place.channel)
    assert link(ICE) in run.text
    await double.press(place.member, run.message, "Read the whole article")
    assert "Back to the excerpt" in double.current(run.message).labels()
    mention = f"{double.bot.mention} what is the difference between diffusion and osmosis"
    asked = await double.send_message(place.member, mention, channel=place.channel)
    answer = await double.answer_to(asked)
    assert link(OSMOSIS) in answer.text
    further = await double.send_message(place.member, "and why the membrane?", channel=place.channel, reply_to=answer)
    assert link(OSMOSIS) in (await double.answer_to(further)).text


async def is_served_directly(hall, user):
    """Check that a direct message is answered."""
    direct = hall.double.open_dm(user)
    asked = await hall.double.send_message(user, "why does ice float", channel=direct)
    assert link(ICE) in (await hall.double.answer_to(asked)).text


def events(double, shard_id, kind):
    """What a shard was told, over all its sessions."""
    sessions = double.service.gateway.sessions.values()
    return [f["d"] for session in sessions if session.shard.id == shard_id for f in session.sent if f["t"] == kind]


def test_two_shards_serve_each_its_own_servers_and_the_first_direct_messages(in_discord, caplog):
    caplog.set_level(logging.INFO, "bot")

    async def scenario(hall):
        double = hall.double
        places = [place_on(double, shard_id) for shard_id in range(2)]
        assert (hall.bot.shard_count, sorted(hall.bot.shards)) == (2, [0, 1])
        for place in places:
            await is_served(hall, place)
            await is_served_directly(hall, place.member)
        for shard_id, place in enumerate(places):
            told = [data.get("guild_id") for data in events(double, shard_id, "INTERACTION_CREATE")]
            assert set(told) == {place.guild.id}
            directly = [data for data in events(double, shard_id, "MESSAGE_CREATE") if "guild_id" not in data]
            assert bool(directly) is (shard_id == 0)
        await hall.restart()
        for place in places:
            await is_served(hall, place)
        assert {guild.id for guild in hall.bot.guilds} >= {int(place.guild.id) for place in places}
        assert {guild.shard_id for guild in hall.bot.guilds} == {0, 1}
        assert sum(record.route == SYNC for record in double.requests) == 1
        assert double.service.gateway.identifies == 4

        async with asyncio.timeout(double.patience):
            while "ready as" not in caplog.text:  # noqa: ASYNC110  # the log tells nobody
                await asyncio.sleep(0.05)
        assert f"ready as quicktakes; servers: {len(hall.bot.guilds)}; to invite it" in caplog.text

    in_discord(scenario, shards=2)


def test_one_shard_goes_on_while_the_other_is_cut_off(in_discord):
    async def scenario(hall):
        double = hall.double
        first, second = (place_on(double, shard_id) for shard_id in range(2))
        await is_served(hall, first)
        double.drop_gateway(1)
        assert not double.service.gateway.connected.is_set()
        missed = asyncio.create_task(
            double.slash(second.member, "ask", {"question": "why does ice float"}, channel=second.channel)
        )
        await is_served(hall, first)
        await double.connected()
        assert link(ICE) in (await missed).text
        await is_served(hall, second)
        assert (double.service.gateway.identifies, double.service.gateway.resumes) == (2, 1)

    in_discord(scenario, shards=2)
