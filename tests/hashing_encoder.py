"""A deterministic encoder without a model, for tests."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import TokenWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from embeddings.encoder import Vector, Vectors

_WORD = re.compile(r"\w+")
_VOCABULARY = 4096


class HashingEncoder:
    """A deterministic `Encoder` without a model: a bag of hashed words, so that texts that share words are near.

    Args:
        dimension: Length of a vector.
        max_tokens: How many words are read.
        seed: Another one gives other vectors.

    Attributes:
        embedded: Every passage that was embedded, in order, so that a test can see what was not.
    """

    def __init__(self, dimension: int = 64, max_tokens: int = 256, seed: int = 0) -> None:
        self.embedded: list[str] = []
        self._dimension = dimension
        self._max_tokens = max_tokens
        self._seed = seed

    @property
    def fingerprint(self) -> str:
        return f"hashing-{self._dimension}-{self._max_tokens}{f'-{self._seed}' if self._seed else ''}"

    @property
    def query_fingerprint(self) -> str:
        return self.fingerprint

    @property
    def dimension(self) -> int:
        return self._dimension

    def passage_window(self) -> TokenWindow:
        return TokenWindow(self._max_tokens, _count)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        return [np.array([_digest(word) % _VOCABULARY for word in _words(text)], dtype=np.int32) for text in texts]

    def token_vectors(self) -> NDArray[np.float32]:
        return np.random.default_rng(0).standard_normal((_VOCABULARY, self._dimension)).astype(np.float32)

    def known_words(self) -> frozenset[str]:
        return frozenset({"bother", "stuff"})

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.encode_query(text)
        return vectors

    def encode_query(self, text: str) -> Vector:
        vector = np.zeros(self._dimension, dtype=np.float32)
        for word in _words(text)[: self._max_tokens]:
            digest = _digest(f"{self._seed} {word}" if self._seed else word)
            vector[(digest >> 1) % self._dimension] += 1.0 if digest & 1 else -1.0
        length = float(np.linalg.norm(vector))
        if length == 0.0:  # no words, or words that cancel out
            vector[0], length = 1.0, 1.0
        return np.asarray(vector / length, dtype=np.float32)


def _digest(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _count(texts: Sequence[str]) -> list[int]:
    return [len(_words(text)) for text in texts]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
