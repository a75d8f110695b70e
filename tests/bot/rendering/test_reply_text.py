import datetime as dt
from dataclasses import replace

import pytest

from bot.rendering.discord_markdown import render_markdown
from bot.rendering.reply_text import (
    article_heading,
    article_link,
    candidate_text,
    excerpt_blocks,
    heading_trail,
    meta_line,
)
from retrieval.domain import LEFT_OUT, Article, Excerpt, Seo, Subject
from tests.bot.rendering.blocks_of import named

ARTICLE = Article(
    url="/learn/biology/what-is-osmosis",
    question="What is osmosis?",
    answer="",
    subject=Subject("biology", "Biology"),
    path="biology/what-is-osmosis.md",
    date=dt.date(2025, 3, 2),
    date_format="MMM DD, YYYY",
    post_on_text="Posted on",
    author="Kim Doe",
    seo=Seo(page_description="Water crosses a membrane. Learn *why*."),
)
SITE = "https://example.org"


def excerpt(text, best):
    start = text.index(best)
    return Excerpt(text, 100, 100 + len(text), ("Cells", "Water"), 100 + start, 100 + start + len(best))


def shown(text, best):
    return "\n".join(block.markdown for block in excerpt_blocks(excerpt(text, best), named))


def test_the_heading_links_to_the_article():
    assert article_heading(ARTICLE, SITE) == "### [What is osmosis?](https://example.org/learn/biology/what-is-osmosis)"


def test_a_question_cannot_break_the_link():
    article = replace(ARTICLE, question="What is [x](http://y)\n in *C*?")
    assert article_link(article, SITE) == (
        r"What is \[x\](http\://y) in \*C\*? (<https://example.org/learn/biology/what-is-osmosis>)"
    )


def test_a_long_question_is_shortened():
    label = article_link(replace(ARTICLE, question="why " * 200), SITE).partition("](")[0]
    assert len(label) <= 301
    assert label.endswith("…")


def test_the_date_is_worded_by_the_article():
    assert meta_line(ARTICLE) == "-# Biology · Kim Doe · Posted on Mar 02, 2025"
    other = replace(ARTICLE, post_on_text="Updated", date_format="D MMMM YYYY", author="")
    assert meta_line(other) == "-# Biology · Updated 2 March 2025"
    assert meta_line(replace(ARTICLE, date=None)) == "-# Biology · Kim Doe"


def test_a_candidate_says_what_it_is_about():
    assert candidate_text(ARTICLE, SITE, number=2) == (
        "**2.** [What is osmosis?](https://example.org/learn/biology/what-is-osmosis)\n"
        "-# Biology\n"
        r"Water crosses a membrane. Learn \*why\*."
    )
    assert candidate_text(replace(ARTICLE, seo=Seo()), SITE, number=1).endswith("-# Biology")


def test_the_headings_above_the_excerpt():
    assert heading_trail(excerpt("a", "a")) == "-# Cells / Water"
    assert heading_trail(replace(excerpt("a", "a"), heading_path=())) == ""


@pytest.mark.parametrize(
    ("text", "best", "expected"),
    [
        ("One. Two here. Three.", "Two here.", "One. **Two here.** Three."),
        ("Only this.", "Only this.", "**Only this.**"),
        ("A **key** word. Next.", "A **key** word.", "**A key word.** Next."),
        ("**Lead**: water moves. Next.", "**Lead**: water moves.", "**Lead: water moves.** Next."),
        ("It is *slow*. Next.", "It is *slow*.", "**It is *slow*.** Next."),
        ("See `x_y` now. Next.", "See `x_y` now.", "**See `x_y` now.** Next."),
        ("So $x^2$ holds. Next.", "So $x^2$ holds.", "**So x² holds.** Next."),
        (
            "- First one. More.\n- Second one.",
            "- First one.",
            "- **First one.** More.\n- **".removesuffix("- **") + "- Second one.",
        ),
        ("1. First.\n2. Second.", "2. Second.", "1. First.\n2. **Second.**"),
        ("> Said so. Yes.", "> Said so.", "> **Said so.** Yes."),
        ("Text.\n\n- a\n  - b goes. c.", "- b goes.", "Text.\n- a\n  - **b goes.** c."),
        ("# Head\n\nText.", "# Head", "# Head\nText."),
        ("```py\nx\n```", "```py\nx\n```", "```py\nx\n```"),
        ("One (two. Three) four.", "Three)", r"One (two. **Three)** four."),
        ("Odd \u2e22 text. More.", "More.", "Odd \u2e22 text. More."),
    ],
)
def test_the_best_sentence_is_bold_and_verbatim(text, best, expected):
    assert shown(text, best) == expected


def test_marks_of_the_best_sentence_are_not_shown_and_change_nothing_else():
    text = "Intro *one*.\n\n1. **Lead**: the answer is `a_b`, $x$ (mostly). More.\n2. Next."
    best = "1. **Lead**: the answer is `a_b`, $x$ (mostly)."
    plain = "\n".join(block.markdown for block in render_markdown(text, named))
    assert shown(text, best).replace("*", "") == plain.replace("*", "")
    assert "\u2e22" not in shown(text, best)


def test_a_best_sentence_outside_of_the_excerpt_is_left_alone():
    outside = Excerpt("Some text.", 0, 10, (), 50, 60)
    assert [block.markdown for block in excerpt_blocks(outside, named)] == ["Some text."]


@pytest.mark.parametrize("best", ["Water moves.", "3. Salt stays."])
def test_what_is_left_out_is_shown_and_the_best_sentence_of_either_part_is_bold(best):
    answer = "Water moves. It is free.\n\nThis is left out.\n\n3. Salt stays. It is not free."
    first, second = answer.split("\n\nThis is left out.\n\n")
    place = answer.index(best)
    gap = (len(first), answer.index(second))
    parts = Excerpt(first + LEFT_OUT + second, 0, len(answer), (), place, place + len(best), gap)
    said = "\n".join(block.markdown for block in excerpt_blocks(parts, named))
    plain = best.removeprefix("3. ")
    assert f"**{plain}**" in said
    assert said.replace("*", "").replace("\\", "").split("\n")[0] == "Water moves. It is free."
    assert "[…]" in said.replace("\\", "")
    assert said.replace("*", "").endswith("3. Salt stays. It is not free.")
