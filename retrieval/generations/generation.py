"""One generation of the index, opened for reading: articles, vectors, words, calibration. Immutable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.disk import sha256_of
from embeddings.encoder import Encoder
from retrieval.domain import Article
from retrieval.errors import GenerationDamagedError, GenerationMismatchError
from retrieval.generations.manifest import MANIFEST_NAME, Manifest
from retrieval.generations.reader import ArticleReader
from retrieval.generations.second_vectors import SECOND_FILES, SecondVectors, open_second_vectors
from retrieval.generations.unreadable import is_about_contents, refusal_of, size_problem
from retrieval.indexes.base import SearchIndex
from retrieval.indexes.engine import IndexParts, SearchEngine
from retrieval.indexes.evidence import section_rows
from retrieval.indexes.faiss_index import FaissIndex
from retrieval.indexes.hybrid import HybridIndex
from retrieval.indexes.lexical import TantivyIndex
from retrieval.indexes.matrix import open_matrix
from retrieval.indexes.spelling import Vocabulary
from retrieval.indexes.term_coverage import TokenMeanings
from retrieval.indexes.token_files import (
    ROW_FILES,
    TOKEN_FREQUENCIES,
    TOKEN_VECTORS,
    open_term_coverage,
    open_token_meanings,
)

ARTICLES = "articles.sqlite"
QUESTION_VECTORS = "question_vectors.npy"
SECTION_VECTORS = "section_vectors.npy"
QUESTION_FILE = "questions.faiss"
SECTION_FILE = "sections.faiss"
VOCABULARY = "vocabulary.tsv"
CALIBRATION = "calibration.json"
COSINES = "cosines.json"
LEXICAL_FOLDER = "lexical"


class Generation(ArticleReader):
    """An opened generation: its articles, and what finds them. Safe to use from several threads.

    Args:
        folder: The generation's folder; its name is its id.
        engine: Finds articles instead of the indexes in the folder.

    Attributes:
        folder: See above.
        id: The generation's id.
        manifest: What it states about itself.
        article_rows: Rows that hold an article, ascending.
        article_subjects: Subject key of every article, in the order of `article_rows` and `titles`.

    Raises:
        GenerationDamagedError: A file is missing, has another size than the manifest states, or cannot be read; the
            latter may be found when more is read, too. Of vectors of a second encoder, `second_vectors` says so.
        GenerationMismatchError: Its format or metric is not this version's.
    """

    def __init__(self, folder: Path, engine: SearchEngine | None = None) -> None:
        self.folder = folder
        self._engine = engine
        self.manifest = read_manifest(folder)
        self.id = self.manifest.id
        self._check_sizes()
        super().__init__(folder / ARTICLES)
        try:
            with self._reading(ARTICLES):
                self._layout = layout = self.layout()
        except GenerationDamagedError:
            self.close()
            raise
        self.article_rows, self.article_subjects = layout.rows, layout.subject_keys

    def check_encoder(self, encoder: Encoder) -> None:
        """Refuse an encoder whose vectors cannot be compared with this generation's.

        Raises:
            GenerationMismatchError: Fingerprint or dimension differ.
        """
        manifest = self.manifest
        if (manifest.fingerprint, manifest.dimension) != (encoder.fingerprint, encoder.dimension):
            problem = (
                f"was made with the encoder {manifest.fingerprint} of dimension {manifest.dimension}, "
                f"this process uses {encoder.fingerprint} of dimension {encoder.dimension}"
            )
            raise GenerationMismatchError(self.id, problem)

    def open_files(self) -> None:
        """Open every file that is otherwise opened when it is first needed: then this may be pruned while it serves."""
        _ = self.search_index, self.vocabulary, self.token_meanings, self.calibration, self.cosines
        with suppress(GenerationDamagedError):  # said to whoever wants them
            _ = self.second_vectors

    def article_by_url(self, url: str) -> Article | None:
        """The article with this url, or ``None``."""
        row = self.row_of(url)
        return None if row is None else self.article(row)

    @cached_property
    def question_vectors(self) -> NDArray[np.float16]:
        """Shape (article rows, dimension), memory-mapped; rows of removed articles hold what they held."""
        with self._reading(QUESTION_VECTORS):
            return open_matrix(self.folder / QUESTION_VECTORS)

    @cached_property
    def section_vectors(self) -> NDArray[np.float16]:
        """Shape (section rows, dimension), memory-mapped."""
        with self._reading(SECTION_VECTORS):
            return open_matrix(self.folder / SECTION_VECTORS)

    @cached_property
    def second_vectors(self) -> SecondVectors | None:
        """Those of a second encoder, memory-mapped; ``None`` where it was built without one.

        Raises:
            GenerationDamagedError: A file of them is missing or is not what it should be. All others may be sound.
        """
        return open_second_vectors(self.folder, self.manifest, self._layout)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the corpus."""
        with self._reading(VOCABULARY):
            return Vocabulary.load(self.folder / VOCABULARY)

    @cached_property
    def token_meanings(self) -> TokenMeanings:
        """What the tokens of the encoder mean, and how rare they are among the articles."""
        with self._reading(TOKEN_VECTORS, TOKEN_FREQUENCIES):
            return open_token_meanings(self.folder, len(self._layout.rows))

    @cached_property
    def calibration(self) -> dict[str, Any] | None:
        """What `retrieval.lifecycle.recalibration` stored, if anything."""
        return self._json(CALIBRATION)

    @cached_property
    def cosines(self) -> dict[str, Any] | None:
        """What `retrieval.building.vectors.cosine_measuring` stored; ``None`` in a generation of an earlier version."""
        return self._json(COSINES)

    @cached_property
    def search_index(self) -> SearchIndex:
        """Finds candidates among this generation's articles."""
        parts = self.index_parts()
        if self._engine is not None:
            return self._engine.open(parts)
        layout = parts.layout
        live_sections = section_rows(layout.first_sections, layout.section_counts)
        return HybridIndex(
            layout,
            self.question_vectors,
            self.section_vectors,
            question_index=self._vector_index(self.question_vectors, layout.rows, QUESTION_FILE),
            section_index=self._vector_index(self.section_vectors, live_sections, SECTION_FILE),
            lexical_index=parts.lexical_index,
            term_coverage=parts.term_coverage,
        )

    def index_parts(self) -> IndexParts:
        """What articles are found by."""
        with self._reading(LEXICAL_FOLDER):
            lexical = TantivyIndex(self.folder / LEXICAL_FOLDER)
        with self._reading(*ROW_FILES):
            term_coverage = open_term_coverage(self.folder, self.token_meanings)
        return IndexParts(
            self.id,
            self._layout,
            self.question_vectors,
            self.section_vectors,
            lexical,
            term_coverage,
            article_texts=self._article_texts,
        )

    def _article_texts(self) -> Iterator[str]:
        for row in self.article_rows.tolist():
            article = self.article(row)
            yield f"{article.question}\n{article.answer}"  # as `retrieval.building.changes` gives the lexical index

    def _json(self, name: str) -> dict[str, Any] | None:
        facts: dict[str, Any] | None = None
        if name in self.manifest.files:
            with self._reading(name):
                facts = dict(json.loads((self.folder / name).read_bytes()))
        return facts

    def _vector_index(self, vectors: NDArray[np.float16], live: NDArray[np.int64], name: str) -> FaissIndex:
        mask = np.zeros(len(vectors), dtype=np.bool_)
        mask[live] = True
        inverted_file = self.folder / name if name in self.manifest.files else None
        with self._reading(name):
            return FaissIndex(vectors, mask, inverted_file=inverted_file)

    @contextmanager
    def _reading(self, *names: str) -> Iterator[None]:
        """Whatever is raised while files, or all files of a folder, are read is an error of this generation."""
        try:
            yield
        except BaseException as error:  # native code gives up with what is no `Exception`; much of it goes on
            if not is_about_contents(error):
                raise
            raise self._damage(names, error) from error

    def _damage(self, names: tuple[str, ...], error: BaseException) -> GenerationDamagedError:
        """What is wrong with files that could not be read: the first that differs from its checksum is named."""
        for name, entry in self.manifest.files.items():
            if name in names or name.partition("/")[0] in names:
                try:
                    if sha256_of(self.folder / name) != entry.sha256:
                        return GenerationDamagedError(self.id, name, "differs from its checksum")
                except OSError as refusal:
                    return GenerationDamagedError(self.id, name, refusal_of(refusal))
        return GenerationDamagedError(self.id, names[0], f"cannot be read ({error})")

    def _check_sizes(self) -> None:
        for name, entry in self.manifest.files.items():
            problem = "" if name in SECOND_FILES else size_problem(self.folder / name, entry.size)
            if problem:
                raise GenerationDamagedError(self.id, name, problem)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation's folder.

    Raises:
        GenerationDamagedError: It is missing or damaged.
        GenerationMismatchError: It describes another format or metric than this version reads.
    """
    try:
        data = (folder / MANIFEST_NAME).read_bytes()
    except OSError as error:
        raise GenerationDamagedError(folder.name, MANIFEST_NAME, refusal_of(error)) from None
    return Manifest.from_bytes(data, folder.name)
