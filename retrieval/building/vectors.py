"""The vectors of a generation: taken over, embedded, indexed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.cached import embed_passages
from embeddings.disk import link_or_copy
from embeddings.encoder import Encoder
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

    embedded: int
    from_cache: int
    seconds: float


def write_matrices(  # noqa: PLR0913  # two ends, two tools, sizes and an ear
    folder: Path,
    base: Generation | None,
    articles: Iterable[tuple[Article, tuple[Section, ...]]],
    sizes: MatrixSizes,
    *,
    encoder: Encoder,
    cache: VectorCache,
    on_progress: Callable[[int, int], None],
) -> EmbeddedTexts:
    """Write both matrices: the base's rows, then those of the articles.

    Args:
        folder: The generation's folder.
        base: The generation that it is derived from.
        articles: The articles that the base has not, with their sections, by row.
        sizes: Of the finished matrices.
        encoder: Embeds what is not in the cache.
        cache: The encoder's cache.
        on_progress: Told how many texts are done, and how many there are.
    """
    old = MatrixSizes(len(base.question_vectors), len(base.section_vectors)) if base else MatrixSizes(0, 0)
    total = sizes.articles - old.articles + sizes.sections - old.sections
    done = known = 0
    seconds = 0.0
    with (
        MatrixWriter(folder / QUESTION_VECTORS, sizes.articles, encoder.dimension) as questions,
        MatrixWriter(folder / SECTION_VECTORS, sizes.sections, encoder.dimension) as sections,
    ):
        if base is not None:
            questions.append(base.question_vectors)
            sections.append(base.section_vectors)
        for batch in _batches(articles):
            texts = [article.question for article, _ in batch]
            texts += [section.passage_text for _, its_sections in batch for section in its_sections]
            told: list[tuple[int, float]] = []

            def report(batch_done: int, _: int, told: list[tuple[int, float]] = told, before: int = done) -> None:
                told.append((batch_done, time.perf_counter()))
                on_progress(before + batch_done, total)

            vectors = embed_passages(encoder, cache, texts, report)
            questions.append(vectors[: len(batch)])
            sections.append(vectors[len(batch) :])
            done += len(texts)
            found, found_at = told[0]  # what the cache holds is told first
            known += found
            seconds += told[-1][1] - found_at
    return EmbeddedTexts(embedded=done - known, from_cache=known, seconds=seconds)


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
