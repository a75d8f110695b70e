"""A second encoder's evidence: what it says of candidates, what it changes, and when there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from retrieval.answering.answerer import Answerer
from retrieval.answering.second_encoder import SecondEncoderEvidence
from retrieval.domain import Evidence
from retrieval.errors import GenerationDamagedError, GenerationMismatchError
from retrieval.generations.second_vectors import SECOND_FILES
from retrieval.indexes.base import Candidate
from retrieval.questions.question_text import read_question
from retrieval.ranking.figures import EXTRA_FIGURES
from retrieval.ranking.fitted_model import shipped_model
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import Corpus, small_corpus

ALIKE = {"magma": "lava", "stone": "rock", "hardens": "cools", "bread": "dough", "grows": "rise"}


class KnowsSynonyms(HashingEncoder):
    """Embeds some words like others."""

    def encode_query(self, text):
        return super().encode_query(" ".join(ALIKE.get(word, word) for word in text.lower().split()))


def with_second(folder, second) -> Corpus:
    corpus = small_corpus(folder)
    corpus.second = second
    corpus.build()
    return corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    return with_second(tmp_path_factory.mktemp("second"), KnowsSynonyms(dimension=256, seed=3))


@pytest.fixture(scope="module")
def generation(corpus):
    with corpus.open() as generation:
        yield generation


def candidates_of(generation):
    """All articles, in the order of their urls, with no evidence at all."""
    rows = sorted(generation.article_rows.tolist(), key=lambda row: generation.article(row).url)
    return [Candidate(row, Evidence(question=0.0, section=0.0, section_ordinal=0, lexical=0.0)) for row in rows]


def scores_of(generation, encoder, question):
    """Url → what the second encoder says of the article."""
    added = SecondEncoderEvidence.of(generation, encoder).added(read_question(question), candidates_of(generation))
    return {generation.article(each.article).url: each.evidence.second_encoder for each in added}


def test_the_article_that_its_encoder_finds_near_has_the_best_score(corpus, generation):
    scores = scores_of(generation, corpus.second, "a dark stone where magma hardens")
    assert max(scores, key=scores.get) == "/learn/geology/basalt"
    assert scores_of(generation, corpus.second, "why bread grows")["/learn/biology/yeast"] == max(
        scores_of(generation, corpus.second, "why bread grows").values()
    )


def test_it_adds_its_figure_and_leaves_all_other_evidence_as_it_is(corpus, generation):
    before = candidates_of(generation)
    after = SecondEncoderEvidence.of(generation, corpus.second).added(read_question("lava"), before)
    assert [replace(each, evidence=replace(each.evidence, second_encoder=None)) for each in after] == before
    assert SecondEncoderEvidence.of(generation, corpus.second).added(read_question("lava"), []) == []


@pytest.mark.parametrize(
    ("question", "url"), [("magma hardens", "/learn/geology/basalt"), ("bread grows", "/learn/biology/yeast")]
)
def test_what_it_alone_knows_brings_an_article_up(corpus, generation, question, url):
    more = [SecondEncoderEvidence.of(generation, corpus.second)]
    model = shipped_model(corpus.encoder.fingerprint)
    trusting = replace(model, ranking=replace(model.ranking, extras=(0.0, 3.0)))
    alone = Answerer(generation, corpus.encoder).rank(question)
    both = Answerer(generation, corpus.encoder, more_evidence=more).rank(question)
    assert scores_by_url(both)[url] > scores_by_url(alone)[url] + 0.3
    assert alone[0].article.url != url
    assert Answerer(generation, corpus.encoder, model=trusting, more_evidence=more).rank(question)[0].article.url == url
    assert {hit.evidence.second_encoder for hit in alone} == {None}
    assert None not in {hit.evidence.second_encoder for hit in both}


def scores_by_url(hits):
    return {hit.article.url: hit.score for hit in hits}


def test_the_real_model_as_second_encoder_knows_what_words_mean(tmp_path, real_encoder):
    corpus = with_second(tmp_path, real_encoder)
    with corpus.open() as generation:
        question = "what makes bread puff up in the oven"
        scores = scores_of(generation, real_encoder, question)
        assert max(scores, key=scores.get) == "/learn/biology/yeast"
        evidence = SecondEncoderEvidence.of(generation, real_encoder)
        model = shipped_model(corpus.encoder.fingerprint)
        trusting = replace(model, ranking=replace(model.ranking, extras=(0.0, 3.0)))
        answerer = Answerer(generation, corpus.encoder, model=trusting, more_evidence=[evidence])
        assert answerer.rank(question)[0].article.url == "/learn/biology/yeast"


def test_a_generation_without_or_with_another_one_is_refused_and_says_what_to_do(generation, tmp_path):
    other = HashingEncoder(dimension=256, seed=4)
    with pytest.raises(GenerationMismatchError, match=r"hashing-256-256-3 of dimension 256, .*-4 .*index build"):
        SecondEncoderEvidence.of(generation, other)
    alone = small_corpus(tmp_path)
    alone.build()
    with (
        alone.open() as without,
        pytest.raises(
            GenerationMismatchError,
            match=r"built without the second encoder hashing-256-256-4; run `quicktakes index bu",
        ),
    ):
        SecondEncoderEvidence.of(without, other)


@pytest.mark.parametrize("name", SECOND_FILES)
@pytest.mark.parametrize("kind", ["missing", "cut", "a folder", "garbled"])
def test_a_damaged_file_is_named_and_the_generation_answers_without_it(tmp_path, name, kind):
    corpus = with_second(tmp_path, KnowsSynonyms(dimension=256, seed=3))
    path = corpus.store.folder / corpus.store.current_id() / name
    data = path.read_bytes()
    path.unlink()
    if kind == "a folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(data[:-5] if kind == "cut" else bytes(len(data)))
    with corpus.store.current(corpus.encoder, whole=True) as generation:
        with pytest.raises(GenerationDamagedError, match=rf"{name}.*index build --full"):
            SecondEncoderEvidence.of(generation, corpus.second)
        assert Answerer(generation, corpus.encoder).rank("lava rock")[0].article.url == "/learn/geology/basalt"


def test_vectors_that_are_no_numbers_say_nothing(tmp_path):
    corpus = with_second(tmp_path, KnowsSynonyms(dimension=256, seed=3))
    for name in SECOND_FILES:
        path = corpus.store.folder / corpus.store.current_id() / name
        matrix = np.load(path)
        matrix[1:] = np.nan
        np.save(path, matrix)
    with corpus.open() as generation:
        assert set(scores_of(generation, corpus.second, "lava").values()) == {None}


def test_a_generation_that_is_removed_while_it_serves_goes_on_with_its_second_encoder(tmp_path):
    corpus = with_second(tmp_path, KnowsSynonyms(dimension=256, seed=3))
    with corpus.store.current(corpus.encoder, whole=True) as generation:
        for name in SECOND_FILES:
            (generation.folder / name).unlink()
        scores = scores_of(generation, corpus.second, "a dark stone where magma hardens")
        assert max(scores, key=scores.get) == "/learn/geology/basalt"


def test_the_weights_that_come_with_the_project_count_it(real_encoder):
    place = list(EXTRA_FIGURES).index("second_encoder")
    for fingerprint in (real_encoder.fingerprint, "of any other encoder"):
        assert shipped_model(fingerprint).ranking.extras[place] > 0.1
