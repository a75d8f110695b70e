from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from retrieval.errors import CalibrationError
from retrieval.ranking.figures import RANKING_FIGURES
from retrieval.ranking.fitting.fit import fit, fold_of
from tests.retrieval.hits import hit
from tests.retrieval.judged_samples import both_kinds, judged, made_up
from tests.retrieval.models import confidence, model, ranking_weights


@pytest.fixture(scope="module")
def samples():
    """Enough questions for a fit of everything, of two files."""
    return [*both_kinds(220, 60, file="dev"), *both_kinds(120, 40, file="hard", seed=7)]


@pytest.fixture(scope="module")
def fitted(samples):
    return fit(samples, encoder="some encoder")


def weight_of(result, name):
    return dict(zip(RANKING_FIGURES, result.model.ranking.weights, strict=True))[name]


def firsts(samples, result):
    """Of each answerable question whether the first article, as ranked by the other folds, answers it."""
    rows = zip(samples, result.order, strict=True)
    return [sample.answers[order[0]] for sample, order in rows if sample.answerable]


def test_what_tells_the_answer_gets_the_weight(samples, fitted):
    assert weight_of(fitted, "coverage") > 5
    assert abs(weight_of(fitted, "title_covered")) < 1e-9
    assert np.mean(firsts(samples, fitted)) > 0.8
    assert fitted.model.encoder == "some encoder"


def test_the_confidence_tells_what_the_corpus_does_not_answer(samples, fitted):
    told = np.array(fitted.confidence)
    answerable = np.array([sample.answerable for sample in samples])
    assert np.median(told[answerable]) > 0.7
    assert np.median(told[~answerable]) < 0.1
    assert told.mean() == pytest.approx(np.mean([*firsts(samples, fitted), *[False] * 100]), abs=0.05)


@pytest.mark.parametrize("file", ["dev", "hard"])
def test_half_of_the_answerable_questions_of_each_file_get_an_answer(samples, fitted, file):
    told = [
        probability
        for sample, probability in zip(samples, fitted.confidence, strict=True)
        if sample.file == file and sample.answerable
    ]
    assert np.mean(np.array(told) >= fitted.model.confidence.answer_from) >= 0.5


def test_every_question_has_an_order_of_all_its_hits(samples, fitted):
    assert len(fitted.order) == len(fitted.confidence) == len(samples)
    assert all(
        sorted(order) == list(range(len(sample.hits))) for sample, order in zip(samples, fitted.order, strict=True)
    )


def test_questions_of_one_article_are_in_one_fold_and_folds_are_about_alike():
    folds = [fold_of(f"/learn/article-{number}") for number in range(1000)]
    assert [fold_of(f"/learn/article-{number}") for number in range(1000)] == folds
    assert {folds.count(fold) > 150 for fold in range(5)} == {True}
    assert set(folds) == set(range(5))


def test_no_question_is_judged_by_what_it_was_fitted_to(samples, fitted):
    """Turning the judgements of one article's questions changes how others are ranked and never its own."""
    group = next(sample.group for sample in samples if sample.answerable)
    own_fold = [place for place, sample in enumerate(samples) if fold_of(sample.group) == fold_of(group)]
    turned = [
        dataclasses.replace(sample, answers=tuple(not answer for answer in sample.answers))
        if fold_of(sample.group) == fold_of(group) and sample.answerable
        else sample
        for sample in samples
    ]
    result = fit(turned, encoder="")
    assert [result.order[place] for place in own_fold] == [fitted.order[place] for place in own_fold]
    others = [place for place in range(len(samples)) if place not in own_fold]
    assert [result.order[place] for place in others] != [fitted.order[place] for place in others]


def test_the_confidence_of_a_question_is_told_by_the_other_folds(samples, fitted):
    place = next(place for place, sample in enumerate(samples) if not sample.answerable)
    fold = fold_of(samples[place].group)
    same = [each for each, sample in enumerate(samples) if fold_of(sample.group) == fold and not sample.answerable]
    changed = [
        dataclasses.replace(sample, answerable=True) if each in same else sample for each, sample in enumerate(samples)
    ]
    # No hit of theirs answers, so the ranking is not fitted to them: it is the confidence alone that they could change.
    result = fit(changed, encoder="")
    assert [result.confidence[each] for each in same] == pytest.approx([fitted.confidence[each] for each in same])
    assert result.model.confidence != fitted.model.confidence


def test_the_order_of_the_questions_changes_nothing(samples, fitted):
    turned = np.random.default_rng(5).permutation(len(samples)).tolist()
    result = fit([samples[place] for place in turned], encoder="some encoder")
    assert [result.order[turned.index(place)] for place in range(len(samples))] == list(fitted.order)
    assert result.model.ranking.weights == pytest.approx(fitted.model.ranking.weights, abs=1e-6)
    assert [result.confidence[turned.index(place)] for place in range(len(samples))] == pytest.approx(
        fitted.confidence, abs=1e-6
    )
    assert result.model.confidence.answer_from == pytest.approx(fitted.model.confidence.answer_from, abs=1e-6)


def test_questions_without_their_article_teach_what_the_corpus_does_not_answer():
    """Files of which only the sources are known hold no unanswerable question, and yet tell what one looks like."""
    known = made_up(400, source_only=True, file="asked")
    result = fit(known, encoder="")
    confidence_of = result.model.confidence
    near = dict(zip(confidence_of.covered.names, confidence_of.covered.coefficients, strict=True))
    assert near["score"] + near["coverage"] > 0.05
    without = fit([dataclasses.replace(sample, source=None) for sample in known], encoder="")
    assert max(map(abs, without.model.confidence.covered.coefficients)) < 0.05


PRIOR = model()


def test_with_few_questions_the_prior_holds_but_for_the_stretch():
    few = both_kinds(25, 8)
    result = fit(few, encoder="", prior=PRIOR)
    assert result.model.confidence.covered == PRIOR.confidence.covered
    assert result.model.confidence.first == PRIOR.confidence.first
    moved = np.abs(np.array(result.model.ranking.weights) - PRIOR.ranking.weights)
    assert moved.max() < 4
    alone = fit(few, encoder="")
    assert alone.model.confidence.covered != PRIOR.confidence.covered


def test_with_many_questions_the_prior_gives_way(samples):
    wrong = dataclasses.replace(PRIOR, ranking=ranking_weights(coverage=-8.0, question=8.0))
    result = fit(samples, encoder="", prior=wrong)
    assert weight_of(result, "coverage") > 0
    assert result.model.confidence.covered != PRIOR.confidence.covered


def test_a_prior_that_is_certain_and_wrong_is_corrected():
    certain = dataclasses.replace(PRIOR, confidence=confidence())
    few = both_kinds(25, 15)
    told = fit(few, encoder="", prior=certain).confidence
    assert np.mean(told) == pytest.approx(25 / 40, abs=0.15)


def test_a_prior_decides_whether_figures_are_standardised():
    few = both_kinds(25, 8)
    standardised = dataclasses.replace(PRIOR, ranking=ranking_weights(standardised=True, coverage=1.0))
    assert fit(few, encoder="", prior=standardised).model.ranking.standardised
    assert not fit(few, encoder="", prior=PRIOR, standardised=True).model.ranking.standardised
    assert fit(few, encoder="", standardised=True).model.ranking.standardised


@pytest.mark.parametrize("count", [0, 1, 19])
def test_too_few_questions_are_refused_with_their_number(count):
    with pytest.raises(CalibrationError, match=f"at least 20 questions .* there are {count}; judge more questions"):
        fit(both_kinds(count, 50), encoder="")


def test_questions_that_no_article_that_was_found_answers_do_not_count():
    lost = [dataclasses.replace(sample, answers=(False,) * len(sample.hits)) for sample in made_up(30)]
    with pytest.raises(CalibrationError, match="there are 0"):
        fit(lost, encoder="")


def test_questions_of_one_article_alone_are_refused():
    one = [dataclasses.replace(sample, group="/learn/one") for sample in made_up(40)]
    with pytest.raises(CalibrationError, match="questions of more articles"):
        fit(one, encoder="")


def test_a_question_for_which_nothing_was_found_has_no_confidence_and_breaks_nothing():
    nothing = judged([], [], group="nothing", answerable=False)
    result = fit([*both_kinds(40, 10), nothing], encoder="")
    assert (result.order[-1], result.confidence[-1]) == ((), 0.0)


def test_questions_that_are_all_answered_give_a_model_all_the_same():
    result = fit(made_up(40), encoder="")
    assert np.isfinite(result.confidence).all()
    assert 0 <= result.model.confidence.candidates_from <= result.model.confidence.answer_from <= 1
    assert type(result.model).from_json(result.model.to_json()) == result.model


def test_hits_that_are_alike_keep_the_order_in_which_they_were_found():
    alike = judged([hit("a"), hit("b"), hit("c")], [False, False, False], group="alike", answerable=False)
    result = fit([*both_kinds(40, 10), alike], encoder="")
    assert result.order[-1] == (0, 1, 2)
