"""One member does a great many things at once, or asks what takes for ever: nobody else is to notice."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import replace

import pytest

from bot.client.error_messages import explain, report
from bot.live_index.open_index import OpenIndex
from bot.live_index.title_search import TitleSearch
from bot.member_errors import AnswerTooSlowError, MemberBusyError, PressCooldownError
from bot.messages.catalogue import Messages
from bot.panels.custom_ids import ButtonAction, make_id
from tests.bot.assistants import ADA, BOB, PHOTOSYNTHESIS, SUGAR, custom_id, heading
from tests.bot.panels.limits import text


def test_presses_have_an_allowance_of_their_own_and_refusals_cost_nothing(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        helpful = custom_id(panel, "Helpful")
        for _ in range(3):
            await desk.press(ADA, message_id, helpful)
        for custom in (helpful, make_id(ButtonAction.READ, 1), "q1:nonsense"):
            with pytest.raises(PressCooldownError) as refusal:
                await desk.press(ADA, message_id, custom)
            assert explain(refusal.value).key == "cooldown-press"
        for command in (desk.assistant.help, desk.assistant.about, desk.assistant.greet, desk.assistant.forget_me):
            with pytest.raises(PressCooldownError):
                await command(ADA)
        assert heading(await desk.assistant.ask(ADA, SUGAR)) == PHOTOSYNTHESIS
        assert (await desk.press(BOB, message_id, helpful))[0].is_private

    desk(scenario, member_press_burst=3, member_press_seconds=60.0)


def holding_up(monkeypatch, owner, name, is_slow):
    """Have a method wait for what it is given where `is_slow`; returns what releases it, and what counts the waits."""
    release, begun = threading.Event(), threading.Semaphore(0)
    method = getattr(owner, name)

    def slow(self, given, **options):
        if is_slow(given):
            begun.release()
            release.wait(30)
        return method(self, given, **options)

    monkeypatch.setattr(owner, name, slow)
    return release, begun


def test_a_flood_of_one_members_work_leaves_room_for_everybody_else(desk, monkeypatch):
    async def scenario(desk):
        release, begun = holding_up(monkeypatch, OpenIndex, "ask", lambda question: question.startswith("slow"))
        flood = [asyncio.create_task(desk.assistant.ask(ADA, f"slow {number}")) for number in range(300)]
        await asyncio.to_thread(begun.acquire)
        answers = await asyncio.gather(*(desk.assistant.ask(replace(ADA, member_id=n), SUGAR) for n in range(100, 140)))
        assert {heading(panel) for panel in answers} == {PHOTOSYNTHESIS}
        release.set()
        results = await asyncio.gather(*flood, return_exceptions=True)
        refused = [result for result in results if isinstance(result, MemberBusyError)]
        assert (len(refused), len(results)) == (295, 300)

    desk(scenario, threads=2, queue_size=98)


def test_posts_are_read_unasked_only_so_often_and_cost_nobody_their_questions(desk):
    async def scenario(desk):
        posts = [await desk.assistant.volunteer(replace(ADA, member_id=n), f"{SUGAR}?") for n in range(5)]
        assert [panel is not None for panel in posts] == [True, True, True, False, False]
        elsewhere = replace(ADA, guild_id=901)
        assert await desk.assistant.volunteer(elsewhere, f"{SUGAR}?") is not None
        assert heading(await desk.assistant.ask(ADA, SUGAR)) == PHOTOSYNTHESIS

    desk(scenario, volunteer_burst=3, volunteer_seconds=60.0)


def test_an_answer_that_takes_too_long_is_given_up_and_told_without_the_question(desk, monkeypatch, caplog):
    async def scenario(desk):
        release, _ = holding_up(monkeypatch, OpenIndex, "ask", lambda question: "stuck" in question)
        with pytest.raises(AnswerTooSlowError) as refusal:
            await desk.assistant.ask(ADA, "my stuck secret")
        told = report(refusal.value, logging.getLogger("bot.test"))
        assert told.text(Messages.for_locale("en-US")).startswith("I could not finish that within one second")
        assert told.reference in told.text(Messages.for_locale("fr"))
        assert told.reference in caplog.text
        assert "secret" not in caplog.text
        assert "I know" in text(await desk.assistant.about(BOB))  # the only thread was replaced
        release.set()

    desk(scenario, threads=1, answer_seconds=1.0)


def test_somebody_who_types_fast_delays_nobodys_suggestions(desk, monkeypatch):
    async def scenario(desk):
        release, begun = holding_up(monkeypatch, TitleSearch, "search", lambda typed: typed == "slow")
        flood = [asyncio.create_task(desk.assistant.suggester.articles("slow", member_id=11)) for _ in range(300)]
        await asyncio.to_thread(begun.acquire)
        found = await desk.assistant.suggester.articles("opportunity cost", member_id=22)
        assert found[0].label.startswith("What is opportunity cost?")
        release.set()
        assert sum(not found for found in await asyncio.gather(*flood)) >= 296

    desk(scenario)
