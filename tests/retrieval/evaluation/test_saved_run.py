from __future__ import annotations

import json
import math

import pytest

from retrieval.errors import JudgedQuestionError
from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.saved_run import compared, load_run, save_run
from tests.retrieval.evaluation.results import answered, missed, unanswerable


def run(**files):
    """Reports of files whose answerable questions are told by a letter each: `a` answered, `m` missed, `u` neither."""
    kinds = {"a": answered, "m": missed, "u": unanswerable}
    return {
        name: EvaluationReport.of([kinds[kind](name=f"q{number}") for number, kind in enumerate(letters)])
        for name, letters in files.items()
    }


def test_a_run_comes_back_from_its_file(tmp_path):
    path = tmp_path / "run.json"
    save_run(path, run(dev="amu", hard="m"))
    assert load_run(path) == {"dev": {"q0": True, "q1": False}, "hard": {"q0": False}}


def test_a_file_holds_all_that_came_out_and_is_replaced_at_once(tmp_path):
    path = tmp_path / "run.json"
    path.write_text("older", encoding="utf-8")
    save_run(path, run(dev="au"))
    first, second = json.loads(path.read_text(encoding="utf-8"))["dev"]
    assert first == {
        "id": "q0",
        "query": "q",
        "answerable": True,
        "answered": True,
        "outcome": "answer",
        "confidence": 0.5,
        "urls": ["a"],
    }
    assert (second["answerable"], second["answered"], second["outcome"]) == (False, False, "no_answer")
    assert [each.name for each in tmp_path.iterdir()] == ["run.json"]


def test_the_difference_is_paired_by_question(tmp_path):
    path = tmp_path / "run.json"
    save_run(path, run(dev="aammm", hard="a"))
    [(name, found)] = compared(load_run(path), run(dev="amaam", other="a")).items()
    # Changes of the five questions: 0, -1, +1, +1, 0.
    assert name == "dev"
    assert (found.questions, found.gained, found.lost) == (5, 2, 1)
    assert found.difference == pytest.approx(1 / 5)
    variance = (2 * (0 - 0.2) ** 2 + (-1 - 0.2) ** 2 + 2 * (1 - 0.2) ** 2) / 4
    assert found.standard_error == pytest.approx(math.sqrt(variance / 5))
    assert found.to_json() == {
        "questions": 5,
        "difference": found.difference,
        "standard_error": found.standard_error,
        "gained": 2,
        "lost": 1,
    }


def test_questions_that_only_one_of_the_runs_asked_have_no_part_in_it(tmp_path):
    path = tmp_path / "run.json"
    save_run(path, run(dev="mu"))
    found = compared(load_run(path), run(dev="aaaa"))["dev"]  # the second could not be answered before
    assert (found.questions, found.difference, found.gained) == (1, 1.0, 1)


def test_runs_without_a_question_in_common_differ_by_nothing():
    found = compared({"dev": {"other": True}}, run(dev="a"))["dev"]
    assert (found.questions, found.difference, found.standard_error) == (0, 0.0, 0.0)


def test_against_itself_nothing_has_changed(tmp_path):
    path = tmp_path / "run.json"
    reports = run(dev="aamu", hard="am")
    save_run(path, reports)
    found = compared(load_run(path), reports)
    assert {name: (each.questions, each.difference, each.standard_error) for name, each in found.items()} == {
        "dev": (3, 0.0, 0.0),
        "hard": (2, 0.0, 0.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        '{"dev": 5}',
        '{"dev": [5]}',
        '{"dev": [{"id": 1}]}',
        "[" * 100_000,
        '{"dev": {"a": 1}}',
    ],
)
def test_what_is_no_saved_run_is_said_so_with_what_to_do(tmp_path, text):
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JudgedQuestionError, match=r"run\.json:1: is no saved run .*make one with --save"):
        load_run(path)


def test_bytes_that_are_no_text_are_no_saved_run(tmp_path):
    path = tmp_path / "run.json"
    path.write_bytes(b'{"\xff')
    with pytest.raises(JudgedQuestionError, match="is no saved run"):
        load_run(path)
