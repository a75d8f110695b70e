"""Where the bot can be used: installed in a server or by a member, in servers, groups and direct messages."""

from __future__ import annotations

import pytest

from tests.discord_double.state import MEMBER, Permission
from tests.e2e.words import ICE, NOTHING, OSMOSIS, link

EVERYWHERE = ["ask", "article", "related", "browse", "help", "about", "forget-me", "Find an answer"]


def test_commands_are_offered_in_every_context_but_channel_in_servers_alone(in_discord):
    async def scenario(hall):
        for name in EVERYWHERE:
            command = hall.command(name)
            assert set(command["contexts"]) == {0, 1, 2}, name
            assert set(command["integration_types"]) == {0, 1}, name
        channel = hall.command("channel")
        assert (channel["contexts"], channel["integration_types"]) == ([0], [0])

    in_discord(scenario)


def test_commands_work_in_direct_messages_with_the_bot(in_discord):
    async def scenario(hall):
        dm = hall.double.open_dm(hall.double.member)
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"}, channel=dm)
        assert link(OSMOSIS) in run.text
        answer = run.message
        await hall.double.press(hall.double.member, answer, "Read the whole article")
        assert "Back to the excerpt" in hall.double.current(answer).labels()
        await hall.double.press(hall.double.member, answer, "Delete")
        assert hall.double.current(answer) is None

    in_discord(scenario)


def test_a_member_who_installed_it_uses_it_in_a_group(in_discord):
    async def scenario(hall):
        double = hall.double
        ida, bob = double.add_user("ida", installed=True), double.add_user("bob")
        group = double.add_group(ida, bob)
        run = await double.slash(ida, "ask", {"question": "why does ice float"}, channel=group)
        assert link(ICE) in run.text
        assert not run.ephemeral
        refused = await double.press(bob, run.message, "Read the whole article")
        assert "These buttons belong to whoever asked." in refused.added[-1].text
        await double.press(ida, run.message, "Read the whole article")
        assert "Back to the excerpt" in double.current(run.message).labels()
        note = await double.send_message(bob, "what is osmosis", channel=group)
        found = await double.message_command(ida, "Find an answer", note)
        assert link(OSMOSIS) in found.text
        assert found.ephemeral

    in_discord(scenario)


def test_a_member_who_installed_it_uses_it_in_a_server_without_the_bot(in_discord):
    async def scenario(hall):
        double = hall.double
        away = double.add_guild("Elsewhere", has_bot=False)
        channel = double.add_channel(away, "talk")
        ida = double.add_user("ida", away, installed=True)
        run = await double.slash(ida, "ask", {"question": "why does ice float"}, channel=channel)
        assert link(ICE) in run.text
        assert not run.ephemeral
        answer = run.message
        await double.press(ida, answer, "Delete")
        assert double.current(answer) is None
        none = await double.slash(ida, "ask", {"question": NOTHING}, channel=channel)
        assert none.ephemeral
        with pytest.raises(AssertionError, match="installs"):
            await double.slash(ida, "channel", {"list": {}}, channel=channel)

    in_discord(scenario)


def test_where_external_apps_are_silenced_the_answer_is_the_askers_alone_and_can_be_used(in_discord):
    async def scenario(hall):
        double = hall.double
        away = double.add_guild("Elsewhere", has_bot=False)
        channel = double.add_channel(away, "talk")
        quiet = MEMBER & ~Permission.USE_EXTERNAL_APPS
        ida = double.add_user("ida", away, installed=True, permissions=quiet)
        run = await double.slash(ida, "ask", {"question": "why does ice float"}, channel=channel)
        assert link(ICE) in run.text
        assert run.ephemeral
        assert (await hall.remembered(run.message)).private
        await double.press(ida, run.message, "Read the whole article")
        assert "Back to the excerpt" in double.current(run.message).labels()

    in_discord(scenario)
