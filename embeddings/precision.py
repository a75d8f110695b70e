"""The numbers a network may compute in."""

from __future__ import annotations

from enum import Enum


class Precision(Enum):
    """In which numbers the network computes; both count as the same vectors (cosine above 0.9999)."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
