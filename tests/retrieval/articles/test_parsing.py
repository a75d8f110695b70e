"""Finding and reading article files."""

import contextlib
import datetime as dt
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles.discovery import MAX_FOLDER_DEPTH, discover_article_files
from retrieval.articles.limits import ReadingLimits
from retrieval.articles.parsing import parse_article, read_article
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
        (short(answer=r"'\n\n'"), 3, "answer is empty: it holds line breaks or comments alone"),
        (short(url="~"), 4, "url is empty"),
        (short(question="[a]"), 2, "question must be text, not a list"),
        (short(answer='"open'), None, "not valid YAML"),
        ("---\nquestion: a: b\n---\n", 2, "not valid YAML: mapping values are not allowed"),
        ("\n\n---\n\nquestion: a\nanswer: 'b\n---\n", None, "not valid YAML"),
        ("---\nquestion: a\nanswer: b\x07\n---\n", 3, "not valid YAML: a character is not allowed"),
        (short(url="https://example.org/a"), 4, "is no path of the site"),
        (short(url="//example.org/a"), 4, "is no path of the site"),
        (short(url="learn/a"), 4, "is no path of the site"),
        (short(url="/a b"), 4, "is no path of the site"),
        (short(url="/a/../b"), 4, "is no path of the site"),
        (short(url="'/a\\b'"), 4, "is no path of the site"),
        (short(url='"/a\\u0007"'), 4, "damages the text"),
        (short(url="/a\u202eb"), 4, "is no path of the site"),
        (short(url="/" + "a" * 2_000), 4, "url has 2,001 characters"),
        (short(question="a " * 2_001), 2, "question has 4,001 characters"),
        (short(question="{a: b}"), 2, "question must be text, not named fields"),
        (short(question="!!int x"), 2, "'x' is no value of the tag !!int"),
        (short(answer="!secret x"), 3, "the tag !secret is not known here"),
        (short(answer="&a [*a]"), 3, "*a refers to &a, which is not given before"),
        ("---\n%YAML 9.9\n", 1, "no front matter"),
        (short(extra="a\n...\nb: c"), 7, "not valid YAML"),
        (short().encode("utf-16"), 1, "save it as UTF-8"),
        (short().encode("utf-16-le"), 1, "save it as UTF-8"),
        (short().encode("utf-32"), 1, "save it as UTF-8"),
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


def test_marks_of_byte_order_before_the_text_are_no_part_of_it():
    text = "\ufeff\ufeff" + short()
    assert parse_article(text.encode(), PATH, ROOT).question == "Why?"


def test_the_line_counts_from_the_start_of_the_file():
    assert error_of("\n\n" + short(url="x")).line == 6


def test_a_huge_file_is_refused(tmp_path):
    (tmp_path / "huge.md").write_text(short(answer="word " * 1_000))
    assert read_article(tmp_path / "huge.md", tmp_path).url == "/why"
    with pytest.raises(ArticleError, match=r"more than 2,000 bytes \(index\.max_file_bytes\)"):
        read_article(tmp_path / "huge.md", tmp_path, ReadingLimits(max_file_bytes=2_000))
    with pytest.raises(ArticleError, match=r":3: answer has 4,999 characters, more than 100 \(index\.max_answer_len"):
        read_article(tmp_path / "huge.md", tmp_path, ReadingLimits(max_answer_length=100))


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(ArticleError, match=r"cannot be read \(No such file"):
        read_article(tmp_path / "none.md", tmp_path)
    with pytest.raises(ArticleError, match="is a folder and no file"):
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


def test_files_that_are_hidden_or_an_editors_own_are_left_alone(tmp_path):
    for name in (
        "sea/a.md", "sea/B.MD", "sea/c.markdown", "sea/D.MarkDown", "e.mkd", "f.mdown", "folder.md/g.md", ".git/x.md",
        ".obsidian/x.md", "sea/.trash/x.md", "sea/.a.md", "sea/a.md~", "sea/#a.md#", "sea/.a.md.swp", "sea/~$a.md",
        "sea/a.md.bak", "sea/amd", "md", "sea/a.txt",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sea" / ".#a.md").symlink_to("mina@host.1234:5678")
    (tmp_path / "sea" / "notes").symlink_to("nowhere")
    errors = []
    found = [path.relative_to(tmp_path).as_posix() for path in discover_article_files(tmp_path, errors.append)]
    assert found == ["e.mkd", "f.mdown", "folder.md/g.md", "sea/B.MD", "sea/D.MarkDown", "sea/a.md", "sea/c.markdown"]
    assert errors == []


def test_what_is_no_file_is_told_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(tmp_path):
        server.bind("socket.md")
        (tmp_path / "link.md").symlink_to("pipe.md")
        errors = []
        assert list(discover_article_files(tmp_path, errors.append)) == []
        assert {error.path.name: error.problem.partition(" and ")[0] for error in errors} == {
            "link.md": "is a named pipe",
            "pipe.md": "is a named pipe",
            "socket.md": "is a socket",
        }
    with pytest.raises(ArticleError, match="is a named pipe"):  # one that took the place of a file since it was found
        read_article(tmp_path / "pipe.md", tmp_path)


def test_folders_without_end_are_told(tmp_path):
    deep = tmp_path.joinpath(*["d"] * (MAX_FOLDER_DEPTH + 1))
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x")
    (deep.parent / "b.md").write_text("x")
    errors = []
    assert [path.name for path in discover_article_files(tmp_path, errors.append)] == ["b.md"]
    assert [error.path for error in errors] == [deep]


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
