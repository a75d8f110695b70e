"""Compares encoders on one sample of a corpus."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.articles.limits import ReadingLimits
from retrieval.comparison.figures import EncoderChoice, EncoderFigures, EncoderProblem, Measured
from retrieval.comparison.measurement import AskTask, BuildTask, ask_sample, build_sample
from retrieval.comparison.own_process import WorkFailedError, in_own_process
from retrieval.comparison.sample import Sample
from retrieval.progress import OnProgress, ignore_progress


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """How to measure.

    Attributes:
        processes: How many processes may read articles.
        limits: What an article file may hold.
    """

    processes: int = 1
    limits: ReadingLimits = field(default_factory=ReadingLimits)


def compare(
    choices: Sequence[EncoderChoice],
    sample: Sample,
    folder: Path,
    *,
    options: ComparisonOptions | None = None,
    on_progress: OnProgress = ignore_progress,
) -> Iterator[Measured]:
    """Measure encoders one after the other; one that fails does not keep the others from being measured.

    Args:
        choices: The encoders.
        sample: What they are measured on.
        folder: Where their indexes lie while they are measured.
        options: How to measure.
        on_progress: Told how far the one that is measured is, with its number in the stage's name.
    """
    options = options or ComparisonOptions()
    for number, choice in enumerate(choices, start=1):
        tell = _numbered(on_progress, number, len(choices))
        with tempfile.TemporaryDirectory(dir=folder) as work:
            try:
                yield _measure(choice, sample, Path(work), options, tell)
            except WorkFailedError as error:
                yield EncoderProblem(choice.name, str(error))


def _numbered(on_progress: OnProgress, number: int, count: int) -> OnProgress:
    return lambda stage, done, total: on_progress(f"{stage} {number}/{count}", done, total)


def _measure(
    choice: EncoderChoice,
    sample: Sample,
    folder: Path,
    options: ComparisonOptions,
    on_progress: OnProgress,
) -> EncoderFigures:
    build = BuildTask(choice, sample.content, folder, options.processes, options.limits)
    built = in_own_process(build_sample, build, on_progress)
    asked = in_own_process(ask_sample, AskTask(choice, folder, sample.questions), on_progress)
    return EncoderFigures(
        name=choice.name,
        answer_1=asked.answer_1,
        answer_3=asked.answer_3,
        answered=asked.answered,
        question_seconds=asked.question_seconds,
        build_seconds=built.seconds,
        corpus_seconds=built.seconds / sample.share,
        memory_bytes=asked.memory_bytes,
        dimension=asked.dimension,
        window=asked.window,
        licence=asked.licence,
        notes=built.notes,
    )
