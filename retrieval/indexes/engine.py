"""The interface of an engine outside of this process that finds articles, and what a generation gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from retrieval.indexes.base import ArticleLayout, SearchIndex
from retrieval.indexes.exact import VectorMatrix
from retrieval.indexes.lexical import TantivyIndex
from retrieval.indexes.term_coverage import TermCoverage


@dataclass(frozen=True, slots=True)
class IndexParts:
    """What a generation holds for searching, memory-mapped where it grows with the corpus.

    Attributes:
        generation_id: Its id.
        layout: Where the articles' vectors lie.
        question_vectors: Shape (article rows, dimension).
        section_vectors: Shape (section rows, dimension).
        lexical_index: Scores article rows by words.
        term_coverage: Compares tokens.
        article_texts: Gives question and answer of each article as one text, in the order of `layout.rows`.
    """

    generation_id: str
    layout: ArticleLayout
    question_vectors: VectorMatrix
    section_vectors: VectorMatrix
    lexical_index: TantivyIndex
    term_coverage: TermCoverage
    article_texts: Callable[[], Iterator[str]]


class SearchEngine(Protocol):
    """Holds a copy of what articles are found by. The index folder is the truth, and alone says what serves."""

    def holds(self, generation_id: str) -> bool:
        """Whether a generation is held whole.

        Raises:
            SearchEngineError: The engine cannot be used.
        """
        ...

    def prepare(self, parts: IndexParts) -> None:
        """Hold a generation whole; does nothing where that is so already.

        Raises:
            SearchEngineError: The engine cannot be used.
        """
        ...

    def open(self, parts: IndexParts) -> SearchIndex:
        """Search a generation that the engine holds. Asks the engine nothing yet, which may be away at the moment."""
        ...

    def point_to(self, generation_id: str) -> None:
        """Show others which generation serves. Searches of this project never go by it.

        Raises:
            SearchEngineError: The engine cannot be used.
        """
        ...

    def drop(self, generation_id: str) -> None:
        """Hold a generation no longer, whole or in part.

        Raises:
            SearchEngineError: The engine cannot be used.
        """
        ...
