"""What every search index must do: find what the exact reference finds, with evidence that arithmetic confirms."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.indexes.base import ArticleLayout, SearchRequest
from retrieval.indexes.engine import IndexParts
from retrieval.indexes.faiss_index import FaissIndex
from retrieval.indexes.hybrid import HybridIndex
from retrieval.indexes.lexical import LexicalWriter, TantivyIndex
from retrieval.indexes.term_coverage import TermCoverage, TokenMeanings, TokenRows
from tests.contracts.exact_index import ExactIndex
from tests.contracts.test_lexical_index import WORDS, Bm25

if TYPE_CHECKING:
    from collections.abc import Sequence

DIMENSION = 24
ARTICLES = 260
LIMIT = 12
HOSTILE = 'physics" or article >= 0 or subject == "'  # a subject may be called anything
SUBJECTS = ("biology", "chemistry", HOSTILE)


@dataclass(frozen=True)
class Case:
    """Made-up articles with gaps between them, as removed ones leave, and what plain arithmetic says of them."""

    parts: IndexParts
    texts: dict[int, str]
    bm25: Bm25

    def sections(self, row: int) -> range:
        place = self.parts.layout.rows.tolist().index(row)
        first = int(self.parts.layout.first_sections[place])
        return range(first, first + int(self.parts.layout.section_counts[place]))

    def rows(self, subject: str | None = None) -> list[int]:
        layout = self.parts.layout
        pairs = zip(layout.rows.tolist(), layout.subject_keys, strict=True)
        return [row for row, key in pairs if subject in (None, key)]


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def asked(seed, text="", **more) -> SearchRequest:
    vector = unit(np.random.default_rng(seed).normal(size=DIMENSION)).astype(np.float32)
    return SearchRequest(vector, text, **({"limit": LIMIT} | more))


def make_case(folder) -> Case:
    random = np.random.default_rng(5)
    rows = np.sort(random.choice(ARTICLES * 2, ARTICLES, replace=False)).astype(np.int64)
    counts = random.integers(1, 5, ARTICLES).astype(np.int64)
    firsts = np.cumsum(counts + random.integers(0, 3, ARTICLES)) - counts
    subjects = tuple(SUBJECTS[number % 3] for number in range(ARTICLES))
    questions = unit(random.normal(size=(int(rows[-1]) + 3, DIMENSION))).astype(np.float16)
    sections = unit(random.normal(size=(int(firsts[-1] + counts[-1]) + 2, DIMENSION))).astype(np.float16)
    texts = {row: " ".join(random.choice(WORDS, random.integers(3, 31))) for row in rows.tolist()}
    with LexicalWriter(folder) as writer:
        for row, subject in zip(rows.tolist(), subjects, strict=True):
            writer.add(row, subject, texts[row])
    tokens = TokenRows(
        random.integers(0, 50, 4 * len(questions)).astype(np.uint16), np.arange(len(questions) + 1, dtype=np.int64) * 4
    )
    meanings = TokenMeanings(
        unit(random.normal(size=(50, 8))).astype(np.float16), np.full(50, 9, dtype=np.uint32), ARTICLES
    )
    parts = IndexParts(
        "20260101T000000000000Z-00ff",
        ArticleLayout(rows, firsts, counts, subjects),
        questions,
        sections,
        TantivyIndex(folder),
        TermCoverage(meanings, tokens, tokens),
        lambda: (texts[row] for row in rows.tolist()),
    )
    return Case(parts, texts, Bm25(texts))


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return make_case(tmp_path_factory.mktemp("lexical"))


def open_embedded(parts, _engine):
    live = [np.zeros(len(matrix), dtype=np.bool_) for matrix in (parts.question_vectors, parts.section_vectors)]
    layout = parts.layout
    live[0][layout.rows] = True
    for first, count in zip(layout.first_sections.tolist(), layout.section_counts.tolist(), strict=True):
        live[1][first : first + count] = True
    return HybridIndex(
        layout,
        parts.question_vectors,
        parts.section_vectors,
        question_index=FaissIndex(parts.question_vectors, live[0]),
        section_index=FaissIndex(parts.section_vectors, live[1]),
        lexical_index=parts.lexical_index,
        term_coverage=parts.term_coverage,
    )


def open_milvus(parts, engine):
    engine.prepare(parts)
    return engine.open(parts)


@pytest.fixture(scope="module", params=[open_embedded, open_milvus], ids=["embedded", "milvus"])
def index(request, case):
    needs_engine = request.param is open_milvus
    return request.param(case.parts, request.getfixturevalue("milvus_engine") if needs_engine else None)


def expected_rows(case: Case, request: SearchRequest) -> set[int]:
    """The rows that stand highest in the three exact lists, by arithmetic that shares no code with any index."""
    rows = case.rows(request.subject_key)
    of_section = {section: row for row in rows for section in case.sections(row)}
    questions, _ = ExactIndex(case.parts.question_vectors).search(request.vector, request.limit, np.array(rows))
    near, _ = ExactIndex(case.parts.section_vectors).search(
        request.vector, 2 * request.limit, np.sort(np.array(list(of_section)))
    )
    words = [row for row, _ in case.bm25.best(request.text, len(case.texts)) if row in rows][: request.limit]
    points: dict[int, float] = {}
    for found in (questions.tolist(), [of_section[section] for section in near.tolist()], words):
        for rank, row in enumerate(dict.fromkeys(found)):
            points[row] = points.get(row, 0.0) + 1 / (60 + rank)
    return set(sorted(points, key=lambda row: (-points[row], row))[: request.limit])


def cosines(matrix, rows: Sequence[int], vector) -> list[float]:
    return [float(np.dot(matrix[row].astype(np.float64), vector.astype(np.float64))) for row in rows]


QUESTIONS = ["atom bond", "lava moon salt", "the heat of a gas", "enzym", "", "xylophon"]


@pytest.mark.parametrize("subject", [None, "chemistry", HOSTILE])
def test_finds_what_stands_highest_in_exact_lists(index, case, subject):
    for seed, text in enumerate(QUESTIONS):
        request = asked(seed, text, subject_key=subject)
        found = [candidate.article for candidate in index.search(request)]
        assert len(found) == len(set(found)) <= LIMIT
        assert set(found) == expected_rows(case, request)


def test_every_figure_is_what_arithmetic_says(index, case):
    sentences = np.stack([asked(seed).vector for seed in (21, 22)])
    request = asked(3, "atom moon lava", token_ids=(1, 7, 33), sentences=sentences)
    found = index.search(request)
    assert len(found) == LIMIT
    for candidate in found:
        row, evidence = candidate.article, candidate.evidence
        own = case.sections(row)
        sections = cosines(case.parts.section_vectors, own, request.vector)
        assert evidence.question == pytest.approx(
            cosines(case.parts.question_vectors, [row], request.vector)[0], abs=1e-5
        )
        assert evidence.section_scores == pytest.approx(sections, abs=1e-5)
        assert evidence.section == pytest.approx(max(sections), abs=1e-5)
        assert evidence.lexical == pytest.approx(case.bm25.score(request.text, row), rel=1e-4)
        last = max(cosines(case.parts.section_vectors, own, sentences[1]))
        assert evidence.last_sentence == pytest.approx(last, abs=1e-5)
        coverage = case.parts.term_coverage.of_articles(request.token_ids, np.array([row]))
        assert evidence.coverage == pytest.approx(float(coverage[0]), abs=1e-6)
        assert evidence.section_ordinal == int(np.argmax(evidence.passage_scores))


def test_a_subject_without_articles_has_nothing(index):
    assert list(index.search(asked(1, "atom", subject_key="history"))) == []
    assert list(index.search(asked(1, "atom", subject_key='x" or article > 0 or subject == "'))) == []


@pytest.mark.parametrize("text", ["", "🙂🙂", "\ud83d", "?!*:^~()[]\"'", "row:3 OR article >= 0"])
def test_text_is_never_a_query_language(index, case, text):
    request = asked(4, text)
    assert {candidate.article for candidate in index.search(request)} == expected_rows(case, request)


def test_more_are_asked_for_than_there_are(index, case):
    request = asked(2, " ".join(WORDS), subject_key="biology", limit=ARTICLES)
    assert sorted(candidate.article for candidate in index.search(request)) == case.rows("biology")


def test_threads_find_what_one_thread_finds(index):
    requests = [asked(seed, text) for seed in range(6) for text in QUESTIONS[:3]]
    alone = [index.search(request) for request in requests]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(index.search, requests)) == alone
