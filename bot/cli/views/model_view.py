"""Which model of ranking and confidence serves, as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.views.output import counted
from retrieval.ranking.model_choice import ModelSource

if TYPE_CHECKING:
    from retrieval.ranking.model_choice import ChosenModel


def model_line(chosen: ChosenModel) -> str:
    """Where ranking and confidence come from, and what there is to do about it."""
    match chosen.source:
        case ModelSource.JUDGED:
            return f"ranking and confidence: fitted to judged questions{_judged_encoder(chosen)}"
        case ModelSource.CORPUS:
            how = f"fitted to this corpus when it was built ({counted(chosen.articles, 'article')} asked for)"
            other = (
                "" if chosen.same_encoder else "; cosines of this encoder are carried over to those of the default one"
            )
            return f"ranking and confidence: {how}{other}"
        case ModelSource.SHIPPED if chosen.same_encoder:
            mend = "`quicktakes index build --full` fits them to this corpus"
            return f"ranking and confidence: as they come with the project; {mend}"
        case ModelSource.SHIPPED:
            return (
                "ranking and confidence: by evidence without a scale, since nothing is known of this encoder's cosines"
            )


def _judged_encoder(chosen: ChosenModel) -> str:
    return "" if chosen.same_encoder else " with another encoder; fit them anew with `quicktakes evaluate FILE --fit`"
