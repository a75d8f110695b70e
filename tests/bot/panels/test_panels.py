"""What each panel says and offers, and that none breaks a limit or can be broken out of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.callers import Names
from bot.live_index.title_search import Title, token_of
from bot.messages.catalogue import LANGUAGES, Messages
from bot.panels.answer import ShownArticle, answer_panel, page_panel, pages_of
from bot.panels.candidates import candidates_panel, no_answer_panel
from bot.panels.components import Select
from bot.panels.context import RenderContext
from bot.panels.information import BotFacts, about_panel, greeting_panel, help_panel, note_panel
from bot.panels.lists import articles_panel, related_panel, subjects_panel
from bot.rendering.math.cache import FormulaCache
from bot.storage.records import Memory
from retrieval.articles.parsing import read_article
from retrieval.domain import LEFT_OUT, Excerpt, NoAnswerReason, Seo, Subject
from tests.bot.cli.replies import BIOLOGY, CHEMISTRY, DIFFUSION, OSMOSIS, PRESSURE, SITE, article, excerpt
from tests.bot.panels.limits import labels, problems, text
from tests.bot.rendering.blocks_of import named

NAMES = Names("<@99>", (("ask", "</ask:7>"), ("forget-me", "</forget-me:8>")))
PLAIN = "Hello @everyone <@&1>, this is how it works."
MEMORY = Memory(11, "osmosis??", OSMOSIS.url, "g1", "en-US", (DIFFUSION.url,), confidence=0.95)
EVIL = "@everyone ](https://evil.example) `x` <@&1> **bold** \u202egnp.exe # head\n> quote"
DATED = replace(
    OSMOSIS, author="R. Hooke", date=dt.date(2023, 5, 1), date_format="MMMM Do, YYYY", post_on_text="Published on"
)


def look(language="en", draw=named):
    return RenderContext(Messages(language), SITE, draw, NAMES)


def shown(**changes):
    facts = {"article": DATED, "excerpt": excerpt(heading_path=("Transport", "Passive")), "others": (DIFFUSION,)}
    return ShownArticle(**(facts | changes))


def test_an_answer_shows_the_question_the_excerpt_and_where_it_is_from():
    memory = replace(MEMORY, follow_up_to="water")
    panel = answer_panel(look(), shown(also_in=("Chemistry",)), memory, is_private=False)
    lines = text(panel).split("\n")
    assert lines[:2] == [
        "### [What is osmosis?](https://example.org/learn/biology/what-is-osmosis)",
        "-# Transport / Passive",
    ]
    assert "**Osmosis is the movement of water towards the side with *more* solute.**" in text(panel)
    assert lines[-4:] == [
        "-# Biology · R. Hooke · Published on May 1st, 2023",
        f"-# Very likely the answer to your question · Quoted word for word from [the article]({SITE}{OSMOSIS.url})",
        "-# Also answered in: Chemistry",
        "-# Understood as a follow-up to “water”",
    ]
    assert labels(panel) == [
        "Read the whole article", "Not this one", "Helpful", "Not helpful", "Delete", "Other matches ▾",
    ]  # fmt: skip
    (select,) = [row for row in panel.rows if isinstance(row, Select)]
    assert [(each.label, each.value, each.description) for each in select.options] == [
        ("What is diffusion?", token_of(DIFFUSION.url), "Biology")
    ]
    assert (panel.is_private, panel.memory, problems(panel)) == (False, memory, [])


def test_what_is_not_there_is_not_offered():
    alone = replace(MEMORY, candidates=(), confidence=None)
    panel = answer_panel(look(), shown(others=(), has_related=True), alone, is_private=True)
    assert labels(panel) == [
        "Read the whole article", "Related articles", "Helpful", "Not helpful", "Share", "Delete",
    ]  # fmt: skip
    assert "-# The article you chose" in text(panel)


def test_the_bot_speaks_the_members_language_and_leaves_the_quote_as_it_is():
    panel = answer_panel(look("de"), shown(), MEMORY, is_private=False)
    assert "Ganzen Artikel lesen" in labels(panel)
    assert "Osmosis is the movement of water" in text(panel)
    assert problems(panel) == []


def test_a_whole_article_is_read_page_by_page_in_place():
    long = article("What is a sonnet?", answer="\n\n".join(f"Paragraph {n}. {'It rhymes. ' * 60}" for n in range(12)))
    pages = pages_of(look(), long)
    assert len(pages) == 3
    about = shown(article=long)
    first = page_panel(look(), about, replace(MEMORY, page=1), is_private=False)
    assert labels(first) == [
        "(Previous page)", "(Page 1 of 3)", "Next page", "Back to the excerpt", "Helpful", "Not helpful", "Delete",
    ]  # fmt: skip
    last = page_panel(look(), about, replace(MEMORY, page=99), is_private=False)
    assert labels(last)[:3] == ["Previous page", "(Page 3 of 3)", "(Next page)"]
    read = "\n".join(text(page_panel(look(), about, replace(MEMORY, page=n), is_private=False)) for n in (1, 2, 3))
    assert [f"Paragraph {n}." in read for n in range(12)] == [True] * 12
    assert problems(first) == problems(last) == []


def test_an_excerpt_too_long_for_a_message_says_where_the_rest_is():
    answer = "\n\n".join(f"Paragraph {n}. {'It rhymes. ' * 60}" for n in range(12))
    whole = Excerpt(answer, 0, len(answer), (), 0, 10)
    panel = answer_panel(
        look(), shown(article=article("Sonnet?", answer=answer), excerpt=whole), MEMORY, is_private=False
    )
    assert "“Read the whole article” shows the rest" in text(panel)
    assert problems(panel) == []


def test_of_two_parts_too_long_for_a_message_the_answering_sentence_is_shown():
    steps = "\n\n".join(f"Step {n} is this.\n\n$$x = {n}$$" for n in range(1, 13))
    closing = "So the answer is **twelve**, as was to be shown."
    answer = f"{steps}\n\n{'Nothing of note is said. ' * 9}\n\n{closing}"
    best = answer.index(closing)
    text_of_parts = steps + LEFT_OUT + closing
    cut = Excerpt(text_of_parts, 0, len(answer), (), best, len(answer), (len(steps), best))
    panel = answer_panel(look(), shown(article=article("x?", answer=answer), excerpt=cut), MEMORY, is_private=False)
    assert "**So the answer is twelve, as was to be shown.**" in text(panel)
    assert "Nothing of note" not in text(panel)
    assert problems(panel) == []


def test_of_an_excerpt_too_long_for_a_message_the_answering_sentence_is_shown():
    steps = "\n\n".join(f"Step {n} is this.\n\n$$x = {n}$$" for n in range(1, 13))
    answer = f"{steps}\n\nSo the answer is **twelve**, as was to be shown."
    best = answer.index("So the answer")
    cut = Excerpt(answer, 0, len(answer), (), best, len(answer))
    panel = answer_panel(look(), shown(article=article("x?", answer=answer), excerpt=cut), MEMORY, is_private=False)
    assert "**So the answer is twelve, as was to be shown.**" in text(panel)
    assert "Step 1 is this." not in text(panel)
    assert "This is only a part of the excerpt" in text(panel)
    assert [image.png for image in panel.images][-1] == b"x = 12"
    assert problems(panel) == []


def test_what_is_said_besides_gives_way_to_the_excerpt():
    answer = "\n\n".join(f"Paragraph {n}. {'It rhymes. ' * 30}" for n in range(10))
    whole = Excerpt(answer, 0, len(answer), ("Verse",), 0, 10)
    about = shown(article=article("Sonnet?", answer=answer), excerpt=whole)
    memory = replace(MEMORY, follow_up_to="verse " * 40)
    panel = answer_panel(look(), about, memory, is_private=False)
    assert "Paragraph 9." in text(panel)
    assert "only a part" not in text(panel)
    assert "follow-up" not in text(panel)
    roomy = answer_panel(look(), replace(about, excerpt=excerpt()), memory, is_private=False)
    assert "follow-up" in text(roomy)


def test_a_page_that_does_not_exist_is_remembered_as_the_one_that_is_shown():
    panel = page_panel(look(), shown(), replace(MEMORY, page=10**30), is_private=False)
    assert panel.memory == replace(MEMORY, page=1)


def test_candidates_are_told_apart_by_subject_and_description():
    first = replace(OSMOSIS, seo=Seo(page_description="Why water moves."))
    panel = candidates_panel(look(), (first, DIFFUSION, PRESSURE), MEMORY, is_private=False)
    assert text(panel).split("\n")[0] == "### I am not sure. Did you mean one of these?"
    assert "**1.** [What is osmosis?]" in text(panel)
    assert "-# Biology\nWhy water moves." in text(panel)
    assert "**3.** [What is osmotic pressure?]" in text(panel)
    assert labels(panel) == ["Choose what you meant ▾", "Delete"]
    assert problems(panel) == []


def test_candidates_without_room_for_descriptions_still_name_their_subjects():
    long = [
        replace(OSMOSIS, url=f"/{n}" + "x" * 400, question=f"{n} " + "why " * 99, seo=Seo("about " * 99)) for n in "abc"
    ]
    panel = candidates_panel(look("fr"), long, replace(MEMORY, above="x" * 600), is_private=False)
    assert text(panel).count("-# Biology") == 3
    assert "about about" not in text(panel)
    assert problems(panel) == []


def test_no_answer_is_private_kind_and_helps_on():
    panel = no_answer_panel(look(), NoAnswerReason.NOTHING_FITS, (DIFFUSION,), MEMORY, subject_name="Art_History")
    said = text(panel)
    assert said.startswith("### I found no article that answers this")
    assert "- [What is diffusion?](https://example.org/learn/biology/what-is-diffusion) · Biology" in said
    assert r"outside Art\_History" in said
    assert panel.is_private
    assert labels(panel) == ["Choose an article ▾", "Delete"]
    empty = no_answer_panel(look(), NoAnswerReason.NOTHING_ASKED, (), MEMORY, subject_name=None)
    assert text(empty).startswith("I could not find a question in that.")
    assert problems(panel) == problems(empty) == []


SMALL_TALK = sorted(set(NoAnswerReason) - {NoAnswerReason.NOTHING_FITS}, key=lambda reason: reason.value)


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt-BR"])
def test_every_kind_of_small_talk_gets_a_line_of_its_own_and_no_article(language):
    lines = []
    for reason in SMALL_TALK:
        panel = no_answer_panel(look(language), reason, (), MEMORY, subject_name="Art History")
        assert panel.is_private
        assert len(labels(panel)) == 1  # to delete it
        assert problems(panel) == []
        lines.append(text(panel))
    assert len(set(lines)) == len(SMALL_TALK)
    assert all("example.org" not in line for line in lines)


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "subject"), ("es", "materia"), ("fr", "matière"), ("de", "Fach"), ("pt-BR", "matéria")],
)
def test_leaving_out_the_subject_is_advised_only_where_one_was_chosen(language, word):
    def advice(subject_name):
        reason, drawn = NoAnswerReason.NOTHING_FITS, look(language)
        panel = no_answer_panel(drawn, reason, (DIFFUSION,), MEMORY, subject_name=subject_name)
        return panel.body[-1].markdown

    assert word not in advice(None)
    assert word in advice("Art History")


def test_related_articles_are_listed_to_be_opened():
    panel = related_panel(look(), OSMOSIS, (DIFFUSION, PRESSURE))
    assert "### Articles related to “What is osmosis?”" in text(panel)
    assert "· Chemistry" in text(panel)
    assert labels(panel) == ["Related articles ▾"]
    assert text(related_panel(look(), OSMOSIS, ())) == "The article “What is osmosis?” names no related articles."
    assert panel.is_private


def test_subjects_and_their_articles_are_browsed_by_pages():
    many = [(Subject(f"s{n}", f"Subject {n}"), n) for n in range(1, 62)]
    panel = subjects_panel(look(), many, 9)
    assert text(panel).split("\n")[:2] == ["### 61 subjects", "- Subject 61 (61)"]
    assert labels(panel) == [
        "Choose a subject ▾",
        "First page",
        "Previous page",
        "(Page 4 of 4)",
        "(Next page)",
        "(Last page)",
    ]
    titles = [Title(f"/learn/b/{n}", f"Question {n}?", BIOLOGY) for n in range(1, 42)]
    listed = articles_panel(look(), BIOLOGY, titles, 2)
    assert text(listed).split("\n")[:2] == ["### Biology: 41 articles", "21. Question 21?"]
    assert labels(listed) == [
        "Choose an article ▾", "First page", "Previous page", "(Page 2 of 3)", "Next page", "Last page", "All subjects",
    ]  # fmt: skip
    one = articles_panel(look(), BIOLOGY, titles[:3], 9)
    assert labels(one) == ["Choose an article ▾", "All subjects"]
    assert text(articles_panel(look(), BIOLOGY, [])) == "There is no article in Biology."
    assert problems(panel) == problems(listed) == problems(one) == []


def test_the_bot_tells_how_to_ask_and_what_it_remembers():
    assert "</ask:7> with a question" in text(help_panel(look()))
    about = text(about_panel(look(), BotFacts(35_915, 61, "g_1", "0.1.0", 90)))
    assert "I know 35,915 articles in 61 subjects." in about
    assert r"Index g\_1, version 0.1.0" in about
    assert "for 90 days" in about
    assert "</forget-me:8> deletes everything" in about
    assert "use </ask:7>" in text(greeting_panel(look(), direct=False))
    assert "</ask:7>" not in text(greeting_panel(look(), direct=True))
    assert note_panel("Deleted.").is_private


def test_an_answer_that_nobody_asked_for_says_how_to_ask_further():
    memory = replace(MEMORY, is_volunteered=True)
    for panel in (
        answer_panel(look(), shown(), memory, is_private=False),
        page_panel(look(), shown(), replace(memory, page=1), is_private=False),
    ):
        assert text(panel).endswith("-# I answer once in a post. Mention me to ask further.")
        assert problems(panel) == []


def test_what_was_understood_as_a_follow_up_says_so_on_each_of_its_panels():
    memory = replace(MEMORY, follow_up_to="water")
    for panel in (
        page_panel(look(), shown(), replace(memory, page=1), is_private=False),
        candidates_panel(look(), (OSMOSIS, DIFFUSION), memory, is_private=False),
    ):
        assert text(panel).endswith("-# Understood as a follow-up to “water”")
        assert problems(panel) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_corpus_or_member_breaks_out(language):
    wicked = replace(
        article("x", Subject("e", EVIL)), question=EVIL, author=EVIL, post_on_text=EVIL, seo=Seo(page_description=EVIL),
        date=dt.date(2024, 1, 1), answer=PLAIN,
    )  # fmt: skip
    about = ShownArticle(wicked, Excerpt(PLAIN, 0, len(PLAIN), (EVIL,), 0, 5), (wicked,), (EVIL,), True)
    wary = replace(MEMORY, follow_up_to=EVIL)
    drawn = look(language)
    panels = [
        answer_panel(drawn, about, wary, is_private=True),
        page_panel(drawn, about, replace(wary, page=1), is_private=True),
        candidates_panel(drawn, (wicked,), wary, is_private=False),
        no_answer_panel(drawn, NoAnswerReason.NOTHING_FITS, (wicked,), MEMORY, subject_name=EVIL),
        related_panel(drawn, wicked, (wicked,)),
        subjects_panel(drawn, [(wicked.subject, 3)]),
        articles_panel(drawn, wicked.subject, [Title("/x", EVIL, wicked.subject)]),
    ]
    for panel in panels:
        assert problems(panel) == []
        bare = re.sub(r"```.*?```|`[^`]*`", "", text(panel), flags=re.DOTALL)
        assert "\u202e" not in bare
        assert not re.search(r"(?<!\\)\]\(https://evil", bare)
        assert not re.search(r"(?<!\\)\*\*bold", bare)


def test_every_panel_of_every_sample_article_keeps_within_the_limits(sample_content):
    draw = FormulaCache()
    paths = sorted((sample_content / "learn").rglob("*.md"))
    articles = [read_article(path, sample_content) for path in paths if "broken" not in path.name]
    assert len(articles) > 40
    # The longest come nearest to the limits, so they are drawn in every language, the others in one language each.
    by_length = sorted(articles, key=lambda each: len(each.answer), reverse=True)
    longest, others = by_length[:40], by_length[40:]
    for number, language in enumerate(LANGUAGES):
        drawn = look(language, draw)
        for each in (*longest, *others[number :: len(LANGUAGES)]):
            whole = ShownArticle(
                each, Excerpt(each.answer, 0, len(each.answer), (), 0, 10), tuple(articles[:25]), (), True
            )
            memory = replace(MEMORY, above="x" * 2_000)
            assert problems(answer_panel(drawn, whole, memory, is_private=True)) == [], each.path
            for page in range(1, len(pages_of(drawn, each)) + 1):
                assert problems(page_panel(drawn, whole, replace(memory, page=page), is_private=True)) == [], each.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quote_cannot_ping_or_disguise_a_link(language):
    answer = (
        "Hello @everyone and <@&1>, see [https://example.org](https://evil.example) or <https://evil.example>.\n\n"
        "- \u202egnp.exe `@here` ||hidden|| </ask:7>\n\n> [x](javascript:alert) ![y](https://evil.example/y.png)"
    )
    about = ShownArticle(article("x?", answer=answer), Excerpt(answer, 0, len(answer), (), 0, 20))
    for panel in (
        answer_panel(look(language), about, MEMORY, is_private=False),
        page_panel(look(language), about, replace(MEMORY, page=1), is_private=False),
    ):
        said = text(panel)
        assert problems(panel) == []
        assert "[https" not in said  # a label that is an address would hide where the link leads
        assert "<https://evil.example>" in said
        assert r"\[x\](javascript:alert)" in said
        assert "\u202e" not in said
        assert "||hidden||" not in said


def test_every_panel_speaks_spanish():
    spanish = look("es")
    unsure = candidates_panel(spanish, (OSMOSIS, DIFFUSION), MEMORY, is_private=False)
    assert text(unsure).startswith("### No estoy seguro. ¿Te refieres a uno de estos?")
    assert labels(unsure) == ["Elige lo que querías decir ▾", "Eliminar"]
    none = no_answer_panel(spanish, NoAnswerReason.NOTHING_FITS, (DIFFUSION,), MEMORY, subject_name="Biology")
    assert text(none).startswith("### No encontré ningún artículo que responda a esto")
    assert "Puede haber una respuesta fuera de Biology" in text(none)
    page = page_panel(spanish, shown(), replace(MEMORY, page=1), is_private=True)
    assert labels(page) == [
        "(Página anterior)", "(Página 1 de 1)", "(Página siguiente)", "Volver al fragmento", "Útil", "No es útil",
        "Compartir", "Eliminar",
    ]  # fmt: skip
    assert labels(related_panel(spanish, OSMOSIS, (DIFFUSION,))) == ["Artículos relacionados ▾"]
    assert labels(subjects_panel(spanish, [(BIOLOGY, 3)])) == ["Elige una materia ▾"]
    listed = articles_panel(spanish, BIOLOGY, [Title("/x", "What is osmosis?", BIOLOGY)])
    assert labels(listed) == ["Elige un artículo ▾", "Todas las materias"]
    assert "1. What is osmosis?" in text(listed)
    assert "Entendida como continuación de «water»" in text(
        answer_panel(spanish, shown(), replace(MEMORY, follow_up_to="water"), is_private=False)
    )


def test_a_subject_of_another_name_is_another_option():
    panel = subjects_panel(look(), [(BIOLOGY, 3), (CHEMISTRY, 2)])
    (select,) = [row for row in panel.rows if isinstance(row, Select)]
    assert [each.label for each in select.options] == ["Biology (3)", "Chemistry (2)"]
