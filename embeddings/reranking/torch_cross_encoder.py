"""A cross-encoder on sentence-transformers itself: slower than OpenVINO, and good for any model."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import torch

from embeddings.text_tokenizer import MAX_TEXT_LENGTH, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from sentence_transformers import CrossEncoder as SentenceTransformersCrossEncoder

    from embeddings.reranking.cross_encoder import Scores

_BATCH = 2


class TorchCrossEncoder:
    """`embeddings.reranking.cross_encoder.CrossEncoder` on torch.

    Args:
        model: The loaded model, with one label.
        name: See `CrossEncoder.name`.
        threads: Cores to use, or ``None`` for torch's own choice.
    """

    def __init__(self, model: SentenceTransformersCrossEncoder, *, name: str, threads: int | None = None) -> None:
        self.model = model
        self._name = name
        self._lock = threading.Lock()  # a fast tokenizer's truncation is shared state
        if threads:
            torch.set_num_threads(threads)

    @property
    def name(self) -> str:
        """See `CrossEncoder.name`."""
        return self._name

    def iter_scores(self, question: str, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Scores]]:
        """See `CrossEncoder.iter_scores`."""
        first = clean_text(question[:MAX_TEXT_LENGTH])
        for start in range(0, len(texts), _BATCH):
            piece = texts[start : start + _BATCH]
            pairs = [(first, clean_text(text[:MAX_TEXT_LENGTH])) for text in piece]
            with self._lock:
                scores = self.model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
            yield np.arange(start, start + len(piece)), np.asarray(scores, dtype=np.float32)
