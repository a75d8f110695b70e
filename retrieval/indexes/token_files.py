"""The tokens of a generation's articles, on disk: what `retrieval.indexes.term_coverage` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from retrieval.disk import link_or_copy
from retrieval.domain import Article
from retrieval.indexes.base import Ids
from retrieval.indexes.term_coverage import TermCoverage, TokenIds, TokenMeanings, reduce_token_vectors

TOKEN_VECTORS = "token_vectors.npy"  # noqa: S105  # a file name
TOKEN_FREQUENCIES = "token_frequencies.npy"  # noqa: S105  # a file name
ARTICLE_TOKENS = "article_tokens.npy"
TOKEN_OFFSETS = "token_offsets.npy"  # noqa: S105  # a file name

_ARTICLES_AT_ONCE = 256
_SHORT_VOCABULARY = 1 << 16


def write_token_files(
    folder: Path, base: Path | None, articles: Iterable[Article], live_rows: Ids, encoder: Encoder
) -> None:
    """Write which tokens each article has, and how many articles have each token.

    Args:
        folder: The generation's folder.
        base: Folder of the generation that it is derived from, made with the same encoder.
        articles: The articles that the base has not, by row.
        live_rows: Rows that hold an article.
        encoder: Cuts texts into tokens.
    """
    if base is None:
        vectors = reduce_token_vectors(encoder.token_vectors())
        np.save(folder / TOKEN_VECTORS, vectors)
        old: TokenIds = np.empty(0, dtype=np.uint32)
        offsets = np.zeros(1, dtype=np.int64)
    else:
        link_or_copy(base / TOKEN_VECTORS, folder / TOKEN_VECTORS)
        vectors = np.load(folder / TOKEN_VECTORS, mmap_mode="r")
        old, offsets = np.load(base / ARTICLE_TOKENS, mmap_mode="r"), np.load(base / TOKEN_OFFSETS)
    size = len(vectors)
    kind = np.uint16 if size <= _SHORT_VOCABULARY else np.uint32
    new = list(_distinct_tokens(articles, encoder, size, kind))
    tokens = np.concatenate([old.astype(kind), *new])
    offsets = np.concatenate([offsets, offsets[-1] + np.cumsum([len(ids) for ids in new], dtype=np.int64)])
    np.save(folder / ARTICLE_TOKENS, tokens)
    np.save(folder / TOKEN_OFFSETS, offsets)
    np.save(folder / TOKEN_FREQUENCIES, _frequencies(tokens, offsets, live_rows, size))


def open_token_meanings(folder: Path, articles: int) -> TokenMeanings:
    """The meanings of a generation's tokens.

    Args:
        folder: The generation's folder.
        articles: How many articles it holds.
    """
    return TokenMeanings(np.load(folder / TOKEN_VECTORS), np.load(folder / TOKEN_FREQUENCIES), articles)


def open_term_coverage(folder: Path, meanings: TokenMeanings) -> TermCoverage:
    """The tokens of a generation's articles, memory-mapped."""
    tokens = np.load(folder / ARTICLE_TOKENS, mmap_mode="r").view(np.ndarray)
    return TermCoverage(meanings, tokens, np.load(folder / TOKEN_OFFSETS))


def _distinct_tokens(
    articles: Iterable[Article], encoder: Encoder, size: int, kind: type[np.unsignedinteger]
) -> Iterator[TokenIds]:
    rest = iter(articles)
    while batch := list(islice(rest, _ARTICLES_AT_ONCE)):
        for ids in encoder.token_ids([_text(article) for article in batch]):
            # A model may have fewer embeddings than its tokenizer has tokens; what has none cannot be compared.
            yield np.unique(ids[(ids >= 0) & (ids < size)]).astype(kind)


def _text(article: Article) -> str:
    return f"{article.question}\n{article.answer}"


def _frequencies(tokens: TokenIds, offsets: NDArray[np.int64], rows: Sequence[int] | Ids, size: int) -> TokenIds:
    """How many of the article rows have each token, shape (vocabulary size,)."""
    live = np.zeros(len(offsets) - 1, dtype=np.bool_)
    live[np.asarray(rows, dtype=np.int64)] = True
    counted = np.repeat(live, np.diff(offsets))
    return np.bincount(tokens[counted], minlength=size).astype(np.uint32)
