"""What reads a question and a text together and says how well the one answers the other."""

from __future__ import annotations

import importlib.metadata
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.disk import atomic_write
from embeddings.errors import CrossEncoderError, ModelNotFoundError, UnsupportedModelError
from embeddings.factory import Backend
from embeddings.file_hashes import FileHashes
from embeddings.model_files import find_model, model_digest
from embeddings.openvino.converted_cross_encoder import ConvertedCrossEncoder
from embeddings.processor import Precision

# The backends are imported where they are opened: a question from a cold start must not wait for torch.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.reranking.torch_cross_encoder import TorchCrossEncoder

_log = logging.getLogger(__name__)

_CONVERSION = "1"  # raise it when the converted folder changes: models are converted anew
_OWNER = "cross-encoder"
_EXAMPLE = "name a sentence-transformers CrossEncoder with one label, such as cross-encoder/ms-marco-MiniLM-L6-v2"

Scores = NDArray[np.float32]
"""Shape (number of texts,): log-odds or whatever the model was trained to say, without bounds; more is better."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, and found."""

    model: str
    folder: Path
    cache_dir: Path
    hashes: FileHashes
    threads: int | None


class CrossEncoder(Protocol):
    """Scores texts as answers to a question, reading both together. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """Names the model and what runs it, for people."""
        ...

    def iter_scores(self, question: str, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Scores]]:
        """Score texts batch by batch in their order, so that whoever asks can stop when time is over.

        Args:
            question: What is asked.
            texts: Of a pair that is longer than the model's window, the longer text is cut.

        Yields:
            Positions in `texts` and their scores, both of shape (batch,): the model's output before its activation.
        """
        ...


def score(cross_encoder: CrossEncoder, question: str, texts: Sequence[str]) -> Scores:
    """Scores of all texts, by `CrossEncoder.iter_scores`."""
    scores = np.empty(len(texts), dtype=np.float32)
    for places, batch in cross_encoder.iter_scores(question, texts):
        scores[places] = batch
    return scores


def open_cross_encoder(
    model: str,
    *,
    cache_dir: Path,
    backend: Backend = Backend.AUTO,
    precision: Precision = Precision.AUTO,
    threads: int | None = None,
) -> CrossEncoder:
    """Open a cross-encoder; nothing is ever downloaded.

    The first time a model is opened it is converted, which takes some seconds and loads torch; after that neither
    torch nor transformers is imported.

    Args:
        model: The folder of a sentence-transformers CrossEncoder, or a name that was downloaded before.
        cache_dir: Where converted models and hashes of files are kept; made when needed.
        backend: By default OpenVINO, and torch for a model that OpenVINO cannot express.
        precision: Numbers to compute in (OpenVINO only).
        threads: Cores to use, by default all that this process may use.

    Raises:
        CrossEncoderError: The model is not on this machine, is of another kind, or cannot be loaded.
        UnsupportedModelError: `Backend.OPENVINO` was asked for a model that it cannot express.
        ModelWriteError: The converted model cannot be written.
    """
    hashes = FileHashes(cache_dir / "file-hashes.json")
    try:
        folder = find_model(model, hashes, owner=_OWNER)
        _check_kind(model, folder)
        request = _Request(model, folder, cache_dir, hashes, threads)
        opened = _on_torch(request) if backend is Backend.TORCH else _on_openvino(request, precision)
    except ModelNotFoundError as error:
        raise CrossEncoderError(model, f"{error.problem}; download it first, or name its folder") from error
    except UnsupportedModelError as error:
        if backend is Backend.OPENVINO:
            raise
        _log.warning("%s runs on torch, which is slower: %s", folder, error.reason)
        opened = _on_torch(request)
    except OSError as error:
        raise CrossEncoderError(model, f"cannot be read ({error}); give yourself permission to") from error
    _check_score(model, opened)
    return opened


def _on_openvino(request: _Request, precision: Precision) -> CrossEncoder:
    from embeddings.openvino.cross_encoder import OpenVinoCrossEncoder

    digest = model_digest(request.folder, request.hashes)
    converted = request.cache_dir / f"openvino-cross-{_CONVERSION}-{digest}"
    facts = ConvertedCrossEncoder.read(converted, request.hashes) or _convert(request, converted)
    name = f"{request.folder} on OpenVINO"
    return OpenVinoCrossEncoder(converted, facts, name=name, precision=precision, threads=request.threads)


def _convert(request: _Request, converted: Path) -> ConvertedCrossEncoder:
    """Convert the model, or remember for this version of OpenVINO that it cannot be."""
    refusal = converted.with_name(f"{converted.name}-refused-{importlib.metadata.version('openvino')}.txt")
    if refusal.is_file():
        raise UnsupportedModelError(request.folder, refusal.read_text(encoding="utf-8"))
    from embeddings.openvino.cross_encoder_conversion import convert_cross_encoder

    loaded = _on_torch(request)
    _log.info("preparing %s for OpenVINO; this happens once", request.folder)
    try:
        return convert_cross_encoder(loaded, request.folder, converted, request.hashes)
    except UnsupportedModelError as error:
        atomic_write(refusal, error.reason.encode())
        raise


def _on_torch(request: _Request) -> TorchCrossEncoder:
    from embeddings.reranking.torch_cross_encoder import TorchCrossEncoder
    from embeddings.sentence_transformer import load_cross_encoder

    model = request.model
    try:
        loaded = load_cross_encoder(request.folder)
    except Exception as error:  # a damaged model of any make fails in its own way
        raise CrossEncoderError(model, f"cannot be loaded ({error}); {_EXAMPLE}, or download it again") from error
    _check_labels(model, int(loaded.num_labels))
    return TorchCrossEncoder(loaded, name=f"{request.folder} on torch", threads=request.threads)


def _check_kind(model: str, folder: Path) -> None:
    """Refuse what sentence-transformers would make a cross-encoder of by adding weights that nobody has trained."""
    config = _json(model, folder / "config.json")
    kinds = [str(each) for each in config.get("architectures") or ()]
    is_classifier = any(kind.endswith("ForSequenceClassification") for kind in kinds)
    if (folder / "modules.json").is_file():
        kind = _json(model, folder / "config_sentence_transformers.json").get("model_type", "SentenceTransformer")
        if kind != "CrossEncoder":
            raise CrossEncoderError(model, f"is a {kind}, which reads one text at a time; {_EXAMPLE}")
    elif not is_classifier:
        made_for = ", ".join(kinds) or "nothing"
        raise CrossEncoderError(model, f"is no classifier of pairs of texts but was made for {made_for}; {_EXAMPLE}")
    labels = config.get("id2label")
    if is_classifier and isinstance(labels, dict):
        _check_labels(model, len(labels))


def _check_score(model: str, opened: CrossEncoder) -> None:
    """Refuse a model that fails or gives no numbers; what is compiled when it is first needed is so compiled now."""
    try:
        scores = score(opened, "Why is the sky blue?", ["Air scatters blue light more than red."])
    except Exception as error:  # a model of any make may fail in its own way
        raise CrossEncoderError(model, f"cannot score a pair of texts ({error}); {_EXAMPLE}") from error
    if not np.isfinite(scores).all():
        raise CrossEncoderError(model, f"gives scores that are no numbers; {_EXAMPLE}, or download it again")


def _check_labels(model: str, labels: int) -> None:
    if labels != 1:
        raise CrossEncoderError(model, f"tells {labels} labels apart instead of scoring; {_EXAMPLE}")


def _json(model: str, file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise CrossEncoderError(model, f"its {file.name} is not JSON ({error}); download it again") from error
    if not isinstance(content, dict):
        raise CrossEncoderError(model, f"its {file.name} holds no fields; download it again")
    return content
