"""Turns a sentence-transformers model into an OpenVINO one, once; later starts need neither torch nor transformers."""

from __future__ import annotations

import logging
import shutil
import threading
import uuid
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import torch

from embeddings.errors import ModelLoadError, ModelWriteError, UnsupportedModelError
from embeddings.openvino.converted_model import COMPILED, NETWORK, TOKEN_VECTORS, TOKENIZER, ConvertedModel
from embeddings.openvino.encoder import OpenVinoEncoder
from embeddings.openvino.runtime import ov
from embeddings.processor import Precision
from embeddings.sentence_transformer import (
    SentenceTransformerEncoder,
    brief,
    input_embeddings,
    reason_against_one_network,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sentence_transformers import SentenceTransformer

    from embeddings.encoder import Vectors
    from embeddings.file_hashes import FileHashes

_MAX_WINDOW = 8192  # a tokenizer without a window says a number beyond all bounds
_TRACING = threading.Lock()  # tracing keeps its state in torch itself, so only one thread at a time can do it
_MIN_COSINE = 0.9999
_PROBES = (
    "",
    "Why is the sky blue?",
    "Energie läßt sich umwandeln, 变换形式, но не исчезает 🙂",
    "A cell takes up sugar, breaks it down and stores what it gains. " * 4,
    "The determinant of a matrix is the factor by which it scales a volume. " * 200,
)


class _Network(torch.nn.Module):
    """A whole sentence-transformers model, from tokens to vectors of length 1."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model
        self.dimension = model.get_embedding_dimension()  # shorter than what comes out where the configuration cuts it

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return torch.nn.functional.normalize(features["sentence_embedding"][:, : self.dimension], dim=-1)


def convert(model: SentenceTransformer, source: Path, target: Path, hashes: FileHashes) -> ConvertedModel:
    """Convert a loaded model and put it into a folder.

    The folder is written beside its place and renamed, so that a crash leaves nothing half done, and of two processes
    that convert at once either one's work stands whole.

    Args:
        model: The model on torch.
        source: The model's folder, for messages.
        target: The folder to make; a damaged one in its place is replaced.
        hashes: Hashes of files, remembered.

    Returns:
        The facts of the folder made.

    Raises:
        ModelLoadError: The model itself fails.
        UnsupportedModelError: The model has parts that cannot be expressed, or gives other vectors once converted.
        ModelWriteError: The disk is full, or the folder cannot be written.
    """
    reason = reason_against_one_network(model)
    if reason:
        raise UnsupportedModelError(source, reason)
    tokenizer, pad_id = _fast_tokenizer(model, source)
    window = model.max_seq_length
    if window is None or not 0 < window <= _MAX_WINDOW:
        raise UnsupportedModelError(source, f"its window is {window} tokens")
    expected = _probe_vectors(model, window, source)
    network = _trace(model, source)
    building = target.with_name(f".{target.name}-{uuid.uuid4().hex}")
    try:
        building.mkdir(parents=True)
        # Half-precision weights on disk would save 45 MB and cost the exact agreement with torch.
        ov.save_model(network, building / NETWORK, compress_to_fp16=False)
        (building / TOKENIZER).write_text(tokenizer, encoding="utf-8")
        np.save(building / TOKEN_VECTORS, input_embeddings(model).astype(np.float16))
        facts = ConvertedModel.describe(
            building,
            hashes,
            dimension=network.output(0).partial_shape[1].get_length(),
            max_tokens=window,
            pad_id=pad_id,
        )
        _check(building, facts, expected, source)
        shutil.rmtree(building / COMPILED, ignore_errors=True)  # OpenVINO knows it by the place, which now changes
        _move_into_place(building, target, hashes)
    except (OSError, RuntimeError) as error:  # OpenVINO says of a full disk that a stream has an error
        raise ModelWriteError(target.parent, str(error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return facts


def _fast_tokenizer(model: SentenceTransformer, source: Path) -> tuple[str, int]:
    """The tokenizer as JSON, and its padding token's id."""
    tokenizer = model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise UnsupportedModelError(source, "it has no fast tokenizer (tokenizer.json)")
    if tokenizer.truncation_side != "right" or tokenizer.padding_side != "right":
        raise UnsupportedModelError(source, "it cuts or pads texts on the left")
    if tokenizer.pad_token_id is None:
        raise UnsupportedModelError(source, "its tokenizer has no padding token")
    if any(not getattr(module, "include_prompt", True) for module in model):
        raise UnsupportedModelError(source, "its pooling leaves the prompt out")
    return backend.to_str(), tokenizer.pad_token_id


def _trace(model: SentenceTransformer, source: Path) -> ov.Model:
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder  # noqa: PLC0415 - after `ov`, see there

    example = {
        "input_ids": torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]]),
        "attention_mask": torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]),
    }
    try:
        with _quiet_tracing(), torch.no_grad():
            # torch's own check of the trace would take as long as all the rest, and `_check` is the stricter one.
            traced = TorchScriptPythonDecoder(
                _Network(model).eval(), example_input=example, trace_kwargs={"check_trace": False}
            )
            return ov.convert_model(traced, example_input=example)
    except Exception as error:  # a model of any make may fail in its own way
        raise UnsupportedModelError(source, f"it cannot be traced ({brief(error)})") from error


@contextmanager
def _quiet_tracing() -> Iterator[None]:
    """Hold back what tracing says of every branch and attribute; whether the result is right is checked afterwards."""
    loggers = [logging.getLogger(name) for name in ("sentence_transformers", "transformers")]
    with _TRACING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)  # `disabled` would be for the logger alone, not for those below it
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def _probe_vectors(model: SentenceTransformer, window: int, source: Path) -> Vectors:
    """The original's vectors of texts of several lengths and scripts."""
    try:
        return SentenceTransformerEncoder(model, fingerprint="original").encode_passages(_PROBES)
    except Exception as error:  # a model of any make may fail in its own way
        raise ModelLoadError(
            source,
            f"fails on a text of {window} tokens ({brief(error)})",
            "set max_seq_length in its sentence_bert_config.json to what it can read, or name another model",
        ) from error


def _check(folder: Path, facts: ConvertedModel, expected: Vectors, source: Path) -> None:
    """Compare vectors of texts of several lengths and scripts with the original's."""
    converted = OpenVinoEncoder(folder, facts, fingerprint="converted", precision=Precision.FLOAT32)
    try:
        found = converted.encode_passages(_PROBES)
    except RuntimeError as error:
        raise UnsupportedModelError(source, f"converted, it fails ({brief(error)})") from error
    cosine = float(np.min(np.sum(expected * found, axis=1)))
    if not cosine >= _MIN_COSINE:  # also true of NaN
        raise UnsupportedModelError(source, f"converted, its vectors differ from torch's (cosine {cosine:.4f})")


def _move_into_place(building: Path, target: Path, hashes: FileHashes) -> None:
    try:
        building.rename(target)
    except OSError:
        if ConvertedModel.read(target, hashes) is not None:
            return  # another process was first, with the same result
        target.rename(building.with_name(f"{building.name}-damaged"))
        building.rename(target)
    finally:
        shutil.rmtree(building.with_name(f"{building.name}-damaged"), ignore_errors=True)
