"""An index is adapted to questions in words that its encoder does not know, by a trainer that knows them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from embeddings.adapters.adapter import Adapter
from retrieval.adaptation.adaptation import Adaptation, is_better
from retrieval.adaptation.training_lists import halves, training_lists
from retrieval.answering.answerer import Answerer
from retrieval.errors import CalibrationError
from retrieval.evaluation.fitting import judged_hits
from retrieval.evaluation.judged_questions import JudgedQuestion
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import Corpus

_NAMES = (
    "agate basalt chalk diamond emerald feldspar granite hematite ivory jasper kaolin limestone marble nephrite "
    "obsidian pumice quartz ruby sandstone topaz ulexite variscite wulfenite zircon"
)
STONES = _NAMES.split()
_DIMENSION = 512  # so that different words are seldom alike
NICKNAMES = {stone: f"zz{number}q" for number, stone in enumerate(STONES)}
"""What members call them, which no article does."""


class KnowsNicknames(HashingEncoder):
    """Embeds questions as if they said the names of some stones, and passages as its base does."""

    def __init__(self, stones):
        super().__init__(_DIMENSION)
        self._names = {NICKNAMES[stone]: stone for stone in stones}

    def encode_query(self, text):
        return super().encode_query(" ".join(self._names.get(word, word) for word in text.split()))


class FakeTrainer:
    """Remembers what it was trained on; of its encoders it says which nicknames they know."""

    def __init__(self, known):
        self.known = known
        self.trained = []

    def train(self, lists, vectors, seconds, on_progress):
        self.trained.append((lists, vectors, seconds))
        on_progress(1, 1)
        return Adapter("base", 1, 1.0, 64, {}, {"steps": 1})

    def encoder_with(self, _adapter):
        return KnowsNicknames(self.known)


def question(stone, number=0, **fields):
    url = f"/learn/geology/{stone}"
    given = {"id": f"{stone}-{number}", "source": url, "grades": {url: 2}, "answerable": True, **fields}
    return JudgedQuestion(query=f"where is {NICKNAMES[stone]} dug up", style="", evidence=None, **given)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """A generation of an article a stone."""
    corpus = Corpus(tmp_path_factory.mktemp("stones"))
    corpus.encoder = HashingEncoder(_DIMENSION)
    for stone in STONES:
        corpus.write(f"geology/{stone}", f"Why {stone} is {stone}ish", f"All {stone} is dug up in a quarry of {stone}.")
    corpus.build()
    with corpus.open() as opened:
        yield opened


def adapted(generation, trainer, files, told=None):
    told = [] if told is None else told
    return Adaptation(
        generation,
        Answerer(generation, HashingEncoder(_DIMENSION)),
        trainer,
        files,
        seconds=60,
        on_progress=lambda *what: told.append(what),
    )


def test_an_adapter_that_knows_more_words_is_better_and_is_trained_on_all(generation):
    told = []
    trainer = FakeTrainer(STONES)
    adaptation = adapted(generation, trainer, {"own": [question(stone) for stone in STONES]}, told)
    compared = adaptation.compare()
    own = compared["own"]
    assert own.before.metrics["answer_1"] < 0.3
    assert own.after.metrics["answer_1"] > 0.7
    assert (own.dense_before < 0.3, own.dense_after) == (True, 1.0)
    assert (own.difference.questions, own.difference.lost) == (len(STONES), 0)
    assert is_better(compared)
    adapter = adaptation.train(compared)
    assert len(trainer.trained[2][0]) == len(STONES)
    facts = adapter.provenance
    assert (facts["questions"], facts["articles"], facts["steps"]) == (len(STONES), len(STONES), 1)
    assert facts["files"]["own"]["after"]["answer_1"] == own.after.metrics["answer_1"]
    stages = ["ask", "train 1 of 3", "compare 1 of 2", "train 2 of 3", "compare 2 of 2", "train 3 of 3"]
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == stages


def test_an_adapter_that_knows_nothing_more_is_not_better(generation):
    compared = adapted(generation, FakeTrainer(()), {"own": [question(stone) for stone in STONES]}).compare()
    assert compared["own"].difference.gained == compared["own"].difference.lost == 0
    assert not is_better(compared)


def test_no_question_is_asked_of_what_was_trained_on_its_article(generation):
    asked = [question(stone, number) for number in range(2) for stone in STONES]
    trainer = FakeTrainer(())
    adapted(generation, trainer, {"own": asked[:30], "other": asked[30:]}).compare()
    (first, _, _), (second, _, _) = trainer.trained
    texts = [{each.text for each in lists} for lists in (first, second)]
    assert not texts[0] & texts[1]
    assert len(first) == len(second) == len(STONES)


def test_training_gets_the_time_that_there_is(generation):
    trainer = FakeTrainer(())
    adaptation = adapted(generation, trainer, {"own": [question(stone) for stone in STONES]})
    adaptation.train(adaptation.compare())
    first, second, last = (seconds for _, _, seconds in trainer.trained)
    assert 0 < first <= 15
    assert second <= 20
    assert first < last <= 60


def test_too_few_questions_are_refused_before_anything_is_trained(generation):
    trainer = FakeTrainer(())
    for asked in ([question(stone) for stone in STONES[:10]], [question("agate", number) for number in range(30)]):
        with pytest.raises(CalibrationError, match="judge more questions"):
            adapted(generation, trainer, {"own": asked})
    assert trainer.trained == []


def lists_of(generation, *asked):
    answerer = Answerer(generation, HashingEncoder(_DIMENSION))
    return training_lists(generation, [(each, judged_hits(answerer, each)) for each in asked])


def titles(vectors, articles):
    """Which stones some numbers among the vectors are about."""
    encoder = HashingEncoder(_DIMENSION)
    known = np.stack([encoder.encode_passages([f"Why {stone} is {stone}ish"])[0] for stone in STONES])
    return [STONES[place] for place in (vectors.questions[articles].astype(np.float32) @ known.T).argmax(axis=1)]


def test_all_articles_that_answer_count(generation):
    grades = {"/learn/geology/agate": 2, "/learn/geology/chalk": 2, "/learn/geology/ruby": 1}
    [[only]], vectors = lists_of(generation, question("agate", grades=grades))
    assert sorted(titles(vectors, only.articles[only.answers])) == ["agate", "chalk"]
    assert "ruby" in titles(vectors, only.articles[~only.answers])
    assert len(only.articles) == len(STONES)


def test_questions_that_nothing_answers_are_not_trained_on(generation):
    nothing = question("agate", answerable=False, source=None, grades={})
    elsewhere = question("agate", grades={"/learn/geology/gone": 2})
    assert lists_of(generation, nothing, elsewhere, question("ruby"))[0][:2] == [[], []]


def test_a_near_duplicate_that_was_not_judged_is_left_out(tmp_path):
    corpus = Corpus(tmp_path)
    corpus.encoder = HashingEncoder(_DIMENSION)
    for name, title in (
        ("one", "What is a cell wall of a plant made of"),
        ("two", "What is the cell wall of a plant made of"),
        ("three", "Why do cats purr"),
    ):
        corpus.write(f"biology/{name}", title, f"This is about {title}, and a little more.")
    corpus.build()
    with corpus.open() as generation:
        url = "/learn/biology/one"
        asked = JudgedQuestion("q", "cell wall", "", answerable=True, source=url, evidence=None, grades={url: 2})
        judged = replace(asked, grades={url: 2, "/learn/biology/two": 0})
        [[left_out], [kept]], _ = lists_of(generation, asked, judged)
        assert (len(left_out.articles), len(kept.articles)) == (2, 3)
        assert (left_out.answers.sum(), kept.answers.sum()) == (1, 1)


def test_halves_keep_the_questions_of_an_article_together(generation):
    answerer = Answerer(generation, HashingEncoder(_DIMENSION))
    asked = [question(stone, number) for stone in STONES for number in range(2)]
    found = [(each, judged_hits(answerer, each)) for each in asked]
    first, second = halves(found)
    assert (first ^ second).all()
    assert (first[::2] == first[1::2]).all()
    assert first.sum() == second.sum()
