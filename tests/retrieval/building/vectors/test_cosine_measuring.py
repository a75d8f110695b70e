"""A build asks its articles for themselves, as seldom as it can, and its index answers by what came of it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from retrieval.answering.answerer import Answerer
from retrieval.generations.generation import COSINES
from retrieval.ranking.corpus_cosines import CorpusCosines
from retrieval.ranking.model_choice import ModelSource, choose_model
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import Corpus

WORDS = ("amber", "basalt", "cobalt", "dolomite", "emerald", "feldspar", "gneiss", "hematite", "iolite", "jasper")


class CountingEncoder(HashingEncoder):
    """Knows which questions it embedded."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def encode_query(self, text):
        self.asked.append(text)
        return super().encode_query(text)

    def encode_passages(self, texts):
        before = len(self.asked)
        vectors = super().encode_passages(texts)
        del self.asked[before:]
        return vectors


@pytest.fixture
def corpus(tmp_path):
    made = Corpus(tmp_path)
    made.encoder = CountingEncoder()
    return made


def write(corpus, count, start=0, about="rock"):
    for number in range(start, start + count):
        word = f"{WORDS[number % 10]}{number // 10}"
        seo = f"{{page_description: 'About the {about} {word}', page_keywords: '{word}, {about}'}}"
        corpus.write(f"geology/{word}", f"What is {word}", f"The {about} {word} lies in the ground.", seo=seo)


def stored(corpus):
    with corpus.open() as generation:
        return generation.cosines


@pytest.mark.parametrize("count", [1, 2, 5, 30])
def test_each_article_is_asked_for_by_its_question_its_description_and_its_keywords(corpus, count):
    write(corpus, count)
    corpus.build()
    found = CorpusCosines.from_json(stored(corpus))
    assert (found.encoder, found.articles) == (corpus.encoder.fingerprint, count)
    assert set(found.section.own) == set(found.question.own) == {"question", "description", "keywords"}
    assert set(found.section.others) == (set() if count == 1 else set(found.section.own))
    assert {"What is amber0", "About the rock amber0", "amber0, rock"} <= set(corpus.encoder.asked)
    assert found.question.own["question"] == pytest.approx(1.0, abs=1e-3)
    assert found.section.everyday < found.section.own["description"]
    for kind, level in found.section.others.items():
        assert level < found.section.own[kind]


def test_the_levels_are_the_mean_cosines_with_the_own_article_and_with_the_others(corpus):
    write(corpus, 3)
    corpus.build()
    encode = HashingEncoder().encode_query
    with corpus.open() as generation:
        sections = np.asarray(generation.section_vectors, dtype=np.float32)
        found = CorpusCosines.from_json(generation.cosines)
    table = np.array([[encode(f"About the rock {word}0") @ each for each in sections] for word in WORDS[:3]])
    own = table.trace() / 3
    assert found.section.own["description"] == pytest.approx(own, abs=1e-3)
    assert found.section.others["description"] == pytest.approx((table.sum() - table.trace()) / 6, abs=1e-3)


def test_an_article_with_nothing_but_a_question_is_asked_for_by_that(corpus):
    corpus.write("geology/basalt", "What is basalt", "Basalt is a dark rock.")
    corpus.build()
    assert set(stored(corpus)["section"]["own"]) == {"question"}


def test_a_hundred_articles_are_asked_for_of_many(corpus):
    write(corpus, 130)
    corpus.build()
    assert stored(corpus)["articles"] == 100
    asked = [text for text in corpus.encoder.asked if text.startswith("What is ")]
    assert len(set(asked)) == 100
    assert "What is amber0" in asked
    assert "What is jasper12" in asked


def test_a_small_change_asks_nothing_and_many_small_ones_ask_anew(corpus):
    write(corpus, 30)
    corpus.build()
    before = stored(corpus)
    assert before["changed_since"] == 0
    asked = []
    for change in range(1, 5):
        corpus.encoder.asked.clear()
        write(corpus, 1, start=change, about=f"stone {change}")
        corpus.build()
        asked.append(bool(corpus.encoder.asked))
    assert asked == [False, False, False, True]
    after = stored(corpus)
    assert after["changed_since"] == 0
    assert after["section"] != before["section"]


def test_a_small_change_takes_the_levels_over_with_what_has_changed_since(corpus):
    write(corpus, 30)
    corpus.build()
    before = stored(corpus)
    write(corpus, 2, start=30)
    corpus.build()
    assert stored(corpus) == {**before, "changed_since": 2}


def test_a_build_that_reads_everything_anew_asks_anew(corpus):
    write(corpus, 5)
    corpus.build()
    corpus.encoder.asked.clear()
    corpus.build(full=True)
    assert "What is amber0" in corpus.encoder.asked


def test_levels_of_another_version_are_measured_anew_with_the_next_change(corpus):
    write(corpus, 30)
    corpus.build()
    folder = corpus.store.folder / corpus.store.current_id()
    with corpus.open() as generation:
        manifest = generation.manifest
    other = {**json.loads((folder / COSINES).read_text()), "format": 0}
    with corpus.store.writing() as writer, writer.unfinished() as (generation_id, unfinished):
        for name in manifest.files:
            (unfinished / name).parent.mkdir(exist_ok=True)
            (unfinished / name).write_bytes((folder / name).read_bytes())
        (unfinished / COSINES).write_text(json.dumps(other))
        writer.publish(unfinished, type(manifest)(**{**fields_of(manifest), "id": generation_id}), {})
    assert stored(corpus)["format"] == 0
    write(corpus, 1, start=30)
    corpus.build()
    assert stored(corpus)["format"] == 1


def fields_of(manifest):
    return {name: getattr(manifest, name) for name in type(manifest).__slots__}


def test_the_levels_are_a_file_of_the_generation_that_is_checked_as_all_are(corpus):
    write(corpus, 2)
    corpus.build()
    generation_id = corpus.store.current_id()
    path = corpus.store.folder / generation_id / COSINES
    path.write_bytes(path.read_bytes().replace(b"articles", b"Articles"))
    assert [problem.file_name for problem in corpus.store.verify(generation_id)] == [COSINES]


def test_an_index_answers_by_the_model_that_was_fitted_to_it(corpus):
    write(corpus, 30)
    corpus.build()
    with corpus.open() as generation:
        chosen = choose_model(corpus.encoder.fingerprint, None, generation.cosines)
        assert chosen.source is ModelSource.CORPUS
        assert Answerer(generation, corpus.encoder).model == chosen.model


class AskedOtherwise(CountingEncoder):
    """Embeds questions with an adapter, as it were."""

    @property
    def query_fingerprint(self):
        return f"{self.fingerprint}-adapted"


def test_articles_are_asked_for_anew_when_questions_are_embedded_otherwise(corpus):
    write(corpus, 30)
    corpus.build()
    corpus.encoder = AskedOtherwise()
    write(corpus, 1, start=30)
    corpus.build()
    found = CorpusCosines.from_json(stored(corpus))
    assert found.encoder == f"{corpus.encoder.fingerprint}-adapted"
    assert choose_model(found.encoder, None, stored(corpus)).source is ModelSource.CORPUS
    asked = len(corpus.encoder.asked)
    write(corpus, 1, start=31)
    corpus.build()
    assert len(corpus.encoder.asked) == asked
