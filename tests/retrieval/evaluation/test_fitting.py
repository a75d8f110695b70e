from __future__ import annotations

import datetime as dt
import json

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.errors import CalibrationError
from retrieval.evaluation import fitting
from retrieval.evaluation.fitting import fit_to_files, fit_to_hits, judged_hits
from retrieval.ranking.fitted_model import FittedModel
from tests.retrieval.article_files import Corpus
from tests.retrieval.evaluation.results import judged
from tests.retrieval.judged_samples import both_kinds
from tests.retrieval.models import model, ranking_weights

TOPICS = [
    f"{first}{second}" for first in ("gran", "marb", "quar", "flin", "gyps") for second in ("ite", "ium", "ox", "yl")
]


@pytest.fixture(scope="module")
def answerer(tmp_path_factory):
    corpus = Corpus(tmp_path_factory.mktemp("topics"))
    for number, topic in enumerate(TOPICS):
        answer = f"{topic.title()} is a rock of {1900 + number}. Builders use {topic} for walls."
        corpus.write(f"geology/{topic}", f"What is {topic}", answer)
    corpus.write("physics/granite", "What is granite?", "Granite conducts heat.")
    corpus.build()
    with corpus.open() as generation:
        yield Answerer(generation, corpus.encoder, model=model())


def asked(topic, **fields):
    url = f"/learn/geology/{topic}"
    return judged(**({"id": topic, "query": f"what is {topic}", "source": url, "grades": {url: 2}} | fields))


def other(number):
    return judged(id=f"other-{number}", query=f"who won match {number}", answerable=False)


def test_all_that_is_found_for_a_question_is_judged(answerer):
    question = asked(
        "marbox", grades={"/learn/geology/marbox": 2, "/learn/geology/marbyl": 1, "/learn/geology/quarox": 2}
    )
    found = judged_hits(answerer, question, "dev")
    urls = [hit.article.url for hit in found.hits]
    assert len(urls) == len(set(urls)) == len(TOPICS)
    assert [url for url, answers in zip(urls, found.answers, strict=True) if answers] == [
        url for url in urls if url in ("/learn/geology/marbox", "/learn/geology/quarox")
    ]
    assert urls[found.source] == "/learn/geology/marbox"
    assert (found.group, found.file, found.answerable, found.source_only) == (
        "/learn/geology/marbox",
        "dev",
        True,
        False,
    )
    assert found.facts == answerer.ranking(question.query).facts


def test_an_article_that_asks_the_same_question_is_the_source_too(answerer):
    found = judged_hits(answerer, asked("granite", query="what is granite heat conducts", grades={}))
    first = found.hits[found.source]
    assert "/learn/geology/granite" in {first.article.url, *(also.url for also in first.also_in)}


def test_a_question_whose_article_is_not_found_has_no_source(answerer):
    gone = asked("marbox", source="/learn/gone", grades={"/learn/gone": 2})
    found = judged_hits(answerer, gone)
    assert found.source is None
    assert not any(found.answers)
    assert found.source_only


def test_an_unanswerable_question_is_its_own_group_and_nothing_answers_it(answerer):
    found = judged_hits(
        answerer, judged(id="u7", answerable=False, query="marbox", grades={"/learn/geology/marbox": 2})
    )
    assert (found.group, found.source, any(found.answers)) == ("u7", None, False)


def test_texts_are_kept_only_where_a_figure_looks_at_them(answerer):
    """Thousands of questions, each with dozens of hits, are in memory at once."""
    plain = judged_hits(answerer, asked("marbox"))
    with_number = judged_hits(answerer, asked("marbox", query="what is marbox of 1905"))
    assert with_number.facts.numbers == ("1905",)
    assert all("is a rock of" in hit.article.answer for hit in with_number.hits if "physics" not in hit.article.url)
    assert {hit.article.answer for hit in plain.hits} == {""}


def files():
    return {
        "dev": [*(asked(topic) for topic in TOPICS[:12]), *map(other, range(8))],
        "hard": [asked(topic, query=f"builders use {topic} for what", style="words") for topic in TOPICS[8:]],
    }


def test_files_are_asked_fitted_and_reported_each_by_itself(answerer):
    told = []
    fitted = fit_to_files(answerer, files(), prior=model(), on_progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 32) for number in range(1, 33)]
    assert {name: [each.judged for each in report.results] for name, report in fitted.reports.items()} == files()
    assert fitted.reports["dev"].metrics["answer_1"] > 0.9
    assert list(fitted.reports["hard"].by_style) == ["words"]
    assert fitted.model.encoder == answerer.encoder_fingerprint


def test_the_model_tells_where_it_comes_from(answerer):
    fitted = fit_to_files(answerer, files(), prior=model())
    provenance = json.loads(json.dumps(fitted.model.provenance))
    assert provenance["fitted_on"] == dt.datetime.now(dt.UTC).date().isoformat()
    assert "not fitted to" in provenance["method"]
    dev, report = provenance["files"]["dev"], fitted.reports["dev"]
    assert (dev["questions"], dev["answerable"]) == (20, 12)
    for name in (
        "answer_1",
        "answer_3",
        "right_of_answers",
        "answerable_answer",
        "calibration_error",
        "abstention_AUROC",
    ):
        assert dev[name] == pytest.approx(report.metrics[name], abs=5e-4)
    assert provenance["files"]["hard"]["abstention_AUROC"] is None
    assert FittedModel.from_json(json.loads(json.dumps(fitted.model.to_json()))) == fitted.model


def test_reports_are_of_the_ranking_and_the_confidence_out_of_fold():
    samples = both_kinds(60, 20)
    questions = [
        ("dev", judged(id=sample.group, answerable=sample.answerable, grades=grades_of(sample))) for sample in samples
    ]
    [(name, report)] = fit_to_hits(questions, samples, encoder="e").reports.items()
    assert name == "dev"
    first = [result.urls[0] for result in report.results]
    best = [max(sample.hits, key=lambda hit: hit.evidence.coverage).article.url for sample in samples]
    agreed = sum(one == two for one, two in zip(first, best, strict=True))
    assert agreed > 55  # coverage tells the answer, so the fit puts it first, in whatever order the hits were found
    confident = [result.confidence for result in report.results]
    assert sum(confident[:60]) / 60 > 0.6
    assert sum(confident[60:]) / 20 < 0.2


def grades_of(sample):
    return {hit.article.url: 2 * answers for hit, answers in zip(sample.hits, sample.answers, strict=True)}


@pytest.mark.parametrize(("enough", "holds"), [(32, False), (33, True)])
def test_from_enough_questions_on_the_prior_is_passed_over(answerer, monkeypatch, enough, holds):
    monkeypatch.setattr(fitting, "ENOUGH", enough)
    prior = model()
    fitted = fit_to_files(answerer, files(), prior=prior)
    assert (fitted.model.confidence.covered == prior.confidence.covered) is holds


def test_too_few_questions_are_refused(answerer):
    with pytest.raises(CalibrationError, match="there are 5; judge more questions"):
        fit_to_files(answerer, {"few": [asked(topic) for topic in TOPICS[:5]]}, prior=model())


def test_a_fit_can_be_made_for_any_encoder(answerer):
    fitted = fit_to_files(answerer, files(), standardised=True)
    assert fitted.model.ranking.standardised
    assert fitted.model.ranking != ranking_weights(standardised=True)
