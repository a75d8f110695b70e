"""Judged questions with what came out, by hand."""

from __future__ import annotations

import dataclasses

from retrieval.domain import Outcome
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.evaluation.metrics import JudgedResult

QUESTION = JudgedQuestion("1", "q", "keywords", answerable=True, source=None, evidence=None, grades={})


def judged(**changes):
    """A question that the corpus answers, but for the changes."""
    return dataclasses.replace(QUESTION, **changes)


def result(urls="", grades=None, *, name="1", answerable=True, **changes):
    """A result: urls of one letter each, best first, and their grades."""
    question = judged(id=name, answerable=answerable, grades=grades or {})
    return dataclasses.replace(JudgedResult(question, tuple(urls), 0.5, Outcome.ANSWER, None), **changes)


def answered(confidence=0.5, **changes):
    """The first article answers."""
    return result("a", {"a": 2}, confidence=confidence, **changes)


def missed(confidence=0.5, **changes):
    """The first article does not answer."""
    return result("b", {"a": 2, "b": 1}, confidence=confidence, **changes)


def unanswerable(confidence=0.5, outcome=Outcome.NO_ANSWER, **changes):
    """The corpus does not answer the question."""
    return result("a", answerable=False, confidence=confidence, outcome=outcome, **changes)
