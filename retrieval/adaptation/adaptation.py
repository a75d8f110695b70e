"""Judged questions → an adapter, and whether questions that it was not trained on are answered better with it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.adapters.adapter import Adapter
from embeddings.adapters.training.lists import ArticleVectors, CandidateList
from embeddings.encoder import Encoder
from retrieval.adaptation.training_lists import halves, training_lists
from retrieval.answering.answerer import Answerer
from retrieval.errors import CalibrationError
from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.fitting import ENOUGH, fit_to_hits, judged_hits
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.evaluation.saved_run import PairedDifference, compared
from retrieval.generations.generation import Generation
from retrieval.ranking.fitting.judged_hits import JudgedHits

ASKING, COMPARING, TRAINING = "ask", "compare", "train"
"""Stages that progress is told of."""

_FIGURES = ("answer_1", "answer_3", "nDCG_10")

OnProgress = Callable[[str, int, int], None]
"""Told a stage, how much of it is done, and how much there is."""

Asked = Sequence[tuple[str, JudgedQuestion]]
"""Name of its file, and the question."""


class AdapterTrainer(Protocol):
    """Trains adapters of the encoder that serves."""

    def train(
        self,
        lists: Sequence[CandidateList],
        vectors: ArticleVectors,
        seconds: float,
        on_progress: Callable[[int, int], None],
    ) -> Adapter:
        """Train one in about so many seconds at the most."""
        ...

    def encoder_with(self, adapter: Adapter) -> Encoder:
        """The encoder, with questions embedded by an adapter."""
        ...


@dataclass(frozen=True, slots=True)
class AdaptedFile:
    """What an adapter changes for a file of questions, none of which it was trained on.

    Attributes:
        before: Metrics of the whole ranking as it serves, fitted anew.
        after: The same with the adapter.
        dense_before: Share of answerable questions whose nearest passage (by cosine) is of an article that answers.
        dense_after: The same with the adapter.
        difference: Of the first articles, question by question.
    """

    before: EvaluationReport
    after: EvaluationReport
    dense_before: float
    dense_after: float
    difference: PairedDifference

    def to_json(self) -> dict[str, Any]:
        """The figures by name."""
        figures = {
            name: {key: report.metrics[key] for key in _FIGURES}
            for name, report in (("before", self.before), ("after", self.after))
        }
        figures["before"]["dense_answer_1"], figures["after"]["dense_answer_1"] = self.dense_before, self.dense_after
        return {**figures, "questions": len(self.before.results), "difference": self.difference.to_json()}


class Adaptation:
    """Adapts the questions of one index.

    Args:
        generation: The index.
        answerer: Answers from it, as it serves.
        trainer: Trains adapters.
        files: Name of each file of judged questions, and its questions.
        seconds: How long training may take in all.
        on_progress: Told how far it is.

    Raises:
        CalibrationError: There are too few questions, or all are about one article.
    """

    def __init__(  # noqa: PLR0913  # what it is made of
        self,
        generation: Generation,
        answerer: Answerer,
        trainer: AdapterTrainer,
        files: Mapping[str, Sequence[JudgedQuestion]],
        *,
        seconds: float,
        on_progress: OnProgress,
    ) -> None:
        self._generation = generation
        self._answerer = answerer
        self._trainer = trainer
        self._on_progress = on_progress
        self._asked = [(name, judged) for name, every in files.items() for judged in every]
        self._before = self._ask(answerer, self._asked, ASKING)
        found = [(judged, sample) for (_, judged), sample in zip(self._asked, self._before, strict=True)]
        self._lists, self._vectors = training_lists(generation, found)
        self._halves = list(halves(found))
        if not all(any(self._lists_of(half)) for half in self._halves):
            raise CalibrationError("needs questions that are answered by more than one article; judge more questions")
        self._reports_before = self._fitted(self._before)
        self._deadline = time.monotonic() + seconds

    def compare(self) -> dict[str, AdaptedFile]:
        """Train on one half of the articles, ask the questions about the other half, and the other way round."""
        after: dict[int, JudgedHits] = {}
        for number, half in enumerate(self._halves):
            adapter = self._train(~half, 1 / (4 - number), f"{TRAINING} {number + 1} of 3")
            encoder = self._trainer.encoder_with(adapter)
            adapted = Answerer(self._generation, encoder, model=self._answerer.model)
            places = np.flatnonzero(half).tolist()
            samples = self._ask(adapted, [self._asked[place] for place in places], f"{COMPARING} {number + 1} of 2")
            after.update(zip(places, samples, strict=True))
        return self._compared([after[place] for place in range(len(self._asked))])

    def train(self, files: Mapping[str, AdaptedFile]) -> Adapter:
        """Train on all questions; what `compare` gave goes into the provenance."""
        everything = np.ones(len(self._asked), dtype=np.bool_)
        adapter = self._train(everything, 1.0, f"{TRAINING} 3 of 3")
        provenance = {
            **adapter.provenance,
            "trained_on": dt.datetime.now(dt.UTC).date().isoformat(),
            "questions": sum(map(bool, self._lists)),
            "articles": len({sample.group for sample, lists in zip(self._before, self._lists, strict=True) if lists}),
            "method": "trained on half of the articles, asked about the others; ranking fitted anew in both cases",
            "files": {name: each.to_json() for name, each in files.items()},
        }
        return replace(adapter, provenance=provenance)

    def _train(self, chosen: NDArray[np.bool_], share: float, stage: str) -> Adapter:
        seconds = max(self._deadline - time.monotonic(), 0.0) * share
        lists = self._lists_of(chosen)
        return self._trainer.train(
            lists, self._vectors, seconds, lambda done, total: self._on_progress(stage, done, total)
        )

    def _lists_of(self, chosen: NDArray[np.bool_]) -> list[CandidateList]:
        return [each for place in np.flatnonzero(chosen).tolist() for each in self._lists[place]]

    def _ask(self, answerer: Answerer, asked: Asked, stage: str) -> list[JudgedHits]:
        samples = []
        for done, (name, judged) in enumerate(asked, start=1):
            samples.append(judged_hits(answerer, judged, name))
            self._on_progress(stage, done, len(asked))
        return samples

    def _compared(self, after: Sequence[JudgedHits]) -> dict[str, AdaptedFile]:
        first, second = self._reports_before, self._fitted(after)
        dense_before, dense_after = _dense(self._before), _dense(after)
        differences = compared({name: _answered(report) for name, report in first.items()}, second)
        return {
            name: AdaptedFile(first[name], second[name], dense_before[name], dense_after[name], differences[name])
            for name in first
        }

    def _fitted(self, samples: Sequence[JudgedHits]) -> Mapping[str, EvaluationReport]:
        """The reports on the whole ranking, fitted to these samples by cross-validation."""
        prior = self._answerer.model if len(self._asked) < ENOUGH else None
        return fit_to_hits(self._asked, samples, encoder="", prior=prior).reports


def is_better(files: Mapping[str, AdaptedFile]) -> bool:
    """Whether the whole ranking answers more questions first with the adapter, all files together."""
    return sum(each.difference.gained - each.difference.lost for each in files.values()) > 0


def _answered(report: EvaluationReport) -> dict[str, bool]:
    return {result.judged.id: result.answered for result in report.results if result.judged.answerable}


def _dense(samples: Sequence[JudgedHits]) -> dict[str, float]:
    """For each file the share of answerable questions whose nearest passage is of an article that answers."""
    right: dict[str, list[bool]] = {}
    for sample in samples:
        found = right.setdefault(sample.file, [])
        if sample.answerable:
            nearest = max(range(len(sample.hits)), key=lambda place: sample.hits[place].evidence.passage, default=None)
            found.append(nearest is not None and sample.answers[nearest])
    return {name: float(np.mean(every)) if every else 0.0 for name, every in right.items()}
