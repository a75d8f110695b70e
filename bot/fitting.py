"""The composition root of `quicktakes evaluate --fit`: settings and judged questions in, a fit that is kept out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.bootstrap import TERMINAL, make_store, open_index
from retrieval.errors import CalibrationError
from retrieval.evaluation.fitting import fit_to_files
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.journal import Journal
from retrieval.lifecycle.journaled import journaled
from retrieval.lifecycle.recalibration import with_calibration
from retrieval.ranking.model_choice import choose_model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from config.settings import Settings
    from retrieval.evaluation.fitting import FittedFiles
    from retrieval.evaluation.judged_questions import JudgedQuestion


def fit_index(
    settings: Settings,
    files: Mapping[str, Sequence[JudgedQuestion]],
    on_progress: Callable[[int, int], None],
    *,
    keeps_worse: bool = False,
) -> tuple[str | None, FittedFiles]:
    """Fit ranking and confidence to judged questions and keep both with the index, unless what serves is better.

    Args:
        settings: Where the index is.
        files: Name of each file of judged questions, and its questions.
        on_progress: Told how many are asked, and how many there are.
        keeps_worse: Whether a worse fit is kept, too.

    Returns:
        Id of the generation that now serves, ``None`` where the fit was not kept; and what the fit gave.

    Raises:
        RetrievalError: There is no index, or too few questions of either kind.
    """
    with open_index(settings, use_fit=False) as index:
        prior = serves = index.answerer.model
        with suppress(CalibrationError):  # what cannot be read serves nobody, and a fit mends it
            kept, cosines = index.articles.calibration, index.articles.cosines
            serves = choose_model(index.answerer.encoder_fingerprint, kept, cosines).model
        fitted = fit_to_files(index.answerer, files, prior=prior, serves=serves, on_progress=on_progress)
    if fitted.is_worse and not keeps_worse:
        return None, fitted
    with (
        journaled(make_store(settings), Journal(settings.index_dir), TERMINAL, StoreAction.CALIBRATE) as entry,
        with_calibration(entry.writer, fitted.model.to_json()) as generation,
    ):
        return generation.id, fitted
