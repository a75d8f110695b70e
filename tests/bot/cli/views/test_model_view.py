"""What `index status` says of the model that serves."""

from __future__ import annotations

import pytest

from bot.cli.views.model_view import model_line
from retrieval.ranking.fitted_model import shipped_model
from retrieval.ranking.model_choice import ChosenModel, ModelSource

MODEL = shipped_model("")


@pytest.mark.parametrize(
    ("source", "same_encoder", "articles", "line"),
    [
        (ModelSource.JUDGED, True, 0, "fitted to judged questions"),
        (
            ModelSource.JUDGED,
            False,
            0,
            "fitted to judged questions with another encoder; fit them anew with `quicktakes evaluate FILE --fit`",
        ),
        (ModelSource.CORPUS, True, 1, "fitted to this corpus when it was built (1 article asked for)"),
        (
            ModelSource.CORPUS,
            False,
            100,
            (
                "fitted to this corpus when it was built (100 articles asked for); "
                "cosines of this encoder are carried over to those of the default one"
            ),
        ),
        (
            ModelSource.SHIPPED,
            True,
            0,
            "as they come with the project; `quicktakes index build --full` fits them to this corpus",
        ),
        (
            ModelSource.SHIPPED,
            False,
            0,
            "by evidence without a scale, since nothing is known of this encoder's cosines",
        ),
    ],
)
def test_the_line_says_where_ranking_and_confidence_come_from(source, same_encoder, articles, line):
    assert model_line(ChosenModel(MODEL, source, same_encoder, articles)) == f"ranking and confidence: {line}"
