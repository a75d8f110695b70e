"""A model in OpenVINO's form, on disk: five files in one folder that appears whole or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.file_hashes import FileHashes

NETWORK = "model.xml"
TOKENIZER = "tokenizer.json"
TOKEN_VECTORS = "token_vectors.npy"  # noqa: S105 - a token of text, not of access
COMPILED = "compiled"
_WEIGHTS = "model.bin"
_FACTS = "facts.json"
_HASHED = (NETWORK, _WEIGHTS, TOKENIZER, TOKEN_VECTORS)


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
        sha256 = dict(zip(_HASHED, hashes.sha256([folder / name for name in _HASHED]), strict=True))
        facts = cls(dimension=dimension, max_tokens=max_tokens, pad_id=pad_id, sha256=sha256)
        (folder / _FACTS).write_text(json.dumps(asdict(facts), indent=1), encoding="utf-8")
        return facts

    @classmethod
    def read(cls, folder: Path, hashes: FileHashes) -> Self | None:
        """The facts of a sound folder, or ``None`` where a file is missing, damaged or of another make."""
        try:
            facts = cls(**json.loads((folder / _FACTS).read_bytes()))
            actual = hashes.sha256([folder / name for name in _HASHED])
        except (OSError, ValueError, TypeError):
            return None
        return facts if facts.sha256 == dict(zip(_HASHED, actual, strict=True)) else None
