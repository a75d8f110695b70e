"""No panel breaks a limit of Discord: whatever an article says, and for the oddest articles of the real corpus."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.live_index.title_search import Title
from bot.messages.catalogue import LANGUAGES, Messages
from bot.panels.answer import ShownArticle, answer_panel, page_panel, pages_of
from bot.panels.candidates import candidates_panel, no_answer_panel
from bot.panels.components import Select
from bot.panels.context import RenderContext
from bot.panels.lists import articles_panel, related_panel, subjects_panel
from bot.rendering.escaping import escape_line
from bot.rendering.math.cache import FormulaCache
from bot.storage.records import Memory
from retrieval.articles.parsing import read_article
from retrieval.domain import Article, Excerpt, NoAnswerReason, Seo, Subject
from tests.bot.panels.limits import problems, text
from tests.bot.rendering.blocks_of import named
from tests.odd_articles import oddest

ENDLESS = {
    "words": "word " * 800,
    "one word": "x" * 5_000,
    "markup": "*_" * 1_500,
    "backslashes": "\\" * 2_000,
    "emoji": "\N{GRINNING FACE}" * 1_500,
    "pings": "@everyone <@1> " * 300,
    "lines": "a\n" * 2_000,
    "code": "```\n" + "code\n" * 900,
    "formulas": "$$x$$\n\n" * 60,
}
ODDEST = 200
SITE = "https://example.org"


def look(language, draw=named):
    return RenderContext(Messages(language), SITE, draw)


def endless(words, url="/learn/endless"):
    return Article(
        url=url, question=words, answer=words, subject=Subject("endless", words), path="e.md", author=words,
        date=dt.date(2024, 1, 1), post_on_text=words, seo=Seo(page_description=words),
    )  # fmt: skip


def endless_in_languages():
    """Each kind of endless text in each language, most of them only where tests may take long."""
    for number, (kind, words) in enumerate(ENDLESS.items()):
        for language in LANGUAGES:
            is_short = language == LANGUAGES[number % len(LANGUAGES)]
            yield pytest.param(language, words, marks=() if is_short else pytest.mark.long, id=f"{kind}-{language}")


@pytest.mark.parametrize(("language", "words"), [*endless_in_languages()])
def test_endless_texts_are_kept_within_the_limits(language, words):
    drawn, one = look(language), endless(words)
    others = (one, endless(words, "/b"), endless(words, "/" + "c" * 450))
    shown = ShownArticle(one, Excerpt(words, 0, len(words), (words, words), 0, 5), others, (words, words), True)
    panels = [
        related_panel(drawn, one, tuple(endless(words, f"/{n}") for n in range(40))),
        subjects_panel(drawn, [(Subject(f"s{n}", words), n) for n in range(61)], 2),
    ]
    for above in ("", escape_line(words)):
        memory = Memory(
            11, words, one.url, "g", "de", ("/b",), confidence=0.9, above=above, follow_up_to=words, is_volunteered=True
        )
        for is_private in (True, False):
            panels += [
                answer_panel(drawn, shown, memory, is_private=is_private),
                candidates_panel(drawn, others, memory, is_private=is_private),
                *(page_panel(drawn, shown, replace(memory, page=n), is_private=is_private) for n in (1, 2, 99)),
            ]
        panels.append(no_answer_panel(drawn, NoAnswerReason.NOTHING_FITS, others * 2, memory, subject_name=words))
    assert [found for found in map(problems, panels) if found] == []


@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
def test_every_article_that_can_be_chosen_is_listed(words):
    subject = Subject("endless", words)
    panel = articles_panel(look("en"), subject, [Title(f"/{n}", words, subject) for n in range(45)], 2)
    assert [line.partition(".")[0] for line in text(panel).split("\n")[1:]] == [str(n) for n in range(21, 41)]
    (select,) = [row for row in panel.rows if isinstance(row, Select)]
    assert len(select.options) == 20
    assert problems(panel) == []


@pytest.mark.long
def test_the_oddest_articles_of_the_real_corpus_are_kept_within_the_limits(shared_dir, tmp_path):
    archive = shared_dir / "corpus" / "learn.tar.xz"
    if not archive.is_file():
        pytest.skip("needs the real corpus, corpus/learn.tar.xz in a folder `shared` beside the checkout")
    draw, checked = FormulaCache(), 0
    for name, data in oddest(archive, ODDEST).items():
        path = tmp_path / Path(name).name
        path.write_bytes(data)
        drawn = look(LANGUAGES[checked % len(LANGUAGES)], draw)
        for panel in panels_of(drawn, read_article(path, tmp_path)):
            assert problems(panel) == [], name
        checked += 1
    assert checked == ODDEST


def panels_of(drawn, article):
    """An article's pages, and its whole text as the excerpt, its last sentence the answering one."""
    size = len(article.answer)
    shown = ShownArticle(article, Excerpt(article.answer, 0, size, (), max(size - 80, 0), size), (article,), (), True)
    memory = Memory(11, "why?", article.url, "g", "en-US", ("/b",), confidence=0.7, above="x" * 600)
    memory = replace(memory, follow_up_to="y" * 600, is_volunteered=True)
    yield answer_panel(drawn, shown, memory, is_private=True)
    for page in range(1, len(pages_of(drawn, article)) + 1):
        yield page_panel(drawn, shown, replace(memory, page=page), is_private=True)
