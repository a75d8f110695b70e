"""How evidence should be fused: weights chosen by cross-validation on judged questions, beside simpler rankings.

    python benchmarks/fusion.py INDEX QUESTIONS [QUESTIONS …] [--folds 5] [--repeats 20] [--json out.json]

The candidates of each answerable question are fetched once with all their evidence; then every pair of weights of a
grid (BM25 and coverage, against a passage weight of 1) ranks them with the project's own `fuse`. Weights are chosen on
all folds but one, by the sum of answer@1 and nDCG@10, and judged on the one left out; questions written from one
article stay in one fold. This is repeated with other folds, and a question's figure is the mean over the repeats. The
rankings compared order the same candidates, so that differences are of ranking alone. A paired difference is the mean
over questions, with its standard error.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from common import add_common_options, load_questions, print_table, settings_for, write_json
from numpy.typing import NDArray
from retrieval.answering.evaluation import JudgedQuestion, JudgedResult, metrics
from retrieval.answering.fusion import FusionWeights, fuse

from bot.bootstrap import make_encoder, make_store
from retrieval.answering.question_text import read_question
from retrieval.answering.retriever import Retriever
from retrieval.domain import Outcome
from retrieval.generations.generation import Generation
from retrieval.indexes.base import Candidate, SearchIndex, SearchRequest

_LEXICAL = (0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.3)
_COVERAGE = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7)
_RANK_OFFSET = 60  # the usual constant of reciprocal rank fusion
_DEPTH = 10
_METRICS = ("answer_1", "answer_3", "nDCG_10")
_CHOSEN_BY = [0, 2]  # places in _METRICS
_CROSS_VALIDATED = "weights by cross-validation"
_DEFAULTS = "default weights"

Scored = list[tuple[Candidate, float]]
Rank = Callable[[Sequence[Candidate]], Scored]
Table = NDArray[np.float64]
"""Shape (questions, metrics)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged question and what the index found for it."""

    judged: JudgedQuestion
    candidates: tuple[Candidate, ...]


class Recorder:
    """A search index that remembers what it found last, so that questions reach it in the retriever's own way."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self.found: tuple[Candidate, ...] = ()

    def search(self, request: SearchRequest) -> Sequence[Candidate]:
        """See `SearchIndex`."""
        self.found = tuple(self._index.search(request))
        return self.found


class Judge:
    """Turns rankings into figures.

    Args:
        generation: The articles.
        questions: With their candidates.
    """

    def __init__(self, generation: Generation, questions: Sequence[Asked]) -> None:
        self._questions = questions
        rows = {candidate.article for asked in questions for candidate in asked.candidates}
        self._same = {row: generation.same_question(row) for row in rows}
        rows.update(row for same in self._same.values() for row in same)
        self._urls = {row: generation.article(row).url for row in rows}

    def figures(self, rank: Rank) -> Table:
        """Every question's figures under a ranking."""
        return np.array([self._figures(asked, rank) for asked in self._questions], dtype=np.float64)

    def _figures(self, asked: Asked, rank: Rank) -> list[float]:
        found: dict[int, None] = {}  # articles that ask the same question come together, as in a reply
        for candidate, _ in rank(asked.candidates):
            if len(found) >= _DEPTH:
                break
            if candidate.article not in found:
                found |= dict.fromkeys((candidate.article, *self._same[candidate.article]))
        urls = tuple(self._urls[row] for row in found)[:_DEPTH]
        result = JudgedResult(asked.judged, urls, 0.0, Outcome.NO_ANSWER, (), None)
        by_name = metrics([result])
        return [by_name[name] or 0.0 for name in _METRICS]


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    judged = [each for each in load_questions(arguments.questions) if each.answerable]
    settings = settings_for(arguments.index, arguments.data_dir)
    encoder = make_encoder(settings)
    with make_store(settings).current(encoder) as generation:
        recorder = Recorder(generation.search_index)
        retriever = Retriever(generation, recorder, encoder)
        questions = []
        for each in judged:
            asked = read_question(each.query, generation.vocabulary.correct)
            retriever.retrieve(asked, retriever.prepare(asked), limit=1)
            questions.append(Asked(each, recorder.found))
        judge = Judge(generation, questions)
    grid = [FusionWeights(1.0, lexical, coverage) for lexical in _LEXICAL for coverage in _COVERAGE]
    on_grid = np.stack([judge.figures(_by_weights(weights)) for weights in grid])
    validated, chosen = cross_validate(on_grid, [each.source or each.id for each in judged], arguments)
    systems = {
        "BM25 alone": judge.figures(_by(lambda candidate: candidate.evidence.lexical)),
        "dense, best section": judge.figures(_by(lambda candidate: candidate.evidence.section)),
        "reciprocal rank fusion": judge.figures(_by_reciprocal_ranks),
        _DEFAULTS: judge.figures(_by_weights(FusionWeights())),
        _CROSS_VALIDATED: validated,
    }
    figures = _figures(systems, [each.style for each in judged], grid, chosen, on_grid)
    show(figures)
    write_json(arguments.json, figures)


def cross_validate(
    on_grid: NDArray[np.float64], groups: Sequence[str], arguments: argparse.Namespace
) -> tuple[Table, Counter[int]]:
    """Judge weights only on questions that had no part in choosing them.

    Args:
        on_grid: Figures of shape (weights, questions, metrics).
        groups: Questions of one group stay in one fold.
        arguments: Folds, repeats and seed.

    Returns:
        Each question's figures, and how often which weights were chosen.
    """
    names = sorted(set(groups))
    group_of = np.array([names.index(group) for group in groups])
    random = np.random.default_rng(arguments.seed)
    aim = on_grid[:, :, _CHOSEN_BY].sum(axis=2)
    total = np.zeros(on_grid.shape[1:])
    chosen: Counter[int] = Counter()
    for _ in range(arguments.repeats):
        fold_of = random.permutation(np.arange(len(names)) % arguments.folds)[group_of]
        for fold in range(arguments.folds):
            held_out = fold_of == fold
            best = int(np.argmax(aim[:, ~held_out].mean(axis=1)))
            chosen[best] += 1
            total[held_out] += on_grid[best, held_out]
    return total / arguments.repeats, chosen


def _by_weights(weights: FusionWeights) -> Rank:
    return lambda candidates: fuse(candidates, weights)


def _by(score: Callable[[Candidate], float]) -> Rank:
    def rank(candidates: Sequence[Candidate]) -> Scored:
        scored = [(candidate, score(candidate)) for candidate in candidates]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0].article))

    return rank


def _by_reciprocal_ranks(candidates: Sequence[Candidate]) -> Scored:
    points: dict[int, float] = {}
    kinds: tuple[Callable[[Candidate], float], ...] = (
        lambda candidate: candidate.evidence.question,
        lambda candidate: candidate.evidence.section,
        lambda candidate: candidate.evidence.lexical,
    )
    for kind in kinds:
        for rank, (candidate, _) in enumerate(_by(kind)(candidates)):
            points[candidate.article] = points.get(candidate.article, 0.0) + 1 / (_RANK_OFFSET + rank)
    return _by(lambda candidate: points[candidate.article])(candidates)


def _figures(
    systems: dict[str, Table],
    styles: Sequence[str],
    grid: Sequence[FusionWeights],
    chosen: Counter[int],
    on_grid: NDArray[np.float64],
) -> dict[str, Any]:
    means = on_grid.mean(axis=1)
    best = sorted(range(len(grid)), key=lambda place: -means[place, _CHOSEN_BY].sum())[:5]
    rows_of = {style: [row for row, each in enumerate(styles) if each == style] for style in dict.fromkeys(styles)}
    validated = systems[_CROSS_VALIDATED]
    return {
        "questions": len(styles),
        "systems": {name: _named(table.mean(axis=0)) for name, table in systems.items()},
        "by_style": {
            style: {name: _named(table[rows].mean(axis=0)) for name, table in systems.items()}
            for style, rows in rows_of.items()
        },
        "paired": {name: _paired(validated - table) for name, table in systems.items() if name != _CROSS_VALIDATED},
        "paired_default": {
            name: _paired(systems[_DEFAULTS] - table)
            for name, table in systems.items()
            if name not in {_DEFAULTS, _CROSS_VALIDATED}
        },
        "chosen": [
            {**_weights(grid[place]), "share": count / chosen.total()} for place, count in chosen.most_common(6)
        ],
        "best_on_all": [{**_weights(grid[place]), **_named(means[place])} for place in best],
    }


def _named(values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(_METRICS, values.tolist(), strict=True))


def _weights(weights: FusionWeights) -> dict[str, float]:
    return {"lexical": weights.lexical, "coverage": weights.coverage}


def _paired(difference: Table) -> dict[str, dict[str, float]]:
    means = difference.mean(axis=0)
    errors = difference.std(axis=0, ddof=1) / math.sqrt(len(difference))
    pairs = zip(_METRICS, means.tolist(), errors.tolist(), strict=True)
    return {name: {"difference": mean, "standard_error": error} for name, mean, error in pairs}


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    names = list(figures["systems"])
    print(f"{figures['questions']} answerable questions")
    rows = [(name, *_three(figures["systems"][name].values())) for name in names]
    print_table([("ranking", "answer@1", "answer@3", "nDCG@10"), *rows])
    print("\nanswer@1 by style")
    by_style = figures["by_style"]
    cells = [(name, *_three(by_style[style][name]["answer_1"] for style in by_style)) for name in names]
    print_table([("ranking", *by_style), *cells])
    for of, key in ((_CROSS_VALIDATED, "paired"), (_DEFAULTS, "paired_default")):
        print(f"\n{of}: difference ± standard error")
        rows = [
            (f"to {name}", *(f"{each['difference']:+.3f} ± {each['standard_error']:.3f}" for each in pair.values()))
            for name, pair in figures[key].items()
        ]
        print_table([("", "answer@1", "answer@3", "nDCG@10"), *rows])
    print("\nchosen most often")
    shares = [
        (f"BM25 {each['lexical']:g}, coverage {each['coverage']:g}", f"{each['share']:.0%}")
        for each in figures["chosen"]
    ]
    print_table([("weights", "of folds"), *shares])
    print("\nbest on all questions together (flattering: chosen and judged on the same)")
    best = [
        (f"BM25 {each['lexical']:g}, coverage {each['coverage']:g}", *_three(each[name] for name in _METRICS))
        for each in figures["best_on_all"]
    ]
    print_table([("weights", "answer@1", "answer@3", "nDCG@10"), *best])


def _three(values: Any) -> tuple[str, ...]:  # noqa: ANN401  # any iterable of floats
    return tuple(f"{value:.3f}" for value in values)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("questions", type=Path, nargs="+", help="judged questions")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=20, help="how often the folds are drawn anew")
    parser.add_argument("--seed", type=int, default=1)
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
