"""Turns a sentence-transformers cross-encoder into an OpenVINO one, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from embeddings.errors import UnsupportedModelError
from embeddings.openvino.converted_cross_encoder import ConvertedCrossEncoder
from embeddings.openvino.converted_model import NETWORK, TOKENIZER
from embeddings.openvino.cross_encoder import OpenVinoCrossEncoder
from embeddings.openvino.fast_tokenizer import fast_tokenizer
from embeddings.openvino.new_folder import new_folder
from embeddings.openvino.runtime import ov
from embeddings.openvino.tracing import EXAMPLE, trace
from embeddings.processor import Precision
from embeddings.reranking.cross_encoder import score

if TYPE_CHECKING:
    from pathlib import Path

    from sentence_transformers import CrossEncoder

    from embeddings.file_hashes import FileHashes
    from embeddings.reranking.torch_cross_encoder import TorchCrossEncoder

_TOKEN_TYPES = "token_type_ids"  # noqa: S105 - a token of text, not of access
_LARGEST_DIFFERENCE = 1e-3
_LONG = "The determinant of a matrix is the factor by which it scales a volume. " * 200
_PROBES = (
    ("Why is the sky blue?", ("", "Air scatters blue light more than red.", "变换形式, но не исчезает 🙂", _LONG)),
    ("", ("A cell takes up sugar, breaks it down and stores what it gains. " * 4,)),
    (_LONG, ("Energie läßt sich umwandeln.", _LONG)),
)


class _Network(torch.nn.Module):
    """A whole cross-encoder, from tokens to one score a pair."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor | None = None
    ) -> torch.Tensor:
        features = {"input_ids": input_ids, "attention_mask": attention_mask}
        if token_type_ids is not None:
            features[_TOKEN_TYPES] = token_type_ids
        scores: torch.Tensor = self.model(features)["scores"]
        return scores[:, 0]


def convert_cross_encoder(
    original: TorchCrossEncoder, source: Path, target: Path, hashes: FileHashes
) -> ConvertedCrossEncoder:
    """Convert a loaded cross-encoder and put it into a folder, which appears whole or not at all.

    Args:
        original: The model on torch.
        source: The model's folder, for messages.
        target: The folder to make; a damaged one in its place is replaced.
        hashes: Hashes of files, remembered.

    Returns:
        The facts of the folder made.

    Raises:
        UnsupportedModelError: The model has parts that cannot be expressed, or gives other scores once converted.
        ModelWriteError: The disk is full, or the folder cannot be written.
    """
    model = original.model
    _check_parts(model, source)
    tokenizer = fast_tokenizer(model.tokenizer, model.max_seq_length, source)
    example = dict(EXAMPLE)
    if _TOKEN_TYPES in model.tokenizer.model_input_names:
        example[_TOKEN_TYPES] = torch.tensor([[0, 0, 1, 1], [0, 1, 1, 0]])
    network = trace(_Network(model), example, source)
    with new_folder(target, lambda: ConvertedCrossEncoder.read(target, hashes) is not None) as folder:
        ov.save_model(network, folder / NETWORK, compress_to_fp16=False)
        (folder / TOKENIZER).write_text(tokenizer.json, encoding="utf-8")
        facts = ConvertedCrossEncoder.describe(
            folder,
            hashes,
            max_tokens=tokenizer.max_tokens,
            pad_id=tokenizer.pad_id,
            has_token_types=any(_TOKEN_TYPES in each.get_names() for each in network.inputs),
        )
        _check_scores(folder, facts, original, source)
    return facts


def _check_parts(model: CrossEncoder, source: Path) -> None:
    """Refuse what is more than a classifier of two texts as they are."""
    first: Any = model[0]
    if len(model) != 1 or getattr(first, "transformer_task", "") != "sequence-classification":
        raise UnsupportedModelError(source, "it is more than one classifier")
    if model.default_prompt_name is not None:
        raise UnsupportedModelError(source, f"it asks for the prompt {model.default_prompt_name!r}")


def _check_scores(folder: Path, facts: ConvertedCrossEncoder, original: TorchCrossEncoder, source: Path) -> None:
    """Compare scores of pairs of several lengths and scripts with the original's."""
    converted = OpenVinoCrossEncoder(folder, facts, name="converted", precision=Precision.FLOAT32)
    try:
        theirs = np.concatenate([score(original, question, texts) for question, texts in _PROBES])
        ours = np.concatenate([score(converted, question, texts) for question, texts in _PROBES])
    except Exception as error:  # a model of any make may fail in its own way
        raise UnsupportedModelError(source, f"it cannot read every text ({error})") from error
    difference = float(np.max(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1.0)))
    if not difference <= _LARGEST_DIFFERENCE:  # also true of NaN
        raise UnsupportedModelError(source, f"converted, its scores differ from torch's (by {difference:.4f})")
