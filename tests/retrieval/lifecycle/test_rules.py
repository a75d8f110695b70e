"""What a new generation must come up to."""

import pytest

from retrieval.building.corpus_difference import CorpusDifference
from retrieval.generations.rows import ListedArticle
from retrieval.lifecycle.rules import BuildRules, objections_to

RULES = BuildRules(max_removed_share=0.1, min_golden_share=0.8)


def lost(count):
    return CorpusDifference(removed=tuple(ListedArticle(f"/{n}", "?", "p", n, b"") for n in range(count)))


@pytest.mark.parametrize(
    ("removed", "before", "golden"), [(10, 100, None), (0, 0, None), (0, 100, 0.8), (3, 0, None), (0, 100, 1.0)]
)
def test_what_is_within_the_rules_may_serve(removed, before, golden):
    assert objections_to(lost(removed), before, golden, RULES) == ()


def test_too_many_lost_articles_and_too_few_golden_questions_are_told():
    reasons = [each.reason for each in objections_to(lost(11), 100, 0.75, RULES)]
    assert reasons == [
        "11 of 100 articles would go (11.0%, more than 10.0%)",
        "75.0% of the golden questions would be answered (less than 80.0%)",
    ]
