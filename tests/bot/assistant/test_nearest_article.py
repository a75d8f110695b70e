"""`/article` and `/related` with a title, with plain words, and with nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rapidfuzz.fuzz import token_sort_ratio

from bot.client.error_messages import explain
from bot.live_index.title_search import token_of
from bot.member_errors import NothingTypedError
from bot.panels.components import Select
from tests.bot.assistants import ADA, JOINS, OSMOSIS, PHOTOSYNTHESIS, custom_id, heading
from tests.bot.panels.limits import problems, text


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("photosynthesis", PHOTOSYNTHESIS),
        ("Photosynthesis!!", PHOTOSYNTHESIS),
        ("osmosis", OSMOSIS),
        ("opportunity cost", "What is opportunity cost?"),
        ("plants making sugar out of light", PHOTOSYNTHESIS),
        ("inner join left join", JOINS),
    ],
)
def test_plain_words_lead_to_the_nearest_article_which_says_so(desk, typed, title):
    async def scenario(desk):
        panel = await desk.assistant.article(ADA, typed)
        assert heading(panel) == title
        if token_sort_ratio(typed.casefold(), title.casefold()) < 60:
            assert text(panel).startswith(f"The nearest article to “{typed}”")
            assert "The article you chose" not in text(panel)
        assert problems(panel) == []
        related = await desk.assistant.related(replace(ADA, locale="de"), typed)
        assert title in text(related)
        message_id = await desk.send(ADA, panel)
        (page,) = await desk.press(ADA, message_id, custom_id(panel, "Read the whole article"))
        assert heading(page) == title

    desk(scenario)


def test_what_no_article_is_near_to_is_told_with_the_nearest_titles(desk):
    async def scenario(desk):
        for command in (desk.assistant.article, desk.assistant.related):
            panel = await command(ADA, "the best pizza in town")
            assert text(panel).startswith("I know no article called “the best pizza in town”.")
            assert "The nearest titles are:" in text(panel)
            assert panel.is_private
            assert problems(panel) == []
            select = next(row for row in panel.rows if isinstance(row, Select))
            message_id = await desk.send(ADA, panel)
            (opened,) = await desk.press(ADA, message_id, select.custom_id, select.options[0].value)
            assert token_of(opened.memory.article_url) == select.options[0].value

    desk(scenario)


@pytest.mark.parametrize("typed", ["   ", "", "?!…", "🙂🙂", "___"])
def test_a_title_without_words_is_asked_for_kindly(desk, typed):
    async def scenario(desk):
        for command in (desk.assistant.article, desk.assistant.related):
            with pytest.raises(NothingTypedError) as refusal:
                await command(ADA, typed)
            assert explain(refusal.value).key == "none-nothing-asked"

    desk(scenario)


def test_what_was_typed_is_harmless_above_the_nearest_article(desk):
    async def scenario(desk):
        typed = "@everyone [photosynthesis](https://evil.example) **sugar** from light\n# " + "x" * 3000
        panel = await desk.assistant.article(ADA, typed)
        assert "\n" not in panel.above
        assert "@everyone" not in panel.above
        assert not re.search(r"(?<!\\)[*\[\]]", panel.above)
        assert problems(panel) == []

    desk(scenario)
