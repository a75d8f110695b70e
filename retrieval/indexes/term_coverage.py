"""How much of a question's wording an article has words of like meaning for.

One vector stands for a whole passage, so a passage about nearly the same thing gets nearly the same cosine. Looking at
the tokens one by one tells them apart: for each token of the question the nearest token of the article is found among
the encoder's own input embeddings, and rare tokens count more. Unlike BM25, "kids" then finds "children".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.disk import link_or_copy
from embeddings.encoder import Encoder
from retrieval.domain import Article
from retrieval.indexes.base import Ids

DIMENSION = 128
"""Principal components kept of the input embeddings; more changed nothing measurable."""

_COMMON_COMPONENTS = 3  # the first components tell frequent tokens from rare ones, not meanings
_UNRELATED = 0.25  # below this cosine two tokens have nothing to do with each other
_MAX_TOKENS = 48  # of a longer question only the rarest tokens are looked at
_ABSENT = 4.0
_FEW = 8
"""With one article, `_ABSENT` more that have none of the tokens are counted; with `_FEW` more articles, half as many.

Among a few articles a token that all have may be rare elsewhere: without these, in an index of one article all that it
speaks of would weigh nothing, and no question would be covered. Among hundreds there is next to none of them.
"""
_MIN_ASKED = np.float32(0.3)  # a question of less weight, as "what is a", says nothing that could be covered

TokenIds = NDArray[np.integer]
"""Token numbers, shape (any,)."""


def reduce_token_vectors(vectors: NDArray[np.float32]) -> NDArray[np.float16]:
    """Input embeddings → vectors whose inner product compares meanings.

    The mean and the first principal components are taken away (they hold frequency), the next ones are kept.

    Args:
        vectors: Shape (vocabulary size, any).

    Returns:
        Shape (vocabulary size, at most `DIMENSION`), rows of length 1 or 0.
    """
    centred = vectors - vectors.mean(axis=0)
    _, _, components = np.linalg.svd(centred.T @ centred)
    skipped = _COMMON_COMPONENTS if len(components) > DIMENSION + _COMMON_COMPONENTS else 0
    reduced = centred @ components[skipped : skipped + DIMENSION].T
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    return np.asarray(reduced / np.maximum(lengths, 1e-9), dtype=np.float16)


class TokenMeanings:
    """What single tokens mean, and how much each tells. Safe to use from several threads.

    Args:
        vectors: From `reduce_token_vectors`, shape (vocabulary size, dimension).
        frequencies: Number of articles that have each token, shape (vocabulary size,).
        articles: Number of articles.
    """

    def __init__(self, vectors: NDArray[np.float16], frequencies: NDArray[np.uint32], articles: int) -> None:
        self._vectors = vectors.astype(np.float32)
        absent = _ABSENT * _FEW / (_FEW + max(articles - 1, 0))
        rarity = np.log((articles + absent + 1) / (frequencies.astype(np.float64) + 1))
        self._rarity = np.maximum(rarity, 0).astype(np.float32)

    def coverage(self, asked: Sequence[int], texts: Sequence[TokenIds], *, said: TokenIds | None = None) -> list[float]:
        """Coverage of a question by each of some short texts, given as their tokens, 0 to 1.

        Args:
            asked: Tokens of the question.
            texts: Tokens of each text.
            said: Tokens of what is known already: what the question has in common with them does not count.
        """
        # A model may have fewer embeddings than its tokenizer has tokens; what has none cannot be compared.
        texts = [text[(text >= 0) & (text < len(self._vectors))] for text in texts]
        counts = np.array([len(text) for text in texts], dtype=np.intp)
        tokens: TokenIds = np.concatenate([*texts, np.empty(0, dtype=np.uint32)])
        return list(self.coverage_of_runs(asked, tokens, counts, said=said).tolist())

    def coverage_of_runs(
        self, asked: Sequence[int], tokens: TokenIds, counts: NDArray[np.integer], *, said: TokenIds | None = None
    ) -> NDArray[np.float32]:
        """Coverage of a question by each of some runs of tokens, shape (number of runs,), 0 to 1.

        Args:
            asked: Tokens of the question.
            tokens: All runs, one after another; tokens of the vocabulary.
            counts: How many tokens each run has; of an empty one the coverage is 0.
            said: See `coverage`.
        """
        found = np.zeros(len(counts), dtype=np.float32)
        filled = np.flatnonzero(counts)
        counted, weights = self._counted(asked, said)
        if len(filled) and len(counted):
            distinct, places = self._distinct(tokens)
            near = self._cosines(distinct, counted)
            firsts = np.cumsum(counts[filled]) - counts[filled]
            nearest = np.maximum.reduceat(near.take(places, axis=0), firsts, axis=0)
            found[filled] = (_likeness(nearest) * weights).sum(axis=1)
        return found

    def _counted(self, asked: Sequence[int], said: TokenIds | None) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The tokens of a question that count, of many only the rarest, and the share of each.

        Shares sum to 1, and to less where all that is asked are tokens that nearly every article has, or has been said.
        """
        known = np.array([token for token in dict.fromkeys(asked) if 0 <= token < len(self._rarity)], dtype=np.intp)
        counted = known[np.argsort(-self._rarity[known], kind="stable")][:_MAX_TOKENS]
        weights = self._rarity[counted]
        told = np.empty(0, dtype=np.intp) if said is None else said[(said >= 0) & (said < len(self._vectors))]
        if len(told) and len(counted):
            distinct, _ = self._distinct(told)
            weights = weights * (1 - _likeness(self._cosines(distinct, counted).max(axis=0)))
        return counted, weights / max(weights.sum(), _MIN_ASKED)

    def _distinct(self, tokens: TokenIds) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The different ones among tokens of the vocabulary, ascending, and the place of each token among them.

        The same as `numpy.unique`, but without sorting.
        """
        used = np.zeros(len(self._rarity), dtype=np.bool_)
        used[tokens] = True
        distinct = np.flatnonzero(used)
        places = np.empty(len(used), dtype=np.intp)
        places[distinct] = np.arange(len(distinct))
        return distinct, places[tokens]

    def _cosines(self, tokens: NDArray[np.intp], counted: NDArray[np.intp]) -> NDArray[np.float32]:
        """Cosine of each token, ascending, with each one that counts, shape (tokens, those that count)."""
        near: NDArray[np.float32] = self._vectors.take(tokens, axis=0) @ self._vectors[counted].T
        rows = np.searchsorted(tokens, counted).clip(max=len(tokens) - 1)
        columns = np.flatnonzero(tokens[rows] == counted)
        near[rows[columns], columns] = 1.0  # a token is itself, also where its vector is empty
        return near


def _likeness(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """How alike tokens are in meaning, 0 to 1."""
    likeness: NDArray[np.float32] = np.clip((cosines - _UNRELATED) / (1 - _UNRELATED), 0, 1)
    return likeness


class TermCoverage:
    """Compares the tokens of a question with those of articles. Safe to call from several threads.

    Args:
        meanings: Of the vocabulary.
        tokens: The different tokens of each article, one article row after another.
        offsets: Where the tokens of each article row begin, and where the last ones end; shape (article rows + 1,).
    """

    def __init__(self, meanings: TokenMeanings, tokens: TokenIds, offsets: NDArray[np.int64]) -> None:
        self._meanings = meanings
        self._tokens = tokens
        self._offsets = offsets

    def of_articles(self, asked: Sequence[int], rows: Ids) -> NDArray[np.float32]:
        """Coverage of a question by each of some article rows, shape (number of rows,), 0 to 1."""
        ends = self._offsets[rows + 1]
        bounds = zip(self._offsets[rows].tolist(), ends.tolist(), strict=True)
        tokens = np.concatenate([self._tokens[:0], *(self._tokens[start:end] for start, end in bounds)])
        return self._meanings.coverage_of_runs(asked, tokens, ends - self._offsets[rows])


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
