from __future__ import annotations

import numpy as np
import pytest

from retrieval.domain import Outcome
from retrieval.ranking.confidence import ON_THE_ENCODERS_SCALE
from retrieval.ranking.fitting.confidence_fitting import REFITTED_FROM, ConfidenceTable, best_cut, with_thresholds
from tests.retrieval.hits import hit
from tests.retrieval.judged_samples import both_kinds, judged, made_up
from tests.retrieval.models import confidence


def table_of(samples, *, scale_free=False):
    return ConfidenceTable.of(samples, np.zeros(len(samples), dtype=np.int64), scale_free=scale_free)


def everything(table):
    return np.ones(len(table.folds), dtype=np.bool_)


def scored(samples):
    """The samples as a ranking leaves them: the most covered hit first, and it has most of the share."""
    ranked = []
    for sample in samples:
        order = sorted(range(len(sample.hits)), key=lambda place: -sample.hits[place].evidence.coverage)
        hits = [
            hit(
                sample.hits[place].article.path.removesuffix(".md"),
                4 * sample.hits[place].evidence.coverage,
                0.6 if number == 0 else 0.1,
                subject=sample.hits[place].article.subject.key,
                section_scores=sample.hits[place].evidence.section_scores,
                coverage=sample.hits[place].evidence.coverage,
                question=sample.hits[place].evidence.question,
            )
            for number, place in enumerate(order)
        ]
        ranked.append(
            judged(
                hits,
                [sample.answers[place] for place in order],
                group=sample.group,
                file=sample.file,
                answerable=sample.answerable,
                source_only=sample.source_only,
                source=None if sample.source is None else order.index(sample.source),
            )
        )
    return ranked


def test_a_table_tells_of_each_question_what_is_known_of_it():
    two = [hit("a", share=0.5), hit("b", share=0.5)]
    samples = [
        judged(two, [True, False], file="full"),
        judged(two, [False, True], file="full"),
        judged(two, [False, False], file="full", answerable=False),
        judged(two, [False, True], file="source", source_only=True, source=1),
        judged([], [], file="full"),
    ]
    table = ConfidenceTable.of(samples, np.array([0, 1, 2, 3, 4]), scale_free=False)
    assert table.covered.tolist() == [1, 1, 0, 1, 1, 0]  # the last is the fourth without its article
    assert table.right.tolist() == pytest.approx([1, 0, 0, 0.35, 0, 0])
    assert table.weights.tolist() == pytest.approx([1, 1, 4, 0.3, 1, 0.05 * 4])
    assert table.judged.tolist() == [True, True, True, False, True, False]
    assert table.folds.tolist() == [0, 1, 2, 3, 4, 3]
    assert table.figures[4] == {}
    assert all(table.figures[place] for place in (0, 1, 2, 3, 5))


def test_files_of_one_kind_do_not_tell_how_often_questions_can_be_answered():
    two = [hit("a", share=0.5), hit("b", share=0.5)]
    samples = [
        judged(two, [True, False], file="both"),
        judged(two, [False, False], file="both", answerable=False),
        judged(two, [False, False], file="none", answerable=False),
        judged(two, [True, False], file="all"),
    ]
    assert table_of(samples).judged.tolist() == [True, True, False, False]


def test_a_fit_tells_what_the_corpus_answers_from_what_it_does_not():
    table = table_of(scored(both_kinds(240, 120)))
    fitted = table.fit(everything(table))
    told = np.array([fitted.of_figures(figures) for figures in table.figures])
    assert told[:240].mean() > 0.75
    assert told[240:].mean() < 0.15
    assert told.mean() == pytest.approx(table.right.mean(), abs=0.03)  # stretched to be right as often as it says


def test_a_fit_looks_at_the_chosen_questions_alone():
    samples = scored(both_kinds(240, 120))
    table = table_of(samples)
    chosen = everything(table)
    chosen[300:] = False
    turned = [*samples[:300], *(judged(each.hits, [True, *each.answers[1:]]) for each in samples[300:])]
    assert table.fit(chosen) == table_of(turned).fit(chosen) != table.fit(everything(table))


PRIOR = confidence(covered={"nearest_section": 6.0, "intercept": -3.0}, first={"share": 2.0, "intercept": 0.0})


def test_of_fewer_questions_than_are_needed_only_the_stretch_is_fitted():
    table = table_of(scored(both_kinds(60, 30)))
    fitted = table.fit(everything(table), PRIOR)
    assert (fitted.covered, fitted.first) == (PRIOR.covered, PRIOR.first)
    assert (fitted.slope, fitted.intercept) != (PRIOR.slope, PRIOR.intercept)
    told = np.array([fitted.of_figures(figures) for figures in table.figures])
    before = np.array([PRIOR.of_figures(figures) for figures in table.figures])
    assert abs(told.mean() - table.right.mean()) < abs(before.mean() - table.right.mean())
    assert np.argsort(told).tolist() == np.argsort(before).tolist()


def test_from_so_many_questions_on_all_is_fitted():
    for count, refitted in ((REFITTED_FROM - 1, False), (REFITTED_FROM, True)):
        table = table_of(scored(both_kinds(count - 100, 100)))
        fitted = table.fit(everything(table), PRIOR)
        assert (fitted.covered != PRIOR.covered) is refitted


def test_the_stretch_is_fitted_to_files_that_tell_how_often_questions_can_be_answered():
    full = both_kinds(200, 100)
    source_only = made_up(300, seed=9, prefix="s", source_only=True, file="asked")
    table = table_of(scored([*full, *source_only]))
    fitted = table.fit(everything(table))
    told = np.array([fitted.of_figures(figures) for figures in table.figures[:300]])
    assert told.mean() == pytest.approx(table.right[:300].mean(), abs=0.03)


def test_a_fit_for_any_encoder_leaves_cosines_out():
    table = table_of(scored(both_kinds(240, 120)), scale_free=True)
    fitted = table.fit(everything(table))
    for model in (fitted.covered, fitted.first):
        weights = dict(zip(model.names, model.coefficients, strict=True))
        assert {weights[name] for name in ON_THE_ENCODERS_SCALE if name in weights} == {0.0}
        assert any(weights.values())


def with_cuts(probabilities, samples):
    found = with_thresholds(confidence(), samples, np.array(probabilities))
    return found.answer_from, found.candidates_from


def plain(count, *, answerable=True, file="dev", source_only=False):
    return [judged([hit()], [answerable], file=file, answerable=answerable, source_only=source_only)] * count


def test_half_of_the_answerable_questions_of_each_file_get_an_answer():
    told = [0.9, 0.8, 0.7, 0.6, 0.2, *(0.5, 0.4, 0.3), 0.1, 0.05]
    samples = [
        *plain(5, file="dev"),
        *plain(3, file="hard"),
        *plain(1, file="dev", answerable=False),
        *plain(1, file="hard", answerable=False),
    ]
    answer_from, candidates_from = with_cuts(told, samples)
    assert answer_from == pytest.approx(0.4)  # the median of `hard`; that of `dev` is higher
    assert candidates_from == pytest.approx(0.15)
    chosen = confidence(answer_from=answer_from, candidates_from=candidates_from)
    outcomes = [chosen.outcome(each) for each in told]
    assert outcomes[:5].count(Outcome.ANSWER) >= 3
    assert outcomes[5:8].count(Outcome.ANSWER) == 2
    assert outcomes[8:] == [Outcome.NO_ANSWER] * 2


def test_an_answer_needs_no_less_than_candidates_do():
    told = [0.2, 0.3, 0.9, 0.8, 0.5, 0.4]
    samples = [*plain(4), *plain(2, answerable=False)]
    answer_from, candidates_from = with_cuts(told, samples)
    assert answer_from >= candidates_from


def test_questions_of_which_only_the_source_is_known_have_no_part_in_the_thresholds():
    full = [*plain(4), *plain(2, answerable=False)]
    told = [0.9, 0.8, 0.7, 0.6, 0.2, 0.1]
    alone = with_cuts(told, full)
    assert with_cuts([*told, 0.01, 0.02], [*full, *plain(2, source_only=True, file="asked")]) == alone


def test_where_only_the_sources_are_known_their_questions_decide():
    answer_from, candidates_from = with_cuts([0.9, 0.7, 0.5], plain(3, source_only=True, file="asked"))
    assert answer_from == pytest.approx(0.7)
    assert candidates_from == 0.25


@pytest.mark.parametrize(
    ("wanted", "others", "cut"),
    [
        ([0.8, 0.6], [0.4, 0.2], 0.5),
        ([0.9, 0.5, 0.1], [0.4, 0.2, 0.0], 0.45),  # one of the wanted is lost, and no other taken in
        ([0.9], [0.1], 0.5),
        ([0.5], [0.5], 0.5),
    ],
)
def test_the_best_cut_makes_the_fewest_mistakes_of_both_kinds(wanted, others, cut):
    probabilities = np.array([*wanted, *others])
    kinds = np.array([True] * len(wanted) + [False] * len(others))
    assert best_cut(probabilities, kinds) == pytest.approx(cut)


def test_a_cut_is_one_of_the_best_where_two_far_apart_are_equally_good():
    probabilities = np.array([0.1, 0.2, 0.3, 0.45, 0.5, 0.55, 0.7, 0.8, 0.9, 0.95])
    wanted = np.array([False, False, False, True, False, True, False, True, True, True])

    def gain(cut):
        return (probabilities[wanted] >= cut).mean() - (probabilities[~wanted] >= cut).mean()

    assert gain(best_cut(probabilities, wanted)) == pytest.approx(max(gain(cut) for cut in probabilities))
