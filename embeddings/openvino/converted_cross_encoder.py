"""A cross-encoder in OpenVINO's form, on disk."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from embeddings.openvino.converted_model import NETWORK, TOKENIZER, WEIGHTS, hashes_in, read_sound, write_facts

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.file_hashes import FileHashes

_HASHED = (NETWORK, WEIGHTS, TOKENIZER)


@dataclass(frozen=True, slots=True)
class ConvertedCrossEncoder:
    """What there is to know about a converted cross-encoder.

    Attributes:
        max_tokens: The window, special tokens included.
        pad_id: Token id that fills shorter pairs.
        has_token_types: Whether the network asks which of the two texts a token is of.
        sha256: Hash of each of the folder's other files, by name.
    """

    max_tokens: int
    pad_id: int
    has_token_types: bool
    sha256: dict[str, str]

    @classmethod
    def describe(cls, folder: Path, hashes: FileHashes, *, max_tokens: int, pad_id: int, has_token_types: bool) -> Self:
        """Write down the facts of a folder whose other files are complete."""
        facts = cls(max_tokens, pad_id, has_token_types, hashes_in(folder, _HASHED, hashes))
        write_facts(folder, asdict(facts))
        return facts

    @classmethod
    def read(cls, folder: Path, hashes: FileHashes) -> Self | None:
        """The facts of a sound folder, or ``None`` where a file is missing, damaged or of another make."""
        return read_sound(cls, folder, _HASHED, hashes)
