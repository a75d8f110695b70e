import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from retrieval.articles.subjects import display_name
from retrieval.domain import Article, Section, Subject
from retrieval.generations.codec import encode_article
from retrieval.generations.reader import ArticleReader
from retrieval.generations.rows import ArticleFailure, ArticleRow, FileStamp, question_key
from retrieval.generations.writer import ArticleWriter

STAMP = FileStamp(b"\x01" * 32, 100, 1_700_000_000_000_000_000)


def add(writer, row, question, *, key="geology", sections=1):
    spelling = key if key == "soils" else key.title()
    article = Article(
        url=f"/learn/{row}", question=question, answer=f"Answer {row}", subject=Subject(key, spelling), path=f"{row}.md"
    )
    cut = tuple(Section(number, number, number + 1, (), f"passage {number}") for number in range(sections))
    entry = ArticleRow(row, article.url, article.path, key, spelling, question, row * 10, sections, STAMP)
    writer.add(entry, encode_article(article, cut, ()))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "folder with spaces?&#" / "articles.sqlite"
    path.parent.mkdir()
    with ArticleWriter(path) as writer:
        add(writer, 0, "What is silt?", sections=2)
        add(writer, 1, "What is lava?", key="volcanoes")
        add(writer, 4, "what is  SILT", key="soils")
        writer.name_subjects(display_name)
    return path


def test_articles_and_sections_are_found_by_row_and_url(path):
    reader = ArticleReader(path)
    assert reader.article(reader.row_of("/learn/1")).question == "What is lava?"
    assert reader.article(4).answer == "Answer 4"
    assert [section.passage_text for section in reader.sections(0)] == ["passage 0", "passage 1"]
    assert reader.row_of("/learn/9") is None


def test_a_row_without_article_is_an_error(path):
    with pytest.raises(LookupError, match="row 2"):
        ArticleReader(path).article(2)


def test_articles_that_ask_the_same_are_known(path):
    reader = ArticleReader(path)
    assert reader.same_question(0) == (0, 4)
    assert reader.same_question(4) == (0, 4)
    assert reader.same_question(1) == (1,)


def test_the_layout_says_where_vectors_lie(path):
    layout = ArticleReader(path).layout()
    assert layout.rows.tolist() == [0, 1, 4]
    assert layout.first_sections.tolist() == [0, 10, 40]
    assert layout.section_counts.tolist() == [2, 1, 1]
    assert layout.subject_keys == ("geology", "volcanoes", "soils")


def test_titles_come_by_row(path):
    assert list(ArticleReader(path).titles())[1] == (1, "/learn/1", "What is lava?")


def test_threads_read_together(path):
    reader = ArticleReader(path)
    with ThreadPoolExecutor(8) as pool:
        urls = list(pool.map(lambda row: reader.article(row).url, [0, 1, 4] * 100))
    assert urls == ["/learn/0", "/learn/1", "/learn/4"] * 100


def test_reading_goes_on_when_the_file_is_removed(path):
    reader = ArticleReader(path)
    path.unlink()
    assert reader.article(1).question == "What is lava?"


def test_an_error_leaves_what_was_there(path):
    def fail():
        with ArticleWriter(path) as writer:
            writer.remove(1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    # Without a journal the file may be anything after a crash, but an ordinary error must not commit.
    assert not os.path.exists(f"{path}-journal")  # noqa: PTH110  # the name SQLite would choose


def test_failures_are_kept_until_they_are_mended(path):
    failure = ArticleFailure("5.md", 3, "the url is missing", STAMP)
    with ArticleWriter(path) as writer:
        writer.fail(failure)
        assert writer.counts() == (3, 4, 1)
    assert ArticleReader(path).failures() == (failure,)
    assert ArticleReader(path).stamps()["5.md"] == STAMP
    with ArticleWriter(path) as writer:
        add(writer, 5, "What is sand?")
        assert writer.failures() == ()


def test_a_url_can_only_be_held_once(path):
    with pytest.raises(sqlite3.IntegrityError), ArticleWriter(path) as writer:
        add(writer, 1, "What is lava again?")


@pytest.mark.parametrize(
    ("one", "other"), [("What is DNA?", "what is dna"), ("a  b", "A, b!"), ("Straße", "STRASSE"), ("été", "Été?")]
)
def test_questions_are_the_same_but_for_case_and_punctuation(one, other):
    assert question_key(one) == question_key(other)


def test_other_questions_are_others():
    assert len({question_key(text) for text in ("what is dna", "what is rna", "", "is what dna")}) == 4
