"""BM25 as an inner product of sparse vectors, so that any engine of sparse vectors ranks by it.

A document's vector holds what BM25 makes of a term's count and the document's length, a question's vector how rare each
term is. Both are numbers of the whole corpus, whichever way an engine splits it up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from zlib import crc32

NO_TERM = 0
"""Place of a vector that no term has. Engines refuse empty vectors, so it stands in those of texts without terms."""

_K1, _B = 1.2, 0.75  # as in `retrieval.indexes.lexical`, whose scores the candidates get
_PLACES = 2**32 - 2  # Milvus numbers places from 0 to 2**32 - 2


def place_of(term: str) -> int:
    """Place of a term in a sparse vector. A few of a million terms share one: what is found is scored by its words."""
    return 1 + crc32(term.encode()) % _PLACES


def document_vector(terms: Sequence[str], mean_length: float) -> dict[int, float]:
    """The sparse vector of a document.

    Args:
        terms: All its terms.
        mean_length: How many terms a document of the corpus has.
    """
    norm = _K1 * (1 - _B + _B * len(terms) / max(mean_length, 1.0))
    vector: dict[int, float] = {}
    for term, count in Counter(terms).items():
        place = place_of(term)
        vector[place] = vector.get(place, 0.0) + count * (_K1 + 1) / (count + norm)
    return vector or {NO_TERM: 1.0}


def question_vector(frequencies: Mapping[str, int], documents: int) -> dict[int, float]:
    """The sparse vector of a question, empty where it has no term of the corpus.

    Args:
        frequencies: Its terms, and how many documents have each.
        documents: How many documents there are.
    """
    return {
        place_of(term): math.log(1 + max(documents - holders + 0.5, 0.5) / (holders + 0.5))
        for term, holders in frequencies.items()
    }
