"""Turns a sentence-transformers model into an OpenVINO one, once; later starts need neither torch nor transformers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from embeddings.errors import ModelLoadError, UnsupportedModelError
from embeddings.openvino.converted_model import NETWORK, TOKEN_VECTORS, TOKENIZER, ConvertedModel
from embeddings.openvino.encoder import OpenVinoEncoder
from embeddings.openvino.fast_tokenizer import fast_tokenizer
from embeddings.openvino.new_folder import new_folder
from embeddings.openvino.runtime import ov
from embeddings.openvino.tracing import EXAMPLE, trace
from embeddings.processor import Precision
from embeddings.sentence_transformer import (
    SentenceTransformerEncoder,
    brief,
    input_embeddings,
    reason_against_one_network,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sentence_transformers import SentenceTransformer

    from embeddings.encoder import Vectors
    from embeddings.file_hashes import FileHashes

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
    """Convert a loaded model and put it into a folder, which appears whole or not at all.

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
    tokenizer = fast_tokenizer(model.tokenizer, model.max_seq_length, source)
    if any(not getattr(module, "include_prompt", True) for module in model):
        raise UnsupportedModelError(source, "its pooling leaves the prompt out")
    expected = _probe_vectors(model, tokenizer.max_tokens, source)
    network = trace(_Network(model), EXAMPLE, source)
    with new_folder(target, lambda: ConvertedModel.read(target, hashes) is not None) as folder:
        # Half-precision weights on disk would save 45 MB and cost the exact agreement with torch.
        ov.save_model(network, folder / NETWORK, compress_to_fp16=False)
        (folder / TOKENIZER).write_text(tokenizer.json, encoding="utf-8")
        np.save(folder / TOKEN_VECTORS, input_embeddings(model).astype(np.float16))
        facts = ConvertedModel.describe(
            folder,
            hashes,
            dimension=network.output(0).partial_shape[1].get_length(),
            max_tokens=tokenizer.max_tokens,
            pad_id=tokenizer.pad_id,
        )
        _check(folder, facts, expected, source)
    return facts


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
