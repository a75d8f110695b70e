"""The second encoder that the settings name, and what is said where it cannot be used: answers go on without it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from embeddings.adapters.adapter import NO_ADAPTER
from embeddings.devices import Device
from embeddings.errors import EmbeddingError
from embeddings.factory import Backend, open_encoder
from embeddings.processor import Precision
from retrieval.errors import GenerationDamagedError, GenerationError

# What only one command needs is imported in the function that it calls, as in `bot.bootstrap`.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from config.settings import Settings
    from embeddings.encoder import Encoder
    from retrieval.answering.second_encoder import SecondEncoderEvidence
    from retrieval.building.vectors.second_vectors import SecondEncoder
    from retrieval.generations.generation import Generation
    from retrieval.generations.verification import FileProblem

SETTING = "retrieval.second_encoder"

_log = logging.getLogger(__name__)


def make_second_encoder(settings: Settings) -> Encoder | None:
    """The second encoder that the settings name; ``None`` where they name none.

    Raises:
        EmbeddingError: The model cannot be used.
    """
    if settings.retrieval.second_encoder is None:
        return None
    wanted = settings.encoder
    return open_encoder(
        settings.retrieval.second_encoder,
        cache_dir=settings.encoder_cache_dir,
        backend=Backend(wanted.backend.value),
        precision=Precision(wanted.precision.value),
        device=Device(wanted.device.value),
        threads=wanted.threads or None,
        adapter=NO_ADAPTER,
    )


@contextmanager
def second_encoder_of_builds(settings: Settings, encoder: Encoder) -> Iterator[SecondEncoder | None]:
    """The second encoder with its vector cache; ``None`` where builds have to, or are to, go without.

    Args:
        settings: Name it.
        encoder: The one that finds articles.

    Raises:
        EmbeddingError: The vector cache cannot be used.
    """
    from embeddings.vector_cache import VectorCache
    from retrieval.building.vectors.second_vectors import SecondEncoder

    try:
        second = make_second_encoder(settings)
    except EmbeddingError as error:
        _log.warning("%s: %s; the index is built without it", SETTING, error)
        second = None
    if second is not None and second.fingerprint == encoder.fingerprint:
        _log.warning("%s: %s is the model that finds articles; name another", SETTING, second.fingerprint)
        second = None
    if second is None:
        yield None
    else:
        with VectorCache(settings.vector_cache_path, second.fingerprint, second.dimension) as cache:
            yield SecondEncoder(second, cache)


def second_evidence(
    generation: Generation, make: Callable[[], Encoder | None]
) -> tuple[tuple[SecondEncoderEvidence, ...], str]:
    """What a second encoder adds to the evidence; where it cannot be used, the log says why, and it adds nothing.

    Args:
        generation: Holds its vectors.
        make: Gives it; ``None`` where there is to be none.

    Returns:
        What it adds, and why the vectors of one that are there are not used; empty where they are, or there are none.
    """
    evidence, problem = open_second_encoder(generation, make)
    if problem:
        _log.warning("%s: %s; answers go on without it", SETTING, problem)
    elif evidence is None and generation.manifest.second is not None:
        problem = f"{SETTING} is unset"  # as it may be, so the log says nothing of it
    return ((evidence,) if evidence else ()), problem


def open_second_encoder(
    generation: Generation, make: Callable[[], Encoder | None]
) -> tuple[SecondEncoderEvidence | None, str]:
    """As `second_evidence`, but gives the problem; empty where there is none."""
    from retrieval.answering.second_encoder import SecondEncoderEvidence

    try:
        second = make()
        return (SecondEncoderEvidence.of(generation, second) if second else None), ""
    except (EmbeddingError, GenerationError) as error:
        return None, str(error)


def unless_damaged(
    make: Callable[[], Encoder | None], generation_id: str, damaged: Sequence[FileProblem]
) -> Encoder | None:
    """The second encoder, if there is to be one.

    Args:
        make: Gives it.
        generation_id: The generation that it shall serve.
        damaged: What is wrong with the vectors that this one holds of it.

    Raises:
        EmbeddingError: The model cannot be used.
        GenerationDamagedError: Something is.
    """
    second = make()
    if second is not None and damaged:
        raise GenerationDamagedError(generation_id, damaged[0].file_name, damaged[0].problem)
    return second


def second_encoder_lines(settings: Settings, generation: Generation) -> list[str]:
    """Which second encoder a generation was built with, and why it is not used where it is not; for people."""
    held = generation.manifest.second
    lines = [f"second encoder {held.fingerprint}, dimension {held.dimension}"] if held else []
    if settings.retrieval.second_encoder is None:
        return [f"{line}; not used: {SETTING} is unset" for line in lines]
    _, problem = open_second_encoder(generation, partial(make_second_encoder, settings))
    return [*lines, *([f"second encoder not used: {problem}"] if problem else [])]
