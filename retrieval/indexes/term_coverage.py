"""How much of a question's wording an article has words of like meaning for.

One vector stands for a whole passage, so a passage about nearly the same thing gets nearly the same cosine. Looking at
the tokens one by one tells them apart: for each token of the question the nearest token of the article is found among
the encoder's own input embeddings, and rare tokens count more. Unlike BM25, "kids" then finds "children".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
_SAME = np.float32(0.999)  # from this cosine on two tokens are one; the reduced vectors of different ones are apart
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


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which share of a question's tokens, weighted by rarity, some texts have, 0 to 1; each of shape (texts,).

    Attributes:
        near: Tokens of like meaning count by how near they are.
        exact: The very same tokens count, no others.
    """

    near: NDArray[np.float32]
    exact: NDArray[np.float32]


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

    def coverage(self, asked: Sequence[int], texts: Sequence[TokenIds]) -> list[float]:
        """Coverage of a question by each of some short texts, given as their tokens, 0 to 1."""
        # A model may have fewer embeddings than its tokenizer has tokens; what has none cannot be compared.
        texts = [text[(text >= 0) & (text < len(self._vectors))] for text in texts]
        counts = np.array([len(text) for text in texts], dtype=np.intp)
        tokens: TokenIds = np.concatenate([*texts, np.empty(0, dtype=np.uint32)])
        return list(self.coverage_of_runs(asked, tokens, counts).near.tolist())

    def coverage_of_runs(self, asked: Sequence[int], tokens: TokenIds, counts: NDArray[np.integer]) -> Coverage:
        """Coverage of a question by each of some runs of tokens.

        Args:
            asked: Tokens of the question.
            tokens: All runs, one after another; tokens of the vocabulary.
            counts: How many tokens each run has; of an empty one the coverage is 0.
        """
        near_share, exact_share = np.zeros((2, len(counts)), dtype=np.float32)
        filled = np.flatnonzero(counts)
        counted, weights = self._counted(asked)
        if len(filled) and len(counted):
            distinct, places = self._distinct(tokens)
            near = self._cosines(distinct, counted)
            firsts = np.cumsum(counts[filled]) - counts[filled]
            nearest = np.maximum.reduceat(near.take(places, axis=0), firsts, axis=0)
            near_share[filled] = (_relatedness(nearest) * weights).sum(axis=1)
            exact_share[filled] = ((nearest > _SAME) * weights).sum(axis=1)
        return Coverage(near_share, exact_share)

    def covered_runs(self, asked: Sequence[int], tokens: TokenIds, counts: NDArray[np.integer]) -> NDArray[np.float32]:
        """The other way round: the share of each run that a question covers, shape (number of runs,), 0 to 1.

        Args:
            asked: Tokens of the question.
            tokens: All runs, one after another; tokens of the vocabulary, each once in a run.
            counts: How many tokens each run has; of an empty one nothing is covered.
        """
        covered = np.zeros(len(counts), dtype=np.float32)
        filled = np.flatnonzero(counts)
        known = np.array([token for token in dict.fromkeys(asked) if 0 <= token < len(self._rarity)], dtype=np.intp)
        if len(filled) and len(known):
            distinct, places = self._distinct(tokens)
            related = _relatedness(self._cosines(distinct, known).max(axis=1))[places]
            rarity = self._rarity[tokens]
            firsts = np.cumsum(counts[filled]) - counts[filled]
            total = np.maximum(np.add.reduceat(rarity, firsts), _MIN_ASKED)
            covered[filled] = np.add.reduceat(related * rarity, firsts) / total
        return covered

    def _counted(self, asked: Sequence[int]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The tokens of a question that count, of many only the rarest, and the share of each.

        Shares sum to 1, and to less where all that is asked are tokens that nearly every article has.
        """
        known = np.array([token for token in dict.fromkeys(asked) if 0 <= token < len(self._rarity)], dtype=np.intp)
        counted = known[np.argsort(-self._rarity[known], kind="stable")][:_MAX_TOKENS]
        weights = self._rarity[counted]
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


def _relatedness(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    related: NDArray[np.float32] = np.clip((cosines - _UNRELATED) / (1 - _UNRELATED), 0, 1)
    return related


@dataclass(frozen=True, slots=True)
class TokenRows:
    """The different tokens of one text for each article row.

    Attributes:
        tokens: One article row after another.
        offsets: Where the tokens of each article row begin, and where the last ones end; shape (article rows + 1,).
    """

    tokens: TokenIds
    offsets: NDArray[np.int64]

    def of(self, rows: Ids) -> tuple[TokenIds, NDArray[np.int64]]:
        """The tokens of some rows, one row after another, and how many each has."""
        ends = self.offsets[rows + 1]
        bounds = zip(self.offsets[rows].tolist(), ends.tolist(), strict=True)
        tokens = np.concatenate([self.tokens[:0], *(self.tokens[start:end] for start, end in bounds)])
        return tokens, ends - self.offsets[rows]


class TermCoverage:
    """Compares the tokens of a question with those of articles. Safe to call from several threads.

    Args:
        meanings: Of the vocabulary.
        articles: Tokens of each article, its question included.
        titles: Tokens of the question that each article answers.
    """

    def __init__(self, meanings: TokenMeanings, articles: TokenRows, titles: TokenRows) -> None:
        self._meanings = meanings
        self._articles = articles
        self._titles = titles

    def of_articles(self, asked: Sequence[int], rows: Ids) -> NDArray[np.float32]:
        """Coverage of a question by each of some article rows, shape (number of rows,), 0 to 1."""
        return self._meanings.coverage_of_runs(asked, *self._articles.of(rows)).near

    def of_titles(self, asked: Sequence[int], rows: Ids) -> Coverage:
        """Coverage of a question by the question of each of some article rows."""
        return self._meanings.coverage_of_runs(asked, *self._titles.of(rows))

    def covered_titles(self, asked: Sequence[int], rows: Ids) -> NDArray[np.float32]:
        """Which share of the question of each of some article rows an asked question covers, 0 to 1."""
        return self._meanings.covered_runs(asked, *self._titles.of(rows))
