from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Article, Subject
from retrieval.indexes.term_coverage import (
    ARTICLE_TOKENS,
    DIMENSION,
    TOKEN_FREQUENCIES,
    TOKEN_OFFSETS,
    TOKEN_VECTORS,
    TermCoverage,
    TokenMeanings,
    TokenWriter,
    open_term_coverage,
    open_token_meanings,
    reduce_token_vectors,
)
from tests.hashing_encoder import HashingEncoder

KIDS, CHILDREN, ROCK, THE, EMPTY = range(5)
VECTORS = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0], [0, 0, 0]], dtype=np.float16)
FREQUENCIES = np.array([1, 4, 9, 99, 4], dtype=np.uint32)
MEANINGS = TokenMeanings(VECTORS, FREQUENCIES, articles=99)
RARITY = np.log(100 / (FREQUENCIES + 1.0))
KIDS_TO_CHILDREN = (0.8 - 0.25) / 0.75


def texts(*tokens):
    return [np.array(row, dtype=np.int32) for row in tokens]


def test_a_token_is_covered_by_itself_by_one_of_like_meaning_in_part_and_by_others_not_at_all():
    assert MEANINGS.coverage([KIDS], texts([KIDS], [CHILDREN], [ROCK], [])) == pytest.approx(
        [1.0, KIDS_TO_CHILDREN, 0.0, 0.0], abs=1e-3
    )


def test_rare_tokens_count_more():
    of_kids, of_rock = MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]))
    assert of_kids == pytest.approx(RARITY[KIDS] / (RARITY[KIDS] + RARITY[ROCK]), abs=1e-3)
    assert of_kids + of_rock == pytest.approx(1.0, abs=1e-3)


def test_what_has_been_said_already_does_not_count():
    said = np.array([KIDS], dtype=np.int32)
    assert MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]), said=said) == pytest.approx([0.0, 1.0], abs=1e-3)


def test_what_is_like_something_said_counts_in_part():
    said = np.array([CHILDREN], dtype=np.int32)
    of_kids, of_rock = MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]), said=said)
    left = RARITY[KIDS] * (1 - KIDS_TO_CHILDREN)
    assert of_kids == pytest.approx(left / (left + RARITY[ROCK]), abs=1e-2)
    assert of_kids + of_rock == pytest.approx(1.0, abs=1e-3)


def test_where_all_has_been_said_nothing_is_covered():
    said = np.array([KIDS, ROCK], dtype=np.int32)
    assert MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]), said=said) == pytest.approx([0.0, 0.0], abs=1e-3)


@pytest.mark.parametrize("said", [[], [77, -1]])
def test_nothing_said_that_can_be_compared_leaves_coverage_as_it_is(said):
    asked, rows = [KIDS, ROCK], texts([KIDS], [CHILDREN])
    assert MEANINGS.coverage(asked, rows, said=np.array(said, dtype=np.int32)) == MEANINGS.coverage(asked, rows)


def test_a_token_that_every_one_of_many_articles_has_counts_for_next_to_nothing():
    meanings = TokenMeanings(VECTORS, FREQUENCIES, articles=99)
    assert meanings.coverage([KIDS, THE], texts([KIDS], [THE])) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_in_an_index_of_one_article_what_it_says_counts_though_every_article_says_it():
    meanings = TokenMeanings(VECTORS, np.array([1, 0, 0, 1, 0], dtype=np.uint32), articles=1)
    assert meanings.coverage([KIDS, THE], texts([KIDS, THE], [ROCK])) == pytest.approx([1.0, 0.0], abs=1e-3)
    half, _ = meanings.coverage([KIDS, ROCK], texts([KIDS], [THE]))
    assert 0.3 < half < 0.5


def test_where_all_articles_share_a_token_the_others_decide():
    meanings = TokenMeanings(VECTORS, np.array([4, 0, 1, 4, 0], dtype=np.uint32), articles=4)
    with_rock, without = meanings.coverage([KIDS, ROCK], texts([KIDS, ROCK], [KIDS]))
    assert with_rock == pytest.approx(1.0, abs=1e-3)
    assert without < 0.3
    assert meanings.coverage([KIDS], texts([KIDS], [ROCK])) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_a_question_of_nothing_but_tokens_that_all_articles_have_is_hardly_covered_by_any():
    assert MEANINGS.coverage([THE], texts([THE]))[0] < 0.05
    assert MEANINGS.coverage([THE, KIDS], texts([THE, KIDS])) == pytest.approx([1.0], abs=1e-3)


def test_a_token_without_meaning_is_still_itself():
    assert MEANINGS.coverage([EMPTY], texts([EMPTY], [ROCK])) == pytest.approx([1.0, 0.0])


def test_a_repeated_token_counts_once():
    assert MEANINGS.coverage([KIDS, KIDS, KIDS, ROCK], texts([KIDS])) == MEANINGS.coverage([KIDS, ROCK], texts([KIDS]))


def test_tokens_that_the_model_has_no_embedding_for_are_passed_over():
    assert MEANINGS.coverage([KIDS, 77, -1], texts([KIDS, 77], [77, -1])) == pytest.approx([1.0, 0.0])


def test_of_a_long_question_the_rarest_tokens_count():
    vectors = np.eye(60, dtype=np.float16)
    frequencies = np.arange(60, dtype=np.uint32)
    meanings = TokenMeanings(vectors, frequencies, articles=99)
    assert meanings.coverage(range(60), texts(range(48), range(48, 60))) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_nothing_asked_is_covered_by_nothing():
    assert MEANINGS.coverage([], texts([KIDS], [])) == [0.0, 0.0]
    assert MEANINGS.coverage([KIDS], []) == []


def test_articles_are_covered_by_their_own_tokens():
    tokens = np.array([KIDS, ROCK, CHILDREN, THE], dtype=np.uint16)
    coverage = TermCoverage(MEANINGS, tokens, np.array([0, 2, 2, 3, 4]))
    rows = np.array([3, 2, 1, 0])
    assert coverage.of_articles([KIDS], rows).tolist() == pytest.approx([0.0, KIDS_TO_CHILDREN, 0.0, 1.0], abs=1e-3)
    assert coverage.of_articles([], rows).tolist() == [0.0] * 4
    assert coverage.of_articles([KIDS], np.array([1])).tolist() == [0.0]
    assert coverage.of_articles([KIDS], np.empty(0, dtype=np.int64)).tolist() == []


@given(
    st.lists(st.integers(-1, 6), max_size=8),
    st.lists(st.lists(st.integers(0, 4), max_size=5, unique=True), min_size=1, max_size=6),
)
def test_articles_and_short_texts_are_covered_alike_and_never_beyond_one(asked, rows):
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    flat = np.array([token for row in rows for token in row], dtype=np.uint16)
    of_articles = TermCoverage(MEANINGS, flat, offsets).of_articles(asked, np.arange(len(rows)))
    assert of_articles.tolist() == pytest.approx(MEANINGS.coverage(asked, texts(*rows)), abs=1e-6)
    assert all(0 <= covered <= 1 + 1e-6 for covered in of_articles)


def test_reduced_vectors_compare_what_is_left_when_the_common_part_is_gone():
    rng = np.random.default_rng(0)
    common = 40 * rng.standard_normal((1, 200))
    meaning = rng.standard_normal((500, 200))
    meaning[1] = meaning[0] + 0.1 * rng.standard_normal(200)
    reduced = reduce_token_vectors((common + meaning).astype(np.float32)).astype(np.float32)
    assert reduced.shape == (500, DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(reduced, axis=1), 1, atol=2e-3)
    cosines = reduced @ reduced[0]
    assert cosines[1] > 0.95
    assert abs(cosines[2:].mean()) < 0.05


def test_small_vectors_keep_every_dimension():
    vectors = np.random.default_rng(1).standard_normal((30, 8)).astype(np.float32)
    reduced = reduce_token_vectors(vectors).astype(np.float32)
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    np.testing.assert_allclose(reduced @ reduced.T, centred @ centred.T, atol=5e-3)


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
        self.tokens, self.offsets = np.load(folder / ARTICLE_TOKENS), np.load(folder / TOKEN_OFFSETS)
        self.frequencies = np.load(folder / TOKEN_FREQUENCIES)

    def of(self, row):
        return self.tokens[self.offsets[row] : self.offsets[row + 1]].tolist()


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
    assert derived.frequencies.tolist() == whole.frequencies.tolist()
    for name in (TOKEN_VECTORS, ARTICLE_TOKENS, TOKEN_OFFSETS, TOKEN_FREQUENCIES):
        assert (tmp_path / "derived" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_generation_derived_without_new_articles_keeps_the_old_ones(tmp_path, encoder):
    base = write(tmp_path / "base", None, ARTICLES, [0, 1, 2], encoder)
    derived = write(tmp_path / "derived", tmp_path / "base", [], [1], encoder)
    assert [derived.of(row) for row in range(3)] == [base.of(row) for row in range(3)]
    assert derived.frequencies.sum() == len(base.of(1))


def test_many_articles_keep_their_order(tmp_path, encoder):
    many = [article(f"Question {number}", f"answer{number}") for number in range(600)]
    files = write(tmp_path / "a", None, many, range(600), encoder)
    assert all(token(encoder, f"answer{row}") in files.of(row) for row in (0, 255, 256, 511, 512, 599))


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
    assert meanings.coverage(asked, encoder.token_ids(["Chalk is white.", "Rivers bend."])) == pytest.approx(
        [1.0, 0.0], abs=0.3
    )
