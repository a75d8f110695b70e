"""What newcomers type first, asked of the sample articles with the real encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.domain import Answer
from retrieval.evaluation.judged_questions import load_judged

if TYPE_CHECKING:
    from retrieval.domain import Reply
    from retrieval.evaluation.judged_questions import JudgedQuestion

LEAST_RIGHT = 85
VERY_LIKELY = 0.9


@pytest.fixture(scope="module")
def replies(answerer, sample_content) -> list[tuple[JudgedQuestion, Reply]]:
    """Each first question with what it is told; no excerpt is needed here beyond the first characters."""
    questions = load_judged(sample_content / "first-questions.jsonl")
    return [(asked, answerer.answer(asked.query, excerpt_length=100)) for asked in questions]


def is_right(asked: JudgedQuestion, reply: Answer) -> bool:
    return asked.grades.get(reply.hit.article.url) == 2


def test_at_least_85_of_100_first_questions_get_the_right_answer(replies):
    right = [asked for asked, reply in replies if isinstance(reply, Answer) and is_right(asked, reply)]
    missed = [asked.query for asked, _ in replies if asked not in right]
    assert len(replies) == 100
    assert len(right) >= LEAST_RIGHT, missed


def test_no_first_question_gets_a_wrong_answer_that_is_called_very_likely(replies):
    wrong = {
        asked.query: reply.hit.article.url
        for asked, reply in replies
        if isinstance(reply, Answer) and not is_right(asked, reply) and reply.confidence >= VERY_LIKELY
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("query", "url"),
    [
        (
            "how does the sodium potassium pump use energy",
            "/learn/biology/questions/how-does-the-sodiumpotassium-pump-use-energy",
        ),
        (
            "how do electrochemical gradients help nerves and muscles",
            "/learn/biology/questions/how-do-electrochemical-gradients-help-nerves-and-muscles-work",
        ),
    ],
)
def test_a_topic_that_was_asked_for_is_answered_by_its_own_article(replies, query, url):
    reply = next(reply for asked, reply in replies if asked.query == query)
    assert isinstance(reply, Answer)
    assert reply.hit.article.url == url
