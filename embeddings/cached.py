"""Embeds passages through the vector cache: only what is missing, each text once, kept as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import Encoder, ProgressiveEncoder, Vectors
from embeddings.vector_cache import VectorCache, stored_form

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SLICE = 64


def embed_passages(
    encoder: Encoder, cache: VectorCache, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
) -> Vectors:
    """Vectors of all texts, from the cache or, where it has none, from the encoder.

    Every batch is kept in the cache as soon as it is embedded, so that a build that was killed goes on where it ended.
    The result does not depend on what was in the cache (see `stored_form`).

    Args:
        encoder: Embeds what is missing.
        cache: The cache of this encoder's fingerprint.
        texts: Passages; a text that occurs several times is embedded once.
        on_progress: Called with (texts done, texts in all), first for what the cache holds, then after each batch.

    Returns:
        Shape (number of texts, dimension); row i belongs to text i.
    """
    vectors, missing = cache.get_many(texts)
    places: dict[str, list[int]] = {}
    for place in np.flatnonzero(missing).tolist():
        places.setdefault(texts[place], []).append(place)
    done = len(texts) - int(missing.sum())
    if on_progress:
        on_progress(done, len(texts))
    new_texts = list(places)
    for indices, batch in iter_encode(encoder, new_texts):
        batch_texts = [new_texts[index] for index in indices]
        cache.put_many(batch_texts, batch)
        for text, vector in zip(batch_texts, stored_form(batch), strict=True):
            vectors[places[text]] = vector
            done += len(places[text])
        if on_progress:
            on_progress(done, len(texts))
    return vectors


def iter_encode(encoder: Encoder, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
    """Embed passages piece by piece with any encoder; see `ProgressiveEncoder.iter_encode_passages`."""
    if isinstance(encoder, ProgressiveEncoder):
        yield from encoder.iter_encode_passages(texts)
        return
    for start in range(0, len(texts), _SLICE):
        piece = texts[start : start + _SLICE]
        yield np.arange(start, start + len(piece)), encoder.encode_passages(piece)
