"""Forgets the vectors of texts that no generation holds any more, so that the cache does not grow for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from embeddings.vector_cache import VectorCache, text_key
from retrieval.errors import GenerationError
from retrieval.generations.generation import Generation
from retrieval.generations.manifest import Manifest
from retrieval.generations.store import GenerationStore, GenerationWriter

_FEW_VECTORS = 20_000
_WORTH_READING = 1.25  # times as many vectors as the largest generation has texts: then every article is read


def prune_vectors(writer: GenerationWriter, cache: VectorCache, fingerprint: str) -> int:
    """Forget every vector but those of texts of the generations that are there.

    Of a large cache that is done only where it pays, since every article has to be read for it.

    Args:
        writer: Keeps others from changing the index, which is the only one whose vectors the cache keeps.
        cache: The cache of one encoder.
        fingerprint: That encoder's.

    Returns:
        How many vectors were forgotten.
    """
    store = writer.store
    manifests = [summary.manifest for summary in store.list() if summary.manifest]
    texts = [each.counts.articles + each.counts.sections for each in manifests if _holds(each, fingerprint)]
    held = len(cache)
    if not texts or (held > _FEW_VECTORS and held <= _WORTH_READING * max(texts)):
        return 0
    needed = set(_needed_keys(store, fingerprint))
    return cache.prune(needed) if held > len(needed) else 0


def _needed_keys(store: GenerationStore, fingerprint: str) -> Iterator[bytes]:
    """Keys of the texts of every generation; what one shares with another is read once."""
    seen: set[tuple[str, bytes]] = set()
    for summary in store.list():
        if summary.manifest and _holds(summary.manifest, fingerprint):
            with suppress(GenerationError), store.open(summary.id) as generation:  # nothing is built from a damaged one
                yield from _new_keys(generation, seen)


def _holds(manifest: Manifest, fingerprint: str) -> bool:
    return any(encoder.fingerprint == fingerprint for encoder in manifest.encoders)


def _new_keys(generation: Generation, seen: set[tuple[str, bytes]]) -> Iterator[bytes]:
    listed = generation.listed()
    for row, url, _ in generation.titles():
        version = generation.manifest.recipe, listed[url].content_hash
        if version not in seen:
            seen.add(version)
            yield text_key(generation.article(row).question)
            yield from (text_key(section.passage_text) for section in generation.sections(row))
