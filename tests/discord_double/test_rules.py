"""The rules that the double holds a bot to: deadlines, one first response, flags, files, rates."""

from __future__ import annotations

import asyncio
import io

import discord
import pytest
from discord.http import Route
from discord.webhook.async_ import async_context

from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.example_bot import Panel, running
from tests.discord_double.faults import Faults
from tests.discord_double.interactions import Response
from tests.discord_double.validation import load_description

RESPOND = "POST /interactions/{interaction_id}/{interaction_token}/callback"


def refusals_of(callback, *, before=None, **settings):
    """What becomes of a slash command whose bot makes the requests that `callback` yields.

    Returns:
        The interaction's run; status and code of each refusal; the sentence of each; the double.
    """
    met: list[discord.HTTPException] = []

    async def attempt(request):
        try:
            await request
        except discord.HTTPException as failure:
            met.append(failure)

    async def run():
        async with running(**settings) as (double, bot):
            done = asyncio.Event()

            async def answer(interaction):
                for request in callback(interaction, double):
                    await attempt(request)
                done.set()
                return False

            bot.tree.interaction_check = answer
            if before:
                before(double)
            result = await double.slash(double.member, "ask", {"question": "q"})
            await asyncio.wait_for(done.wait(), 30)
            return (
                result,
                [(failure.status, failure.code) for failure in met],
                [failure.text for failure in met],
                double,
            )

    return asyncio.run(run())


def test_a_second_first_response_is_refused():
    def twice(interaction, _):
        yield interaction.response.send_message("one")
        interaction.response._response_type = None  # discord.py would not let it out
        yield interaction.response.send_message("two")

    run, met, _, _ = refusals_of(twice)
    assert met == [(400, 40060)]
    assert run.texts() == ["one"]


def test_a_first_response_after_three_seconds_finds_no_interaction():
    def late(interaction, double):
        double.clock.advance(3.1)
        yield interaction.response.send_message("sorry, late")

    run, met, _, _ = refusals_of(late, first_response_seconds=3.0)
    assert met == [(404, 10062)]
    assert (run.acknowledged_after, run.texts()) == (None, [])


def test_the_token_ends_after_fifteen_minutes():
    def late(interaction, double):
        yield interaction.response.send_message("one")
        double.clock.advance(14 * 60)
        yield interaction.followup.send("two")
        double.clock.advance(61)
        yield interaction.followup.send("three")
        yield interaction.edit_original_response(content="four")

    run, met, _, _ = refusals_of(late)
    assert met == [(401, 50027), (401, 50027)]
    assert run.texts() == ["one", "two"]


def test_before_the_first_response_there_is_no_webhook():
    def early(interaction, _):
        yield interaction.followup.send("too early")
        yield interaction.response.send_message("one")

    _, met, _, _ = refusals_of(early)
    assert met == [(404, 10015)]


def test_a_deferral_takes_the_ephemeral_flag_and_no_other():
    def deferred(interaction, _):
        adapter = async_context.get()
        parameters = discord.webhook.async_.interaction_response_params(5, {"flags": 1 << 15})
        session = interaction._session
        yield adapter.create_interaction_response(interaction.id, interaction.token, session=session, params=parameters)
        yield interaction.response.defer(ephemeral=True, thinking=True)
        yield interaction.edit_original_response(view=Panel("q"))

    run, met, texts, _ = refusals_of(deferred)
    assert met == [(400, 50035)]
    assert "In data.flags: Only the EPHEMERAL flag" in texts[0]
    assert run.ephemeral


def test_privacy_cannot_change_and_the_first_follow_up_takes_the_deferrals():
    def shared(interaction, _):
        yield interaction.response.defer(thinking=True)
        yield interaction.followup.send("meant to be private", ephemeral=True)
        route = Route(
            "PATCH",
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            webhook_id=interaction.application_id,
            webhook_token=interaction.token,
        )
        yield interaction.client.http.request(route, json={"content": "now private", "flags": 64})

    run, met, _, _ = refusals_of(shared)
    assert met == [(400, 50035)]
    assert [(message.text, message.ephemeral) for message in run.messages] == [("meant to be private", False)]


def test_components_v2_excludes_content_and_cannot_be_undone():
    def mixed(interaction, _):
        yield interaction.response.send_message(view=Panel("q"))
        yield interaction.edit_original_response(content="and content")
        yield interaction.edit_original_response(content="plain", view=None)

    run, met, texts, _ = refusals_of(mixed)
    assert met == [(400, 50035), (400, 50035)]
    assert "IS_COMPONENTS_V2" in texts[0]
    assert run.texts() == ["## q"]


def test_a_file_that_is_not_there_or_too_large_is_refused():
    def files(interaction, _):
        yield interaction.response.send_message(view=Panel("picture", picture=True))
        large = discord.File(io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)), "large.bin")
        yield interaction.response.send_message("a file", file=large)
        yield interaction.response.send_message("fine", file=discord.File(io.BytesIO(b"x"), "small.bin"))

    run, met, texts, _ = refusals_of(files)
    assert met == [(400, 50035), (413, 40005)]
    assert "attachment://sum.png" in texts[0]
    assert [(file.filename, file.data) for file in run.message.attachments] == [("small.bin", b"x")]


def test_a_late_reply_took_effect_all_the_same():
    def once(interaction, _):
        yield interaction.response.send_message("one")

    run, met, _, double = refusals_of(once, before=lambda double: double.delay_next(RESPOND, 0.3))
    assert (met, run.texts(), run.response) == ([], ["one"], Response.MESSAGE)
    assert [record.status for record in double.requests if record.route == RESPOND] == [200]


def test_a_user_installed_app_gets_five_follow_ups():
    met = []

    async def run():
        async with running() as (double, bot):
            ada = double.add_user("ada", installed=True)
            group = double.add_group(ada, double.member)
            sent = asyncio.Event()

            async def six(interaction):
                await interaction.response.send_message("0")
                for number in range(1, 7):
                    await bot.attempt(interaction.followup.send(str(number)))
                sent.set()
                return False

            bot.tree.interaction_check = six
            result = await double.slash(ada, "ask", {"question": "q"}, channel=group)
            await asyncio.wait_for(sent.wait(), 30)
            met.extend(failure.code for failure in bot.failures)
            return result.texts()

    assert asyncio.run(run()) == ["0", "1", "2", "3", "4", "5"]
    assert met == [40094]


def test_mentions_ping_unless_they_are_not_allowed_to():
    async def run():
        async with DiscordDouble() as double, discord.Client(intents=discord.Intents.none()) as client:
            await client.login(double.token)
            channel = client.get_partial_messageable(int(double.channel.id))
            text = f"@everyone and {double.member.mention}"
            await channel.send(text)
            await channel.send(text, allowed_mentions=discord.AllowedMentions.none())
            return [(m.mention_everyone, [u.name for u in m.mentions]) for m in double.messages_in(double.channel)]

    assert asyncio.run(run()) == [(True, ["ada"]), (False, [])]


def test_a_request_that_is_not_as_described_is_refused_and_remembered():
    async def run():
        async with DiscordDouble() as double, discord.Client(intents=discord.Intents.none()) as client:
            if not double.validates:
                pytest.skip("needs Discord's OpenAPI description in a folder `shared` beside the checkout")
            await client.login(double.token)
            send = Route("POST", "/channels/{channel_id}/messages", channel_id=double.channel.id)
            for body in ({"contents": "misspelt"}, {"content": 5}):
                with pytest.raises(discord.HTTPException, match="Invalid Form Body"):
                    await client.http.request(send, json=body)
            with pytest.raises(discord.NotFound):
                await client.http.request(Route("GET", "/no/such/route"))
            with pytest.raises(AssertionError) as told:
                double.assert_all_valid()
            return str(told.value)

    told = asyncio.run(run())
    assert "'contents' was unexpected" in told
    assert 'content: 5 is not of types "null", "string"' in told
    assert "GET /no/such/route is not a route of the double" in told


def test_what_the_double_gets_wrong_is_told_too():
    async def run():
        async with running() as (double, _):
            if not double.validates:
                pytest.skip("needs Discord's OpenAPI description in a folder `shared` beside the checkout")
            double.service.emit("MESSAGE_UPDATE", {"id": "1"})
            await double.service.flush()
            with pytest.raises(AssertionError, match='MESSAGE_UPDATE : body: "content" is a required property'):
                double.assert_all_valid()

    asyncio.run(run())


def test_more_than_fifty_requests_a_second_are_too_many():
    faults = Faults()
    assert [faults.over_global_limit(100.0) for _ in range(50)] == [None] * 50
    fault = faults.over_global_limit(100.4)
    assert (fault.status, fault.retry_after, fault.body()["global"]) == (429, 0.6, True)
    assert faults.over_global_limit(101.1) is None


def test_without_the_description_nothing_is_checked_against_it(tmp_path):
    assert load_description(tmp_path / "openapi.json") is None

    async def run():
        async with running(validate=False) as (double, _):
            assert not double.validates
            result = await double.slash(double.member, "ask", {"question": "q"})
            double.assert_all_valid()
            return result.texts()

    assert asyncio.run(run()) == ["## q (en-US)"]
