"""A model in OpenVINO's form, on disk: five files in one folder that appears whole or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from embeddings.file_hashes import FileHashes

NETWORK = "model.xml"
TOKENIZER = "tokenizer.json"
TOKEN_VECTORS = "token_vectors.npy"  # noqa: S105 - a token of text, not of access
COMPILED = "compiled"
WEIGHTS = "model.bin"
_FACTS = "facts.json"
_HASHED = (NETWORK, WEIGHTS, TOKENIZER, TOKEN_VECTORS)


@dataclass(frozen=True, slots=True)
class ConvertedModel:
    """What there is to know about a converted model.

    Attributes:
        dimension: Length of a vector.
        max_tokens: The window, special tokens included.
        pad_id: Token id that fills shorter texts.
        sha256: Hash of each of the folder's other files, by name.
    """

    dimension: int
    max_tokens: int
    pad_id: int
    sha256: dict[str, str]

    @classmethod
    def describe(cls, folder: Path, hashes: FileHashes, *, dimension: int, max_tokens: int, pad_id: int) -> Self:
        """Write down the facts of a folder whose other files are complete."""
        sha256 = hashes_in(folder, _HASHED, hashes)
        facts = cls(dimension=dimension, max_tokens=max_tokens, pad_id=pad_id, sha256=sha256)
        write_facts(folder, asdict(facts))
        return facts

    @classmethod
    def read(cls, folder: Path, hashes: FileHashes) -> Self | None:
        """The facts of a sound folder, or ``None`` where a file is missing, damaged or of another make."""
        return read_sound(cls, folder, _HASHED, hashes)


class _Facts(Protocol):
    """What every kind of facts holds: the hash of each file that they are about."""

    @property
    def sha256(self) -> dict[str, str]: ...


_Read = TypeVar("_Read", bound=_Facts)


def read_sound(make: Callable[..., _Read], folder: Path, names: Sequence[str], hashes: FileHashes) -> _Read | None:
    """The facts of a folder of which no file is missing, damaged or of another make; else ``None``.

    Args:
        make: Takes the facts by name.
        folder: Of the converted model.
        names: Files whose hashes must be those in the facts.
        hashes: Hashes of files, remembered.
    """
    try:
        facts = make(**read_facts(folder))
        actual = hashes_in(folder, names, hashes)
    except (OSError, ValueError, TypeError):
        return None
    return facts if facts.sha256 == actual else None


def write_facts(folder: Path, facts: dict[str, object]) -> None:
    """Write down what there is to know about a converted model."""
    (folder / _FACTS).write_text(json.dumps(facts, indent=1), encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Any]:
    """What `write_facts` wrote.

    Raises:
        OSError: It is missing.
        ValueError: It is no JSON.
        TypeError: It is of another make.
    """
    return dict(**json.loads((folder / _FACTS).read_bytes()))


def hashes_in(folder: Path, names: Sequence[str], hashes: FileHashes) -> dict[str, str]:
    """SHA-256 of each file of a converted model by name.

    Raises:
        OSError: One is missing.
    """
    return dict(zip(names, hashes.sha256([folder / name for name in names]), strict=True))
