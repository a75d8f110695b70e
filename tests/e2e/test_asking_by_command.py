"""Every command, used in a server: what the member reads, and who else sees it."""

from __future__ import annotations

import pytest

from bot.messages.catalogue import LANGUAGES, Messages, command_localizations
from tests.discord_double.interactions import Response
from tests.e2e.words import COMPOUND_INTEREST, ICE, NEITHER, OPPORTUNITY_COST, OSMOSIS, how_many, link

DISCORD_LOCALES = {"en": "en-US", "es": "es-ES", "fr": "fr", "de": "de", "pt-BR": "pt-BR"}


def test_a_question_is_deferred_at_once_and_answered_with_excerpt_and_link(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert run.response is Response.DEFERRED_MESSAGE
        assert run.acknowledged_after < 3
        assert link(OSMOSIS) in run.text
        assert "What is the difference between diffusion and osmosis?" in run.text
        assert "water moves through a" in run.text
        assert "Biology" in run.text
        assert not run.ephemeral
        assert hall.double.messages_in(hall.double.channel) == [run.message]

    in_discord(scenario)


def test_others_can_read_who_asked_what(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is **osmosis** <@&1>"})
        asked = run.message.texts()[0]
        assert asked.startswith(f"{hall.double.member.mention} asked: what is \\*\\*osmosis\\*\\*")
        assert run.message.mentions == ()
        private = await hall.double.slash(hall.double.member, "ask", {"question": "osmosis", "private": "yes"})
        chosen = await hall.double.slash(hall.double.member, "ask", {"question": hall.token_of(OSMOSIS)})
        assert "asked:" not in private.text + chosen.text
        hall.check_harmless()

    in_discord(scenario)


def test_a_private_question_is_answered_for_the_asker_alone(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "why does ice float", "private": "yes"})
        assert link(ICE) in run.text
        assert run.ephemeral
        assert "Share" in run.message.labels()
        assert hall.double.messages_in(hall.double.channel) == []
        public = await hall.double.slash(hall.double.member, "ask", {"question": "why does ice float", "private": "no"})
        assert not public.ephemeral

    in_discord(scenario)


def test_choosing_a_suggestion_answers_with_exactly_that_article(in_discord):
    async def scenario(hall):
        typed = await hall.double.autocomplete(hall.double.member, "ask", {"question": "ice flaot"})
        assert typed.response is Response.CHOICES
        assert 1 <= len(typed.choices) <= 25
        first = typed.choices[0]
        assert first["name"].startswith("Why does ice float on water?")
        run = await hall.double.slash(hall.double.member, "ask", {"question": first["value"]})
        assert link(ICE) in run.text
        assert "The article you chose" in run.text

    in_discord(scenario)


def test_suggestions_come_from_the_chosen_subject_alone(in_discord):
    async def scenario(hall):
        subjects = await hall.double.autocomplete(hall.double.member, "ask", {"question": "cost", "subject": "engin"})
        chosen = subjects.choices[0]
        assert chosen["name"] == f"Engineering ({how_many('engineering')})"
        asked = {"subject": chosen["value"], "question": "opportunity"}
        titles = await hall.double.autocomplete(hall.double.member, "ask", asked)
        run = await hall.double.slash(hall.double.member, "ask", asked | {"question": titles.choices[0]["value"]})
        assert link("/learn/engineering/questions/what-is-opportunity-cost") in run.text

    in_discord(scenario)


def test_the_subject_decides_between_articles_of_one_title(in_discord):
    async def scenario(hall):
        asked = {"question": "what is opportunity cost", "subject": "Economics"}
        run = await hall.double.slash(hall.double.member, "ask", asked)
        assert link(OPPORTUNITY_COST) in run.text
        unknown = await hall.double.slash(hall.double.member, "ask", asked | {"subject": "astrology @everyone"})
        assert "There is no subject called “astrology" in unknown.text
        assert unknown.ephemeral

    in_discord(scenario)


def test_a_question_between_articles_offers_candidates(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": NEITHER})
        assert "I am not sure" in run.text
        assert "How does spaced practice improve long-term learning?" in run.text
        select = next(control for control in run.message.controls() if control["type"] == 3)
        assert 1 <= len(select["options"]) <= 3

    in_discord(scenario)


def test_no_answer_is_private_and_says_how_to_go_on(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "who won the world cup 1998"})
        assert "I found no article that answers this" in run.text
        assert "ask one thing at a time" in run.text
        assert run.ephemeral
        assert hall.double.messages_in(hall.double.channel) == []

    in_discord(scenario)


@pytest.mark.parametrize("question", ["🎉🎉", "?!", "   \u200b"])
def test_a_question_without_words_gets_a_kind_word(in_discord, question):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": question})
        assert "I could not find a question in that" in run.text
        assert run.ephemeral

    in_discord(scenario)


def test_a_question_that_is_too_long_is_refused_kindly(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "why " * 1_400})
        assert "That is too long for me. Please ask in at most 4,000 characters." in run.text
        assert run.ephemeral

    in_discord(scenario)


def test_a_message_is_answered_privately_from_its_menu(in_discord):
    async def scenario(hall):
        bob = hall.double.add_user("bob", hall.double.guild)
        asked = await hall.double.send_message(bob, f"{hall.double.bot.mention} how does compound interest work")
        first = await hall.double.answer_to(asked)
        run = await hall.double.message_command(hall.double.member, "Find an answer", asked)
        assert run.ephemeral
        assert link(COMPOUND_INTEREST) in run.text
        place = f"https://discord.com/channels/{hall.double.guild.id}/{hall.double.channel.id}/{asked.id}"
        assert f"About [this message]({place})" in run.text
        about_answer = await hall.double.message_command(hall.double.member, "Find an answer", first)
        assert link(COMPOUND_INTEREST) in about_answer.text

    in_discord(scenario)


def test_an_embed_is_read_where_a_message_has_no_words_of_its_own(in_discord):
    async def scenario(hall):
        embed = {"type": "rich", "title": "Homework", "description": "Why does ice float on water?"}
        asked = await hall.double.send_message(hall.double.member, "", embeds=(embed,))
        run = await hall.double.message_command(hall.double.member, "Find an answer", asked)
        assert link(ICE) in run.text

    in_discord(scenario)


def test_a_message_without_text_says_so(in_discord):
    async def scenario(hall):
        asked = await hall.double.send_message(hall.double.member, "🎉")
        run = await hall.double.message_command(hall.double.member, "Find an answer", asked)
        assert "That message has no text that I can read" in run.text
        assert f"</ask:{hall.command_id('ask')}>" in run.text
        assert run.ephemeral

    in_discord(scenario)


def test_an_article_is_shown_by_suggestion_or_by_what_is_typed(in_discord):
    async def scenario(hall):
        typed = await hall.double.autocomplete(hall.double.member, "article", {"title": "osmosis"})
        chosen = await hall.double.slash(hall.double.member, "article", {"title": typed.choices[0]["value"]})
        assert link(OSMOSIS) in chosen.text
        by_words = await hall.double.slash(hall.double.member, "article", {"title": "why does ice float on water"})
        assert link(ICE) in by_words.text
        unknown = await hall.double.slash(hall.double.member, "article", {"title": "zzz qqq xxx"})
        assert "I know no article called “zzz qqq xxx”" in unknown.text
        assert unknown.ephemeral

    in_discord(scenario)


def test_related_articles_are_listed(in_discord):
    async def scenario(hall):
        typed = await hall.double.autocomplete(hall.double.member, "related", {"title": "ice float"})
        run = await hall.double.slash(hall.double.member, "related", {"title": typed.choices[0]["value"]})
        assert "Why does ice float on water?" in run.text

    in_discord(scenario)


def test_browsing_goes_from_subjects_to_a_subject_to_an_article(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "browse")
        assert "17 subjects" in run.text or "subjects" in run.text
        assert "Biology" in run.text
        await hall.double.choose(hall.double.member, run.message, "Choose a subject", [hall.option(run, "Biology")])
        biology = hall.double.current(run.message)
        assert f"Biology: {how_many('biology')} articles" in biology.text
        typed = await hall.double.autocomplete(hall.double.member, "browse", {"subject": "bio"})
        direct = await hall.double.slash(hall.double.member, "browse", {"subject": typed.choices[0]["value"]})
        assert f"Biology: {how_many('biology')} articles" in direct.text
        option = hall.option(direct, "diffusion and osmosis")
        chosen = await hall.double.choose(hall.double.member, direct.message, "Choose an article", [option])
        assert link(OSMOSIS) in chosen.text

    in_discord(scenario)


def test_help_names_every_way_to_ask_with_commands_to_click_on(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "help")
        assert run.ephemeral
        for name in ("ask", "article", "related", "browse"):
            assert f"</{name}:{hall.command_id(name)}>" in run.text
        assert "Find an answer" in run.text

    in_discord(scenario)


def test_about_tells_index_version_count_and_privacy(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "about")
        assert run.ephemeral
        assert hall.generation in run.text
        assert f"I know {hall.article_count} articles" in run.text
        assert "90 days" in run.text

    in_discord(scenario)


def test_forget_me_deletes_what_is_remembered(in_discord):
    async def scenario(hall):
        answer = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        await hall.double.press(hall.double.member, answer.message, "Helpful")
        run = await hall.double.slash(hall.double.member, "forget-me")
        assert run.ephemeral
        assert "I deleted the 2 things" in run.text
        gone = await hall.double.press(hall.double.member, answer.message, "Read the whole article")
        assert "This answer is too old for its buttons to work" in gone.text
        again = await hall.double.slash(hall.double.member, "forget-me")
        assert "I remembered nothing about you" in again.text

    in_discord(scenario)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bot_speaks_the_members_language(in_discord, language):
    messages = Messages.for_locale(language)

    async def scenario(hall):
        locale = DISCORD_LOCALES[language]
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"}, locale=locale)
        assert messages.t("confidence-likely") in run.text
        assert messages.t("button-read-more") in run.message.labels()
        assert "What is the difference between diffusion and osmosis?" in run.text  # what is quoted stays as it is
        none = await hall.double.slash(hall.double.member, "ask", {"question": "who won it in 1998"}, locale=locale)
        assert messages.t("none-title") in none.text
        pressed = await hall.double.press(hall.double.member, run.message, messages.t("button-helpful"), locale=locale)
        assert messages.t("feedback-helpful") in pressed.text
        helped = await hall.double.slash(hall.double.member, "help", locale=locale)
        assert messages.t("help-title") in helped.text

    in_discord(scenario)


def test_the_menu_of_commands_is_translated(in_discord):
    async def scenario(hall):
        ask = hall.command("ask")
        assert ask["name_localizations"] == dict(command_localizations("cmd-ask-name"))
        assert ask["description_localizations"] == dict(command_localizations("cmd-ask-description"))
        question, subject, private = ask["options"]
        assert question["name_localizations"] == dict(command_localizations("cmd-ask-option-question-name"))
        assert (question["required"], question["autocomplete"]) == (True, True)
        assert (subject.get("required", False), subject["autocomplete"]) == (False, True)
        shown = {choice["value"]: choice["name_localizations"]["de"] for choice in private["choices"]}
        assert shown == {"yes": "Ja", "no": "Nein"}
        menu = hall.command("Find an answer")
        assert menu["name_localizations"] == dict(command_localizations("menu-find-answer-name"))

    in_discord(scenario)
