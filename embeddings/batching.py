"""Plans which texts are embedded together. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def plan_batches(lengths: Sequence[int], *, token_budget: int) -> list[NDArray[np.intp]]:
    """Group texts of like length, so that little is wasted on padding and every batch takes about as long.

    Args:
        lengths: Tokens of each text.
        token_budget: Most tokens of a batch, padding included; a longer text is a batch of its own.

    Returns:
        Positions of the texts, longest first, each position in exactly one batch.
    """
    order = np.argsort(-np.asarray(lengths, dtype=np.intp), kind="stable")
    batches = []
    start = 0
    while start < len(order):
        longest = max(1, lengths[order[start]])
        size = max(1, token_budget // longest)
        batches.append(order[start : start + size])
        start += size
    return batches


def pad_batch(tokens: Sequence[Sequence[int]], pad_id: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids and attention mask, both of shape (number of texts, longest text), padded on the right."""
    width = max(1, *(len(ids) for ids in tokens)) if tokens else 1
    input_ids = np.full((len(tokens), width), pad_id, dtype=np.int64)
    attention_mask = np.zeros((len(tokens), width), dtype=np.int64)
    for row, ids in enumerate(tokens):
        input_ids[row, : len(ids)] = ids
        attention_mask[row, : len(ids)] = 1
    return input_ids, attention_mask
