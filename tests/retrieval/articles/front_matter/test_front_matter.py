"""What an article can do without is taken as people write it, or left out with a warning that names its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from retrieval.articles.front_matter.broken_fields import MAX_BROKEN_FIELDS
from retrieval.articles.front_matter.front_matter import MAX_WARNINGS
from retrieval.articles.parsing import parse_article
from retrieval.domain import RelatedArticle
from retrieval.errors import ArticleError

ROOT = Path("/content")
PATH = ROOT / "sea" / "salt.md"
REQUIRED = "question: Why?\nanswer: So.\nurl: /why\n"  # lines 2 to 4


def read(front_matter):
    """The article, and its warnings as (line, problem)."""
    warnings = []
    raw = front_matter if isinstance(front_matter, bytes) else f"---\n{front_matter}\n---\n".encode()
    article = parse_article(raw, PATH, ROOT, on_warning=lambda line, problem: warnings.append((line, problem)))
    return article, warnings


def refused(front_matter):
    """The line and the problem of the error."""
    with pytest.raises(ArticleError) as caught:
        read(front_matter)
    return caught.value.line, caught.value.problem


@pytest.mark.parametrize(
    "written",
    [
        "2024-12-04",
        '"2024-12-04"',
        "'2024-12-04'",
        "2024-12-04 12:09:42 -0500",
        "2024-12-04 23:59:42 +05:30",
        "2024-12-04T10:00",
        "2024-12-04T10:00:00Z",
        "2024-12-04t10:00:00.123456+01",
        '"2024-12-04T10:00:00.000Z"',
        "2024-12-04 10:00 UTC",
        "2024/12/04",
        "2024.12.04",
        "2024-12-4",
        "20241204",
        "December 4, 2024",
        "Dec. 4th, 2024 10:00 PM",
        "4 December 2024",
        "Wed, 04 Dec 2024 10:00:00 GMT",
        "!!timestamp 2024-12-04",
    ],
)
def test_dates_are_taken_as_people_write_them(written):
    article, warnings = read(f"{REQUIRED}date: {written}")
    assert article.date == dt.date(2024, 12, 4)
    assert warnings == []


@pytest.mark.parametrize("written", ["", "~", "null", '""', '" "', "[]", "{}"])
def test_an_empty_field_says_nothing(written):
    names = ("date", "id", "score", "no_index", "title", "author", "seo", "related_article1", "subject")
    article, warnings = read(REQUIRED + "".join(f"{name}: {written}\n" for name in names))
    assert (article.date, article.id, article.score, article.no_index) == (None, None, None, False)
    assert (article.title.strip(), article.author.strip(), article.related) == ("", "", ())
    assert warnings == []


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("date: someday", "date must be a date such as 2025-01-31, not 'someday'"),
        ("date: 2024-02-30", "date must be a date"),
        ("date: 0000-01-01", "date must be a date"),
        ("date: 4/12/2024", "date must be a date"),
        ("date: 2024-12", "date must be a date"),
        ("date: [2024-12-04]", "date must be a date such as 2025-01-31, not a list"),
        ("id: x1", "id must be a whole number of at most 18 digits, not 'x1'"),
        ("id: 0x" + "F" * 4_000, "id must be a whole number"),
        ("id: " + "9" * 10_000, "id must be a whole number"),
        ("score: high", "score must be a number, not 'high'"),
        ("score: .inf", "score must be a number"),
        ("score: .nan", "score must be a number"),
        ("score: 9e999", "score must be a number"),
        ("no_index: perhaps", "no_index must be true or false, not 'perhaps'"),
        ("title: {a: b}", "title must be text, not named fields"),
        ("title: [[a]]", "title must be text, not a list"),
        ("seo: words", "seo must be named fields, not 'words'"),
        ("related_article1: words", "related_article1 must be named fields"),
        ("related_article1: {title: Tides}", "related_article1.url is missing"),
        ("extra: !!timestamp foo", "extra: 'foo' is no value of the tag !!timestamp"),
        ('extra: !!int ""', "extra: '' is no value of the tag !!int"),
        ("extra: !!bool maybe", "extra: 'maybe' is no value of the tag !!bool"),
        ("extra: !!float x", "extra: 'x' is no value of the tag !!float"),
        ("extra: !!binary aGk=", "extra: the tag !!binary is not known here"),
        ("extra: !!set {a, b}", "extra: the tag !!set is not known here"),
        ("extra: !!omap [a: b]", "extra: the tag !!omap is not known here"),
        ("extra: !!python/object/apply:os.system [id]", "extra: the tag !!python/object/apply:os.system"),
        ('extra: "\\frac"', "extra: \\frac in double quotes is an escape"),
        ("? [a]\n: b", "the name of a field must be text"),
        ("<<: 7", "<< takes the fields of another field"),
        ("title: a\ntitle: b", "title is given twice, on lines 5 and 6; the last counts"),
        ("seo: {title: a, title: b}", "title is given twice, on lines 5 and 5"),
    ],
)
def test_what_cannot_be_understood_is_left_out_with_a_warning(field, said):
    article, warnings = read(REQUIRED + field)
    assert (article.question, article.answer, article.url) == ("Why?", "So.", "/why")
    assert (article.date, article.id, article.score, article.related) == (None, None, None, ())
    ((line, problem),) = warnings
    assert problem.startswith(said)
    assert line == (6 if "twice, on lines 5 and 6" in said else 5)


def test_the_line_of_a_warning_is_the_line_of_the_inner_field():
    _, warnings = read(f"{REQUIRED}related_article1:\n  url: /a\n  id: b\nseo:\n  title: a\n  page_keywords: {{a: b}}")
    assert [(line, problem.partition(" ")[0]) for line, problem in warnings] == [
        (10, "seo.page_keywords"),
        (7, "related_article1.id"),
    ]


def test_numbers_and_words_for_yes_and_no_are_taken_for_what_the_field_wants():
    article, warnings = read(
        "question: 1984\nanswer: 3.10\nurl: /why\ntitle: 1984\narticle_title: yes\nauthor: [Mina, 7]\nid: '410090'\n"
        "score: '0.5'\nno_index: 'yes'\nsubject: 12:30\n"
        "seo: {title: 5, page_keywords: [1, two, ~], page_description: no}\n"
        "related_article1: {url: /a, id: '8', title: 2001}\nlevel: 0x1F\ntags: [sea, 'a: b', 3]\nnothing: ~"
    )
    assert (article.question, article.answer) == ("1984", "3.10")
    assert (article.title, article.article_title, article.author) == ("1984", "yes", "Mina, 7")
    assert (article.id, article.score, article.no_index, article.subject.name) == (410090, 0.5, True, "12:30")
    assert (article.seo.title, article.seo.page_description) == ("5", "no")
    assert article.seo.page_keywords == ("1", "two")
    assert article.related == (RelatedArticle("/a", "2001", "", 8),)
    assert article.extra == (("level", "0x1F"), ("tags", '[sea, "a: b", 3]'), ("nothing", "null"))
    assert warnings == []


def test_emptied_related_articles_are_skipped():
    empty = '  id: \n  title: ""\n  subject: ""\n  url: ""\n'
    article, warnings = read(f"{REQUIRED}related_article1:\n{empty}related_article2:\n  url: /b\n")
    assert [related.url for related in article.related] == ["/b"]
    assert warnings == []


@pytest.mark.parametrize("name", ["question", "answer", "url"])
def test_a_required_field_given_twice_is_refused_with_both_lines(name):
    line, problem = refused(f"{REQUIRED}{name}: /other")
    first = 2 + ["question", "answer", "url"].index(name)
    assert line == 5
    assert problem == f"{name} is given twice, on lines {first} and 5; remove one of them"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"the slope $\frac{a}{b}$", r"\frac"),
        (r"an angle $\theta$", r"\theta"),
        (r"$\beta$", r"\beta"),
        (r"$a \times b$", r"\times"),
        (r"$\rho$", r"\rho"),
        (r"$\right)$", r"\right"),
        (r"$\vec{v}$", r"\vec"),
        (r"$\alpha$", r"\alpha"),
        (r"$\epsilon$", r"\epsilon"),
        (r"$\Nabla$", r"\Nabla"),
        (r"$\Pi$", r"\Pi"),
        (r"$\Lambda$", r"\Lambda"),
        (r"so $\nu = 3$", r"\nu"),
        (r"so $a \neq b$", r"\neq"),
        (r"snake\_case", r"\_"),
        (r"zero \0", r"\0"),
        (r"bell \x07", r"\x"),
        (r"the operator \nabla is", r"\nabla"),
        (r"the folder C:\new\notes is", r"\new"),
        (r"the folder C:\temp is", r"\temp"),
        (r"the folder D:\reports is", r"\reports"),
        (r"look in %APPDATA%\npm now", r"\npm"),
    ],
)
def test_latex_in_double_quotes_is_refused_at_its_line(text, written):
    line, problem = refused(f'question: Why?\nurl: /why\nanswer: "All is well.\n  Then {text} follows."')
    assert line == 5
    assert problem.startswith(f"answer: {written}")
    assert "single quotes" in problem


@pytest.mark.parametrize("text", [r"$\sin x$", r"\[x\]", r"\(x\)"])
def test_an_escape_that_yaml_does_not_know_is_refused_with_the_same_advice(text):
    line, problem = refused(f'question: Why?\nurl: /why\nanswer: "So {text}."')
    assert line == 4
    assert "single quotes" in problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"one\n\ntwo", "one\n\ntwo"),
        (r"one\r\ntwo", "one\ntwo"),
        (r"a\tb and \"c\" \\frac{a}{b} \u00e9 \/", 'a\tb and "c" \\frac{a}{b} \u00e9 /'),
        (r"next\nature, \\neq", "next\nature, \\neq"),
        (r"C:\\new\\notes and C:\\temp", r"C:\new\notes and C:\temp"),
        (r"Vitamin C:\nis in fruit", "Vitamin C:\nis in fruit"),
    ],
)
def test_escapes_in_double_quotes_that_damage_nothing_are_taken(written, meant):
    article, warnings = read(f'question: Why?\nurl: /why\nanswer: "{written}"')
    assert article.answer == meant
    assert warnings == []


@pytest.mark.parametrize(
    "title",
    [
        "Why: an answer",
        "@home",
        "`code` and more",
        "100 %\n  : more",
        '"He said "so" twice"',
        "'It's so'",
        "[Solved] Why",
        "[never closed",
        "{never closed",
        '"never closed',
        "*args and **kwargs",
        "- a\n - b",
        r'"\lambda is no escape"',
        "a\x07b",
        "\n  - a: b\n   c: [",
    ],
)
def test_a_field_that_is_no_yaml_is_left_out_and_the_article_serves(title):
    article, warnings = read(f"question: Why?\nauthor: Mina\ntitle: {title}\nanswer: So.\nurl: /why\ndate: 2024-12-04")
    assert (article.question, article.answer, article.url, article.title) == ("Why?", "So.", "/why", "")
    assert (article.author, str(article.date)) == ("Mina", "2024-12-04")
    ((line, problem),) = warnings
    assert 4 <= line <= 4 + title.count("\n")
    assert problem.startswith("title is not valid YAML: ")


def test_several_fields_may_be_left_out_but_not_many():
    broken = [f"field{number}: a: b" for number in range(MAX_BROKEN_FIELDS + 1)]
    few = "\n".join(broken[:-1])
    _, warnings = read(f"{few}\n{REQUIRED}")
    assert [line for line, _ in warnings] == [number + 2 for number in range(MAX_BROKEN_FIELDS)]
    assert refused("\n".join([*broken, REQUIRED]))[0] == 2


@pytest.mark.parametrize("name", ["question", "answer", "url"])
def test_what_an_article_needs_is_never_left_out(name):
    fields = {"question": "Why?", "answer": "So.", "url": "/why", "title": "a: b"}
    written = {**fields, name: '"never closed'}
    line, problem = refused("\n".join(f"{field}: {text}" for field, text in written.items()))
    assert "not valid YAML" in problem
    assert line >= 2


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r"])
def test_line_ends_that_no_editor_shows_are_blanks_and_do_not_count_as_lines(separator):
    text = f"question: Why?\nanswer: >-\n  Hello{separator}world.\nurl: /why\n"
    article, warnings = read(f"{text}date: someday")
    assert article.answer == "Hello world."
    (odd, date) = warnings
    assert (odd[0], f"U+{ord(separator):04X}" in odd[1]) == (4, True)
    assert date[0] == 6
    assert refused(f"{text}url: /other")[0] == 6


def test_a_file_with_the_line_ends_of_an_old_mac_is_read():
    article, warnings = read(f"---\n{REQUIRED}---\n".replace("\n", "\r").encode())
    assert article.question == "Why?"
    assert warnings == []


def test_warnings_of_one_file_come_to_an_end():
    _, warnings = read(REQUIRED + "".join(f"related_article{number}: words\n" for number in range(1, 200)))
    assert len(warnings) == MAX_WARNINGS


def test_merged_fields_are_taken_and_own_fields_come_first():
    article, warnings = read(f"base: &base {{title: Salt, author: Mina}}\n{REQUIRED}<<: *base\ntitle: Sea")
    assert (article.title, article.author) == ("Sea", "Mina")
    assert warnings == []


def test_an_alias_stands_for_the_text_that_it_names():
    assert read("question: &q Why?\nanswer: So.\nurl: /why\ntitle: *q")[0].title == "Why?"
