"""Every button and every select, pressed by whoever may and by whoever may not, before and after a restart."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.bot.small_index import build
from tests.discord_double.interactions import Response
from tests.discord_double.state import MODERATOR
from tests.e2e.bot_running import open_serving
from tests.e2e.words import ICE, NEITHER, NOTHING, OPPORTUNITY_COST, OSMOSIS, SPACED_PRACTICE, how_many, link


async def ask(hall, question="what is osmosis", **options):
    run = await hall.double.slash(hall.double.member, "ask", {"question": question} | options)
    return run.message


def test_the_whole_article_is_read_in_place(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        run = await hall.double.press(hall.double.member, answer, "Read the whole article")
        assert run.response is Response.DEFERRED_UPDATE
        assert link(OSMOSIS) in run.text
        assert "Next page" not in hall.enabled(answer)  # it fills one message; a long one is turned below
        await hall.double.press(hall.double.member, answer, "Back to the excerpt")
        assert hall.double.current(answer).texts() == answer.texts()
        assert hall.double.current(answer).labels() == answer.labels()
        assert len(hall.double.messages_in(hall.double.channel)) == 1

    in_discord(scenario)


@pytest.fixture(scope="module")
def long_article(sample_settings, sample_content, tmp_path_factory):
    """An index of one article that fills several messages."""
    folder = tmp_path_factory.mktemp("long")
    article = (sample_content / "learn/chemistry/why-does-ice-float-on-water.md").read_text(encoding="utf-8")
    answer = "\\n\\n".join(f"## Part {n}\\n\\n" + f"Ice floats, as part {n} explains. " * 30 for n in range(1, 13))
    text = re.sub(r"(?s)answer: >-\n.*?\nsubject:", lambda _: f"answer: >-\n    {answer}\nsubject:", article)
    path = folder / "content/learn/chemistry/why-does-ice-float-on-water.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    places = {"content_dir": folder / "content", "dir": folder / "index"}
    settings = sample_settings.model_copy(update={"index": sample_settings.index.model_copy(update=places)})
    build(settings)
    opened = open_serving(settings)
    yield opened
    opened.close()


def test_a_long_article_has_pages_that_can_be_turned_both_ways(in_discord, long_article):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "article", {"title": "why does ice float on water"})
        answer = run.message
        await hall.double.press(hall.double.member, answer, "Read the whole article")
        seen = [hall.double.current(answer).text]
        while "Next page" in hall.enabled(answer):
            await hall.double.press(hall.double.member, answer, "Next page")
            seen.append(hall.double.current(answer).text)
        assert len(seen) == 6
        assert f"Page {len(seen)} of {len(seen)}" in hall.double.current(answer).labels()
        parts = [n for text in seen for n in range(1, 13) if f"Part {n}\n" in text]
        assert parts == list(range(1, 13))  # each once, in order
        await hall.double.press(hall.double.member, answer, "Previous page")
        assert hall.double.current(answer).text == seen[-2]
        await hall.restart()
        await hall.double.press(hall.double.member, answer, "Next page")
        assert hall.double.current(answer).text == seen[-1]

    in_discord(scenario, index=long_article)


def test_a_candidate_is_chosen(in_discord):
    async def scenario(hall):
        answer = await ask(hall, NEITHER)
        options = hall.options(answer, "Choose what you meant")
        spaced = next(option for option in options if option["label"].startswith("How does spaced practice"))
        await hall.double.choose(hall.double.member, answer, "Choose what you meant", [spaced["value"]])
        assert link(SPACED_PRACTICE) in hall.double.current(answer).text

    in_discord(scenario)


def test_related_articles_come_privately_and_can_be_opened(in_discord):
    async def scenario(hall):
        linked = next(article for article in hall.articles() if hall.related_to(article))
        shown = await hall.double.slash(hall.double.member, "article", {"title": hall.token_of(linked.url)})
        answer = shown.message
        bob = hall.double.add_user("bob", hall.double.guild)
        run = await hall.double.press(bob, answer, "Related articles")
        added = run.added[-1]
        assert added.ephemeral
        assert "Articles related to" in added.text
        option = hall.options(added, "Related articles")[0]
        chosen = await hall.double.choose(bob, added, "Related articles", [option["value"]])
        assert option["label"].rstrip("…") in chosen.text
        assert all(message.ephemeral for message in chosen.messages)
        assert hall.double.current(answer).texts() == answer.texts()

    in_discord(scenario)


def test_ratings_are_counted_once_a_member_and_can_be_taken_back(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        bob = hall.double.add_user("bob", hall.double.guild)
        thanked = await hall.double.press(hall.double.member, answer, "Helpful")
        assert "Thank you! I am glad that it helped." in thanked.text
        assert thanked.added[-1].ephemeral
        told = await hall.double.press(bob, answer, "Not helpful")
        assert "Thank you for telling me." in told.text
        assert await hall.ratings(OSMOSIS) == (1, 1)
        await hall.double.press(bob, answer, "Helpful")
        assert await hall.ratings(OSMOSIS) == (2, 0)
        withdrawn = await hall.double.press(bob, answer, "Helpful")
        assert "Your rating is taken back." in withdrawn.text
        assert await hall.ratings(OSMOSIS) == (1, 0)

    in_discord(scenario)


def test_a_private_answer_is_shared_once_with_its_own_buttons(in_discord):
    async def scenario(hall):
        answer = await ask(hall, private="yes")
        await hall.double.press(hall.double.member, answer, "Share")
        await hall.double.wait_for(lambda: "Share" not in hall.double.current(answer).labels() or None)
        public = await hall.double.wait_for(lambda: hall.double.messages_in(hall.double.channel) or None)
        assert f"Shared by {hall.double.member.mention}" in public[0].text
        assert link(OSMOSIS) in public[0].text
        assert public[0].mentions == ()
        assert "Share" not in public[0].labels()
        await hall.double.press(hall.double.member, public[0], "Read the whole article")
        assert "Back to the excerpt" in hall.double.current(public[0]).labels()

    in_discord(scenario)


def test_pressed_twice_at_once_a_button_works_once(in_discord):
    async def scenario(hall):
        double = hall.double
        answer = await ask(hall, private="yes")
        double.patience = 1.0
        presses = (double.press(double.member, answer, "Share") for _ in range(2))
        await asyncio.gather(*presses, return_exceptions=True)  # one changes nothing, so the double waits in vain
        await double.wait_for(lambda: "Share" not in double.current(answer).labels() or None)
        assert len(double.messages_in(double.channel)) == 1

    in_discord(scenario)


def test_the_asker_deletes_an_answer(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        await hall.double.press(hall.double.member, answer, "Delete")
        assert hall.double.current(answer) is None
        assert await hall.remembered(answer) is None

    in_discord(scenario)


def test_a_moderator_deletes_anybodys_answer_but_others_may_not(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        bob = hall.double.add_user("bob", hall.double.guild)
        refused = await hall.double.press(bob, answer, "Delete")
        assert "Only the member who asked and moderators may delete this answer." in refused.added[-1].text
        assert refused.added[-1].ephemeral
        assert hall.double.current(answer) is not None
        mia = hall.double.add_user("mia", hall.double.guild, permissions=MODERATOR)
        await hall.double.press(mia, answer, "Delete")
        assert hall.double.current(answer) is None

    in_discord(scenario)


@pytest.mark.parametrize("label", ["Read the whole article", "Not this one"])
def test_buttons_of_somebody_elses_answer_are_refused_privately(in_discord, label):
    async def scenario(hall):
        answer = await ask(hall, "what is opportunity cost")
        bob = hall.double.add_user("bob", hall.double.guild)
        run = await hall.double.press(bob, answer, label)
        assert "These buttons belong to whoever asked." in run.added[-1].text
        assert run.added[-1].ephemeral
        assert hall.double.current(answer).texts() == answer.texts()

    in_discord(scenario)


def test_a_select_of_somebody_elses_answer_is_refused_privately(in_discord):
    async def scenario(hall):
        answer = await ask(hall, NEITHER)
        bob = hall.double.add_user("bob", hall.double.guild)
        options = hall.options(answer, "Choose what you meant")
        run = await hall.double.choose(bob, answer, "Choose what you meant", [options[0]["value"]])
        assert "These buttons belong to whoever asked." in run.added[-1].text
        assert hall.double.current(answer).texts() == answer.texts()

    in_discord(scenario)


def test_the_nearest_titles_of_no_answer_can_be_chosen(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": NOTHING})
        select = next(control for control in run.message.controls() if control["type"] == 3)
        option = select["options"][0]
        chosen = await hall.double.choose(hall.double.member, run.message, select["custom_id"], [option["value"]])
        assert option["label"].rstrip("…") in chosen.text
        assert chosen.ephemeral

    in_discord(scenario)


def test_every_button_works_after_a_restart(in_discord):
    async def scenario(hall):
        answer = await ask(hall, "what is opportunity cost")
        offered = await ask(hall, NEITHER)
        private = await ask(hall, "why does ice float", private="yes")
        subjects = (await hall.double.slash(hall.double.member, "browse")).message
        await hall.restart()
        member = hall.double.member
        await hall.double.press(member, answer, "Read the whole article")
        assert "Back to the excerpt" in hall.double.current(answer).labels()
        await hall.double.press(member, answer, "Back to the excerpt")
        assert hall.double.current(answer).texts() == answer.texts()
        await hall.double.press(member, answer, "Not this one")
        assert hall.article_of(hall.double.current(answer)) != OPPORTUNITY_COST
        assert "I am glad" in (await hall.double.press(member, answer, "Helpful")).text
        await hall.double.press(member, answer, "Delete")
        assert hall.double.current(answer) is None
        choice = hall.options(offered, "Choose what you meant")[0]
        await hall.double.choose(member, offered, "Choose what you meant", [choice["value"]])
        assert choice["label"].rstrip("…") in hall.double.current(offered).text
        await hall.double.press(member, private, "Share")
        assert any(link(ICE) in message.text for message in hall.double.messages_in(hall.double.channel))
        biology = next(o for o in hall.options(subjects, "Choose a subject") if o["label"].startswith("Biology"))
        await hall.double.choose(member, subjects, "Choose a subject", [biology["value"]])
        assert f"Biology: {how_many('biology')} articles" in hall.double.current(subjects).text

    in_discord(scenario)


def test_a_follow_up_works_after_a_restart(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        await hall.restart()
        further = await hall.double.send_message(hall.double.member, "and why the membrane?", reply_to=answer)
        assert link(OSMOSIS) in (await hall.double.answer_to(further)).text

    in_discord(scenario)


def test_buttons_of_a_message_that_is_forgotten_say_so(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        await hall.storage.answered.delete(int(answer.id))
        run = await hall.double.press(hall.double.member, answer, "Read the whole article")
        assert "This answer is too old for its buttons to work." in run.added[-1].text
        assert run.added[-1].ephemeral
        assert hall.double.current(answer).texts() == answer.texts()

    in_discord(scenario)


def test_a_press_is_answered_in_the_language_of_whoever_presses(in_discord):
    async def scenario(hall):
        answer = await ask(hall)
        bob = hall.double.add_user("bob", hall.double.guild, locale="fr")
        run = await hall.double.press(bob, answer, "Helpful")
        assert "Merci" in run.added[-1].text

    in_discord(scenario)
