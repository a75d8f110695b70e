"""What is measured of encoders, as data."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from embeddings.devices import Device
from embeddings.encoder import Encoder
from embeddings.factory import Backend, open_encoder
from embeddings.file_hashes import FileHashes
from embeddings.model_card import licence_of
from embeddings.model_files import find_model
from embeddings.processor import Precision

_MIN_FOR_ERROR = 2  # a standard error of one question says nothing


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """An encoder to measure, and how to open it. Can be pickled.

    Attributes:
        name: What it is called in the table.
        model: A sentence-transformers model's name or folder; ``None`` for the packaged one.
        cache_dir: Where converted models are kept.
        backend: What runs it.
        precision: Numbers to compute in.
        device: What computes them.
        threads: Cores to use, by default all that the process may use.
        query_prompt: Put before a question, instead of what the model says.
        passage_prompt: Put before a passage, instead of what the model says.
        adapter: What embeds questions; see `embeddings.factory.open_encoder`.
    """

    name: str
    model: str | None
    cache_dir: Path
    backend: Backend = Backend.AUTO
    precision: Precision = Precision.AUTO
    device: Device = Device.AUTO
    threads: int | None = None
    query_prompt: str | None = None
    passage_prompt: str | None = None
    adapter: str | None = None

    def open(self) -> Encoder:
        """Open it.

        Raises:
            EmbeddingError: The model cannot be used.
        """
        return open_encoder(
            self.model,
            cache_dir=self.cache_dir,
            backend=self.backend,
            precision=self.precision,
            device=self.device,
            threads=self.threads,
            query_prompt=self.query_prompt,
            passage_prompt=self.passage_prompt,
            adapter=self.adapter,
        )

    def licence(self) -> str:
        """What the model's card says; empty where it says nothing.

        Raises:
            EmbeddingError: There is no such model.
        """
        return licence_of(find_model(self.model, FileHashes(self.cache_dir / "file-hashes.json")))


@dataclass(frozen=True, slots=True)
class EncoderFigures:
    """How an encoder did.

    Attributes:
        name: What it is called in the table.
        answer_1: Share of questions whose first article answers.
        answer_3: Share of questions with an article that answers among the first three.
        answered: For each question, whether the first article answers.
        question_seconds: Median time of an answer.
        build_seconds: Time of building the sample's index, without opening and converting the model.
        corpus_seconds: Time that the whole corpus would take at that rate.
        memory_bytes: Resident memory of a process that has the index open and answers.
        dimension: Length of a vector.
        window: Tokens of a passage that are read; 0 where there is no end.
        licence: As the model card says; empty where it says nothing.
        notes: What was logged as a warning while it was opened.
    """

    name: str
    answer_1: float
    answer_3: float
    answered: tuple[bool, ...]
    question_seconds: float
    build_seconds: float
    corpus_seconds: float
    memory_bytes: int
    dimension: int
    window: int
    licence: str
    notes: tuple[str, ...] = ()

    def difference_to(self, other: EncoderFigures) -> tuple[float, float]:
        """How much larger the share of right first answers is than another's, question by question: mean, error."""
        differences = [mine - its for mine, its in zip(self.answered, other.answered, strict=True)]
        count = len(differences)
        mean = sum(differences) / count
        if count < _MIN_FOR_ERROR:
            return mean, math.nan
        variance = math.fsum((value - mean) ** 2 for value in differences) / (count - 1)
        return mean, math.sqrt(variance / count)

    def to_json(self) -> dict[str, Any]:
        """The figures by name; of single questions only how many there were."""
        figures = asdict(self)
        del figures["answered"]
        return {**figures, "questions": len(self.answered), "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class EncoderProblem:
    """Why an encoder could not be measured.

    Attributes:
        name: What it is called in the table.
        problem: What went wrong, and what to do.
    """

    name: str
    problem: str

    def to_json(self) -> dict[str, Any]:
        """Name and problem."""
        return asdict(self)


Measured = EncoderFigures | EncoderProblem
"""What can come of measuring an encoder."""
