"""The evidence that the embedded index gives is exact for every candidate, however it was found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from retrieval.indexes.base import SearchRequest
from retrieval.indexes.token_files import open_term_coverage
from tests.retrieval.article_files import Corpus

TOPICS = ["granite", "marble", "chalk", "coal", "quartz", "flint", "gypsum", "salt"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    corpus = Corpus(tmp_path_factory.mktemp("embedded"))
    for number, topic in enumerate(TOPICS):
        places = " ".join(f"The {topic} of place {place} is number {place * number}." for place in range(30))
        answer = f"'# About {topic}\\n\\n{places}\\n\\n# Use of {topic}\\n\\nBuilders use {topic}. {places}'"
        corpus.write(f"{'rocks' if number % 2 else 'minerals'}/{topic}", f"What is {topic}", answer)
    corpus.build()
    (corpus.root / "rocks/coal.md").unlink()
    corpus.build()
    return corpus


def search(corpus, generation, text, limit=50, subject_key=None):
    found = generation.search_index.search(SearchRequest(corpus.encoder.encode_query(text), text, limit, subject_key))
    assert len({candidate.article for candidate in found}) == len(found)
    return {generation.article(candidate.article).url: candidate for candidate in found}


def test_every_figure_is_what_arithmetic_says(corpus):
    text = "what do builders use quartz for"
    asked = corpus.encoder.encode_query(text)
    with corpus.open() as generation:
        found = search(corpus, generation, text)
        assert set(found) == {
            f"/learn/{'rocks' if number % 2 else 'minerals'}/{topic}"
            for number, topic in enumerate(TOPICS)
            if topic != "coal"
        }
        for candidate in found.values():
            article, sections = generation.article(candidate.article), generation.sections(candidate.article)
            assert len(sections) > 1
            evidence = candidate.evidence
            question = float(corpus.encoder.encode_query(article.question) @ asked)
            cosines = [float(corpus.encoder.encode_query(section.passage_text) @ asked) for section in sections]
            assert evidence.question == pytest.approx(question, abs=2e-3)
            assert evidence.section_scores == pytest.approx(cosines, abs=2e-3)
            assert evidence.section == pytest.approx(max(cosines), abs=2e-3)
            assert evidence.section_ordinal == int(np.argmax(evidence.passage_scores))


def test_each_sentence_is_compared_by_itself(corpus):
    """The mean and the last of what is nearest to each; and the best sentence for the article's question."""
    sentences = ("Builders use salt.", "What is quartz", "I like the number 4.")
    vectors = np.stack([corpus.encoder.encode_query(sentence) for sentence in sentences])
    text = " ".join(sentences)
    whole = corpus.encoder.encode_query(text)
    with corpus.open() as generation:
        plain, found = (
            {generation.article(each.article).url: each.evidence for each in generation.search_index.search(request)}
            for request in (
                SearchRequest(whole, text, 50),
                SearchRequest(whole, text, 50, sentences=vectors),
            )
        )
        assert len(found) == len(TOPICS) - 1
        for url, evidence in found.items():
            row = generation.row_of(url)
            question = corpus.encoder.encode_query(generation.article(row).question)
            passages = [corpus.encoder.encode_query(each.passage_text) for each in generation.sections(row)]
            nearest = [max(float(passage @ vector) for passage in passages) for vector in vectors]
            assert evidence.mean_sentence == pytest.approx(sum(nearest) / 3, abs=2e-3)
            assert evidence.last_sentence == pytest.approx(nearest[-1], abs=2e-3)
            assert evidence.best_sentence_question == pytest.approx(max(vectors @ question), abs=2e-3)
            alone = plain[url]
            assert (alone.mean_sentence, alone.last_sentence) == pytest.approx((alone.section, alone.section), abs=1e-5)
            assert alone.best_sentence_question == pytest.approx(alone.question, abs=1e-5)
            assert evidence.section_scores == alone.section_scores
    assert found["/learn/minerals/quartz"].best_sentence_question > plain["/learn/minerals/quartz"].question


def test_words_are_compared_with_article_and_title(corpus):
    text = "what do builders use marble for"
    tokens = tuple(corpus.encoder.token_ids([text])[0].tolist())
    with corpus.open() as generation:
        request = SearchRequest(corpus.encoder.encode_query(text), text, 50, token_ids=tokens)
        found = {generation.article(each.article).url: each for each in generation.search_index.search(request)}
        rows = np.array([each.article for each in found.values()])
        coverage = open_term_coverage(generation.folder, generation.token_meanings)
        of_titles = coverage.of_titles(tokens, rows)
        for name, expected in {
            "coverage": coverage.of_articles(tokens, rows),
            "title_coverage": of_titles.near,
            "title_exact_coverage": of_titles.exact,
            "title_covered": coverage.covered_titles(tokens, rows),
        }.items():
            assert [getattr(each.evidence, name) for each in found.values()] == expected.tolist()
        marble = found["/learn/rocks/marble"].evidence
        others = [each.evidence for url, each in found.items() if not url.endswith("marble")]
        assert marble.title_exact_coverage > max(each.title_exact_coverage for each in others)
        assert marble.title_covered > max(each.title_covered for each in others)
        without = search(corpus, generation, text)["/learn/rocks/marble"].evidence
    assert (without.coverage, without.title_coverage, without.title_exact_coverage, without.title_covered) == (0,) * 4


def test_words_count_for_candidates_that_were_found_by_meaning(corpus):
    with corpus.open() as generation:
        found = search(corpus, generation, "gypsum")
        scores = {url: candidate.evidence.lexical for url, candidate in found.items()}
    assert scores.pop("/learn/minerals/gypsum") > 0
    assert set(scores.values()) == {0.0}


def test_a_limit_keeps_those_that_most_searches_put_first(corpus):
    with corpus.open() as generation:
        assert list(search(corpus, generation, "What is marble", limit=1)) == ["/learn/rocks/marble"]
        assert len(search(corpus, generation, "What is marble", limit=3)) == 3


def test_a_subject_filter_holds_for_all_three_searches(corpus):
    with corpus.open() as generation:
        found = search(corpus, generation, "granite and gypsum and salt", subject_key="rocks")
        assert set(found) == {"/learn/rocks/marble", "/learn/rocks/flint", "/learn/rocks/salt"}
        everywhere = search(corpus, generation, "granite and gypsum and salt")
        for url, candidate in found.items():
            assert candidate.evidence == everywhere[url].evidence
        assert search(corpus, generation, "granite", subject_key="music") == {}


def test_removed_articles_are_no_candidates(corpus):
    with corpus.open() as generation:
        assert "/learn/rocks/coal" not in search(corpus, generation, "What is coal")
        assert generation.manifest.counts.article_rows == len(TOPICS)


def test_threads_find_what_one_thread_finds(corpus):
    with corpus.open() as generation:
        texts = [f"What is {topic}" for topic in TOPICS] * 5
        alone = [search(corpus, generation, text) for text in texts]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(lambda text: search(corpus, generation, text), texts)) == alone
