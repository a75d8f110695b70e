"""Finding and reading article files."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles import discover_article_files, parse_article, read_article
from retrieval.domain import RelatedArticle, Seo, Subject
from retrieval.errors import ArticleError
from tests.retrieval.unprivileged import open_folder, unprivileged

ROOT = Path("/content")
PATH = ROOT / "learn" / "sea-studies" / "why-salt.md"

WHOLE = r"""---
_schema: default
id: 41
date: 2025-03-09
title: >-
    Why is the sea salty?
article_title: Salt
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: Site | Sea
  page_description: About salt.
  page_keywords: >-
    salt, sea ,, rivers
author: A. Writer
question: >-
    Why is the sea salty?
answer: >-
    Rivers bring **salt**.\n\nSince $k \neq 0$, it stays.\n
subject: Sea studies
file_name: why-salt.md
url: /learn/sea-studies/questions/why-salt
score: 2
no_index: true
related_article2:
  id: 8
  title: Tides
  subject: Sea studies
  url: /learn/tides
related_article1:
  title: Waves
  subject: Sea studies
  url: /learn/waves
level: 3
notes: [a, b]
---
&nbsp;
"""


def parse(text, path=PATH, **options):
    return parse_article(text.encode() if isinstance(text, str) else text, path, ROOT, **options)


def short(**fields):
    given_fields = {"question": "Why?", "answer": "So.", "url": "/why", **fields}
    lines = [f"{name}: {value}" for name, value in given_fields.items() if value is not None]
    return "\n".join(["---", *lines, "---", "&nbsp;"])


def error_of(text, **options):
    with pytest.raises(ArticleError) as caught:
        parse(text, **options)
    return caught.value


def test_every_field_is_kept():
    article = parse(WHOLE)
    assert article.url == "/learn/sea-studies/questions/why-salt"
    assert article.question == "Why is the sea salty?"
    assert article.answer == "Rivers bring **salt**.\n\nSince $k \\neq 0$, it stays."
    assert article.subject == Subject("sea-studies", "Sea studies")
    assert article.path == "learn/sea-studies/why-salt.md"
    assert (article.id, article.score, article.no_index, article.date) == (41, 2.0, True, dt.date(2025, 3, 9))
    assert (article.title, article.article_title, article.author) == ("Why is the sea salty?", "Salt", "A. Writer")
    assert (article.date_format, article.post_on_text) == ("MMM DD, YYYY", "Posted on")
    assert (article.file_name, article.schema) == ("why-salt.md", "default")
    assert article.seo == Seo("Site | Sea", "About salt.", ("salt", "sea", "rivers"))
    assert article.related == (
        RelatedArticle("/learn/waves", "Waves", "Sea studies"),
        RelatedArticle("/learn/tides", "Tides", "Sea studies", 8),
    )
    assert article.extra == (("level", "3"), ("notes", "[a, b]"))


def test_the_three_fields_suffice():
    article = parse(short())
    assert (article.question, article.answer, article.url) == ("Why?", "So.", "/why")
    assert article.subject == Subject("sea-studies", "Sea Studies")
    assert (article.id, article.date, article.related, article.extra) == (None, None, (), ())


def test_keywords_may_be_a_list():
    assert parse(short(seo="{page_keywords: [salt, sea]}")).seo.page_keywords == ("salt", "sea")


def test_a_file_beside_the_folders_takes_its_key_from_its_subject():
    assert parse(short(subject="Sea Lore"), ROOT / "a.md").subject == Subject("sea-lore", "Sea Lore")
    assert parse(short(), ROOT / "a.md").subject == Subject("others", "Others")


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    assert parse(b"\xef\xbb\xbf" + short().replace("\n", "\r\n").encode()).question == "Why?"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        (" \n\n", 1, "the file is empty"),
        ("Just words.", 1, "no front matter"),
        ("---\nquestion: unclosed", 1, "no front matter"),
        ("---\n---\n", 1, "no front matter"),
        ("---\n- a list\n---\n", 1, "no front matter"),
        ("words\n---\nquestion: a\n---\n", 1, "no front matter"),
        (short(question=None), 1, "question is missing"),
        (short(answer=None), 1, "answer is missing"),
        (short(url=None), 1, "url is missing"),
        (short(question='" "'), 2, "question is empty"),
        (short(answer="''"), 3, "answer is empty"),
        (short(answer=r"'\n\n'"), 3, "answer is empty: it holds line breaks alone"),
        (short(url="~"), 4, "url is empty"),
        (short(question="2024"), 2, "question must be text, not int 2024; put it in quotes"),
        (short(question="[a]"), 2, "question must be text, not a list"),
        (short(id="x1"), 5, "id must be a whole number, not str 'x1'"),
        (short(id="true"), 5, "id must be a whole number, not bool True"),
        (short(score="high"), 5, "score must be a number"),
        (short(no_index="'yes'"), 5, "no_index must be true or false"),
        (short(date="someday"), 5, "date must be a date such as 2025-01-31"),
        (short(date="2025-02-40"), 5, "not valid YAML: day is out of range"),
        (short(seo="words"), 5, "seo must be named fields, not str 'words'"),
        (short(seo="\n  title: a\n  page_description: 7"), 7, "seo.page_description must be text"),
        (short(seo="\n  page_keywords: 7"), 6, "seo.page_keywords must be text"),
        (short(related_article1="\n  title: a"), 5, "related_article1.url is missing"),
        (short(related_article1="\n  url: /a\n  id: b"), 7, "related_article1.id must be a whole number"),
        (short(title='"open'), None, "not valid YAML"),
        ("---\nquestion: a: b\n---\n", 2, "not valid YAML: mapping values are not allowed"),
        ("\n\n---\n\nquestion: a\nanswer: 'b\n---\n", None, "not valid YAML"),
        ("---\nquestion: a\nanswer: b\x07\n---\n", 3, "not valid YAML: a character is not allowed"),
        (short(url="https://example.org/a"), 4, "is no path of the site"),
        (short(url="//example.org/a"), 4, "is no path of the site"),
        (short(url="learn/a"), 4, "is no path of the site"),
        (short(url="/a b"), 4, "is no path of the site"),
        (short(url="/a/../b"), 4, "is no path of the site"),
        (short(url="'/a\\b'"), 4, "is no path of the site"),
        (short(url='"/a\\u0007"'), 4, "is no path of the site"),
        ("---\nquestion: " + "[" * 50_000 + "\n---\n", 2, "more than 50 levels deep"),
        ("---\nquestion:\n  " + "- " * 50_000 + "\n---\n", 3, "more than 50 levels deep"),
        ("---\n" + "".join(" " * depth + "a:\n" for depth in range(900)) + "\n---\n", 52, "more than 50 levels deep"),
        (b"---\nquestion: caf\xe9\n---\n", 2, "byte 17 is not UTF-8"),
    ],
)
def test_a_bad_file_is_told_with_its_line(text, line, words):
    error = error_of(text)
    assert words in error.problem
    assert str(error).startswith(f"{PATH}:")
    if line is not None:
        assert error.line == line


def test_the_line_counts_from_the_start_of_the_file():
    assert error_of("\n\n" + short(id="x")).line == 7


def test_a_yaml_bomb_stays_small():
    bomb = "---\nquestion: a\nanswer: b\nurl: /c\nx0: &x0 [a, a]"
    bomb += "".join(f"\nx{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 20)) + "\n---\n"
    assert sum(len(text) for _, text in parse(bomb).extra) < 100_000


def test_a_huge_file_is_refused(tmp_path):
    (tmp_path / "huge.md").write_text(short(answer="word " * 1_000))
    assert read_article(tmp_path / "huge.md", tmp_path).url == "/why"
    with pytest.raises(ArticleError, match="more than 2,000 bytes"):
        read_article(tmp_path / "huge.md", tmp_path, largest=2_000)


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(ArticleError, match=r"cannot be read \(No such file"):
        read_article(tmp_path / "none.md", tmp_path)
    with pytest.raises(ArticleError, match=r"cannot be read \(Is a directory"):
        read_article(tmp_path, tmp_path)


def test_an_unreadable_file_and_folder_are_told():
    with open_folder() as root:
        (root / "a.md").write_text(short())
        (root / "closed").mkdir()
        errors = []
        for path in (root / "a.md", root / "closed"):
            path.chmod(0)
        with unprivileged():
            with pytest.raises(ArticleError, match="Permission denied"):
                read_article(root / "a.md", root)
            assert [path.name for path in discover_article_files(root, errors.append)] == ["a.md"]
            assert [(error.path.name, "Permission denied" in error.problem) for error in errors] == [("closed", True)]


def test_files_are_found_in_order(tmp_path):
    for name in ("b/2.md", "b/10.md", "a/x/deep.md", "b/notes.txt", "root.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in discover_article_files(tmp_path)]
    assert found == ["a/x/deep.md", "b/10.md", "b/2.md", "root.md"]


def test_links_end_where_they_lead_back_or_out(tmp_path):
    root, outside = tmp_path / "content", tmp_path / "outside"
    (root / "sea").mkdir(parents=True)
    outside.mkdir()
    (root / "sea" / "a.md").write_text("x")
    (outside / "secret.md").write_text("x")
    (root / "sea" / "again").symlink_to(root)
    (root / "copy.md").symlink_to(root / "sea" / "a.md")
    (root / "out").symlink_to(outside)
    (root / "out.md").symlink_to(outside / "secret.md")
    (root / "loop.md").symlink_to(root / "loop.md")
    (root / "gone.md").symlink_to(root / "nothing.md")
    errors = []
    found = [path.relative_to(root).as_posix() for path in discover_article_files(root, errors.append)]
    assert found == ["copy.md", "sea/a.md"]
    assert {error.path.name: error.problem.split(";")[0] for error in errors} == {
        "gone.md": "the link leads nowhere or to itself",
        "loop.md": "the link leads nowhere or to itself",
        "out": "the link leads out of the content folder",
        "out.md": "the link leads out of the content folder",
    }


def test_without_a_listener_the_first_problem_is_raised(tmp_path):
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing.md")
    with pytest.raises(ArticleError, match="leads nowhere"):
        list(discover_article_files(tmp_path))


def test_a_content_root_that_is_no_folder_is_refused(tmp_path):
    with pytest.raises(ArticleError, match="is no folder"):
        discover_article_files(tmp_path / "none")


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n".encode()))
def test_any_bytes_give_an_article_or_an_article_error(raw):
    try:
        assert parse(raw).question
    except ArticleError as error:
        assert error.path == PATH  # noqa: PT017  either outcome is right
