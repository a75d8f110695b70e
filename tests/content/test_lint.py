"""The lint of the sample articles finds what is broken, and says in which file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.content.lint import judged_problems, problems, read_judged, read_samples, shape_problems
from tests.content.shapes import SHAPES, has

NAME = "why-does-ice-float-on-water"
FILE = f"{NAME}.md"


@pytest.fixture(scope="module")
def samples(sample_content):
    return read_samples(sample_content)


def with_changed(samples, **fields):
    """The articles, one of them with other fields."""
    return [replace(s, fields=s.fields | fields) if s.path.stem == NAME else s for s in samples]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"id": "7"}, "id is missing or no int"),
        ({"question": ""}, "question is missing or no str"),
        ({"colour": "red"}, "the format has no field colour"),
        ({"file_name": "another.md"}, "file_name is another"),
        ({"title": "Another?"}, "its titles differ"),
        ({"author": "Somebody"}, "schema or author is another"),
        ({"answer": "Short."}, "its answer is of no useful length"),
        ({"answer": "It floats. " * 80 + "$x"}, "a formula is not closed"),
        ({"answer": "It floats. " * 80 + "```c"}, "a fence is not closed"),
        ({"answer": "It floats.\n" * 80}, "its answer is not one line"),
        ({"seo": {"title": "QuickTakes | Chemistry"}}, "seo is incomplete"),
        ({"related_article1": {"url": "/learn/x"}}, "a related article has other fields: ['url']"),
    ],
)
def test_what_is_wrong_with_one_article_is_said(samples, fields, problem):
    assert f"{FILE}: {problem}" in problems(with_changed(samples, **fields))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"id": 1}, "no id is shared by two articles"),
        ({"no_index": True}, "another article is hidden"),
        ({"subject": "Alchemy"}, "a folder has two subjects"),
        ({"answer": "It floats.\\n" * 80}, "no answer is one paragraph"),
    ],
)
def test_what_one_article_breaks_for_all_is_said(samples, fields, problem):
    assert problem in problems(with_changed(samples, **fields))


def test_a_url_that_is_there_twice_is_said_and_so_is_that_it_is_not_that_of_its_place(samples):
    other = next(sample.fields["url"] for sample in samples if sample.path.stem != NAME)
    found = problems(with_changed(samples, url=other))
    assert f"{FILE}: its url does not follow from its place" in found
    assert f"url {other!r} is there 2 times" in found


def test_a_subject_that_is_gone_is_missed(samples):
    assert "there are 14 subjects, not 15" in problems([s for s in samples if s.folder != "physics"])


@pytest.mark.parametrize("shape", ["heading of level 1", "fence of c", "pipe table"])
def test_a_shape_that_no_article_has_any_more_is_missed(samples, shape):
    without = [sample for sample in samples if not has(sample.answer, shape)]
    assert len(without) < len(samples)
    assert f"0 articles have a {shape}" in [*shape_problems(without)]


def test_plain_text_has_no_shape():
    plain = "It costs 5 dollars.\\n\\nNew people arrive: none stay.\\nUse a - b, # and | with care.\\n1. One\\n- Two"
    assert [shape for shape in SHAPES if has(plain, shape)] == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"evidence": "Nobody wrote this."}, "its evidence is not in its source"),
        ({"grades": {}}, "its source does not answer it"),
        ({"grades": {"/learn/nowhere": 2}}, "it is graded with articles that do not exist"),
        ({"answerable": False}, "an article answers it"),
    ],
)
def test_what_is_wrong_with_a_judged_question_is_said(samples, sample_content, changes, problem):
    question = next(q for q in read_judged(sample_content / "judged-sciences.jsonl") if q["answerable"])
    assert f"{question['id']}: {problem}" in [*judged_problems([question | changes], samples)]
