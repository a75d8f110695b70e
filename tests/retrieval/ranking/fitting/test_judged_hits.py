from __future__ import annotations

import pytest

from retrieval.ranking.fitting.judged_hits import without_source
from tests.retrieval.hits import hit
from tests.retrieval.judged_samples import judged


def test_without_its_article_a_question_is_unanswerable_and_the_others_share_all():
    hits = [hit("a", 1.0, 0.2), hit("b", 0.5, 0.5), hit("c", 0.1, 0.3)]
    found = without_source(judged(hits, [False, True, False], source=1, source_only=True, file="asked"))
    assert [each.article.url for each in found.hits] == ["/learn/a", "/learn/c"]
    assert [each.share for each in found.hits] == pytest.approx([0.4, 0.6])
    assert [each.score for each in found.hits] == [1.0, 0.1]
    assert (found.answerable, found.answers, found.source) == (False, (False, False), None)
    assert (found.group, found.file) == ("g", "asked")


def test_where_nothing_else_was_found_or_the_article_was_not_there_is_nothing_to_leave_out():
    assert without_source(judged([hit("a")], [True], source=0)) is None
    assert without_source(judged([hit("a", share=0.5), hit("b", share=0.5)], [False, False])) is None


def test_where_another_article_says_all_of_the_question_too_it_is_not_unanswerable_without_its_own():
    def left(exact, place):
        others = [hit(str(number), share=0.1, title_exact_coverage=exact * (number == place)) for number in range(8)]
        return without_source(judged([hit("a", share=0.2), *others], [True, *[False] * 8], source=0))

    assert left(0.9, 4) is None
    assert left(0.8, 4) is not None
    assert left(0.9, 5) is not None  # so far down it is hardly what was asked for


def test_an_article_that_had_all_of_the_share_leaves_shares_that_are_numbers():
    found = without_source(judged([hit("a", share=1.0), hit("b", share=0.0)], [True, False], source=0))
    assert [each.share for each in found.hits] == [0.0]
