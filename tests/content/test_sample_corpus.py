"""The sample corpus holds every shape that real articles have, so that whatever works here has met all of them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.content.lint import judged_problems, problems, read_judged, read_samples

JUDGED_FILES = ("judged-sciences.jsonl", "judged-humanities.jsonl")
FIRST_QUESTIONS = "first-questions.jsonl"
STYLES = ("paraphrase", "sloppy", "keywords", "detail", "scenario", "followup")


@pytest.fixture(scope="module")
def samples(sample_content):
    return read_samples(sample_content)


def test_nothing_is_wrong_with_the_sample_articles(samples):
    assert samples
    assert problems(samples) == []


@pytest.mark.parametrize(("name", "number"), [*((name, 45) for name in JUDGED_FILES), (FIRST_QUESTIONS, 100)])
def test_judged_questions_quote_the_articles_they_were_written_from(samples, sample_content, name, number):
    judged = read_judged(sample_content / name)
    assert len(judged) == number
    assert [*judged_problems(judged, samples)] == []


@pytest.mark.parametrize("name", JUDGED_FILES)
def test_judged_questions_cover_six_styles_evenly(sample_content, name):
    judged = read_judged(sample_content / name)
    assert Counter(question["style"] for question in judged if question["answerable"]) == dict.fromkeys(STYLES, 6)


def test_first_questions_are_asked_about_every_subject(samples, sample_content):
    counts = Counter(question["source"].split("/")[2] for question in read_judged(sample_content / FIRST_QUESTIONS))
    assert counts.keys() == {sample.folder for sample in samples}
    assert {subject: count for subject, count in counts.items() if count < 6} == {}
