"""Batches of texts of like length, so that little is computed on padding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from sentence_transformers.base.sampler import DefaultBatchSampler

QUESTION = "question"
"""The column of the texts."""

_SORTED_TOGETHER = 8  # batches: enough to have like lengths, and few enough that every epoch has other batches


class LikeLengthBatches(DefaultBatchSampler):
    """A batch sampler of sentence-transformers for datasets whose texts are the column `QUESTION`."""

    def __init__(self, dataset: Any, **options: Any) -> None:  # noqa: ANN401  # as its base class has it
        super().__init__(dataset, **options)
        self._lengths = torch.tensor([len(text) for text in dataset[QUESTION]])

    def __len__(self) -> int:
        return (len(self._lengths) + self.batch_size - 1) // self.batch_size

    def __iter__(self) -> Iterator[list[int]]:
        chance = torch.Generator().manual_seed(self.seed + self.epoch)
        order = torch.randperm(len(self._lengths), generator=chance)
        batches: list[list[int]] = []
        for chunk in torch.split(order, _SORTED_TOGETHER * self.batch_size):
            by_length = chunk[self._lengths[chunk].argsort(stable=True)]
            batches += [batch.tolist() for batch in torch.split(by_length, self.batch_size)]
        for place in torch.randperm(len(batches), generator=chance).tolist():
            yield batches[place]
