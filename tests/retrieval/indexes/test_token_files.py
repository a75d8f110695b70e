from __future__ import annotations

import re

import numpy as np
import pytest

from retrieval.domain import Article, Subject
from retrieval.indexes.token_files import (
    ARTICLE_OFFSETS,
    ARTICLE_TOKENS,
    ROW_FILES,
    TITLE_OFFSETS,
    TITLE_TOKENS,
    TOKEN_FREQUENCIES,
    TOKEN_VECTORS,
    TokenWriter,
    open_term_coverage,
    open_token_meanings,
)
from tests.hashing_encoder import HashingEncoder

SUBJECT = Subject("geology", "Geology")


def article(question, answer):
    return Article(f"/learn/{question}", question, answer, SUBJECT, f"{question}.md")


ARTICLES = [
    article("What is basalt?", "Basalt is a dark rock."),
    article("What is chalk?", "Chalk is a soft rock, and chalk is white."),
    article("Why do rivers bend?", "Water wears away the outer bank."),
]


class Tokens:
    """The token files of a folder."""

    def __init__(self, folder):
        self.tokens, self.offsets = np.load(folder / ARTICLE_TOKENS), np.load(folder / ARTICLE_OFFSETS)
        self._titles, self._title_offsets = np.load(folder / TITLE_TOKENS), np.load(folder / TITLE_OFFSETS)
        self.frequencies = np.load(folder / TOKEN_FREQUENCIES)

    def of(self, row):
        return self.tokens[self.offsets[row] : self.offsets[row + 1]].tolist()

    def of_title(self, row):
        return self._titles[self._title_offsets[row] : self._title_offsets[row + 1]].tolist()


@pytest.fixture
def encoder():
    return HashingEncoder()


def write(folder, base, articles, live, encoder):
    folder.mkdir()
    writer = TokenWriter(folder, base, encoder)
    assert list(writer.added((article, number) for number, article in enumerate(articles))) == [
        (article, number) for number, article in enumerate(articles)
    ]
    writer.save(live)
    return Tokens(folder)


def token(encoder, word):
    return int(encoder.token_ids([word])[0][0])


def test_an_article_has_the_different_tokens_of_its_question_and_answer(tmp_path, encoder):
    files = write(tmp_path / "a", None, ARTICLES, [0, 1, 2], encoder)
    expected = {token(encoder, word) for word in re.findall(r"\w+", "what is chalk a soft rock and white")}
    assert files.of(1) == sorted(expected)


def test_a_title_has_the_different_tokens_of_the_question_alone(tmp_path, encoder):
    files = write(tmp_path / "a", None, ARTICLES, [0, 1, 2], encoder)
    titles = [re.findall(r"\w+", each.question.lower()) for each in ARTICLES]
    assert [files.of_title(row) for row in range(3)] == [
        sorted({token(encoder, word) for word in words}) for words in titles
    ]


def test_frequencies_count_articles_and_only_those_that_can_be_found(tmp_path, encoder):
    every = write(tmp_path / "a", None, ARTICLES, [0, 1, 2], encoder)
    words = {"rock": 2, "is": 2, "chalk": 1, "water": 1, "absent": 0}
    assert {word: every.frequencies[token(encoder, word)] for word in words} == words
    some = write(tmp_path / "b", None, ARTICLES, [0, 2], encoder)
    assert [some.frequencies[token(encoder, word)] for word in ("rock", "chalk", "water")] == [1, 0, 1]


def test_a_derived_generation_is_as_one_made_at_once(tmp_path, encoder):
    write(tmp_path / "base", None, ARTICLES[:2], [0, 1], encoder)
    derived = write(tmp_path / "derived", tmp_path / "base", ARTICLES[2:], [0, 2], encoder)
    whole = write(tmp_path / "whole", None, ARTICLES, [0, 2], encoder)
    assert [derived.of(row) for row in range(3)] == [whole.of(row) for row in range(3)]
    assert [derived.of_title(row) for row in range(3)] == [whole.of_title(row) for row in range(3)]
    assert derived.frequencies.tolist() == whole.frequencies.tolist()
    for name in (TOKEN_VECTORS, TOKEN_FREQUENCIES, *ROW_FILES):
        assert (tmp_path / "derived" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_generation_derived_without_new_articles_keeps_the_old_ones(tmp_path, encoder):
    base = write(tmp_path / "base", None, ARTICLES, [0, 1, 2], encoder)
    derived = write(tmp_path / "derived", tmp_path / "base", [], [1], encoder)
    assert [derived.of(row) for row in range(3)] == [base.of(row) for row in range(3)]
    assert [derived.of_title(row) for row in range(3)] == [base.of_title(row) for row in range(3)]
    assert derived.frequencies.sum() == len(base.of(1))


def test_many_articles_keep_their_order(tmp_path, encoder):
    many = [article(f"Question {number}", f"answer{number}") for number in range(600)]
    files = write(tmp_path / "a", None, many, range(600), encoder)
    for row in (0, 255, 256, 511, 512, 599):
        assert token(encoder, f"answer{row}") in files.of(row)
        assert token(encoder, str(row)) in files.of_title(row)


def test_tokens_that_the_model_has_no_embedding_for_are_left_out(tmp_path):
    class Smaller(HashingEncoder):
        def token_vectors(self):
            return super().token_vectors()[:1000]

    files = write(tmp_path / "a", None, ARTICLES, [0, 1, 2], Smaller())
    ids = np.concatenate([*Smaller().token_ids([f"{a.question} {a.answer}" for a in ARTICLES])])
    assert (ids >= 1000).any()
    assert set(files.tokens.tolist()) == {int(value) for value in ids if value < 1000}


def test_what_is_read_back_covers_questions(tmp_path, encoder):
    write(tmp_path / "a", None, ARTICLES, [0, 1, 2], encoder)
    meanings = open_token_meanings(tmp_path / "a", 3)
    coverage = open_term_coverage(tmp_path / "a", meanings)
    asked = encoder.token_ids(["white chalk"])[0].tolist()
    basalt, chalk, rivers = coverage.of_articles(asked, np.arange(3)).tolist()
    assert chalk == pytest.approx(1.0, abs=1e-3)
    assert max(basalt, rivers) < 0.5
    of_title = coverage.of_titles(asked, np.arange(3)).exact.tolist()
    assert of_title[1] == pytest.approx(0.5, abs=0.2)  # "chalk" is in the question, "white" is not
    assert (of_title[0], of_title[2]) == (0.0, 0.0)
    assert coverage.covered_titles(encoder.token_ids(["what is chalk"])[0].tolist(), np.arange(3))[1] == pytest.approx(
        1.0, abs=1e-3
    )
    assert meanings.coverage(asked, encoder.token_ids(["Chalk is white.", "Rivers bend."])) == pytest.approx(
        [1.0, 0.0], abs=0.3
    )
