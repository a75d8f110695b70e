from __future__ import annotations

import dataclasses
import json

import pytest

from retrieval.errors import JudgedQuestionError
from retrieval.evaluation.judged_questions import JudgedQuestion, load_judged


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


@pytest.mark.parametrize(
    "line",
    [
        '{"query": "a", "answerable": true, "source": {"url": "/a"}}',
        '{"query": "a", "answerable": true, "source": 7}',
        "[" * 100_000,
        '{"query": "a", "answerable": true, "evidence": 5}',
        "\ufffe{}",
        "null",
    ],
)
def test_a_line_of_any_make_is_named(tmp_path, line):
    path = tmp_path / "judged.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(JudgedQuestionError, match=r"judged\.jsonl:2: "):
        load_judged(path)


@pytest.mark.parametrize(
    ("answerable", "source", "grades", "source_only"),
    [
        (True, "/a", {"/a": 2}, True),
        (True, "/a", {}, True),
        (True, "/a", {"/a": 2, "/b": 0}, False),
        (True, None, {"/b": 2}, False),
        (False, None, {}, False),
    ],
)
def test_a_question_of_which_only_the_source_was_judged_is_known_for_it(answerable, source, grades, source_only):
    judged = JudgedQuestion("1", "q", "", answerable, source, None, grades)
    assert judged.source_only is source_only
    assert dataclasses.replace(judged, answerable=False).source_only is False
