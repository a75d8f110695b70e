"""What a member gets who says what is no study question."""

from __future__ import annotations

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.domain import Answer, NoAnswer, NoAnswerReason, Outcome
from retrieval.evaluation.evaluation import evaluate
from retrieval.evaluation.judged_questions import JudgedQuestion
from tests.retrieval.article_files import Corpus
from tests.retrieval.models import eager


def test_nothing_in_the_shared_cases_is_answered(shared_dir, answerer):
    path = shared_dir / "cases" / "smalltalk.txt"
    if not path.exists():
        pytest.skip("needs cases/smalltalk.txt in a folder `shared` beside the checkout")
    replies = {said: answerer.answer(said) for said in path.read_text(encoding="utf-8").splitlines()}
    assert [said for said, reply in replies.items() if reply.outcome is not Outcome.NO_ANSWER or reply.closest] == []
    assert [said for said, reply in replies.items() if reply.reason is NoAnswerReason.NOTHING_FITS] == ["what is .NET"]


def test_an_article_whose_question_it_is_answers_it(tmp_path):
    corpus = Corpus(tmp_path)
    corpus.write("geology/weather", "What is the weather?", "Weather is what the air does on a day.")
    corpus.write("geology/rust", "Why does iron rust?", "Iron rusts in water and air.")
    corpus.build()
    with corpus.store.current(corpus.encoder) as generation:
        answerer = Answerer(generation, corpus.encoder, model=eager())
        reply = answerer.answer("what is the weather")
        assert isinstance(reply, Answer)
        assert reply.hit.article.url == "/learn/geology/weather"
        today = "what is the weather today"
        assert answerer.answer(today) == NoAnswer(today, NoAnswerReason.CANNOT_DO, (), 0.0)


@pytest.mark.parametrize("said", ["thanks", "tell me a joke", "why?", "are you human"])
def test_an_evaluation_counts_it_as_not_answered(answerer, said):
    judged = JudgedQuestion("1", said, "chat", answerable=False, source=None, evidence=None, grades={})
    report = evaluate(answerer, [judged])
    (result,) = report.results
    assert (result.outcome, result.confidence, result.urls) == (Outcome.NO_ANSWER, 0.0, ())
    assert report.metrics["unanswerable_no_answer"] == 1.0
