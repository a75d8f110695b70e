from __future__ import annotations

import json

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.domain import Outcome
from retrieval.evaluation.evaluation import EvaluationReport, evaluate, evaluate_files
from tests.retrieval.article_files import small_corpus
from tests.retrieval.evaluation.results import answered, judged, unanswerable
from tests.retrieval.models import model


def test_the_json_names_every_metric():
    results = (answered(), unanswerable(0.1))
    report = EvaluationReport.of(results)
    data = json.loads(json.dumps(report.to_json()))
    names = {
        "answer_1",
        "answer_3",
        "answer_5",
        "MRR_10",
        "nDCG_10",
        "evidence_shown",
        "unjudged_3",
        "right_of_answers",
        "right_of_candidates",
        "right_of_volunteered",
        "calibration_error",
        "abstention_AUROC",
        "unanswerable_no_answer",
        "unanswerable_answer",
        "answerable_answer_or_candidates",
        "answerable_answer",
    }
    assert set(data) == names | {"questions", "answerable", "by_style"}
    assert (data["questions"], data["answerable"]) == (2, 1)
    assert set(data["by_style"]["keywords"]) == names
    assert data["by_style"]["keywords"]["answer_1"] == 1.0


@pytest.fixture
def answerer(tmp_path):
    corpus = small_corpus(tmp_path)
    corpus.build()
    with corpus.open() as generation:
        yield Answerer(generation, corpus.encoder, model=model())


def ask_basalt(**changes):
    url = "/learn/geology/basalt"
    fields = {"query": "what is basalt, the dark rock where lava cools", "source": url, "grades": {url: 2}}
    return judged(**(fields | changes))


def test_every_question_is_asked_in_the_order_of_the_file(answerer):
    told = []
    questions = [ask_basalt(style="x"), judged(query="osmosis", style="y"), judged(query="🙂", answerable=False)]
    report = evaluate(answerer, questions, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [found.judged for found in report.results] == questions
    assert report.results[0].urls[0] == "/learn/geology/basalt"
    assert report.results[0].answered
    assert list(report.by_style) == ["x", "y", "keywords"]
    assert report.by_style["x"]["answer_1"] == 1.0
    assert report.by_style["y"]["answer_1"] == 0.0


def test_a_message_that_asks_nothing_finds_nothing(answerer):
    [found] = evaluate(answerer, [judged(query="🙂", answerable=False)]).results
    assert (found.urls, found.confidence) == ((), 0.0)
    assert found.outcome is Outcome.NO_ANSWER


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"evidence": "Basalt is a **dark rock** that   forms"}, True),
        ({"evidence": "Basalt is a light rock"}, False),
        ({"evidence": None}, None),
        ({"evidence": "Basalt is a dark rock", "source": "/learn/biology/yeast"}, None),
    ],
)
def test_evidence_is_looked_for_in_what_is_quoted_whatever_its_markup(answerer, changes, shown):
    [found] = evaluate(answerer, [ask_basalt(**changes)]).results
    assert found.evidence_shown is shown


def test_evidence_beyond_the_thousand_characters_of_a_quote_is_not_shown(tmp_path):
    corpus = small_corpus(tmp_path)
    far = "Slate splits into thin plates. " + "Roofs need something else entirely here. " * 60 + "The end is green."
    corpus.write("geology/slate", "What is slate", far)
    corpus.build()
    with corpus.open() as generation:
        questions = [
            judged(query="slate splits into thin plates", source="/learn/geology/slate", evidence=evidence)
            for evidence in ("Slate splits into thin plates.", "The end is green.")
        ]
        found = evaluate(Answerer(generation, corpus.encoder, model=model()), questions).results
    assert [result.evidence_shown for result in found] == [True, False]


def test_files_are_asked_one_after_another_and_reported_each_by_itself(answerer):
    told = []
    first, second = [ask_basalt(), judged(query="osmosis")], [judged(query="who won", answerable=False)]
    reports = evaluate_files(answerer, {"a": first, "b": second}, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert {name: [each.judged for each in report.results] for name, report in reports.items()} == {
        "a": first,
        "b": second,
    }
    assert reports["a"].metrics["answer_1"] == 0.5
    assert reports["b"].metrics["answer_1"] is None
    assert (reports["a"].answerable, reports["b"].answerable) == (2, 0)
