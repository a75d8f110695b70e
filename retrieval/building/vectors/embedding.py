"""The step of a build that embeds: everything for the encoder, and again for a second one where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from embeddings.encoder import Encoder
from embeddings.vector_cache import VectorCache
from retrieval.building.vectors.matrices import EmbeddedTexts, MatrixSizes, write_matrices
from retrieval.building.vectors.second_vectors import SecondEncoder, SecondMatrices
from retrieval.domain import Article, Section
from retrieval.generations.generation import Generation
from retrieval.generations.writer import ArticleWriter


@dataclass(frozen=True, slots=True)
class Embedders:
    """What embeds the articles of a generation.

    Attributes:
        encoder: The encoder that finds articles.
        cache: Its cache.
        second: A second encoder, which embeds the same texts, and whatever else the base has no vectors of it for.
    """

    encoder: Encoder
    cache: VectorCache
    second: SecondEncoder | None

    def write(  # noqa: PLR0913  # what there is, what came, and an ear
        self,
        folder: Path,
        base: Generation | None,
        articles: ArticleWriter,
        new: Iterable[tuple[Article, tuple[Section, ...]]],
        sizes: MatrixSizes,
        *,
        on_progress: Callable[[int, int], None],
    ) -> EmbeddedTexts:
        """Write the matrices of a generation.

        Args:
            folder: The generation's folder.
            base: The generation that it is derived from.
            articles: Its articles, all of them stored.
            new: Those that the base has not, with their sections, by row.
            sizes: Of the finished matrices.
            on_progress: Told how many texts are done, and how many there are; each counts once an encoder.
        """
        second = SecondMatrices(base, articles, self.second) if self.second else None
        old = base.manifest.counts if base else None
        of_first = sizes.articles + sizes.sections - (old.article_rows + old.section_rows if old else 0)
        total = of_first + (second.texts if second else 0)

        def tell(done: int) -> None:
            on_progress(done, total)

        texts = write_matrices(folder, base, new, sizes, encoder=self.encoder, cache=self.cache, on_progress=tell)
        return texts + second.write(folder, sizes, lambda done: tell(of_first + done)) if second else texts
