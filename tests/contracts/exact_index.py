"""The exact vector index: plain arithmetic, no engine. Every engine is compared with it."""

from __future__ import annotations

from retrieval.indexes.exact import best_first, inner_products, live_rows


class ExactIndex:
    """Compares a vector with every row. Safe to call from several threads.

    Args:
        vectors: Shape (rows, dimension).
        live: Shape (rows,): true where the row may be found; ``None`` where all may.
    """

    def __init__(self, vectors, live=None):
        self._vectors = vectors
        self._live = live

    def search(self, vector, k, allowed=None):
        """See `retrieval.indexes.base.VectorIndex`; equal scores come in the order of their rows."""
        rows = live_rows(len(self._vectors), self._live, allowed)
        return best_first(rows, inner_products(self._vectors, rows, vector), k)
