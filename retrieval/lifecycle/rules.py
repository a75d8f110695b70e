"""What must hold before a new generation may serve without somebody's word for it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.building.corpus_difference import CorpusDifference


@dataclass(frozen=True, slots=True)
class BuildRules:
    """What must hold before a new generation may serve without somebody's word for it.

    Attributes:
        max_removed_share: Largest share of the articles that may go at once, 0 to 1.
        min_golden_share: Smallest share of the golden questions whose first article answers, 0 to 1.
    """

    max_removed_share: float = 0.1
    min_golden_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a generation should not serve without somebody's word for it.

    Attributes:
        reason: In words.
        figure: What was measured, 0 to 1.
        limit: What it may be at most or at least.
    """

    reason: str
    figure: float
    limit: float


def objections_to(
    difference: CorpusDifference, articles_before: int, golden: float | None, rules: BuildRules
) -> Sequence[Objection]:
    """Why a generation should not serve; empty where it may.

    Args:
        difference: What became of the articles.
        articles_before: How many served until now.
        golden: Share of the golden questions whose first article answers; ``None`` where there are none.
        rules: What must hold.
    """
    found = []
    lost = len(difference.removed) / articles_before if articles_before else 0.0
    if lost > rules.max_removed_share:
        share = f"{lost:.1%}, more than {rules.max_removed_share:.1%}"
        reason = f"{len(difference.removed):,} of {articles_before:,} articles would go ({share})"
        found.append(Objection(reason, lost, rules.max_removed_share))
    if golden is not None and golden < rules.min_golden_share:
        reason = f"{golden:.1%} of the golden questions would be answered (less than {rules.min_golden_share:.1%})"
        found.append(Objection(reason, golden, rules.min_golden_share))
    return tuple(found)
