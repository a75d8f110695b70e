"""The vectors of a generation: taken over, embedded, indexed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.cached import embed_passages
from embeddings.disk import link_or_copy
from embeddings.encoder import Encoder, Vectors
from embeddings.vector_cache import VectorCache
from retrieval.domain import Article, Section
from retrieval.generations.generation import QUESTION_FILE, QUESTION_VECTORS, SECTION_FILE, SECTION_VECTORS, Generation
from retrieval.indexes.faiss_index import VectorEngine, VectorIndexOptions, extend_inverted_file, write_inverted_file
from retrieval.indexes.matrix import MatrixWriter, open_matrix

_TEXTS_AT_ONCE = 4096
_RETRAIN_GROWTH = 2
_INDEXED = ((QUESTION_VECTORS, QUESTION_FILE), (SECTION_VECTORS, SECTION_FILE))


@dataclass(frozen=True, slots=True)
class MatrixSizes:
    """Rows of the question matrix and of the section matrix."""

    articles: int
    sections: int


@dataclass(frozen=True, slots=True)
class EmbeddedTexts:
    """How many texts were embedded, how many vectors were known, and how long embedding took, in seconds."""

    embedded: int = 0
    from_cache: int = 0
    seconds: float = 0.0

    def __add__(self, other: EmbeddedTexts) -> EmbeddedTexts:
        """Both together."""
        return EmbeddedTexts(
            self.embedded + other.embedded, self.from_cache + other.from_cache, self.seconds + other.seconds
        )


def write_matrices(  # noqa: PLR0913  # two ends, two tools, sizes and an ear
    folder: Path,
    base: Generation | None,
    articles: Iterable[tuple[Article, tuple[Section, ...]]],
    sizes: MatrixSizes,
    *,
    encoder: Encoder,
    cache: VectorCache,
    on_progress: Callable[[int], None],
) -> EmbeddedTexts:
    """Write both matrices: the base's rows, then those of the articles.

    Args:
        folder: The generation's folder.
        base: The generation that it is derived from.
        articles: The articles that the base has not, with their sections, by row.
        sizes: Of the finished matrices.
        encoder: Embeds what is not in the cache.
        cache: The encoder's cache.
        on_progress: Told how many texts are done.
    """
    embedding = ArticleEmbedding(encoder, cache, on_progress)
    with (
        MatrixWriter(folder / QUESTION_VECTORS, sizes.articles, encoder.dimension) as questions,
        MatrixWriter(folder / SECTION_VECTORS, sizes.sections, encoder.dimension) as sections,
    ):
        if base is not None:
            questions.append(base.question_vectors)
            sections.append(base.section_vectors)
        for batch in embedding.batches(articles):
            questions.append(batch.questions)
            sections.append(batch.sections)
    return embedding.texts


@dataclass(frozen=True, slots=True)
class EmbeddedBatch:
    """Some articles and their vectors.

    Attributes:
        section_counts: How many sections each of the articles has.
        questions: Vectors of their questions, shape (articles, dimension).
        sections: Vectors of their sections, one article after another, shape (sections, dimension).
    """

    section_counts: tuple[int, ...]
    questions: Vectors
    sections: Vectors


class ArticleEmbedding:
    """Embeds the questions and sections of articles through the vector cache.

    Args:
        encoder: Embeds what is not in the cache.
        cache: The encoder's cache.
        on_progress: Told how many texts are done.

    Attributes:
        texts: What was done so far.
    """

    def __init__(self, encoder: Encoder, cache: VectorCache, on_progress: Callable[[int], None]) -> None:
        self.texts = EmbeddedTexts()
        self._encoder = encoder
        self._cache = cache
        self._on_progress = on_progress

    def batches(self, articles: Iterable[tuple[Article, tuple[Section, ...]]]) -> Iterator[EmbeddedBatch]:
        """The vectors of articles with their sections, some thousand texts at a time, in their order."""
        for batch in _batches(articles):
            texts = [article.question for article, _ in batch]
            texts += [section.passage_text for _, sections in batch for section in sections]
            vectors = self._embed(texts)
            counts = tuple(len(sections) for _, sections in batch)
            yield EmbeddedBatch(counts, vectors[: len(batch)], vectors[len(batch) :])

    def _embed(self, texts: list[str]) -> Vectors:
        told: list[tuple[int, float]] = []
        before = self.texts.embedded + self.texts.from_cache

        def report(done: int, _: int) -> None:
            told.append((done, time.perf_counter()))
            self._on_progress(before + done)

        vectors = embed_passages(self._encoder, self._cache, texts, report)
        known, known_at = told[0]  # what the cache holds is told first
        self.texts += EmbeddedTexts(len(texts) - known, known, told[-1][1] - known_at)
        return vectors


def write_vector_indexes(folder: Path, base: Generation | None, options: VectorIndexOptions) -> MatrixSizes:
    """Write the inverted files that matrices of this size need.

    Returns:
        How many rows each inverted file was trained on; 0 where there is none.
    """
    counts = base.manifest.counts if base else None
    trained = (counts.trained_article_rows, counts.trained_section_rows) if counts else (0, 0)
    articles, sections = (
        _write_index(folder, base, names, rows, options) for names, rows in zip(_INDEXED, trained, strict=True)
    )
    return MatrixSizes(articles, sections)


def _write_index(
    folder: Path, base: Generation | None, names: tuple[str, str], trained: int, options: VectorIndexOptions
) -> int:
    matrix_name, index_name = names
    vectors = open_matrix(folder / matrix_name)
    if options.choose(len(vectors)) is not VectorEngine.INVERTED_FILE:
        return 0
    if base is None or not trained or len(vectors) > _RETRAIN_GROWTH * trained:
        write_inverted_file(folder / index_name, vectors)
        return len(vectors)
    if len(open_matrix(base.folder / matrix_name)) == len(vectors):
        link_or_copy(base.folder / index_name, folder / index_name)
    else:
        extend_inverted_file(base.folder / index_name, folder / index_name, vectors)
    return trained


def _batches(
    articles: Iterable[tuple[Article, tuple[Section, ...]]],
) -> Iterator[list[tuple[Article, tuple[Section, ...]]]]:
    """Articles in groups of some thousand texts: enough to sort by length, few enough to hold."""
    batch: list[tuple[Article, tuple[Section, ...]]] = []
    texts = 0
    for article, sections in articles:
        batch.append((article, sections))
        texts += 1 + len(sections)
        if texts >= _TEXTS_AT_ONCE:
            yield batch
            batch, texts = [], 0
    if batch:
        yield batch
