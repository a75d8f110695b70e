"""Which adapter serves: the one that was asked for."""

from __future__ import annotations

from pathlib import Path

from embeddings.adapters.adapter import NO_ADAPTER, AdapterFile
from embeddings.adapters.adapter_file import read_adapter
from embeddings.errors import AdapterError
from embeddings.file_hashes import FileHashes

_DIGEST_LENGTH = 32


def choose_adapter(wanted: str | None, model_digest: str, hashes: FileHashes) -> AdapterFile | None:
    """The adapter of a model; ``None`` where there is to be none.

    Args:
        wanted: Its file, or `NO_ADAPTER` or ``None`` for no adapter.
        model_digest: Digest of the model.
        hashes: Hashes of files, remembered.

    Raises:
        AdapterError: The file is missing or no sound adapter, or was made for another model.
    """
    if wanted is None or wanted == NO_ADAPTER:
        return None
    path = Path(wanted).expanduser()
    adapter = read_adapter(path)
    if adapter.base != model_digest:
        raise AdapterError(
            path,
            "was made for another model than the one in `encoder.model`",
            "name one that was made for it in `encoder.adapter`, or `none`, or make one with `quicktakes adapt`",
        )
    return AdapterFile(path, hashes.sha256([path])[0][:_DIGEST_LENGTH], adapter)
