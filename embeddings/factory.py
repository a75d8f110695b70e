"""Opens the encoder that was asked for, with the fastest backend that can run it."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from embeddings.adapters.adapter import AdapterFile, BaseModel
from embeddings.adapters.choice import choose_adapter
from embeddings.devices import CudaGpus, Device, Gpus, choose_placement
from embeddings.disk import atomic_write
from embeddings.errors import GpuWithoutTorchError, UnsupportedModelError
from embeddings.file_hashes import FileHashes
from embeddings.model_files import check_is_encoder, default_prompts, find_model, model_digest

# The backends are imported where they are opened: a question from a cold start must not wait for torch.
# ruff: noqa: PLC0415
from embeddings.openvino.converted_model import ConvertedModel
from embeddings.processor import Precision

if TYPE_CHECKING:
    from pathlib import Path

    from sentence_transformers import SentenceTransformer

    from embeddings.devices import Placement
    from embeddings.encoder import ProgressiveEncoder

_log = logging.getLogger(__name__)

_FORMAT = "1"  # raise it when text preparation changes: vectors start afresh
_CONVERSION = "2"  # raise it when the converted folder changes: models are converted anew, vectors stay
_PRECISION_CLASS = "float"  # float32 and bfloat16 agree to a cosine above 0.9999, so they share vectors and indexes


class Backend(Enum):
    """What runs the model."""

    AUTO = "auto"
    OPENVINO = "openvino"
    TORCH = "torch"


@dataclass(frozen=True, slots=True)
class IdentifiedEncoder:
    """An encoder as it would be opened.

    Attributes:
        base: Its model.
        fingerprint: See `Encoder.fingerprint`.
        query_fingerprint: See `Encoder.query_fingerprint`.
        adapter: What embeds questions; ``None`` where the model itself does.
    """

    base: BaseModel
    fingerprint: str
    query_fingerprint: str
    adapter: AdapterFile | None


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, found and identified."""

    folder: Path
    cache_dir: Path
    digest: str
    hashes: FileHashes
    query_prompt: str
    passage_prompt: str
    threads: int | None
    adapter: AdapterFile | None

    @property
    def query_fingerprint(self) -> str:
        return self.adapter.query_fingerprint(self.fingerprint) if self.adapter else self.fingerprint

    @property
    def fingerprint(self) -> str:
        parts = [_FORMAT, self.digest, _PRECISION_CLASS, self.query_prompt, self.passage_prompt]
        whole = hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()
        return f"sentence-transformer-{_PRECISION_CLASS}-{whole}"


def open_encoder(  # noqa: PLR0913 - one keyword for each thing that a setting can choose
    model: str | None = None,
    *,
    cache_dir: Path,
    backend: Backend = Backend.AUTO,
    precision: Precision = Precision.AUTO,
    device: Device = Device.AUTO,
    threads: int | None = None,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
    adapter: str | None = None,
    gpus: Gpus | None = None,
) -> ProgressiveEncoder:
    """Open an encoder; nothing is ever downloaded.

    The first time a model is opened it is converted, which takes some seconds and loads torch; after that neither
    torch nor transformers is imported.

    Args:
        model: A sentence-transformers model's folder, or a name that was downloaded before, or ``None`` for the
            packaged all-MiniLM-L6-v2.
        cache_dir: Where converted models and hashes of files are kept; made when needed.
        backend: By default torch where there is a GPU, otherwise OpenVINO, and torch for a model that OpenVINO
            cannot express.
        precision: Numbers to compute in.
        device: What torch runs on; by default a GPU where there is one.
        threads: Cores to use, by default all that this process may use.
        query_prompt: Put before a question, instead of what the model's own configuration says.
        passage_prompt: Put before a passage, instead of what the model's own configuration says.
        adapter: File of an adapter that embeds questions; `NO_ADAPTER` or ``None`` for none.
        gpus: What tells whether there is a GPU; torch without it.

    Raises:
        AdapterError: The adapter's file is missing or damaged, or was made for another model.
        ModelNotFoundError: The model is not on this machine.
        ModelLoadError: It is, but it is no encoder, cannot be loaded, or fails.
        EncoderFilesError: A file of the packaged model is not the official one.
        UnsupportedModelError: `Backend.OPENVINO` was asked for a model that it cannot express.
        NoGpuError: A GPU was asked for, and there is none.
        GpuWithoutTorchError: A GPU was asked for with `Backend.OPENVINO`, which has none.
    """
    placement = _placement(backend, precision, device, gpus or CudaGpus())
    request = _find(model, cache_dir, query_prompt, passage_prompt, adapter, threads)
    if backend is Backend.TORCH or placement.device is Device.CUDA:
        return _on_torch(request, placement)
    try:
        return _on_openvino(request, precision)
    except UnsupportedModelError as error:
        if backend is Backend.OPENVINO:
            raise
        _log.warning("%s runs on torch, which is slower: %s", request.folder, error.reason)
        return _on_torch(request, placement)


def identify_encoder(
    model: str | None = None,
    *,
    cache_dir: Path,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
    adapter: str | None = None,
) -> IdentifiedEncoder:
    """Tell which encoder `open_encoder` would open, without loading it; takes and raises the same."""
    request = _find(model, cache_dir, query_prompt, passage_prompt, adapter)
    return IdentifiedEncoder(
        BaseModel(request.folder, request.digest, request.query_prompt),
        request.fingerprint,
        request.query_fingerprint,
        request.adapter,
    )


def _find(  # noqa: PLR0913, PLR0917 - what was asked for, in the order of `open_encoder`
    model: str | None,
    cache_dir: Path,
    query_prompt: str | None,
    passage_prompt: str | None,
    adapter: str | None,
    threads: int | None = None,
) -> _Request:
    hashes = FileHashes(cache_dir / "file-hashes.json")
    folder = find_model(model, hashes)
    check_is_encoder(folder)
    own_query, own_passage = default_prompts(folder)
    digest = model_digest(folder, hashes)
    return _Request(
        folder=folder,
        cache_dir=cache_dir,
        digest=digest,
        hashes=hashes,
        query_prompt=own_query if query_prompt is None else query_prompt,
        passage_prompt=own_passage if passage_prompt is None else passage_prompt,
        threads=threads,
        adapter=choose_adapter(adapter, digest, hashes),
    )


def _placement(backend: Backend, precision: Precision, device: Device, gpus: Gpus) -> Placement:
    if backend is not Backend.OPENVINO:
        return choose_placement(device, precision, gpus)
    if device is Device.CUDA:
        raise GpuWithoutTorchError
    return choose_placement(Device.CPU, precision, gpus)


def _on_torch(request: _Request, placement: Placement) -> ProgressiveEncoder:
    from embeddings.sentence_transformer import SentenceTransformerEncoder, load_sentence_transformer

    return SentenceTransformerEncoder(
        load_sentence_transformer(request.folder, placement.device),
        fingerprint=request.fingerprint,
        query_prompt=request.query_prompt,
        passage_prompt=request.passage_prompt,
        threads=request.threads,
        query_model=_adapted(request, request.adapter, placement.device) if request.adapter else None,
        query_fingerprint=request.query_fingerprint,
        placement=placement,
    )


def _on_openvino(request: _Request, precision: Precision) -> ProgressiveEncoder:
    from embeddings.openvino.encoder import OpenVinoEncoder, QueryModel

    converted = request.cache_dir / f"openvino-{_CONVERSION}-{request.digest}"
    facts = ConvertedModel.read(converted, request.hashes) or _convert(request, converted)
    for_queries = None
    if request.adapter:
        merged = converted.with_name(f"{converted.name}-{request.adapter.digest}")
        if ConvertedModel.read(merged, request.hashes) is None:
            _convert(request, merged, request.adapter)
        for_queries = QueryModel(merged, request.query_fingerprint)
    return OpenVinoEncoder(
        converted,
        facts,
        fingerprint=request.fingerprint,
        query_prompt=request.query_prompt,
        passage_prompt=request.passage_prompt,
        precision=precision,
        threads=request.threads,
        for_queries=for_queries,
    )


def _convert(request: _Request, converted: Path, adapter: AdapterFile | None = None) -> ConvertedModel:
    """Convert the model, or remember for this version of OpenVINO that it cannot be."""
    refusal = converted.with_name(f"{converted.name}-refused-{importlib.metadata.version('openvino')}.txt")
    if refusal.is_file():
        raise UnsupportedModelError(request.folder, refusal.read_text(encoding="utf-8"))
    from embeddings.openvino.conversion import convert
    from embeddings.sentence_transformer import load_sentence_transformer

    with_adapter = f" with the adapter {adapter.name}" if adapter else ""
    _log.info("preparing %s%s for OpenVINO; this happens once", request.folder, with_adapter)
    try:
        model = _adapted(request, adapter) if adapter else load_sentence_transformer(request.folder)
        return convert(model, request.folder, converted, request.hashes)
    except UnsupportedModelError as error:
        atomic_write(refusal, error.reason.encode())
        raise


def _adapted(request: _Request, adapter: AdapterFile, device: Device = Device.CPU) -> SentenceTransformer:
    """The model with an adapter merged into it."""
    from embeddings.adapters.merging import merge_adapter
    from embeddings.sentence_transformer import load_sentence_transformer

    return merge_adapter(load_sentence_transformer(request.folder, device), adapter.adapter, adapter.path)
