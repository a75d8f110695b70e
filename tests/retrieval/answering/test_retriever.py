from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from retrieval.answering.retriever import Retriever
from retrieval.questions.question_text import read_question
from tests.retrieval import models
from tests.retrieval.article_files import Corpus, small_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    corpus = small_corpus(tmp_path_factory.mktemp("retriever"))
    corpus.write("economics/cost", "What is opportunity cost?", "The best thing that you give up when you choose.")
    corpus.write("geology/cost", "what is Opportunity Cost", "A mine that is dug here cannot be dug there.")
    corpus.write("biology/cost", "What is opportunity cost", "An animal that hides cannot feed in that time.")
    corpus.build()
    return corpus


@pytest.fixture(scope="module")
def generation(corpus):
    with corpus.open() as generation:
        yield generation


def retriever_with(weights, corpus, generation, **options):
    return Retriever(
        generation, generation.search_index, corpus.encoder, generation.vocabulary, weights=weights, **options
    )


@pytest.fixture
def retriever(corpus, generation):
    return retriever_with(models.model().ranking, corpus, generation)


def found(retriever, question, **wanted):
    asked = read_question(question)
    return retriever.retrieve(asked, retriever.prepare(asked), **wanted)


@pytest.mark.parametrize(
    ("question", "url"),
    [
        ("which dark rock forms where lava cools", "/learn/geology/basalt"),
        ("yeast and dough", "/learn/biology/yeast"),
        ("water moves through a membrane", "/learn/biology/osmosis"),
    ],
)
def test_the_article_that_fits_comes_first(retriever, question, url):
    hits = found(retriever, question)
    assert hits[0].article.url == url
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_question_in_several_subjects_is_one_hit_whose_repeats_come_best_first(retriever):
    hits = found(retriever, "opportunity cost of a mine that is dug, or of the best thing that you give up")
    questions = [hit.article.question.casefold().rstrip("?") for hit in hits]
    assert len(set(questions)) == len(questions) == 5
    first = hits[0]
    assert first.article.url == "/learn/economics/cost"
    assert [article.url for article in first.also_in] == ["/learn/geology/cost", "/learn/biology/cost"]
    assert all(hit.also_in == () for hit in hits[1:])


def test_within_a_subject_its_own_article_comes_first_and_the_others_are_still_named(retriever):
    hits = found(retriever, "opportunity cost", subject_key="biology")
    assert hits[0].article.url == "/learn/biology/cost"
    assert {article.subject.key for article in hits[0].also_in} == {"economics", "geology"}
    assert {hit.article.subject.key for hit in hits} == {"biology"}


def test_no_more_hits_than_asked_for(retriever):
    everything = [hit.article.url for hit in found(retriever, "opportunity cost")]
    assert [hit.article.url for hit in found(retriever, "opportunity cost", limit=2)] == everything[:2]
    assert found(retriever, "opportunity cost", limit=0) == []


def test_an_unknown_subject_has_no_hits(retriever):
    assert found(retriever, "opportunity cost", subject_key="alchemy") == []


def test_the_weights_decide(corpus, generation):
    question = "yeast sugar dough rock rock rock lava"

    def hits(**weights):
        return found(retriever_with(models.ranking_weights(**weights), corpus, generation), question)

    by_wording, by_meaning = hits(coverage=1.0), hits(two_passages=1.0)
    assert by_wording[0].article.url != by_meaning[0].article.url
    for ranked, of in ((by_wording, lambda e: e.coverage), (by_meaning, lambda e: e.passage)):
        figures = [of(hit.evidence) for hit in ranked]
        assert figures == sorted(figures, reverse=True)


def test_a_plain_question_is_embedded_as_it_is(corpus, retriever):
    search = retriever.prepare(read_question("why does dough rise"))
    np.testing.assert_array_equal(search.vector, corpus.encoder.encode_query("why does dough rise"))
    assert search.token_ids == tuple(corpus.encoder.token_ids(["why does dough rise"])[0])


def test_a_chatty_question_is_embedded_in_plain_words(corpus, retriever):
    vector = retriever.prepare(read_question("hey wats osmosis \ud800 <@123456>")).vector
    np.testing.assert_array_equal(vector, corpus.encoder.encode_query("what is osmosis"))


def test_a_long_message_is_embedded_whole_and_as_the_question_within_it(corpus, retriever):
    asked = read_question(f"{'We baked bread in our class on a rainy day. ' * 10}Why does dough rise?")
    assert asked.focus == "Why does dough rise?"
    mean = sum(corpus.encoder.encode_query(text) for text in (asked.text, asked.focus))
    vector = retriever.prepare(asked).vector
    np.testing.assert_allclose(vector, mean / np.linalg.norm(mean), atol=1e-6)
    assert vector.dtype == np.float32


def test_the_focus_of_a_long_message_is_embedded_too(corpus, retriever):
    asked = read_question("My cousin has been in the laboratory again. " * 9 + "Why does dough rise?")
    assert asked.focus == "Why does dough rise?"
    alone = dataclasses.replace(asked, focus=asked.text)
    question = corpus.encoder.encode_query(asked.focus)
    assert retriever.prepare(asked).vector @ question > retriever.prepare(alone).vector @ question
