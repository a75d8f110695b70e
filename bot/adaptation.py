"""The composition root of `quicktakes adapt`: settings and judged questions in, an adapter out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.bootstrap import make_encoder, open_index
from bot.query_adapter import identified_encoder
from embeddings.adapters.training.requirements import check_can_train

# ruff: noqa: PLC0415 - what trains takes seconds to import, and may be missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from config.settings import Settings
    from retrieval.adaptation.adaptation import Adaptation, OnProgress
    from retrieval.evaluation.judged_questions import JudgedQuestion


@contextmanager
def open_adaptation(
    settings: Settings,
    files: Mapping[str, Sequence[JudgedQuestion]],
    *,
    seconds: float,
    seed: int,
    on_progress: OnProgress,
) -> Iterator[Adaptation]:
    """Ask the index that serves, and make ready to train.

    Args:
        settings: Where the index is, and the encoder.
        files: Name of each file of judged questions, and its questions.
        seconds: How long training may take in all.
        seed: Another one gives another adapter.
        on_progress: Told how far it is.

    Raises:
        TrainingUnavailableError: What trains is not installed.
        EmbeddingError: The model cannot be used, or takes no adapter.
        RetrievalError: There is no index, or too few questions.
    """
    check_can_train()
    from embeddings.adapters.training.trainer import AdapterTrainer, TrainingOptions
    from retrieval.adaptation.adaptation import Adaptation

    encoder = make_encoder(settings)
    trainer = AdapterTrainer(identified_encoder(settings).base, TrainingOptions(seed=seed), encoder)
    with open_index(settings, encoder=encoder, use_fit=False) as index:
        yield Adaptation(index.articles, index.answerer, trainer, files, seconds=seconds, on_progress=on_progress)
