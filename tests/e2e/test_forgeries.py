"""Presses whose contents a member makes up: they change nothing of what others see, and open nothing."""

from __future__ import annotations

import pytest

from bot.panels.custom_ids import ButtonAction, make_id
from tests.discord_double.interactions import Response
from tests.e2e.bot_running import Limits
from tests.e2e.words import ICE, OSMOSIS, link

TOO_OLD = "This answer is too old for its buttons to work."
NOT_YOURS = "These buttons belong to whoever asked."
TOO_QUICK = "That was quick! Please wait"


async def ask(hall, question="what is osmosis", **options):
    return (await hall.double.slash(hall.double.member, "ask", {"question": question} | options)).message


async def refused(hall, user, message, custom_id, values=None, *, text=TOO_OLD):  # noqa: PLR0913  # who presses what where, and what comes of it
    """Forge a press, and check that its sender alone hears of it and nothing has changed."""
    before = hall.double.current(message)
    others = hall.double.messages_in(hall.double.channel)
    run = await hall.double.forge_press(user, message, custom_id, values)
    (told,) = run.added
    assert told.ephemeral
    assert text in told.text
    assert hall.double.current(message) == before
    assert hall.double.messages_in(hall.double.channel) == others


@pytest.mark.parametrize("kind", ["subjects", "subject", "articles"])
def test_a_list_cannot_be_put_in_place_of_somebody_elses_answer(in_discord, kind):
    async def scenario(hall):
        answer = await ask(hall)
        eve = hall.double.add_user("eve", hall.double.guild)
        biology = hall.token_of("biology").rpartition(":")[2]
        forged = {
            "subjects": [("q1:subjects:1", None), (f"q1:subjects:{eve.id}:1", None)],
            "subject": [("q1:subject", [f"a:{biology}"]), (f"q1:subject:{eve.id}", [f"a:{biology}"])],
            "articles": [(f"q1:articles:{biology}:1", None), (f"q1:articles:{eve.id}:{biology}:1", None)],
        }
        for custom_id, values in forged[kind]:
            await refused(hall, eve, answer, custom_id, values)
            await refused(hall, hall.double.member, answer, custom_id, values)

    in_discord(scenario)


def test_pages_of_somebody_elses_list_cannot_be_turned_even_after_a_restart(in_discord):
    async def scenario(hall):
        listed = (await hall.double.slash(hall.double.member, "browse")).message
        eve = hall.double.add_user("eve", hall.double.guild)
        for _ in range(2):
            await refused(hall, eve, listed, "q1:subjects:2", text=NOT_YOURS)
            biology = hall.options(listed, "Choose a subject")[0]["value"]
            await refused(hall, eve, listed, "q1:subject", [biology], text=NOT_YOURS)
            await hall.restart()
        await hall.double.choose(hall.double.member, listed, "Choose a subject", [biology])
        assert "All subjects" in hall.double.current(listed).labels()

    in_discord(scenario)


def test_an_answer_cannot_be_put_in_place_of_a_list(in_discord):
    async def scenario(hall):
        listed = (await hall.double.slash(hall.double.member, "browse")).message
        some = hall.token_of(OSMOSIS)
        for action in (
            ButtonAction.EXCERPT,
            ButtonAction.NOT_THIS,
            ButtonAction.SHARE,
            ButtonAction.RELATED,
            ButtonAction.HELPFUL,
            ButtonAction.DELETE,
        ):
            await refused(hall, hall.double.member, listed, make_id(action))
        await refused(hall, hall.double.member, listed, "q1:read:1")
        await refused(hall, hall.double.member, listed, "q1:choose", [some])

    in_discord(scenario)


def test_a_message_that_is_not_remembered_stays_as_it_is(in_discord):
    async def scenario(hall):
        eve = hall.double.add_user("eve", hall.double.guild)
        answer = await ask(hall)
        await hall.storage.answered.delete(int(answer.id))
        some = hall.token_of(ICE)
        for custom_id, values in (
            ("q1:open", [some]), ("q1:choose", [some]), ("q1:subjects:1", None), ("q1:related", None),
            ("q1:delete", None), ("q1:share", None), ("q1:helpful", None), ("q9:anything", None),
        ):  # fmt: skip
            await refused(hall, eve, answer, custom_id, values)

    in_discord(scenario)


def test_what_a_select_does_not_offer_is_refused_or_shown_to_whoever_wants_it_alone(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        ice = hall.token_of(ICE)
        await refused(hall, hall.double.member, answer, "q1:choose", [ice])
        await refused(hall, hall.double.member, answer, "q1:choose", [])
        listed = (await hall.double.slash(hall.double.member, "browse", {"subject": "biology"})).message
        eve = hall.double.add_user("eve", hall.double.guild)
        before = hall.double.current(listed)
        opened = await hall.double.forge_press(eve, listed, "q1:open", [ice])
        assert opened.added[-1].ephemeral
        assert link(ICE) in opened.added[-1].text
        assert hall.double.current(listed) == before
        for value in ("", "a:AAAAAAAAAAAAAAAA", "../../etc/passwd", "x" * 4000):
            run = await hall.double.forge_press(eve, listed, "q1:open", [value])
            assert all(message.ephemeral for message in run.added)
            assert hall.double.current(listed) == before

    in_discord(scenario)


def test_a_public_answer_cannot_be_shared_again_and_again(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        await refused(hall, hall.double.member, answer, "q1:share")

    in_discord(scenario)


def test_presses_beyond_the_allowance_are_acknowledged_and_told_and_do_not_cost_others_anything(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        eve = hall.double.add_user("eve", hall.double.guild)
        hall.double.patience, hall.double.quiet = 5.0, 2.0
        runs = [await hall.double.forge_press(eve, answer, "q1:nonsense") for _ in range(6)]
        assert all(run.response is Response.DEFERRED_UPDATE for run in runs)
        assert [TOO_OLD in run.text.replace(answer.text, "") for run in runs[:3]] == [True] * 3
        assert all(TOO_QUICK in run.added[-1].text and run.added[-1].ephemeral for run in runs[3:])
        helped = await hall.double.press(hall.double.member, answer, "Helpful")
        assert "I am glad that it helped" in helped.text

    in_discord(scenario, limits=Limits(press_burst=3, press_seconds=60.0))
