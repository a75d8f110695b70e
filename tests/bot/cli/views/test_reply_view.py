"""Replies as they are shown."""

import dataclasses
import io

from rich.console import Console

from bot.cli.views.output import show
from bot.cli.views.reply_view import article_list_view, article_view, numbered_articles, reply_view, section_view
from retrieval.domain import NoAnswer, NoAnswerReason
from tests.bot.cli.replies import (
    CANDIDATES,
    DIFFUSION,
    NO_ANSWER,
    NOTHING_ASKED,
    OSMOSIS,
    PRESSURE,
    SITE,
    answered,
    article,
    hit,
)


def shown(view, width: int = 80) -> list[str]:
    stream = io.StringIO()
    show(Console(file=stream, width=width, markup=False, emoji=False, highlight=False), view)
    return stream.getvalue().splitlines()


def test_an_answer_shows_all_its_parts_in_order():
    assert shown(reply_view(answered(), SITE)) == [
        "What is osmosis?",
        "Biology · very likely the answer (93%) · also in Chemistry",
        "",
        "quoted from the article > Transport > Passive",
        "  Water and membranes",
        "",
        "  A membrane lets water pass. Osmosis is the movement of water towards the side",
        "  with more solute. It stops when the pressures balance.",
        "",
        "https://example.org/learn/biology/what-is-osmosis",
        "",
        "Related",
        "   • What is osmotic pressure?  (Chemistry)",
        "     https://example.org/learn/chemistry/what-is-osmotic-pressure",
        "",
        "Other matches",
        "  1. What is diffusion?  (Biology)",
        "     https://example.org/learn/biology/what-is-diffusion",
        "  2. What is osmotic pressure?  (Chemistry)",
        "     https://example.org/learn/chemistry/what-is-osmotic-pressure",
    ]


def test_an_answer_without_company_shows_no_empty_lists():
    lines = shown(reply_view(answered(others=(), related=()), SITE))
    assert lines[-1] == "https://example.org/learn/biology/what-is-osmosis"


def test_candidates_show_a_sentence_each():
    assert shown(reply_view(CANDIDATES, SITE)) == [
        "Possibly one of these:",
        "",
        "  1. What is osmosis?  (Biology)",
        "     Osmosis is the movement of water towards the side with more solute.",
        "     https://example.org/learn/biology/what-is-osmosis",
        "",
        "  2. What is diffusion?  (Biology)",
        "     Osmosis is the movement of water towards the side with more solute.",
        "     https://example.org/learn/biology/what-is-diffusion",
    ]


def test_no_answer_says_so_and_shows_the_nearest():
    assert shown(reply_view(NO_ANSWER, SITE)) == [
        "No article answers that.",
        "",
        "The nearest articles",
        "  1. What is diffusion?  (Biology)",
        "     https://example.org/learn/biology/what-is-diffusion",
    ]


def test_nothing_asked_asks_for_a_question():
    assert shown(reply_view(NOTHING_ASKED, SITE))[0].startswith("That holds no question.")


def test_every_kind_of_small_talk_gets_a_line_of_its_own():
    kinds = [reason for reason in NoAnswerReason if reason is not NoAnswerReason.NOTHING_FITS]
    views = [shown(reply_view(NoAnswer("", reason, (), 0.0), SITE)) for reason in kinds]
    lines = [" ".join(view) for view in views]
    assert len(set(lines)) == len(kinds)
    assert "No article answers that." not in lines


def test_numbers_lead_to_the_articles_they_stand_beside():
    assert numbered_articles(answered()) == (DIFFUSION, PRESSURE)
    assert numbered_articles(CANDIDATES) == (OSMOSIS, DIFFUSION)
    assert numbered_articles(NO_ANSWER) == (DIFFUSION,)


def test_links_are_whole_on_a_narrow_terminal():
    lines = shown(reply_view(answered(), SITE), width=30)
    assert "https://example.org/learn/biology/what-is-osmosis" in lines
    assert "     https://example.org/learn/chemistry/what-is-osmotic-pressure" in lines


def test_a_long_question_wraps_beside_its_number():
    lines = shown(article_list_view("Related", (OSMOSIS,), SITE, numbered=True), width=24)
    assert lines[2:4] == ["  1. What is osmosis?", "     (Biology)"]


def test_text_of_the_corpus_steers_nothing():
    evil = dataclasses.replace(article("What is \x1b[2J[bold]this[/bold]?"), url="/learn/\x1b]8;;evil")
    text = "\n".join(shown(reply_view(answered(hit=hit(evil), others=(hit(evil),), related=(evil,)), SITE)))
    assert "\x1b" not in text
    assert text.count("[bold]this[/bold]") == 3


def test_a_whole_article_and_a_section_end_with_the_link():
    assert shown(article_view(OSMOSIS, SITE))[-1] == "https://example.org/learn/biology/what-is-osmosis"
    assert "  A membrane lets water pass." in shown(section_view(OSMOSIS, "A membrane lets water pass.", SITE))


def test_an_empty_list_shows_nothing():
    assert shown(article_list_view("Related", (), SITE, numbered=True)) == [""]
