"""An adapter of an encoder: small corrections of its layers that it makes for questions alone.

Articles are embedded by the encoder as it is, so that their vectors, and an index of them, stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_ADAPTER = "none"
"""What is asked for where questions shall be embedded by the encoder as it is."""


@dataclass(frozen=True, slots=True)
class LayerCorrection:
    """What is added to the weights of one linear layer, as the product of two narrow matrices (LoRA).

    Attributes:
        down: Shape (rank, inputs of the layer).
        up: Shape (outputs of the layer, rank).
    """

    down: NDArray[np.float16]
    up: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Adapter:
    """Corrections of the layers of one model.

    Attributes:
        base: Digest of the model that it was trained on, as `embeddings.model_files.model_digest` gives it.
        rank: Width of its matrices.
        alpha: The corrections count `alpha` / `rank` times.
        dimension: Length of the model's vectors.
        layers: Correction of each layer, by the layer's name in the model's network.
        provenance: Where it comes from: questions, date, figures.
    """

    base: str
    rank: int
    alpha: float
    dimension: int
    layers: Mapping[str, LayerCorrection]
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """How many times the corrections count."""
        return self.alpha / self.rank


@dataclass(frozen=True, slots=True)
class BaseModel:
    """The model that an adapter is trained on.

    Attributes:
        folder: Where it lies.
        digest: See `embeddings.model_files.model_digest`.
        query_prompt: Put before a question.
    """

    folder: Path
    digest: str
    query_prompt: str


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """An adapter's file that was found and identified.

    Attributes:
        path: Where it lies.
        digest: Digest of its bytes.
        adapter: Its content.
    """

    path: Path
    digest: str
    adapter: Adapter

    @property
    def name(self) -> str:
        """What people call it."""
        return self.path.stem

    def query_fingerprint(self, fingerprint: str) -> str:
        """Names everything that decides the vectors of questions.

        Args:
            fingerprint: Of the encoder without it.
        """
        return f"{fingerprint}-adapted-{self.digest}"
