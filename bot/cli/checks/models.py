"""Can the models be used that embed and rank?"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from bot.bootstrap import make_encoder, make_store, open_reranker
from bot.cli.checks.finding import Finding, Level
from bot.query_adapter import adapter_name, identified_encoder
from bot.second_encoder import make_second_encoder, open_second_encoder
from embeddings.errors import EmbeddingError
from retrieval.errors import GenerationError, RerankerTooSlowError

if TYPE_CHECKING:
    from config.settings import Settings

SECOND_ENCODER = "2nd encoder"


def check_model(settings: Settings) -> Finding:
    """Can the model embed?"""
    topic = "model"
    started = time.perf_counter()
    try:
        encoder = make_encoder(settings)
        encoder.encode_query("What is osmosis?")
    except EmbeddingError as error:
        return Finding(Level.PROBLEM, topic, str(error), "see above; a reinstalled package or another model helps")
    took = time.perf_counter() - started
    adapter = adapter_name(identified_encoder(settings).adapter)
    said = f"{encoder.fingerprint}, dimension {encoder.dimension}, adapter {adapter}, first vector in {took:.1f} s"
    return Finding(Level.OK, topic, said)


def check_reranker(settings: Settings, model: str) -> Finding:
    """Can the reranker score, and quickly enough?"""
    topic = "reranker"
    try:
        reranker = open_reranker(settings, model)
    except (EmbeddingError, RerankerTooSlowError) as error:
        advice = "questions are answered without it; mend it, or unset retrieval.reranker"
        return Finding(Level.WARNING, topic, str(error), advice)
    sections, milliseconds = reranker.check_speed(), settings.retrieval.reranker_milliseconds
    return Finding(Level.OK, topic, f"{reranker.name}, reads about {sections:.0f} sections in {milliseconds:g} ms")


def check_second_encoder(settings: Settings) -> Finding:
    """Can the second encoder be used? Where it cannot, answers go on without it."""
    try:
        with make_store(settings).current() as generation:
            evidence, problem = open_second_encoder(generation, partial(make_second_encoder, settings))
            held = generation.manifest.second
    except GenerationError as error:
        return Finding(Level.WARNING, SECOND_ENCODER, str(error), "see above")
    if evidence is None or held is None:
        advice = "answers go on without it; mend the setting, or run `quicktakes index build`"
        return Finding(Level.WARNING, SECOND_ENCODER, problem, advice)
    return Finding(Level.OK, SECOND_ENCODER, f"{held.fingerprint}, dimension {held.dimension}")
