import math

import pytest

from retrieval.comparison.figures import EncoderFigures


def figures(*answered, name="tiny"):
    share = sum(answered) / len(answered)
    return EncoderFigures(
        name=name,
        answer_1=share,
        answer_3=1.0,
        answered=tuple(bool(each) for each in answered),
        question_seconds=0.0123,
        build_seconds=61.0,
        corpus_seconds=7200.0,
        memory_bytes=345_600_000,
        dimension=384,
        window=256,
        licence="apache-2.0",
        notes=("it runs on torch",),
    )


def test_two_encoders_are_compared_question_by_question():
    mean, error = figures(1, 1, 1, 0).difference_to(figures(1, 0, 0, 0))
    assert mean == 0.5
    assert error == pytest.approx(math.sqrt((4 * 0.25 / 3) / 4))


def test_the_same_answers_differ_by_nothing_for_certain():
    assert figures(1, 0, 1).difference_to(figures(1, 0, 1)) == (0, 0)


def test_one_question_has_no_error_to_speak_of():
    mean, error = figures(1).difference_to(figures(0))
    assert mean == 1
    assert math.isnan(error)


def test_json_has_every_figure_but_those_of_single_questions():
    assert figures(1, 0).to_json() == {
        "name": "tiny",
        "answer_1": 0.5,
        "answer_3": 1.0,
        "question_seconds": 0.0123,
        "build_seconds": 61.0,
        "corpus_seconds": 7200.0,
        "memory_bytes": 345_600_000,
        "dimension": 384,
        "window": 256,
        "licence": "apache-2.0",
        "notes": ["it runs on torch"],
        "questions": 2,
    }
