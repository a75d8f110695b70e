"""Questions, follow-ups and buttons over the sample articles, the real model and a real database."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bot_bootstrap import index_opener
from bot.callers import Names
from bot.client.error_messages import explain
from bot.live_index.open_index import OpenIndex, UnknownSubjectError
from bot.live_index.title_search import TitleSearch, token_of
from bot.member_errors import (
    AnswerExpiredError,
    ArticleGoneError,
    BusyError,
    MemberCooldownError,
    MemberError,
    NotYoursError,
    NotYoursToDeleteError,
    QuestionTooLongError,
)
from bot.panels.components import Add, Remove, Replace, Select
from bot.panels.custom_ids import ButtonAction, make_id
from tests.bot.assistants import (
    ADA,
    AT_HOME,
    BOB,
    JOINS,
    MOD,
    OSMOSIS,
    PHOTOSYNTHESIS,
    POLICIES,
    SUGAR,
    custom_id,
    heading,
)
from tests.bot.panels.limits import labels, problems, text


def test_a_question_is_answered_with_the_article_and_its_excerpt(desk):
    async def scenario(desk):
        panel = await desk.assistant.ask(ADA, SUGAR)
        assert heading(panel) == PHOTOSYNTHESIS
        assert "Quoted word for word from [the article](https://quicktakes.io/learn/biology/" in text(panel)
        assert panel.memory.asker_id == ADA.member_id
        assert panel.memory.question == SUGAR
        assert panel.memory.confidence > 0.9
        assert not panel.is_private
        assert problems(panel) == []

    desk(scenario)


def test_the_members_language_is_spoken(desk):
    async def scenario(desk):
        panel = await desk.assistant.ask(replace(ADA, locale="es-419"), SUGAR)
        assert "Leer el artículo completo" in labels(panel)
        assert heading(panel) == PHOTOSYNTHESIS

    desk(scenario)


def test_what_no_article_answers_is_said_privately(desk):
    async def scenario(desk):
        panel = await desk.assistant.ask(ADA, "what's the wifi password of the dorm lol")
        assert "I found no article that answers this" in text(panel)
        assert panel.is_private
        assert panel.memory.article_url is None
        empty = await desk.assistant.ask(ADA, "🙂🙂")
        assert text(empty).startswith("I could not find a question in that.")

    desk(scenario)


def test_a_suggestion_is_answered_with_exactly_that_article(desk):
    async def scenario(desk):
        for choice in await desk.assistant.suggester.articles("opportunity cost"):
            panel = await desk.assistant.ask(ADA, choice.value)
            assert token_of(panel.memory.article_url) == choice.value
            assert "The article you chose" in text(panel)
        with pytest.raises(ArticleGoneError):
            await desk.assistant.ask(ADA, token_of("/not/there"))

    desk(scenario)


def test_a_subject_limits_where_is_looked(desk):
    async def scenario(desk):
        panel = await desk.assistant.ask(ADA, "what is opportunity cost", subject="economics")
        assert panel.memory.article_url.startswith("/learn/economics/")
        assert panel.memory.subject_key == "economics"
        with pytest.raises(UnknownSubjectError):
            await desk.assistant.ask(ADA, "what is opportunity cost", subject="Alchemy")
        suggested = await desk.assistant.suggester.subjects("econo", "de")
        assert suggested[0].value == "economics"
        assert re.fullmatch(r"Economics \(\d+\)", suggested[0].label)
        assert all(choice.value for choice in await desk.assistant.suggester.subjects("", None))
        within = await desk.assistant.suggester.articles("what is", "economics")
        for choice in within:
            article = (await desk.assistant.ask(ADA, choice.value)).memory.article_url
            assert article.startswith("/learn/economics/")
        anywhere = await desk.assistant.suggester.articles("what is")
        assert await desk.assistant.suggester.articles("what is", "nonsense") == anywhere

    desk(scenario)


def test_too_long_and_too_soon_are_refused_and_refusals_cost_nothing(desk):
    async def scenario(desk):
        with pytest.raises(QuestionTooLongError):
            await desk.assistant.ask(ADA, "x" * 4_001)
        assert heading(await desk.assistant.ask(ADA, f"{SUGAR} " * 100)) == PHOTOSYNTHESIS
        await desk.assistant.ask(ADA, SUGAR)
        with pytest.raises(MemberCooldownError):
            await desk.assistant.ask(ADA, SUGAR)
        assert heading(await desk.assistant.ask(BOB, SUGAR)) == PHOTOSYNTHESIS

    desk(scenario, member_burst=2, member_seconds=60.0)


def test_under_overload_it_says_that_it_is_busy_and_goes_on_answering(desk):
    async def scenario(desk):
        callers = [replace(ADA, member_id=number) for number in range(60)]
        results = await asyncio.gather(*(desk.assistant.ask(each, SUGAR) for each in callers), return_exceptions=True)
        busy = [result for result in results if isinstance(result, BusyError)]
        answered = [result for result in results if not isinstance(result, BusyError)]
        assert (len(busy), len(answered)) == (48, 12)
        assert {heading(panel) for panel in answered} == {PHOTOSYNTHESIS}

    desk(scenario, threads=2, queue_size=10)


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("what are newton's laws of motion", "and the third one?", "What are Newton's three laws of motion?"),
        ("what is fiscal policy", "and monetary policy?", POLICIES),
        ("how does an inner join work in sql", "and a left join?", JOINS),
        (SUGAR, "where does it happen?", PHOTOSYNTHESIS),
        (SUGAR, "what is opportunity cost?", "What is opportunity cost?"),
        ("what is osmosis", "how is it different from diffusion?", OSMOSIS),
        ("what is price elasticity of demand", "why does ice float on water", "Why does ice float on water?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_understood_by_what_was_asked_before(desk, first, then, expected):
    async def scenario(desk):
        message_id, _ = await desk.ask(ADA, first)
        assert heading(await desk.assistant.follow_up(ADA, then, message_id)) == expected
        await desk.ask(AT_HOME, first)
        assert heading(await desk.assistant.follow_up(AT_HOME, then, None)) == expected

    desk(scenario)


def test_a_follow_up_says_what_it_was_taken_for(desk):
    async def scenario(desk):
        message_id, _ = await desk.ask(ADA, SUGAR)
        panel = await desk.assistant.follow_up(ADA, "where does it happen?", message_id)
        assert f"Understood as a follow-up to “{SUGAR}”" in text(panel)
        alone = await desk.assistant.follow_up(ADA, "why does ice float on water", message_id)
        assert "follow-up" not in text(alone)
        unknown = await desk.assistant.follow_up(ADA, "why does ice float on water", 1)
        assert heading(unknown) == "Why does ice float on water?"

    desk(scenario)


def test_only_a_confident_answer_is_volunteered(desk):
    async def scenario(desk):
        panel = await desk.assistant.volunteer(ADA, f"Help with biology\n{SUGAR}?")
        assert text(panel).startswith("I am a bot, and I may have found an article that answers this.")
        assert text(panel).endswith("Mention me to ask further.")
        assert heading(panel) == PHOTOSYNTHESIS
        assert await desk.assistant.volunteer(ADA, "anyone up for pizza tonight?") is None
        for said in ("Hello\nhello, can you help me?", "what is the weather like today?", "test\nis this thing on?"):
            assert await desk.assistant.volunteer(ADA, said) is None

    desk(scenario)


def test_small_talk_gets_a_kind_line_below_an_answer_and_alone(desk):
    async def scenario(desk):
        earlier, _ = await desk.ask(ADA, SUGAR)
        joke = await desk.assistant.follow_up(ADA, "tell me a joke", earlier)
        assert text(joke).startswith("That is nothing I can do")
        more = await desk.assistant.follow_up(ADA, "more", earlier)
        assert heading(more) == PHOTOSYNTHESIS
        alone = await desk.assistant.ask(BOB, "more")
        assert text(alone).startswith("I do not know what that refers to.")
        assert problems(alone) == problems(joke) == []

    desk(scenario)


def test_what_an_answer_says_of_itself_stays_however_it_is_changed(desk):
    async def scenario(desk):
        earlier, _ = await desk.ask(ADA, SUGAR)
        follow_up = await desk.assistant.follow_up(ADA, "and in the dark?", earlier)
        volunteered = await desk.assistant.volunteer(ADA, f"Help with biology\n{SUGAR}?")
        for panel, line in (
            (follow_up, f"Understood as a follow-up to “{SUGAR}”"),
            (volunteered, "Mention me to ask further."),
        ):
            message_id = await desk.send(ADA, panel)
            for pressed in (
                make_id(ButtonAction.READ, 1),
                make_id(ButtonAction.EXCERPT),
                make_id(ButtonAction.NOT_THIS),
            ):
                (changed,) = await desk.press(ADA, message_id, pressed)
                assert line in text(changed), pressed
                assert problems(changed) == []

    desk(scenario)


def test_pages_are_turned_in_place_and_back(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        (page,) = await desk.press(ADA, message_id, custom_id(panel, "Read the whole article"))
        assert "Page 1 of" in str(labels(page))
        assert page.memory.page == 1
        (back,) = await desk.press(ADA, message_id, custom_id(page, "Back to the excerpt"))
        assert (back.body, back.rows) == (panel.body, panel.rows)
        with pytest.raises(NotYoursError):
            await desk.press(BOB, message_id, custom_id(panel, "Read the whole article"))

    desk(scenario)


def test_not_this_one_goes_on_to_the_next_until_none_is_left(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        shown = [heading(panel)]
        while "Not this one" in labels(panel):
            (panel,) = await desk.press(ADA, message_id, make_id(ButtonAction.NOT_THIS))
            shown.append(heading(panel))
            assert problems(panel) == []
        assert len(shown) == len(set(shown)) == 6
        (note,) = await desk.press(ADA, message_id, make_id(ButtonAction.NOT_THIS))
        assert text(note).startswith("That was the last match.")
        assert note.is_private
        (first,) = await desk.press(
            ADA, message_id, custom_id(panel, "Other matches"), token_of_heading(panel, shown[0])
        )
        assert heading(first) == shown[0]

    desk(scenario)


def token_of_heading(panel, question):
    """Value of the option of this question in a panel's select."""
    selects = [row for row in panel.rows if isinstance(row, Select)]
    return next(each.value for row in selects for each in row.options if each.label.startswith(question[:40]))


def test_another_match_is_shown_in_place_and_the_first_stays_within_reach(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        select = next(row for row in panel.rows if isinstance(row, Select))
        (other,) = await desk.press(ADA, message_id, select.custom_id, select.options[1].value)
        assert token_of(other.memory.article_url) == select.options[1].value
        assert "The article you chose" in text(other)
        (first,) = await desk.press(ADA, message_id, select.custom_id, token_of(panel.memory.article_url))
        assert heading(first) == PHOTOSYNTHESIS
        with pytest.raises(ArticleGoneError):
            await desk.press(ADA, message_id, select.custom_id, token_of("/learn/nothing"))
        elsewhere = (await desk.assistant.suggester.articles("marshall plan"))[0].value
        with pytest.raises(AnswerExpiredError):
            await desk.press(ADA, message_id, select.custom_id, elsewhere)
        with pytest.raises(NotYoursError):
            await desk.press(BOB, message_id, select.custom_id, select.options[1].value)

    desk(scenario)


def test_anybody_may_rate_and_take_it_back(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        helpful, not_helpful = custom_id(panel, "Helpful"), custom_id(panel, "Not helpful")
        storage = desk.assistant._storage
        (thanks,) = await desk.press(BOB, message_id, helpful)
        assert text(thanks) == "Thank you! I am glad that it helped."
        assert thanks.is_private
        await desk.press(ADA, message_id, not_helpful)
        counts = await storage.feedback.counts(panel.memory.article_url)
        assert (counts.helpful, counts.not_helpful) == (1, 1)
        (taken,) = await desk.press(ADA, message_id, not_helpful)
        assert text(taken) == "Your rating is taken back."
        await desk.press(BOB, message_id, not_helpful)
        counts = await storage.feedback.counts(panel.memory.article_url)
        assert (counts.helpful, counts.not_helpful) == (0, 1)

    desk(scenario)


def test_the_next_match_is_pointed_out_only_to_whom_it_is_offered(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        not_helpful = custom_id(panel, "Not helpful")
        (told,) = await desk.press(ADA, message_id, not_helpful)
        assert text(told) == "Thank you for telling me. “Not this one” shows the next match."
        (told,) = await desk.press(BOB, message_id, not_helpful)
        assert text(told) == "Thank you for telling me."
        alone = await desk.send(ADA, await desk.assistant.article(ADA, "why ice floats on water"))
        (told,) = await desk.press(ADA, alone, not_helpful)
        assert text(told) == "Thank you for telling me."

    desk(scenario)


def test_the_asker_and_moderators_delete(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        delete = custom_id(panel, "Delete")
        with pytest.raises(NotYoursToDeleteError):
            await desk.assistant.press(BOB, message_id, delete)
        assert list(await desk.assistant.press(MOD, message_id, delete)) == [Remove()]
        assert list(await desk.assistant.press(ADA, message_id, delete)) == [Remove()]
        await desk.press(ADA, message_id, delete)
        with pytest.raises(AnswerExpiredError):
            await desk.assistant.press(ADA, message_id, delete)
        assert list(await desk.assistant.press(MOD, message_id, delete)) == [Remove()]

    desk(scenario)


def test_related_articles_open_beside(desk):
    async def scenario(desk):
        message_id, panel = await desk.ask(ADA, SUGAR)
        (listed,) = await desk.press(BOB, message_id, custom_id(panel, "Related articles"))
        assert "Articles related to “How does photosynthesis turn light into sugar?”" in text(listed)
        select = next(row for row in listed.rows if isinstance(row, Select))
        (effect,) = await desk.assistant.press(BOB, desk.last_id, select.custom_id, [select.options[0].value])
        assert isinstance(effect, Add)
        assert token_of(effect.panel.memory.article_url) == select.options[0].value
        assert effect.panel.is_private
        assert effect.panel.memory.asker_id == BOB.member_id
        by_title = await desk.assistant.related(ADA, "photosynthesis turn light into sugar")
        assert text(by_title) == text(listed)

    desk(scenario)


def test_articles_are_found_by_title(desk):
    async def scenario(desk):
        panel = await desk.assistant.article(ADA, "why ice floats on water")
        assert heading(panel) == "Why does ice float on water?"
        assert panel.above == ""
        assert "The article you chose" in text(panel)

    desk(scenario)


def test_subjects_are_browsed_by_their_caller_alone(desk):
    async def scenario(desk):
        panel = await desk.assistant.browse(ADA, None)
        assert text(panel).startswith("### 15 subjects")
        message_id = await desk.send(ADA, panel)
        select = next(row for row in panel.rows if isinstance(row, Select))
        physics = next(option for option in select.options if option.label.startswith("Physics"))
        with pytest.raises(NotYoursError):
            await desk.press(BOB, message_id, select.custom_id, physics.value)
        (effect,) = await desk.assistant.press(ADA, message_id, select.custom_id, [physics.value])
        assert isinstance(effect, Replace)
        assert text(effect.panel).startswith("### Physics: ")
        assert text(effect.panel) == text(await desk.assistant.browse(ADA, "physics"))
        (listed,) = await desk.press(ADA, message_id, select.custom_id, physics.value)
        with pytest.raises(NotYoursError):
            await desk.press(BOB, message_id, custom_id(listed, "All subjects"))
        article = next(row for row in listed.rows if isinstance(row, Select))
        (opened,) = await desk.press(BOB, message_id, article.custom_id, article.options[0].value)
        assert opened.is_private  # anybody may have a look for themselves
        (again,) = await desk.press(ADA, message_id, custom_id(listed, "All subjects"))
        assert text(again) == text(panel)
        with pytest.raises(AnswerExpiredError):
            await desk.press(ADA, message_id, make_id(ButtonAction.ARTICLES, "NOSUCHSUBJECT", 2))

    desk(scenario)


def test_lists_are_no_context_of_what_is_asked_next_and_no_questions(desk):
    async def scenario(desk):
        await desk.ask(AT_HOME, SUGAR)
        listed = await desk.send(AT_HOME, await desk.assistant.browse(AT_HOME, None))
        follow_up = await desk.assistant.follow_up(AT_HOME, "where does it happen?", None)
        assert heading(follow_up) == PHOTOSYNTHESIS
        alone = await desk.assistant.follow_up(AT_HOME, "why does ice float on water", listed)
        assert heading(alone) == "Why does ice float on water?"
        assert await desk.assistant._storage.answered.recent_questions(9) == (SUGAR,)

    desk(scenario)


WORDS = st.sampled_from(
    ["", "0", "1", "11", "22", "999999", "9" * 20, "-1", "1_0", "seven", "physics", "a:b", "\u0661"]
)
FORGED_IDS = st.one_of(
    st.builds(
        lambda name, arguments, mark: ":".join(("q1", name, *arguments)) + mark,
        st.sampled_from([action.value for action in ButtonAction]),
        st.lists(WORDS, max_size=5),
        st.sampled_from(["", "#on", "#", "#:#"]),
    ),
    st.text(max_size=120).map("q1:{}".format),
)
CHOSEN = st.lists(st.one_of(WORDS, st.text(max_size=30), st.just(token_of("/learn/nothing"))), max_size=2)


SOUND_ID = re.compile(
    r"q1:(excerpt|not-this|choose|related|open|helpful|not-helpful|share|delete|read:\d{1,6}|subjects:\d{1,6}"
    r"|subject|articles:[^:]+:\d{1,6})(#|$)",
    re.ASCII,
)


def test_forged_ids_of_buttons_are_too_old_and_do_nothing(desk):
    async def scenario(desk):
        answer, _ = await desk.ask(ADA, SUGAR)
        nothing, _ = await desk.ask(ADA, "what's the wifi password of the dorm lol")

        def presses(custom_id, values, caller, message_id):
            pressing = desk.press(caller, message_id, custom_id, *values)
            return asyncio.run_coroutine_threadsafe(pressing, loop).result()

        @settings(max_examples=150, deadline=None)
        @given(FORGED_IDS, CHOSEN, st.sampled_from([ADA, BOB, MOD]), st.sampled_from([answer, nothing, 1]))
        def forge(custom_id, values, caller, message_id):
            try:
                panels, refusal = presses(custom_id, values, caller, message_id), None
            except MemberError as error:
                panels, refusal = [], error
            assert SOUND_ID.match(custom_id) or isinstance(refusal, AnswerExpiredError)
            assert refusal is None or explain(refusal).level < logging.WARNING  # no traceback, nothing to look at
            assert all(problems(panel) == [] for panel in panels)

        loop = asyncio.get_running_loop()
        await asyncio.to_thread(forge)

    desk(scenario)


def test_what_is_stuck_does_not_keep_the_bot_from_its_end(desk, monkeypatch):
    async def scenario(desk):
        release, begun = threading.Event(), threading.Semaphore(0)

        def stuck(*_, **__):
            begun.release()
            release.wait()

        monkeypatch.setattr(TitleSearch, "search", stuck)
        monkeypatch.setattr(OpenIndex, "ask", stuck)
        asked = asyncio.create_task(desk.assistant.ask(ADA, SUGAR))
        typed = asyncio.create_task(desk.assistant.suggester.articles("sugar"))
        for _ in range(2):
            await asyncio.to_thread(begun.acquire)
        async with asyncio.timeout(30):  # what is stuck goes on only below
            await desk.assistant.close(0.3)
        with pytest.raises(TimeoutError):
            await asked
        assert list(await typed) == []
        release.set()

    desk(scenario)


def test_the_bot_tells_about_itself_and_forgets(desk):
    async def scenario(desk):
        desk.assistant.names = Names("@tutor", (("ask", "</ask:5>"), ("forget-me", "</forget-me:6>")))
        about = text(await desk.assistant.about(ADA))
        assert re.search(r"I know \d+ articles in 15 subjects\.", about)
        assert "</forget-me:6>" in about
        assert "</ask:5>" in text(await desk.assistant.help(ADA))
        assert "</ask:5>" in text(await desk.assistant.greet(ADA))
        assert text(await desk.assistant.greet(AT_HOME)).startswith("Ask me a study question")
        message_id, panel = await desk.ask(ADA, SUGAR)
        await desk.press(ADA, message_id, custom_id(panel, "Helpful"))
        assert text(await desk.assistant.forget_me(ADA)) == "Done. I deleted the 2 things that I remembered about you."
        with pytest.raises(AnswerExpiredError):
            await desk.press(ADA, message_id, custom_id(panel, "Read the whole article"))

    desk(scenario)


def test_an_answer_follows_the_generation_that_serves_when_it_began(desk, sample_settings):
    async def scenario(desk):
        served = desk.assistant._live
        first = served.generation_id
        questions = [asyncio.create_task(desk.assistant.ask(replace(ADA, member_id=n), SUGAR)) for n in range(20)]
        await asyncio.sleep(0)
        served.swap(await asyncio.to_thread(index_opener(sample_settings), first))
        panels = await asyncio.gather(*questions)
        assert {heading(panel) for panel in panels} == {PHOTOSYNTHESIS}
        assert {panel.memory.generation for panel in panels} == {first}

    desk(scenario)
