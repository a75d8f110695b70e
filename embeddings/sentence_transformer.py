"""The one module that imports sentence-transformers: loads models, and is the backend that runs every one of them."""

from __future__ import annotations

import math
import os
import threading

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once, when huggingface_hub is imported just below

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.base.modules import Router
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast
from transformers.utils.logging import disable_progress_bar

from embeddings.devices import Device, Placement
from embeddings.encoder import TokenWindow
from embeddings.errors import ModelLoadError
from embeddings.processor import Precision
from embeddings.text_tokenizer import MAX_TEXT_LENGTH, TransformersCounter, clean_text, whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from embeddings.encoder import Vector, Vectors

_SLICE = 256
_BATCH = 32
_GPU_SLICE = 4096  # what a build hands over at once: sorted by length, so that little of a batch is padding
_GPU_BATCH = 512
_BRIEF = 300  # characters of what a library says
_PASSAGE_TASK = "document"  # sentence-transformers' own word


def load_sentence_transformer(folder: Path, device: Device = Device.CPU) -> SentenceTransformer:
    """Load a model from its folder, in single precision; nothing is downloaded.

    Raises:
        ModelLoadError: A file is missing or damaged, or the model needs code that is not installed.
    """
    # Loading takes a second, and its bar would land in the middle of a program's own output.
    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves this one without types
    try:
        return SentenceTransformer(
            str(folder), device=device.value, local_files_only=True, model_kwargs={"dtype": torch.float32}
        )
    except Exception as error:  # a model of any make may fail in its own way
        raise ModelLoadError(folder, f"cannot be loaded ({brief(error)})") from error


def brief(error: BaseException) -> str:
    """What an error of a library says, on one line and without the pages that some say."""
    text = " ".join(str(error)[: 4 * _BRIEF].split()) or type(error).__name__
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


def reason_against_one_network(model: SentenceTransformer) -> str | None:
    """Why the model is not one network from tokens to a vector; ``None`` where it is."""
    if any(isinstance(module, Router) for module in model):
        return "questions and passages go through different networks"
    if not hasattr(model[0], "auto_model"):
        return f"it has no transformer ({type(model[0]).__name__})"
    return None


def load_cross_encoder(folder: Path) -> CrossEncoder:
    """Load a cross-encoder from its folder, for the CPU, in single precision; nothing is downloaded."""
    disable_progress_bar()  # type: ignore[no-untyped-call]  # see above
    model: CrossEncoder = CrossEncoder(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
    )
    return model


def input_embeddings(model: SentenceTransformer) -> NDArray[np.float32]:
    """The vectors that the model's tokens have before it looks at their neighbours, shape (vocabulary size, any)."""
    module = _passage_module(model)
    table = module.embedding if isinstance(module, StaticEmbedding) else module.auto_model.get_input_embeddings()
    return np.asarray(table.weight.detach().cpu().numpy(), dtype=np.float32)


def _passage_module(model: SentenceTransformer) -> Any:  # noqa: ANN401  # its class depends on the model
    """The module that passages enter first: it has their tokenizer and their window."""
    first: Any = model[0]
    if not isinstance(first, Router):
        return first
    routes: dict[str, Any] = dict(first.sub_modules.items())
    return routes.get(_PASSAGE_TASK, next(iter(routes.values())))[0]


def _callable_tokenizer(tokenizer: Any) -> Any:  # noqa: ANN401  # its class depends on the model
    """A tokenizer as transformers has it; one of a static model, which adds no special tokens, is wrapped."""
    if not isinstance(tokenizer, Tokenizer):
        return tokenizer
    plain = Tokenizer.from_str(tokenizer.to_str())
    plain.post_processor = None
    return PreTrainedTokenizerFast(tokenizer_object=plain)  # type: ignore[no-untyped-call]  # as above


class SentenceTransformerEncoder:
    """`Encoder` on sentence-transformers itself: slower to start and to run than OpenVINO, and good for any model.

    Args:
        model: The loaded model.
        fingerprint: See `Encoder.fingerprint`.
        query_prompt: Put before a question.
        passage_prompt: Put before a passage.
        threads: Cores to use, or ``None`` for torch's own choice.
        query_model: Embeds questions, where an adapter makes it another one; the model without it.
        query_fingerprint: See `Encoder.query_fingerprint`; the fingerprint without it.
        placement: Where the model was loaded to, and in which numbers it multiplies.

    Attributes:
        fingerprint: See `Encoder.fingerprint`.
        query_fingerprint: See `Encoder.query_fingerprint`.
        dimension: Length of a vector.
        placement: See above.
        batch_size: Texts that the model reads at once; halved for good where the GPU's memory does not hold them.
    """

    def __init__(  # noqa: PLR0913  # one keyword for each thing that its vectors and their speed depend on
        self,
        model: SentenceTransformer,
        *,
        fingerprint: str,
        query_prompt: str = "",
        passage_prompt: str = "",
        threads: int | None = None,
        query_model: SentenceTransformer | None = None,
        query_fingerprint: str = "",
        placement: Placement | None = None,
    ) -> None:
        self._model = model
        self._query_model = query_model or model
        self.placement = placement or Placement()
        on_gpu = self.placement.device is Device.CUDA
        self._slice, self.batch_size = (_GPU_SLICE, _GPU_BATCH) if on_gpu else (_SLICE, _BATCH)
        self.fingerprint = fingerprint
        self.query_fingerprint = query_fingerprint or fingerprint
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self.dimension = int(model.get_embedding_dimension() or 0)
        passages = _passage_module(model)
        window = getattr(passages, "max_seq_length", None) or 0
        self._max_tokens = 0 if math.isinf(window) else int(window)
        self._tokenizer = _callable_tokenizer(passages.tokenizer)
        self._counter = TransformersCounter(self._tokenizer)
        self._lock = threading.Lock()  # a fast tokenizer's truncation is shared state
        if threads:
            torch.set_num_threads(threads)

    def passage_window(self) -> TokenWindow:
        """See `Encoder.passage_window`."""
        return TokenWindow.beside(self._passage_prompt, self._max_tokens, self._counter.count)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """See `Encoder.token_ids`."""
        if not texts:
            return []
        prepared = [clean_text(text[:MAX_TEXT_LENGTH]) for text in texts]
        with self._lock:
            encoded = self._tokenizer(
                prepared, add_special_tokens=False, truncation=False, padding=False, verbose=False
            )
        return [np.array(ids, dtype=np.int32) for ids in encoded["input_ids"]]

    def token_vectors(self) -> NDArray[np.float32]:
        """See `Encoder.token_vectors`."""
        return input_embeddings(self._model)

    def known_words(self) -> frozenset[str]:
        """See `Encoder.known_words`."""
        return whole_words(self._tokenizer.get_vocab())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode_passages`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for indices, batch in self.iter_encode_passages(texts):
            vectors[indices] = batch
        return vectors

    def iter_encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
        """See `ProgressiveEncoder.iter_encode_passages`."""
        for start in range(0, len(texts), self._slice):
            piece = texts[start : start + self._slice]
            vectors = self._encode(self._model.encode_document, piece, self._passage_prompt)
            yield np.arange(start, start + len(piece)), vectors

    def encode_query(self, text: str) -> Vector:
        """See `Encoder.encode_query`."""
        vector: Vector = self._encode(self._query_model.encode_query, [text], self._query_prompt)[0]
        return vector

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Vectors:
        prepared = [clean_text(text[:MAX_TEXT_LENGTH]) for text in texts]
        with self._lock, self._numbers():
            vectors = self._in_memory(partial(encode, prepared, prompt=prompt))
        return np.asarray(vectors, dtype=np.float32)

    def _in_memory(self, encode: Callable[..., Any]) -> Any:  # noqa: ANN401  # an array, says the library
        """Encode in batches as large as memory holds."""
        while True:
            try:
                return encode(
                    batch_size=self.batch_size,
                    normalize_embeddings=True,
                    convert_to_numpy=True,
                    show_progress_bar=False,
                )
            except torch.OutOfMemoryError:
                if self.batch_size == 1:
                    raise
                self.batch_size //= 2
            torch.cuda.empty_cache()  # outside the handler, whose traceback would keep what did not fit

    def _numbers(self) -> AbstractContextManager[Any]:
        """Multiply in the chosen numbers; sums, norms and the vectors themselves stay in single precision."""
        if self.placement.precision is not Precision.BFLOAT16:
            return nullcontext()
        return torch.autocast(self.placement.device.value, dtype=torch.bfloat16)
