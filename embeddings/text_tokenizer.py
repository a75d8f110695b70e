"""Text to tokens, without loading transformers."""

from __future__ import annotations

import copy
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Encoding, Tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_FEW = 64

MAX_TEXT_LENGTH = 100_000
"""Characters of a text that are looked at when it is embedded: far beyond any window, and still tokenised at once."""

_WORD_START = ("\u0120", "\u2581")  # how byte-level and sentencepiece vocabularies write the space before a word
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text as every backend embeds it: valid Unicode, without blanks at its ends."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.strip()


def whole_words(tokens: Iterable[str]) -> frozenset[str]:
    """The tokens of a vocabulary that begin a word and are made of letters, lower case.

    In a vocabulary that marks the beginning of words (byte-pair and unigram models) those with the mark, in one that
    marks continuations (WordPiece) those without.
    """
    every = list(tokens)
    marked = [token[1:] for token in every if token.startswith(_WORD_START)]
    words = marked or [token for token in every if not token.startswith("##")]
    return frozenset(word.lower() for word in words if len(word) > 1 and word.isalpha())


class TextTokenizer:
    """The tokenizer of a model. Safe to call from several threads.

    Args:
        file: The model's `tokenizer.json`.
        max_tokens: The window, special tokens included.
        parallel: Whether many texts may be tokenised on all cores.
    """

    def __init__(self, file: Path, max_tokens: int, *, parallel: bool) -> None:
        self._file = file
        self._max_tokens = max_tokens
        self._parallel = parallel
        # Truncation is state of a tokenizer, so cutting and counting need one each.
        self._counting = Tokenizer.from_file(str(file))
        self._counting.no_padding()
        self._counting.no_truncation()
        self._cutting = Tokenizer.from_str(self._counting.to_str())
        self._cutting.enable_truncation(max_tokens)

    def __reduce__(self) -> tuple[Callable[..., TextTokenizer], tuple[Path, int]]:
        """Another process, which is one of several, reads the file again and leaves the other cores alone."""
        return partial(TextTokenizer, parallel=False), (self._file, self._max_tokens)

    def tokens(self, texts: Sequence[str], prompt: str = "") -> list[list[int]]:
        """Token ids of each text after the prompt, cut to the window."""
        prepared = [prompt + clean_text(text[:MAX_TEXT_LENGTH]) for text in texts]
        return [encoding.ids for encoding in self._encode(self._cutting, prepared)]

    def count(self, texts: Sequence[str]) -> list[int]:
        """Number of tokens of each text, uncut."""
        prepared = [clean_text(text) for text in texts]
        short = [text for text in prepared if len(text) <= MAX_TEXT_LENGTH]
        counts = iter([len(encoding) for encoding in self._encode(self._counting, short)])
        return [next(counts) if len(text) <= MAX_TEXT_LENGTH else self._count_long(text) for text in prepared]

    def pieces(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Token ids of each text alone, without special tokens, uncut."""
        prepared = [clean_text(text[:MAX_TEXT_LENGTH]) for text in texts]
        if len(prepared) > _FEW and self._parallel:
            encodings = self._counting.encode_batch_fast(prepared, add_special_tokens=False)
        else:  # waking threads takes longer than cutting some sentences
            encodings = [self._counting.encode(text, add_special_tokens=False) for text in prepared]
        return [np.array(encoding.ids, dtype=np.int32) for encoding in encodings]

    def words(self) -> frozenset[str]:
        """Words that are one token of their own, lower case."""
        return whole_words(self._counting.get_vocab(with_added_tokens=False))

    def _count_long(self, text: str) -> int:
        """Count piece by piece, since the tokens of ten megabytes at once would take more than a gigabyte."""
        total = int(self._counting.num_special_tokens_to_add(is_pair=False))
        start = 0
        while start < len(text):
            end = start + MAX_TEXT_LENGTH
            if end < len(text):
                end = text.rfind(" ", start + 1, end) if " " in text[start + 1 : end] else end
            total += len(self._counting.encode(text[start:end], add_special_tokens=False))
            start = end
        return total

    def _encode(self, tokenizer: Tokenizer, texts: list[str]) -> list[Encoding]:
        if self._parallel and len(texts) > 1:
            return tokenizer.encode_batch_fast(texts)
        return [tokenizer.encode(text) for text in texts]


class TransformersCounter:
    """Counts tokens with a copy of a tokenizer of transformers, whose truncation is state. Can be pickled.

    Args:
        tokenizer: The model's tokenizer.
    """

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401  # its class depends on the model
        self._tokenizer = copy.deepcopy(tokenizer)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Number of tokens of each text, uncut."""
        if not texts:
            return []
        prepared = [clean_text(text) for text in texts]
        encoded = self._tokenizer(prepared, truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]
