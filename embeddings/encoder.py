"""The seam between text and vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (number of texts, dimension), each row of length 1 (L2)."""

Vector = NDArray[np.float32]
"""Shape (dimension,), of length 1 (L2)."""


class Encoder(Protocol):
    """Turns text into vectors of length 1, so that a dot product is a cosine. Safe to call from several threads."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the vectors: weights, tokenizer, pooling, normalisation, precision, prompts."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """The window: a passage of more tokens than this is cut when it is embedded."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of tokens of each text as `encode_passages` would see it, special tokens and prompt included, uncut."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages; row i belongs to text i. An empty sequence gives shape (0, dimension)."""
        ...

    def encode_query(self, text: str) -> Vector:
        """Embed one question."""
        ...
