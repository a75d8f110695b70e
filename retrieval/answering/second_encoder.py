"""What the vectors of a second encoder say of the first candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from retrieval.errors import GenerationMismatchError
from retrieval.generations.generation import Generation
from retrieval.generations.manifest import EncoderIdentity
from retrieval.generations.second_vectors import SecondVectors
from retrieval.indexes.base import Candidate
from retrieval.indexes.evidence import score_passages
from retrieval.questions.question_text import AskedQuestion

_BEST_PASSAGES = 2  # one may be near by chance


class SecondEncoderEvidence:
    """Adds the evidence of a second encoder; `retrieval.answering.retriever.MoreEvidence`. Safe for several threads.

    Args:
        vectors: Of the articles.
        encoder: The encoder that they are from.
    """

    def __init__(self, vectors: SecondVectors, encoder: Encoder) -> None:
        self._vectors = vectors
        self._encoder = encoder

    @classmethod
    def of(cls, generation: Generation, encoder: Encoder) -> SecondEncoderEvidence:
        """What this encoder says of the articles of a generation.

        Raises:
            GenerationMismatchError: It was built without a second encoder, or with another one.
            GenerationDamagedError: Its vectors are missing or are not what they should be.
        """
        manifest, wanted = generation.manifest, EncoderIdentity(encoder.fingerprint, encoder.dimension)
        vectors = generation.second_vectors
        if manifest.second is None or vectors is None:
            raise GenerationMismatchError(generation.id, f"was built without the second encoder {wanted.fingerprint}")
        if manifest.second != wanted:
            held = manifest.second
            problem = (
                f"was built with the second encoder {held.fingerprint} of dimension {held.dimension}, "
                f"this process uses {wanted.fingerprint} of dimension {wanted.dimension}"
            )
            raise GenerationMismatchError(generation.id, problem)
        return cls(vectors, encoder)

    def added(self, asked: AskedQuestion, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """See `retrieval.answering.retriever.MoreEvidence`; costs one encoding."""
        if not candidates:
            return candidates
        vector = self._encoder.encode_query(asked.text)
        scores = [self._score(vector, candidate.article) for candidate in candidates]
        if not all(map(math.isfinite, scores)):  # damaged vectors say nothing, and would drown what the others say
            return candidates
        return [
            replace(candidate, evidence=replace(candidate.evidence, second_encoder=score))
            for candidate, score in zip(candidates, scores, strict=True)
        ]

    def _score(self, vector: NDArray[np.float32], row: int) -> float:
        question, sections = self._vectors.of_article(row)
        cosine = np.full(len(sections), question @ vector, dtype=np.float32)
        passages = score_passages(cosine, sections @ vector, sections @ question)
        return float(np.sort(passages)[-_BEST_PASSAGES:].mean())
