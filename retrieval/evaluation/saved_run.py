"""Results of a run, kept in a file, and what another run changed, question by question."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from embeddings.disk import atomic_write
from retrieval.errors import JudgedQuestionError
from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.metrics import JudgedResult, mean

SavedRun = Mapping[str, Mapping[str, bool]]
"""Name of a file of judged questions → id of a question that the corpus answers → whether the first article did."""


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """What has changed for the questions that both runs asked.

    Attributes:
        questions: How many these are.
        difference: Of answer@1, after less before.
        standard_error: How far the difference may be off by chance.
        gained: Questions that are answered by the first article only now.
        lost: Questions that were, and are not any more.
    """

    questions: int
    difference: float
    standard_error: float
    gained: int
    lost: int

    def to_json(self) -> dict[str, Any]:
        """By name."""
        return asdict(self)


def save_run(path: Path, reports: Mapping[str, EvaluationReport]) -> None:
    """Keep every result.

    Args:
        path: The file, replaced at once where it exists.
        reports: By file of judged questions.

    Raises:
        OSError: It cannot be written.
    """
    every = {name: [_entry(result) for result in report.results] for name, report in reports.items()}
    atomic_write(path, json.dumps(every, indent=1, ensure_ascii=False).encode())


def load_run(path: Path) -> SavedRun:
    """Read what `save_run` wrote.

    Raises:
        JudgedQuestionError: It is no such file.
        OSError: It cannot be read.
    """
    try:
        every = json.loads(path.read_bytes())
        return {
            str(name): {str(entry["id"]): bool(entry["answered"]) for entry in entries if entry["answerable"]}
            for name, entries in every.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise JudgedQuestionError(path, 1, f"is no saved run ({error}); make one with --save") from error


def compared(before: SavedRun, reports: Mapping[str, EvaluationReport]) -> dict[str, PairedDifference]:
    """The change for each file that both runs have, paired by question."""
    return {name: _difference(before[name], report) for name, report in reports.items() if name in before}


def _difference(before: Mapping[str, bool], report: EvaluationReport) -> PairedDifference:
    changes = [
        result.answered - before[result.judged.id]
        for result in report.results
        if result.judged.answerable and result.judged.id in before
    ]
    difference = mean(changes) or 0.0
    variance = math.fsum((change - difference) ** 2 for change in changes) / max(len(changes) - 1, 1)
    return PairedDifference(
        questions=len(changes),
        difference=difference,
        standard_error=math.sqrt(variance / max(len(changes), 1)),
        gained=changes.count(1),
        lost=changes.count(-1),
    )


def _entry(result: JudgedResult) -> dict[str, Any]:
    return {
        "id": result.judged.id,
        "query": result.judged.query,
        "answerable": result.judged.answerable,
        "answered": result.answered,
        "outcome": result.outcome.value,
        "confidence": round(result.confidence, 4),
        "urls": list(result.urls),
    }
