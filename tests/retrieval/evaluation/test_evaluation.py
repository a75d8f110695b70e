from __future__ import annotations

import dataclasses
import json
import math

import pytest
from retrieval.answering.calibration import PRIOR
from retrieval.answering.evaluation import (
    EvaluationReport,
    JudgedQuestion,
    JudgedResult,
    calibrate,
    evaluate,
    load_judged,
    metrics,
)

from retrieval.answering.answerer import Answerer
from retrieval.domain import Outcome
from retrieval.errors import CalibrationError, JudgedQuestionError
from tests.retrieval.article_files import small_corpus

QUESTION = JudgedQuestion("1", "q", "keywords", answerable=True, source=None, evidence=None, grades={})


def judged(**changes):
    return dataclasses.replace(QUESTION, **changes)


def result(urls="", grades=None, *, answerable=True, outcome=Outcome.ANSWER, **changes):
    question = judged(answerable=answerable, grades=grades or {})
    return dataclasses.replace(JudgedResult(question, tuple(urls), 0.5, outcome, (0.0, 0.0), None), **changes)


def test_a_question_counts_from_the_rank_of_its_first_answer():
    grades = {"a": 2, "b": 1, "c": 0}
    found = metrics([result("abc", grades), result("bca", grades), result("bcxya", grades), result("bc", grades)])
    assert (found["answer_1"], found["answer_3"], found["answer_5"]) == (0.25, 0.5, 0.75)
    assert found["MRR_10"] == pytest.approx((1 + 1 / 3 + 1 / 5 + 0) / 4)


def test_ranks_beyond_ten_count_for_nothing():
    found = metrics([result("0123456789a", {"a": 2})])
    assert (found["MRR_10"], found["nDCG_10"], found["answer_5"]) == (0.0, 0.0, 0.0)


def test_ndcg_compares_with_the_best_order_of_what_was_judged():
    grades = {"a": 2, "b": 1, "c": 1, "d": 0}
    ideal = 3 + 1 / math.log2(3) + 1 / 2
    assert metrics([result("abcd", grades)])["nDCG_10"] == pytest.approx(1.0)
    assert metrics([result("dba", grades)])["nDCG_10"] == pytest.approx((1 / math.log2(3) + 3 / 2) / ideal)
    assert metrics([result("xa", grades)])["nDCG_10"] == pytest.approx(3 / math.log2(3) / ideal)
    assert metrics([result("ab", {"a": 0})])["nDCG_10"] == 0.0


def test_the_ideal_holds_no_more_than_ten_articles():
    grades = dict.fromkeys("abcdefghijklm", 2)
    assert metrics([result("abcdefghij", grades)])["nDCG_10"] == pytest.approx(1.0)


def test_articles_without_a_grade_are_counted_among_the_first_three():
    assert metrics([result("axb", {"a": 2, "b": 0}), result("xyzw", {"a": 2})])["unjudged_3"] == pytest.approx(4 / 6)


def test_evidence_is_counted_only_where_the_first_article_is_the_source():
    found = metrics(
        [
            result(evidence_shown=True),
            result(evidence_shown=False),
            result(evidence_shown=True),
            result(evidence_shown=None),
        ]
    )
    assert found["evidence_shown"] == pytest.approx(2 / 3)


def answered(confidence):
    return result("a", {"a": 2}, confidence=confidence)


def unanswerable(confidence, outcome=Outcome.NO_ANSWER):
    return result("a", answerable=False, confidence=confidence, outcome=outcome)


@pytest.mark.parametrize(
    ("right", "wrong", "auroc"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.5, 0.9], [0.5, 0.1], 3.5 / 4),
        ([0.5, 0.5], [0.5, 0.5], 0.5),
        ([0.3, 0.6], [0.4, 0.2, 0.6], (1 + 2.5) / 6),
    ],
)
def test_auroc_is_the_share_of_pairs_in_the_right_order_with_ties_as_halves(right, wrong, auroc):
    results = [*map(answered, right), *map(unanswerable, wrong)]
    assert metrics(results)["abstention_AUROC"] == pytest.approx(auroc)


def test_auroc_leaves_out_questions_whose_first_article_does_not_answer():
    missed = result("b", {"a": 2, "b": 1}, confidence=0.01)
    assert metrics([answered(0.9), missed, unanswerable(0.5)])["abstention_AUROC"] == 1.0


def test_outcomes_are_counted_for_each_kind_of_question():
    answerable = [result(outcome=outcome) for outcome in (Outcome.ANSWER, Outcome.ANSWER, Outcome.CANDIDATES)]
    lost = result(outcome=Outcome.NO_ANSWER)
    others = [unanswerable(0.1), unanswerable(0.2), unanswerable(0.3), unanswerable(0.4, Outcome.CANDIDATES)]
    found = metrics([*answerable, lost, *others])
    assert found["unanswerable_no_answer"] == 0.75
    assert found["answerable_answer_or_candidates"] == 0.75
    assert found["answerable_answer"] == 0.5


def test_a_figure_that_no_question_speaks_of_is_none():
    of_answerable = metrics([result("a", {"a": 2})])
    assert of_answerable["abstention_AUROC"] is None
    assert of_answerable["unanswerable_no_answer"] is None
    assert of_answerable["evidence_shown"] is None
    assert metrics([unanswerable(0.1)])["answer_1"] is None
    assert set(metrics([]).values()) == {None}


def test_the_json_names_every_metric():
    results = (result("a", {"a": 2}), unanswerable(0.1))
    report = EvaluationReport(metrics(results), {"keywords": metrics(results)}, results)
    data = json.loads(json.dumps(report.to_json()))
    names = {
        "answer_1",
        "answer_3",
        "answer_5",
        "MRR_10",
        "nDCG_10",
        "evidence_shown",
        "unjudged_3",
        "abstention_AUROC",
        "unanswerable_no_answer",
        "answerable_answer_or_candidates",
        "answerable_answer",
    }
    assert set(data) == names | {"questions", "answerable", "by_style"}
    assert (data["questions"], data["answerable"]) == (2, 1)
    assert set(data["by_style"]["keywords"]) == names
    assert data["by_style"]["keywords"]["answer_1"] == 1.0


def write(path, *lines):
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    return path


FULL = {
    "id": "s1",
    "query": "why\u2028so?",
    "style": "detail",
    "answerable": True,
    "source": "/learn/a",
    "evidence": "Because.",
    "grades": {"/learn/a": 2, "/learn/b": 0},
}


def test_judged_questions_are_read_as_they_are_written(tmp_path):
    short = {"query": "who?", "answerable": False}
    lines = ["\ufeff" + json.dumps(FULL, ensure_ascii=False), "", json.dumps(short), "  "]
    first, second = load_judged(write(tmp_path / "q.jsonl", *lines))
    assert first == JudgedQuestion(
        "s1", "why\u2028so?", "detail", True, "/learn/a", "Because.", {"/learn/a": 2, "/learn/b": 0}
    )
    assert second == JudgedQuestion("3", "who?", "", False, None, None, {})


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"query": "a"}', "the field 'answerable' is missing"),
        ('{"answerable": true}', "the field 'query' is missing"),
        ('{"query": "a", "answerable": "yes"}', "`answerable` true or false"),
        ('{"query": 7, "answerable": true}', "`query` must be a text"),
        ('{"query": "a", "answerable": true, "grades": {"/a": 3}}', "a grade must be 0, 1 or 2"),
        ('{"query": "a", "answerable": true, "grades": {"/a": "2"}}', "a grade must be 0, 1 or 2"),
        ('{"query": "a", "answerable": true, "grades": {"/a": 1.5}}', "a grade must be 0, 1 or 2"),
        ('{"query": "a", "answerable": true, "grades": {"/a": [2]}}', "is no judged question"),
        ('{"query": "a", "answerable": true, "grades": ["/a"]}', "is no judged question"),
        ('["query"]', "is no judged question"),
        ("query: a", "is no judged question"),
        ('{"query": "a"', "is no judged question"),
        (b'{"query": "\xff", "answerable": true}', "is no judged question"),
    ],
)
def test_a_bad_line_names_file_and_line(tmp_path, line, problem):
    path = write(tmp_path / "questions.jsonl", json.dumps(FULL), "", line)
    with pytest.raises(JudgedQuestionError, match=problem) as caught:
        load_judged(path)
    assert (caught.value.path, caught.value.line) == (path, 3)
    assert str(caught.value).startswith(f"{path}:3: ")


@pytest.fixture
def answerer(tmp_path):
    corpus = small_corpus(tmp_path)
    corpus.build()
    with corpus.open() as generation:
        yield Answerer(generation, corpus.encoder)


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
    assert (found.urls, found.features, found.confidence) == ((), (), 0.0)
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
        found = evaluate(Answerer(generation, corpus.encoder), questions).results
    assert [result.evidence_shown for result in found] == [True, False]


def test_a_calibration_is_fitted_to_what_came_out():
    near = [result("a", {"a": 2}, features=(0.7 + step / 100, 0.8)) for step in range(8)]
    far = [result("b", answerable=False, features=(0.2 + step / 100, 0.3)) for step in range(8)]
    nothing = result("", answerable=False, features=())
    report = EvaluationReport({}, {}, (*near, *far, nothing))
    calibration = calibrate(report)
    assert calibration.questions == 16
    assert calibration != PRIOR
    assert calibration.coefficients[0] > 0


def test_too_few_questions_cannot_be_calibrated_on(answerer):
    with pytest.raises(CalibrationError, match="judge more questions"):
        calibrate(evaluate(answerer, [ask_basalt(), judged(query="who won", answerable=False)]))


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"query": "a", "answerable": true, "evidence": 5}', "\ufffe{}", "null"]
)
def test_a_line_of_any_make_is_named(tmp_path, line):
    path = tmp_path / "judged.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(JudgedQuestionError, match=r"judged\.jsonl:2: "):
        load_judged(path)
