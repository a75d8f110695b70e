"""An index of a few articles answers as one of thousands does, also where all of them share a word."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
import pytest

from embeddings.vector_cache import VectorCache
from retrieval.answering.answerer import Answerer
from retrieval.building.builder import BuildOptions, build
from retrieval.domain import Outcome
from retrieval.generations.store import GenerationStore
from tests.retrieval.article_files import Corpus

ARTICLES = (
    (
        "fermentation",
        "What is fermentation?",
        "Fermentation is the way in which cells without oxygen gain energy from sugar, leaving alcohol or lactic acid.",
    ),
    (
        "fermentation-bread",
        "How does fermentation make bread rise?",
        "Yeast in the dough turns sugar into gas by fermentation. The bubbles of gas stay in the dough and lift it.",
    ),
    (
        "fermentation-milk",
        "What does fermentation do to milk?",
        "Bacteria turn the sugar of milk into lactic acid by fermentation, so that the milk thickens into yoghurt.",
    ),
    (
        "fermentation-muscles",
        "When do muscles use fermentation?",
        "In a sprint the blood brings too little oxygen, so muscles use fermentation and lactic acid builds up.",
    ),
    (
        "fermentation-vinegar",
        "Is vinegar made by fermentation?",
        "Wine turns sour in open air. Fermentation has made alcohol, and other bacteria turn that into vinegar.",
    ),
)
SIZES = (1, 2, 4, 5)
WHAT_IT_IS = (
    "what is fermentation",
    "wats fermentation",
    "define fermentation",
    "hey can someone explain fermentation pls",
)
IN_OTHER_WORDS = {
    "fermentation": "how do cells get energy out of sugar when there is no oxygen",
    "fermentation-bread": "why do gas bubbles lift the dough of a bread",
    "fermentation-milk": "how does milk become yoghurt",
    "fermentation-muscles": "why does lactic acid build up in muscles when you sprint",
    "fermentation-vinegar": "how does wine become vinegar",
}
UNRELATED = (
    "what is the capital of France",
    "how do volcanoes erupt",
    "who wrote Hamlet",
    "why is the sky blue",
    "lol",
)


class _Indexes:
    """Builds indexes with the real encoder in one place: of the second and later ones little has to be made anew."""

    def __init__(self, folder, encoder):
        self.encoder = encoder
        self._store = GenerationStore(folder / "index")
        self._cache_folder = folder / "cache"
        self._opened = ExitStack()

    def answerer(self, root):
        vectors = VectorCache(self._cache_folder, self.encoder.fingerprint, self.encoder.dimension)
        with vectors as cache, self._store.writing() as writer:
            build(root, writer, self.encoder, cache, options=BuildOptions(processes=1))
        return Answerer(self._opened.enter_context(self._store.current(self.encoder)), self.encoder)

    def close(self):
        self._opened.close()


@pytest.fixture(scope="module")
def indexes(tmp_path_factory, real_encoder):
    made = _Indexes(tmp_path_factory.mktemp("few"), real_encoder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def answerers(tmp_path_factory, indexes):
    """What answers from the first so many articles."""
    corpus = Corpus(tmp_path_factory.mktemp("few-articles"))
    made = {}
    for size, (name, question, answer) in enumerate(ARTICLES, start=1):
        corpus.write(f"biology/{name}", question, answer)
        if size in SIZES:
            made[size] = indexes.answerer(corpus.root)
    return made


def replied(answerer, question):
    """The outcome, and the articles that are shown."""
    reply = answerer.answer(question)
    hits = {Outcome.ANSWER: lambda: [reply.hit], Outcome.CANDIDATES: lambda: reply.hits, Outcome.NO_ANSWER: list}
    return reply.outcome, [hit.article.url.rpartition("/")[2] for hit in hits[reply.outcome]()]


@pytest.mark.parametrize("size", SIZES)
def test_what_it_speaks_of_is_answered(answerers, size):
    assert replied(answerers[size], "what is fermentation") == (Outcome.ANSWER, ["fermentation"])


@pytest.mark.parametrize("size", SIZES)
def test_each_article_is_found_in_other_words_than_its_own(answerers, size):
    for name, _, _ in ARTICLES[:size]:
        outcome, names = replied(answerers[size], IN_OTHER_WORDS[name])
        assert outcome is not Outcome.NO_ANSWER, name
        assert names[0] == name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("question", WHAT_IT_IS)
def test_what_it_speaks_of_is_found_however_it_is_asked_for(answerers, size, question):
    outcome, names = replied(answerers[size], question)
    assert outcome is not Outcome.NO_ANSWER
    assert names[0] == "fermentation"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("question", UNRELATED)
def test_what_it_does_not_speak_of_is_not_answered(answerers, size, question):
    assert answerers[size].answer(question).outcome is Outcome.NO_ANSWER


class SquashedEncoder:
    """The real encoder, whose cosines are squashed into 0.7 to 1: `0.7 + 0.3 * cosine`."""

    def __init__(self, encoder):
        self._encoder = encoder

    def __getattr__(self, name):
        if name == "iter_encode_passages":  # this encoder embeds all at once
            raise AttributeError(name)
        return getattr(self._encoder, name)

    @property
    def fingerprint(self):
        return f"squashed-{self._encoder.fingerprint}"

    @property
    def query_fingerprint(self):
        return f"squashed-{self._encoder.query_fingerprint}"

    @property
    def dimension(self):
        return self._encoder.dimension + 1

    def encode_query(self, text):
        return np.append(np.sqrt(0.3) * self._encoder.encode_query(text), np.sqrt(0.7)).astype(np.float32)

    def encode_passages(self, texts):
        vectors = np.sqrt(0.3) * self._encoder.encode_passages(texts)
        return np.hstack([vectors, np.full((len(texts), 1), np.sqrt(0.7))]).astype(np.float32)


@pytest.fixture(scope="module")
def squashed_answerers(tmp_path_factory, real_encoder):
    """What answers from one article and from all five under an encoder whose cosines are all high."""
    made = _Indexes(tmp_path_factory.mktemp("squashed"), SquashedEncoder(real_encoder))
    corpus = Corpus(tmp_path_factory.mktemp("squashed-articles"))
    answerers = {}
    for size, (name, question, answer) in enumerate(ARTICLES, start=1):
        corpus.write(f"biology/{name}", question, answer)
        if size in {1, len(ARTICLES)}:
            answerers[size] = made.answerer(corpus.root)
    yield answerers
    made.close()


@pytest.mark.parametrize("size", [1, len(ARTICLES)])
def test_an_encoder_whose_cosines_are_all_high_answers_as_the_default_one(squashed_answerers, size):
    answerer = squashed_answerers[size]
    assert replied(answerer, "what is fermentation") == (Outcome.ANSWER, ["fermentation"])
    for name, _, _ in ARTICLES[:size]:
        outcome, names = replied(answerer, IN_OTHER_WORDS[name])
        assert (outcome is not Outcome.NO_ANSWER, names[:1]) == (True, [name]), name
    for question in UNRELATED:
        assert replied(answerer, question) == (Outcome.NO_ANSWER, []), question


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("what is photosynthesis", Outcome.ANSWER),
        ("how do plants make sugar out of light", Outcome.ANSWER),
        ("who won the lakers game", Outcome.NO_ANSWER),
        ("why is the sky blue", Outcome.NO_ANSWER),
        ("what is the speed of light", Outcome.NO_ANSWER),
    ],
)
def test_one_article_answers_what_it_is_about_and_nothing_else(photosynthesis, question, outcome):
    assert photosynthesis.answer(question).outcome is outcome


@pytest.fixture(scope="module")
def photosynthesis(tmp_path_factory, indexes):
    corpus = Corpus(tmp_path_factory.mktemp("photosynthesis"))
    answer = (
        "Photosynthesis is how plants, algae and some bacteria turn light into chemical energy. In the chloroplasts, "
        "chlorophyll takes up light, which splits water and gives off oxygen; that makes sugar of carbon dioxide."
    )
    corpus.write("biology/photosynthesis", "What is photosynthesis?", answer)
    return indexes.answerer(corpus.root)


def test_the_one_article_that_never_answered_answers(shared_dir, indexes):
    answerer = indexes.answerer(shared_dir / "cases" / "one-article")
    for question in ("what is osmosis", "Osmosis?", "define osmosis", "movement of water through a membrane"):
        assert replied(answerer, question) == (Outcome.ANSWER, ["what-is-osmosis"])
    for question in UNRELATED:
        assert replied(answerer, question) == (Outcome.NO_ANSWER, [])


def test_the_articles_of_one_topic_are_told_apart(shared_dir, indexes):
    answerer = indexes.answerer(shared_dir / "cases" / "one-topic")
    for question, expected in {
        "what is osmosis": "what-is-osmosis",
        "define osmosis": "what-is-osmosis",
        "why do red blood cells burst in pure water": "osmosis-red-cells",
        "how do the roots of a plant take up water": "osmosis-in-plants",
        "how is drinking water made from sea water with a membrane": "reverse-osmosis",
    }.items():
        outcome, names = replied(answerer, question)
        assert outcome is not Outcome.NO_ANSWER, question
        assert names[0] == expected
    for question in UNRELATED:
        assert replied(answerer, question) == (Outcome.NO_ANSWER, [])
