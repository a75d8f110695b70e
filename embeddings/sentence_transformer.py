"""The one module that imports sentence-transformers: loads models, and is the backend that runs every one of them."""

from __future__ import annotations

import os
import threading

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once, when huggingface_hub is imported just below

from typing import TYPE_CHECKING, Any

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from embeddings.encoder import TokenWindow
from embeddings.text_tokenizer import MAX_TEXT_LENGTH, TransformersCounter, clean_text, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from embeddings.encoder import Vector, Vectors

_SLICE = 256


def load_sentence_transformer(folder: Path) -> SentenceTransformer:
    """Load a model from its folder, for the CPU, in single precision; nothing is downloaded."""
    # Loading takes a second, and its bar would land in the middle of a program's own output.
    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves this one without types
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32})


def load_cross_encoder(folder: Path) -> CrossEncoder:
    """Load a cross-encoder from its folder, for the CPU, in single precision; nothing is downloaded."""
    disable_progress_bar()  # type: ignore[no-untyped-call]  # see above
    model: CrossEncoder = CrossEncoder(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
    )
    return model


def input_embeddings(model: SentenceTransformer) -> NDArray[np.float32]:
    """The vectors that the model's tokens have before it looks at their neighbours, shape (vocabulary size, any)."""
    transformer: Any = model[0]  # its class depends on the model; all that carry text have these embeddings
    weight = transformer.auto_model.get_input_embeddings().weight
    return np.asarray(weight.detach().cpu().numpy(), dtype=np.float32)


class SentenceTransformerEncoder:
    """`Encoder` on sentence-transformers itself: slower to start and to run than OpenVINO, and good for any model.

    Args:
        model: The loaded model.
        fingerprint: See `Encoder.fingerprint`.
        query_prompt: Put before a question.
        passage_prompt: Put before a passage.
        threads: Cores to use, or ``None`` for torch's own choice.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        fingerprint: str,
        query_prompt: str = "",
        passage_prompt: str = "",
        threads: int | None = None,
    ) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self._dimension = int(model.get_embedding_dimension() or 0)
        self._max_tokens = int(model.max_seq_length or 0)
        self._counter = TransformersCounter(model.tokenizer)
        self._lock = threading.Lock()  # a fast tokenizer's truncation is shared state
        if threads:
            torch.set_num_threads(threads)

    @property
    def fingerprint(self) -> str:
        """See `Encoder.fingerprint`."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """The window, special tokens and prompt included."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `Encoder.count_tokens`."""
        return self._counter.count(texts, prompt=self._passage_prompt)

    def passage_window(self) -> TokenWindow:
        """See `Encoder.passage_window`."""
        return TokenWindow.beside(self._passage_prompt, self.max_tokens, self._counter.count)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """See `Encoder.token_ids`."""
        if not texts:
            return []
        prepared = [clean_text(text[:MAX_TEXT_LENGTH]) for text in texts]
        with self._lock:
            encoded = self._model.tokenizer(
                prepared, add_special_tokens=False, truncation=False, padding=False, verbose=False
            )
        return [np.array(ids, dtype=np.int32) for ids in encoded["input_ids"]]

    def token_vectors(self) -> NDArray[np.float32]:
        """See `Encoder.token_vectors`."""
        return input_embeddings(self._model)

    def known_words(self) -> frozenset[str]:
        """See `Encoder.known_words`."""
        return whole_words(self._model.tokenizer.get_vocab())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode_passages`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for indices, batch in self.iter_encode_passages(texts):
            vectors[indices] = batch
        return vectors

    def iter_encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
        """See `ProgressiveEncoder.iter_encode_passages`."""
        for start in range(0, len(texts), _SLICE):
            piece = texts[start : start + _SLICE]
            yield np.arange(start, start + len(piece)), self._encode(piece, self._passage_prompt)

    def encode_query(self, text: str) -> Vector:
        """See `Encoder.encode_query`."""
        vector: Vector = self._encode([text], self._query_prompt)[0]
        return vector

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        prepared = [clean_text(text[:MAX_TEXT_LENGTH]) for text in texts]
        with self._lock:
            vectors = self._model.encode(
                prepared, prompt=prompt, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
