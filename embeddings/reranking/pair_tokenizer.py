"""Pairs of texts to tokens, as a cross-encoder reads them, without loading transformers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Encoding, Tokenizer

from embeddings.batching import pad_batch
from embeddings.text_tokenizer import MAX_TEXT_LENGTH, clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class PairTokenizer:
    """The tokenizer of a cross-encoder. Safe to call from several threads.

    Args:
        file: The model's `tokenizer.json`.
        max_tokens: The window: of a longer pair, the longer text is cut at its end.
        parallel: Whether many pairs may be tokenised on all cores.
    """

    def __init__(self, file: Path, max_tokens: int, *, parallel: bool) -> None:
        self._parallel = parallel
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens, strategy="longest_first")

    def pairs(self, question: str, texts: Sequence[str]) -> list[Encoding]:
        """The question with each of the texts, cut to the window."""
        first = clean_text(question[:MAX_TEXT_LENGTH])
        prepared = [(first, clean_text(text[:MAX_TEXT_LENGTH])) for text in texts]
        if self._parallel and len(prepared) > 1:
            return self._tokenizer.encode_batch_fast(prepared)
        return [self._tokenizer.encode(*pair) for pair in prepared]


def pad_pairs(
    encodings: Sequence[Encoding], pad_id: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Token ids, attention mask and token types of shape (number of pairs, longest pair), padded on the right."""
    input_ids, attention_mask = pad_batch([encoding.ids for encoding in encodings], pad_id)
    token_types, _ = pad_batch([encoding.type_ids for encoding in encodings], 0)
    return input_ids, attention_mask, token_types
