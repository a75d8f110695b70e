"""Embedding ahead of a build as the settings say: by this process, or by the workers of a Ray cluster."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bootstrap import make_encoder, make_store
from bot.sources.fetching import FETCH_STAGE, articles_of
from embeddings.devices import Device
from embeddings.distributed.encoder_recipe import EncoderRecipe
from embeddings.distributed.ray_embedding import ClusterOptions, RayEmbedding
from embeddings.factory import Backend
from embeddings.processor import Precision, usable_cores
from embeddings.vector_cache import VectorCache
from retrieval.articles.limits import ReadingLimits
from retrieval.building.vectors.embedding_ahead import Embed, EmbeddedAhead, NextBuild, embed_ahead, embed_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import Settings
    from embeddings.encoder import Encoder
    from retrieval.progress import OnProgress

_ROUND = 65_536


def embed_for_next_build(settings: Settings, cluster: ClusterOptions | None, on_progress: OnProgress) -> EmbeddedAhead:
    """Put into the vector cache what the next build will need.

    Args:
        settings: Name the articles, the index and the model.
        cluster: Whose workers embed; this process does without it.
        on_progress: Told how far it is.

    Raises:
        RetrievalError: The articles cannot be read.
        EmbeddingError: The model, the vector cache or the cluster cannot be used.
        SourceError: The repository of the articles cannot be fetched.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with articles_of(settings, on_wait=lambda: on_progress(FETCH_STAGE, 0, 0)) as articles:
        encoder = make_encoder(settings)
        limits = ReadingLimits(**settings.index.model_dump(include=set(ReadingLimits.__slots__)))
        processes = settings.index.build_cores or usable_cores()
        following = NextBuild(articles.folder, make_store(settings), encoder, limits, processes)
        with (
            VectorCache(settings.vector_cache_path, encoder.fingerprint, encoder.dimension) as cache,
            _embedding(settings, encoder, cluster) as (embed, round_texts),
        ):
            texts = following.texts(on_progress)
            return embed_ahead(texts, cache, embed, round_texts=round_texts, on_progress=on_progress)


@contextmanager
def _embedding(settings: Settings, encoder: Encoder, cluster: ClusterOptions | None) -> Iterator[tuple[Embed, int]]:
    if cluster is None:
        yield embed_here(encoder), _ROUND
        return
    with RayEmbedding(_recipe(settings, encoder, is_local=cluster.address is None), cluster) as workers:
        yield workers.embed, workers.round_texts


def _recipe(settings: Settings, encoder: Encoder, *, is_local: bool) -> EncoderRecipe:
    wanted = settings.encoder
    is_folder = wanted.model is not None and Path(wanted.model).expanduser().is_dir()
    model = str(Path(wanted.model).expanduser().absolute()) if wanted.model and is_folder else wanted.model
    return EncoderRecipe(
        fingerprint=encoder.fingerprint,
        model=model,
        cache_dir=settings.encoder_cache_dir.absolute() if is_local else None,
        backend=Backend(wanted.backend.value),
        precision=Precision(wanted.precision.value),
        device=Device(wanted.device.value),
        threads=wanted.threads or 1,
        query_prompt=wanted.query_prompt,
        passage_prompt=wanted.passage_prompt,
    )
