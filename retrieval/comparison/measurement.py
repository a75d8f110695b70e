"""Measures one encoder on a sample: a real build, then the real answerer, each in a process that does only that."""

from __future__ import annotations

import logging
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from embeddings.vector_cache import VectorCache
from retrieval.answering.answerer import Answerer
from retrieval.articles.limits import ReadingLimits
from retrieval.building.builder import BuildOptions, build
from retrieval.comparison.figures import EncoderChoice
from retrieval.evaluation.evaluation import evaluate
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.generations.store import GenerationStore
from retrieval.progress import OnProgress

ASK_STAGE = "ask"
_TIMED = 200  # questions; the median of more is no other
_WARM_UP = 3
_PROC_STATUS = Path("/proc/self/status")
_KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class BuildTask:
    """What to build, with which encoder.

    Attributes:
        choice: The encoder.
        content: Folder of the sample's article files.
        folder: Where index and vectors go.
        processes: How many processes may read articles.
        limits: What an article file may hold.
    """

    choice: EncoderChoice
    content: Path
    folder: Path
    processes: int
    limits: ReadingLimits


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: its time in seconds, and warnings that were logged."""

    seconds: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskTask:
    """What to ask of which index, with which encoder.

    Attributes:
        choice: The encoder.
        folder: Where `BuildTask` put the index.
        questions: The questions.
    """

    choice: EncoderChoice
    folder: Path
    questions: tuple[JudgedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking; see `EncoderFigures` for each field."""

    answer_1: float
    answer_3: float
    answered: tuple[bool, ...]
    question_seconds: float
    memory_bytes: int
    dimension: int
    window: int
    licence: str


def build_sample(task: BuildTask, on_progress: OnProgress) -> Built:
    """Build the sample's index from nothing.

    Raises:
        EmbeddingError: The model cannot be used.
        RetrievalError: Nothing could be built.
    """
    with _warnings_kept() as notes:
        encoder = task.choice.open()
        options = BuildOptions(processes=task.processes, limits=task.limits)
        store = GenerationStore(task.folder / _INDEX)
        cache = VectorCache(task.folder / "vectors", encoder.fingerprint, encoder.dimension)
        with store.writing() as writer, cache:
            report = build(task.content, writer, encoder, cache, options=options, on_progress=on_progress)
    return Built(sum(report.seconds.values()), tuple(dict.fromkeys(notes)))


def ask_sample(task: AskTask, on_progress: OnProgress) -> Asked:
    """Ask every question of the sample's index.

    Raises:
        EmbeddingError: The model cannot be used.
        RetrievalError: The index cannot be opened.
    """
    with _warnings_kept():  # told of the build already
        encoder = task.choice.open()
    threadpool_limits(1, user_api="blas")  # as in the bot, where a question has one core for its small matrices
    with GenerationStore(task.folder / _INDEX).current(encoder, whole=True) as generation:
        answerer = Answerer(generation, encoder)
        seconds = _median_seconds(answerer, task.questions)
        memory = _resident_bytes()
        report = evaluate(answerer, task.questions, lambda done, total: on_progress(ASK_STAGE, done, total))
    return Asked(
        answer_1=report.metrics["answer_1"] or 0.0,
        answer_3=report.metrics["answer_3"] or 0.0,
        answered=tuple(result.answered for result in report.results),
        question_seconds=seconds,
        memory_bytes=memory,
        dimension=encoder.dimension,
        window=encoder.passage_window().max_tokens,
        licence=task.choice.licence(),
    )


_INDEX = "index"


def _median_seconds(answerer: Answerer, questions: tuple[JudgedQuestion, ...]) -> float:
    for question in questions[:_WARM_UP]:
        answerer.answer(question.query)
    took = []
    for question in questions[:_TIMED]:
        started = time.perf_counter()
        answerer.answer(question.query)
        took.append(time.perf_counter() - started)
    return float(np.median(took))


def _resident_bytes() -> int:
    """Memory of this process; where the system does not tell, the most that it ever had."""
    try:
        lines = _PROC_STATUS.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * _KILOBYTE for line in lines if line.startswith("VmRSS:"))
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * _KILOBYTE


class _Keeper(logging.Handler):
    """Keeps the text of warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


@contextmanager
def _warnings_kept() -> Iterator[list[str]]:
    """What the library of encoders logs as warnings while the block runs."""
    logger, keeper = logging.getLogger("embeddings"), _Keeper()
    logger.addHandler(keeper)
    try:
        yield keeper.texts
    finally:
        logger.removeHandler(keeper)
