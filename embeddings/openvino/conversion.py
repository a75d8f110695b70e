"""Turns a sentence-transformers model into an OpenVINO one, once; later starts need neither torch nor transformers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from embeddings.errors import UnsupportedModelError
from embeddings.openvino.converted_model import NETWORK, TOKEN_VECTORS, TOKENIZER, ConvertedModel
from embeddings.openvino.encoder import OpenVinoEncoder
from embeddings.openvino.fast_tokenizer import fast_tokenizer
from embeddings.openvino.new_folder import new_folder
from embeddings.openvino.runtime import ov
from embeddings.openvino.tracing import EXAMPLE, trace
from embeddings.processor import Precision
from embeddings.sentence_transformer import SentenceTransformerEncoder, input_embeddings

if TYPE_CHECKING:
    from pathlib import Path

    from sentence_transformers import SentenceTransformer

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

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)


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
        UnsupportedModelError: The model has parts that cannot be expressed, or gives other vectors once converted.
        ModelWriteError: The disk is full, or the folder cannot be written.
    """
    tokenizer = fast_tokenizer(model.tokenizer, model.max_seq_length, source)
    if any(not getattr(module, "include_prompt", True) for module in model):
        raise UnsupportedModelError(source, "its pooling leaves the prompt out")
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
        _check(folder, facts, model, source)
    return facts


def _check(folder: Path, facts: ConvertedModel, model: SentenceTransformer, source: Path) -> None:
    """Compare vectors of texts of several lengths and scripts with the original's."""
    original = SentenceTransformerEncoder(model, fingerprint="original").encode_passages(_PROBES)
    converted = OpenVinoEncoder(folder, facts, fingerprint="converted", precision=Precision.FLOAT32)
    cosine = float(np.min(np.sum(original * converted.encode_passages(_PROBES), axis=1)))
    if not cosine >= _MIN_COSINE:  # also true of NaN
        raise UnsupportedModelError(source, f"converted, its vectors differ from torch's (cosine {cosine:.4f})")
