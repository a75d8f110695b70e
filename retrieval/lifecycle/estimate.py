"""How long the build after a preview will take, going by what the preview's own build took. Pure.

It is the very same build, of the same articles on the same machine, but for the embedding: its vectors are kept.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuildEstimate:
    """How long a build will take.

    Attributes:
        seconds: All of it.
        embedding: How much longer it would take had the preview not embedded what is new.
    """

    seconds: float
    embedding: float


def estimate(building: float, judging: float, embedding: float) -> BuildEstimate:
    """How long a build will take that finds what a preview has found.

    Args:
        building: Seconds that the preview's build took.
        judging: Seconds that it took to hold its generation against the rules, as the build will do, too.
        embedding: Seconds of `building` in which texts were embedded.
    """
    return BuildEstimate(max(building - embedding, 0.0) + judging, embedding)
