"""Puts the vectors that the next build will need into the vector cache; no index is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.cached import iter_encode
from embeddings.encoder import Encoder, Vectors
from embeddings.vector_cache import VectorCache
from retrieval.articles.limits import ReadingLimits
from retrieval.building.base import choose_base, reason_for_full_build
from retrieval.building.file_difference import Difference
from retrieval.building.reading import FoundFile, SoundFile, find_files, read_files
from retrieval.building.recipe import recipe
from retrieval.building.report import BuildStage
from retrieval.errors import GenerationError
from retrieval.generations.codec import decode_article
from retrieval.generations.generation import Generation
from retrieval.generations.rows import ArticleFailure
from retrieval.generations.store import GenerationStore
from retrieval.progress import OnProgress

Embed = Callable[[Sequence[str]], Iterator[tuple[Sequence[str], Vectors]]]
"""Embeds texts in any order; gives some of them with their vectors as soon as it has them."""

_LOOKED_UP_AT_ONCE = 4096
_REPORT_EVERY = 64


@dataclass(frozen=True, slots=True)
class EmbeddedAhead:
    """What was done: texts that had a vector already, and texts that were embedded. Each different text counts once."""

    known: int
    embedded: int


@dataclass(frozen=True, slots=True)
class NextBuild:
    """What the next build will read.

    Attributes:
        content_root: Folder of article files.
        store: The index, whose unchanged articles it takes over.
        encoder: What it embeds with.
        limits: What an article file may hold, and how long reading it may take.
        processes: How many processes may read.
    """

    content_root: Path
    store: GenerationStore
    encoder: Encoder
    limits: ReadingLimits
    processes: int

    def texts(self, on_progress: OnProgress) -> Iterator[list[str]]:
        """What it embeds: the question and the sections of each article that is new or changed.

        Raises:
            ArticleError: The content root is no folder.
        """
        window = self.encoder.passage_window()
        files, blocked = find_files(self.content_root)
        wanted = recipe(self.limits, window.max_tokens, self.encoder.fingerprint)
        base, _ = choose_base(self.store, self.encoder, wanted, full=False)
        with base or nullcontext():
            difference = self._difference(base, files, blocked) if base else None
            to_read, known = (files, {}) if difference is None else (difference.to_read, difference.known)
            reads = read_files(
                to_read, self.content_root, known, processes=self.processes, limits=self.limits, window=window
            )
            for done, read in enumerate(reads, start=1):
                if done % _REPORT_EVERY == 0 or done == len(to_read):
                    on_progress(BuildStage.READ.value, done, len(to_read))
                if isinstance(read, SoundFile):
                    sections = decode_article(read.body, read.article.subject).sections
                    yield [read.article.question, *(section.passage_text for section in sections)]

    def _difference(
        self, base: Generation, files: Sequence[FoundFile], blocked: Sequence[ArticleFailure]
    ) -> Difference | None:
        """What differs from the generation that the build goes on from; ``None`` where it will take nothing over."""
        try:
            return None if reason_for_full_build(self.store, base) else Difference(base, files, blocked)
        except GenerationError:  # which the build mends
            return None


def embed_ahead(
    texts: Iterable[Sequence[str]], cache: VectorCache, embed: Embed, *, round_texts: int, on_progress: OnProgress
) -> EmbeddedAhead:
    """Embed what the cache lacks, and keep each piece as it comes: whoever is killed goes on where it ended.

    Args:
        texts: Texts in pieces of any size.
        cache: Of the encoder that embeds.
        embed: Embeds.
        round_texts: About how many texts it is given at once.
        on_progress: Told how many texts have a vector now, and how many were seen.

    Raises:
        EmbeddingError: The cache cannot be written, or nothing can be embedded.
    """
    known = embedded = 0
    waiting: dict[str, None] = {}

    def work() -> int:
        done = 0
        for some, vectors in embed(list(waiting)):
            cache.put_many(some, vectors)
            done += len(some)
            on_progress(BuildStage.EMBED.value, embedded + done, embedded + len(waiting))
        waiting.clear()
        return done

    for piece in _pieces(texts):
        _, missing = cache.get_many(piece)
        known += len(piece) - int(missing.sum())
        waiting |= dict.fromkeys(piece[place] for place in np.flatnonzero(missing).tolist())
        if len(waiting) >= round_texts:
            embedded += work()
    return EmbeddedAhead(known, embedded + (work() if waiting else 0))


def embed_here(encoder: Encoder) -> Embed:
    """`Embed` by an encoder of this process."""

    def embed(texts: Sequence[str]) -> Iterator[tuple[Sequence[str], Vectors]]:
        for places, vectors in iter_encode(encoder, texts):
            yield [texts[place] for place in places.tolist()], vectors

    return embed


def _pieces(texts: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Different texts, some thousand at a time."""
    piece: dict[str, None] = {}
    for some in texts:
        piece |= dict.fromkeys(some)
        if len(piece) >= _LOOKED_UP_AT_ONCE:
            yield list(piece)
            piece = {}
    if piece:
        yield list(piece)
