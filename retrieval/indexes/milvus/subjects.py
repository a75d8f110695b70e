"""Subjects as numbers, so that no text of an article or a member ever stands in a filter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.indexes.base import Ids


class SubjectNumbers:
    """Numbers the subjects of a generation, in the order of their keys.

    Args:
        keys: The subject of each article.

    Attributes:
        of_articles: The number of each article's subject, shape (articles,).
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._numbers = {key: number for number, key in enumerate(sorted(set(keys)))}
        self.of_articles: Ids = np.array([self._numbers[key] for key in keys], dtype=np.int64)

    def number(self, key: str) -> int | None:
        """The number of a subject; ``None`` where no article is of it."""
        return self._numbers.get(key)
