"""The interface of what turns text into vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

Vectors = NDArray[np.float32]
"""Shape (number of texts, dimension), each row of length 1 (L2)."""

Vector = NDArray[np.float32]
"""Shape (dimension,), of length 1 (L2)."""


TokenCounter = Callable[[Sequence[str]], Sequence[int]]
"""Number of tokens of each text, special tokens counted, uncut."""

_USUAL_WINDOW = 256
_MIN_WINDOW = 16  # whatever a prompt may take


@dataclass(frozen=True, slots=True)
class TokenWindow:
    """How much of a passage an encoder reads. Can be pickled, for processes that have no encoder.

    Attributes:
        max_tokens: What is left for the passage and the special tokens beside the prompt.
        count: Counts as the encoder does, without its prompt.
    """

    max_tokens: int
    count: TokenCounter

    @classmethod
    def beside(cls, prompt: str, max_tokens: int, count: TokenCounter) -> TokenWindow:
        """What a prompt leaves of a window; of one of 0 tokens nobody knows how large it is."""
        prompt_tokens = count([prompt])[0] - count([""])[0]
        return cls(max(_MIN_WINDOW, (max_tokens or _USUAL_WINDOW) - prompt_tokens), count)


class Encoder(Protocol):
    """Turns text into vectors of length 1, so that a dot product is a cosine. Safe to call from several threads."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the vectors: weights, tokenizer, pooling, normalisation, precision, prompts."""
        ...

    @property
    def query_fingerprint(self) -> str:
        """Names everything that decides the vectors of questions: the fingerprint, unless an adapter embeds them.

        What is fitted to cosines belongs to it; passages' vectors, and an index of them, belong to the fingerprint.
        """
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def passage_window(self) -> TokenWindow:
        """How much of a passage it reads: what is longer is cut when it is embedded."""
        ...

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """The tokens of each text, each of shape (its number of tokens,), without special tokens and prompt, uncut."""
        ...

    def token_vectors(self) -> NDArray[np.float32]:
        """What the model knows of single tokens: its input embeddings, shape (vocabulary size, any)."""
        ...

    def known_words(self) -> frozenset[str]:
        """Words, lower case, that are one token of their own: common words that need no spelling correction."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages; row i belongs to text i. An empty sequence gives shape (0, dimension)."""
        ...

    def encode_query(self, text: str) -> Vector:
        """Embed one question."""
        ...


@runtime_checkable
class ProgressiveEncoder(Encoder, Protocol):
    """An encoder that can hand out vectors while it works, so that a long build shows progress and loses nothing."""

    def iter_encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
        """Embed passages in the order that suits the machine.

        Yields:
            Positions in `texts`, shape (batch,), and their vectors, shape (batch, dimension), as each batch completes;
            every position comes exactly once.
        """
        ...
