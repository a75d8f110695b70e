"""The adapter that embeds questions as the settings say, told without loading the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.errors import EmbeddingError
from embeddings.factory import identify_encoder

if TYPE_CHECKING:
    from config.settings import Settings
    from embeddings.adapters.adapter import AdapterFile
    from embeddings.factory import IdentifiedEncoder
    from retrieval.generations.manifest import Manifest

_SHORT = 8


def identified_encoder(settings: Settings) -> IdentifiedEncoder:
    """The encoder that the settings describe.

    Raises:
        EmbeddingError: The model or the adapter cannot be used.
    """
    wanted = settings.encoder
    return identify_encoder(
        wanted.model,
        cache_dir=settings.encoder_cache_dir,
        query_prompt=wanted.query_prompt,
        passage_prompt=wanted.passage_prompt,
        adapter=wanted.adapter,
    )


def adapter_name(adapter: AdapterFile | None) -> str:
    """An adapter for people: its name, and the beginning of its digest; ``none`` without one."""
    return f"{adapter.name} ({adapter.digest[:_SHORT]})" if adapter else "none"


def query_encoder_of(settings: Settings, manifest: Manifest) -> tuple[str, str]:
    """The query fingerprint that questions to an index have, and the line that tells of the adapter."""
    try:
        found = identified_encoder(settings)
    except EmbeddingError as error:
        return manifest.fingerprint, f"questions cannot be embedded: {error}"
    if found.fingerprint != manifest.fingerprint:
        return manifest.fingerprint, "questions cannot be asked: the settings name another encoder"
    return found.query_fingerprint, f"adapter of questions {adapter_name(found.adapter)}"
