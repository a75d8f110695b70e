"""The files of a generation that hold which tokens its articles and their questions have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from embeddings.disk import link_or_copy
from embeddings.encoder import Encoder
from retrieval.domain import Article
from retrieval.indexes.term_coverage import TermCoverage, TokenIds, TokenMeanings, TokenRows, reduce_token_vectors

TOKEN_VECTORS = "token_vectors.npy"  # noqa: S105  # a file name
TOKEN_FREQUENCIES = "token_frequencies.npy"  # noqa: S105  # a file name
ARTICLE_TOKENS = "article_tokens.npy"
ARTICLE_OFFSETS = "article_token_offsets.npy"
TITLE_TOKENS = "title_tokens.npy"
TITLE_OFFSETS = "title_token_offsets.npy"
ROW_FILES = (ARTICLE_TOKENS, ARTICLE_OFFSETS, TITLE_TOKENS, TITLE_OFFSETS)
"""What is read for the evidence of candidates."""

_ARTICLES_AT_ONCE = 256
_SHORT_VOCABULARY = 1 << 16

_T = TypeVar("_T")


class TokenWriter:
    """Writes which tokens each article has, and how many articles have each token.

    Args:
        folder: The generation's folder.
        base: Folder of the generation that it is derived from, made with the same encoder.
        encoder: Cuts texts into tokens.
    """

    def __init__(self, folder: Path, base: Path | None, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder
        if base is None:
            vectors = reduce_token_vectors(encoder.token_vectors())
            np.save(folder / TOKEN_VECTORS, vectors)
        else:
            link_or_copy(base / TOKEN_VECTORS, folder / TOKEN_VECTORS)
            vectors = np.load(folder / TOKEN_VECTORS, mmap_mode="r")
        self._size = len(vectors)
        kind = np.uint16 if self._size <= _SHORT_VOCABULARY else np.uint32
        self._articles = _Rows(base, ARTICLE_TOKENS, ARTICLE_OFFSETS, kind)
        self._titles = _Rows(base, TITLE_TOKENS, TITLE_OFFSETS, kind)

    def added(self, articles: Iterable[tuple[Article, _T]]) -> Iterator[tuple[Article, _T]]:
        """Pass articles on, by row, with whatever belongs to them, and take their tokens meanwhile."""
        rest = iter(articles)
        while batch := list(islice(rest, _ARTICLES_AT_ONCE)):
            self._titles.add(self._distinct(article.question for article, _ in batch))
            self._articles.add(self._distinct(f"{article.question}\n{article.answer}" for article, _ in batch))
            yield from batch

    def save(self, live_rows: Sequence[int]) -> None:
        """Write the files.

        Args:
            live_rows: Rows that hold an article.
        """
        self._titles.save(self._folder)
        rows = self._articles.save(self._folder)
        np.save(self._folder / TOKEN_FREQUENCIES, _frequencies(rows, live_rows, self._size))

    def _distinct(self, texts: Iterable[str]) -> Iterator[TokenIds]:
        for ids in self._encoder.token_ids(list(texts)):
            # A model may have fewer embeddings than its tokenizer has tokens; what has none cannot be compared.
            yield np.unique(ids[(ids >= 0) & (ids < self._size)])


class _Rows:
    """The tokens of one text an article: those of the base, and what is added."""

    def __init__(self, base: Path | None, tokens: str, offsets: str, kind: type[np.unsignedinteger]) -> None:
        self._names = (tokens, offsets)
        self._old = (
            TokenRows(np.empty(0, kind), np.zeros(1, np.int64)) if base is None else _open(base, tokens, offsets)
        )
        self._kind = kind
        self._new: list[TokenIds] = []

    def add(self, rows: Iterable[TokenIds]) -> None:
        self._new += [row.astype(self._kind) for row in rows]

    def save(self, folder: Path) -> TokenRows:
        tokens = np.concatenate([self._old.tokens, *self._new])
        counts = np.cumsum([len(ids) for ids in self._new], dtype=np.int64)
        rows = TokenRows(tokens, np.concatenate([self._old.offsets, self._old.offsets[-1] + counts]))
        for name, values in zip(self._names, (rows.tokens, rows.offsets), strict=True):
            np.save(folder / name, values)
        return rows


def open_token_meanings(folder: Path, articles: int) -> TokenMeanings:
    """The meanings of a generation's tokens.

    Args:
        folder: The generation's folder.
        articles: How many articles it holds.
    """
    return TokenMeanings(np.load(folder / TOKEN_VECTORS), np.load(folder / TOKEN_FREQUENCIES), articles)


def open_term_coverage(folder: Path, meanings: TokenMeanings) -> TermCoverage:
    """The tokens of a generation's articles, memory-mapped."""
    articles = _open(folder, ARTICLE_TOKENS, ARTICLE_OFFSETS)
    return TermCoverage(meanings, articles, _open(folder, TITLE_TOKENS, TITLE_OFFSETS))


def _open(folder: Path, tokens: str, offsets: str) -> TokenRows:
    return TokenRows(np.load(folder / tokens, mmap_mode="r").view(np.ndarray), np.load(folder / offsets))


def _frequencies(rows: TokenRows, live_rows: Sequence[int], size: int) -> TokenIds:
    """How many of the article rows have each token, shape (vocabulary size,)."""
    live = np.zeros(len(rows.offsets) - 1, dtype=np.bool_)
    live[np.asarray(live_rows, dtype=np.int64)] = True
    counted = np.repeat(live, np.diff(rows.offsets))
    return np.bincount(rows.tokens[counted], minlength=size).astype(np.uint32)
