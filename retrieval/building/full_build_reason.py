"""Why a build reads every article anew instead of going on from the generation that serves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from retrieval.errors import CurrentFileError, GenerationDamagedError, GenerationError, GenerationMismatchError


class AnewCause(Enum):
    """What kind of reason it is."""

    NO_INDEX = "no-index"
    """There is no index yet."""
    CURRENT = "current"
    """Nobody can tell which generation serves."""
    DAMAGED = "damaged"
    """The generation that serves is damaged."""
    FORMAT = "format"
    """It is of another format version."""
    MODEL = "model"
    """It was made with another encoder."""
    READING = "reading"
    """This version reads articles differently."""
    MANY_CHANGES = "many-changes"
    """So much has changed since everything was read that what is left of it is in the way."""
    ASKED = "asked"
    """Somebody wants it so."""


@dataclass(frozen=True, slots=True)
class WhyAnew:
    """A reason.

    Attributes:
        cause: What kind it is.
        text: In words, for people.
    """

    cause: AnewCause
    text: str


def why_anew(error: GenerationError) -> WhyAnew:
    """The reason that an error is which kept a generation from being opened; the build mends it."""
    match error:
        case CurrentFileError():
            return WhyAnew(AnewCause.CURRENT, f"{error.path} {error.problem}")
        case GenerationMismatchError():
            return WhyAnew(AnewCause.FORMAT, f"generation {error.generation_id} {error.problem}")
        case GenerationDamagedError():
            damage = f"{error.file_name} {error.problem}"
            return WhyAnew(AnewCause.DAMAGED, f"generation {error.generation_id} is damaged: {damage}")
    return WhyAnew(AnewCause.DAMAGED, str(error))
