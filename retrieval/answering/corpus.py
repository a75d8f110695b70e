"""The interface of what is answered from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from retrieval.domain import Article, Section, Sentence
from retrieval.indexes.base import SearchIndex
from retrieval.indexes.spelling import Vocabulary
from retrieval.indexes.term_coverage import TokenMeanings


class Corpus(Protocol):
    """What is answered from; `retrieval.generations.generation.Generation` is one."""

    @property
    def search_index(self) -> SearchIndex:
        """Finds articles."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """Mends typing mistakes."""
        ...

    @property
    def token_meanings(self) -> TokenMeanings:
        """Finds the sentence that answers."""
        ...

    @property
    def calibration(self) -> Mapping[str, Any] | None:
        """What `FittedModel.to_json` gave, if one was fitted to this corpus."""
        ...

    @property
    def cosines(self) -> Mapping[str, Any] | None:
        """What `CorpusCosines.to_json` gave, if a build has measured it."""
        ...

    def article(self, row: int) -> Article:
        """The article in a row."""
        ...

    def same_question(self, row: int) -> Sequence[int]:
        """Rows of all articles that ask the same question, this one included."""
        ...

    def row_of(self, url: str) -> int | None:
        """Row of the article with this url, or ``None``."""
        ...

    def sections(self, row: int) -> tuple[Section, ...]:
        """The sections of the article in a row."""
        ...

    def sentences(self, row: int) -> tuple[Sentence, ...]:
        """The sentences of the answer of the article in a row."""
        ...
