"""The vectors of a second encoder in a generation: taken over, embedded, or left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from embeddings.disk import sha256_of
from embeddings.encoder import Encoder
from embeddings.vector_cache import VectorCache
from retrieval.building.vectors.matrices import ArticleEmbedding, EmbeddedTexts, MatrixSizes
from retrieval.errors import GenerationDamagedError
from retrieval.generations.generation import Generation
from retrieval.generations.manifest import EncoderIdentity
from retrieval.generations.second_vectors import (
    SECOND_FILES,
    SECOND_QUESTION_VECTORS,
    SECOND_SECTION_VECTORS,
    SecondVectors,
)
from retrieval.generations.writer import ArticleWriter
from retrieval.indexes.matrix import MatrixWriter


@dataclass(frozen=True, slots=True)
class SecondEncoder:
    """A second encoder that embeds every question and section, and its vector cache."""

    encoder: Encoder
    cache: VectorCache

    @property
    def identity(self) -> EncoderIdentity:
        """Whose vectors they are."""
        return EncoderIdentity(self.encoder.fingerprint, self.encoder.dimension)


def has_second_vectors(base: Generation, second: SecondEncoder | None) -> bool:
    """Whether a generation holds the vectors of just this second encoder, going by the size of their files."""
    if base.manifest.second != (second and second.identity):
        return False
    try:
        return (base.second_vectors is not None) == (second is not None)
    except GenerationDamagedError:
        return False


class SecondMatrices:
    """Writes the second encoder's matrices of one generation.

    Args:
        base: The generation that it is derived from.
        articles: Its articles, all of them stored.
        second: The second encoder.
    """

    def __init__(self, base: Generation | None, articles: ArticleWriter, second: SecondEncoder) -> None:
        self._old = _sound_vectors(base, second) if base else None
        self._first_row = len(self._old.questions) if self._old else 0
        self._articles = articles
        self._second = second

    @property
    def texts(self) -> int:
        """How many texts have no row yet."""
        return self._articles.texts_from(self._first_row)

    def write(self, folder: Path, sizes: MatrixSizes, on_progress: Callable[[int], None]) -> EmbeddedTexts:
        """Write both matrices: the base's rows where it has any of this encoder, then those of all other articles.

        Args:
            folder: The generation's folder.
            sizes: Of the finished matrices. Rows that hold no article are zeros, or what the base holds there.
            on_progress: Told how many texts are done.
        """
        encoder = self._second.encoder
        embedding = ArticleEmbedding(encoder, self._second.cache, on_progress)
        places = iter(self._articles.places_from(self._first_row))
        with (
            MatrixWriter(folder / SECOND_QUESTION_VECTORS, sizes.articles, encoder.dimension) as questions,
            MatrixWriter(folder / SECOND_SECTION_VECTORS, sizes.sections, encoder.dimension) as sections,
        ):
            if self._old is not None:
                questions.append(self._old.questions)
                sections.append(self._old.sections)
            for batch in embedding.batches(self._articles.articles_from(self._first_row)):
                end = 0
                for number, count in enumerate(batch.section_counts):
                    start, end = end, end + count
                    row, first_section = next(places)
                    questions.skip_to(row)
                    questions.append(batch.questions[number : number + 1])
                    sections.skip_to(first_section)
                    sections.append(batch.sections[start:end])
            questions.skip_to(sizes.articles)
            sections.skip_to(sizes.sections)
        return embedding.texts


def _sound_vectors(base: Generation, second: SecondEncoder) -> SecondVectors | None:
    """The base's vectors of this encoder; ``None`` where it has none, or where a byte of them is another."""
    if not has_second_vectors(base, second):
        return None
    try:
        sums = {name: sha256_of(base.folder / name) for name in SECOND_FILES}
    except OSError:
        return None
    sound = all(base.manifest.files[name].sha256 == found for name, found in sums.items())
    return base.second_vectors if sound else None
