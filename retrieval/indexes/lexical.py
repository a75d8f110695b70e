"""Best articles by their words: BM25 in tantivy, over English stems.

The text of a question is never read as a query language: it is cut into terms, and only terms are asked for.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import numpy as np
import tantivy

from retrieval.indexes.base import Ids, Scores

MUTABLE_FILES = frozenset({"meta.json", ".managed.json"})
"""Files of an index that a writer replaces; all others are written once and can be shared between folders."""

LOCK_SUFFIX = ".lock"
"""Files that come and go while an index is read or written, and belong to no generation."""

_ROW, _SUBJECT, _TEXT = "row", "subject", "text"
_ANALYZER = "english"
_MAX_TERM_LENGTH = 40
_MAX_TERMS = 32
_HEAP_BYTES = 128 << 20


class TantivyIndex:
    """Reads a lexical index. Safe to call from several threads.

    Document frequencies count removed articles until the index is written anew, as in every segmented index.

    Args:
        folder: Written by `LexicalWriter`.
        max_terms: Of a longer text only so many different terms are asked for, the rarest ones.
    """

    def __init__(self, folder: Path, max_terms: int = _MAX_TERMS) -> None:
        self._max_terms = max_terms
        self._analyzer = _analyzer()
        self._schema = _schema()
        self._searcher = _open(folder)

    def search(self, text: str, k: int, subject_key: str | None = None) -> tuple[Ids, Scores]:
        """See `retrieval.indexes.base.LexicalIndex`; equal scores come in the order of their rows."""
        terms = list(self.document_frequencies(text))
        if not terms:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        clauses = self._clauses(terms)
        if subject_key is not None:
            wanted = (tantivy.Occur.Must, _filter(self._term(_SUBJECT, subject_key, "basic")))
            clauses = [wanted, (tantivy.Occur.Must, _any_of(clauses))]
        return self._run(_any_of(clauses), k)

    def score(self, text: str, rows: Collection[int]) -> dict[int, float]:
        """See `retrieval.indexes.base.LexicalIndex`."""
        scores = dict.fromkeys((int(row) for row in rows), 0.0)
        terms = list(self.document_frequencies(text))
        if terms and scores:
            # One clause a row is answered twice as fast as tantivy's own query for a set of terms.
            one_of = _any_of([(tantivy.Occur.Should, self._term(_ROW, row, "basic")) for row in scores])
            wanted = (tantivy.Occur.Must, _filter(one_of))
            query = _any_of([wanted, (tantivy.Occur.Must, _any_of(self._clauses(terms)))])
            found, figures = self._run(query, len(scores))
            scores.update(zip(found.tolist(), figures.tolist(), strict=True))
        return scores

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return int(self._searcher.num_docs)

    def analyze(self, text: str) -> list[str]:
        """All terms of a text, in their order."""
        return list(self._analyzer.analyze(text.encode("utf-8", "replace").decode("utf-8")))

    def document_frequencies(self, text: str) -> dict[str, int]:
        """The different terms of a text that occur in the corpus, and how many articles have each: the rarest first.

        Of too many only the rarest are told.
        """
        frequencies = {term: self._searcher.doc_freq(_TEXT, term) for term in dict.fromkeys(self.analyze(text))}
        known = [(term, frequency) for term, frequency in frequencies.items() if frequency]
        return dict(sorted(known, key=lambda pair: pair[1])[: self._max_terms])

    def _clauses(self, terms: Sequence[str]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [(tantivy.Occur.Should, self._term(_TEXT, term, "freq")) for term in terms]

    def _term(self, field: str, value: str | int, index_option: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, index_option=index_option)

    def _run(self, query: tantivy.Query, k: int) -> tuple[Ids, Scores]:
        hits = self._searcher.search(query, k, count=False).hits
        rows = np.array(self._searcher.fast_field_values(_ROW, [address for _, address in hits]), dtype=np.int64)
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        order = np.lexsort((rows, -scores))
        return rows[order], scores[order]


class LexicalWriter:
    """Changes a lexical index; a context manager that commits at its end unless an error left it.

    Args:
        folder: An index to change, or an empty folder to begin one in.
    """

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.register_tokenizer(_ANALYZER, _analyzer())
        self._writer = self._index.writer(_HEAP_BYTES, 1)

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, unless an error came, and wait until nothing is written any more."""
        if kind is None:
            self._writer.commit()
        else:
            self._writer.rollback()
        self._writer.wait_merging_threads()

    def add(self, row: int, subject_key: str, text: str) -> None:
        """Add an article: its question and its answer as one text."""
        entry = tantivy.Document()
        entry.add_unsigned(_ROW, row)
        entry.add_text(_SUBJECT, subject_key)
        entry.add_text(_TEXT, text)
        self._writer.add_document(entry)

    def remove(self, row: int) -> None:
        """Remove an article."""
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, _ROW, row, index_option="basic"))


def _open(folder: Path) -> tantivy.Searcher:
    # By the schema that was written with it: an index of an older version has more fields, and these come first in it.
    locks = set(folder.glob(f"*{LOCK_SUFFIX}"))
    if all(os.access(path, os.W_OK) for path in (folder, *locks)):
        return tantivy.Index.open(str(folder)).searcher()
    # Tantivy writes a lock file even to read. It has mapped the index's files once the searcher is there.
    with TemporaryDirectory(prefix="lexical-") as links:
        for file in set(folder.iterdir()) - locks:
            (Path(links) / file.name).symlink_to(file.resolve())
        return tantivy.Index.open(links).searcher()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_ROW, stored=False, indexed=True, fast=True)
    builder.add_text_field(_SUBJECT, stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_TEXT, stored=False, tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    filters = tantivy.Filter
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(filters.remove_long(_MAX_TERM_LENGTH))
        .filter(filters.lowercase())
        .filter(filters.ascii_fold())
        .filter(filters.stopword("english"))
        .filter(filters.stemmer("english"))
        .build()
    )


def _filter(query: tantivy.Query) -> tantivy.Query:
    """The query as a condition that adds nothing to a score."""
    return tantivy.Query.const_score_query(query, 0.0)


def _any_of(clauses: Sequence[tuple[tantivy.Occur, tantivy.Query]]) -> tantivy.Query:
    return tantivy.Query.boolean_query(list(clauses))
