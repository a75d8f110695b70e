"""A converted cross-encoder on OpenVINO."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from embeddings.openvino.converted_model import NETWORK, TOKENIZER
from embeddings.openvino.network import Network
from embeddings.processor import Precision, has_native_bfloat16, usable_cores
from embeddings.reranking.pair_tokenizer import PairTokenizer, pad_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from embeddings.openvino.converted_cross_encoder import ConvertedCrossEncoder
    from embeddings.reranking.cross_encoder import Scores

_TOKEN_BUDGET = 256  # measured: 128 to 4,096 differ by less than the noise, and small batches end near their time


class OpenVinoCrossEncoder:
    """`embeddings.reranking.cross_encoder.CrossEncoder` on OpenVINO.

    Args:
        folder: The converted model.
        facts: What was written down about it.
        name: See `CrossEncoder.name`.
        precision: Numbers to compute in; by default bfloat16 where the processor has it.
        threads: Cores to use, by default all that this process may use.
    """

    def __init__(
        self,
        folder: Path,
        facts: ConvertedCrossEncoder,
        *,
        name: str,
        precision: Precision = Precision.AUTO,
        threads: int | None = None,
    ) -> None:
        threads = threads or usable_cores()
        half = precision is Precision.BFLOAT16 or (precision is Precision.AUTO and has_native_bfloat16())
        self._facts = facts
        self._name = name
        self._tokenizer = PairTokenizer(folder / TOKENIZER, facts.max_tokens, parallel=threads > 1)
        numbers = Precision.BFLOAT16 if half else Precision.FLOAT32
        self._network = Network(folder / NETWORK, numbers, streams=1, threads=threads)

    @property
    def name(self) -> str:
        """See `CrossEncoder.name`."""
        return self._name

    def iter_scores(self, question: str, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Scores]]:
        """See `CrossEncoder.iter_scores`."""
        encodings = self._tokenizer.pairs(question, texts)
        for start, end in consecutive_batches([len(encoding) for encoding in encodings], token_budget=_TOKEN_BUDGET):
            input_ids, attention_mask, token_types = pad_pairs(encodings[start:end], self._facts.pad_id)
            more = (token_types,) if self._facts.has_token_types else ()
            yield np.arange(start, end), self._network.infer(input_ids, attention_mask, *more)


def consecutive_batches(lengths: Sequence[int], *, token_budget: int) -> Iterator[tuple[int, int]]:
    """Group texts that follow one another, without changing their order.

    Args:
        lengths: Tokens of each text.
        token_budget: Most tokens of a batch, padding included; a longer text is a batch of its own.

    Yields:
        Position of the first text of each batch, and the position after its last.
    """
    start, longest = 0, 0
    for place, length in enumerate(lengths):
        longest = max(longest, length)
        if place > start and longest * (place - start + 1) > token_budget:
            yield start, place
            start, longest = place, length
    if lengths:
        yield start, len(lengths)
