"""What an adapter of questions is worth.

    python benchmarks/adapter.py INDEX QUESTIONS [QUESTIONS …] --judged FILE [FILE …] [--limit 900] [--output FILE]

An adapter is trained on the questions, as `quicktakes adapt` does, without those about any article that the judged
files grade as an answer or were written from. Then the judged files are asked with it and without it; ranking and
confidence are fitted to them by cross-validation in both cases. `--limit` trains on so many questions, drawn evenly.
`--output` keeps the adapter.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from common import add_common_options, print_table, settings_for, write_json

from bot.bootstrap import open_index
from bot.query_adapter import identified_encoder
from embeddings.adapters.adapter import NO_ADAPTER
from embeddings.adapters.adapter_file import write_adapter
from embeddings.adapters.training.trainer import AdapterTrainer, TrainingOptions
from embeddings.factory import open_encoder
from retrieval.adaptation.training_lists import training_lists
from retrieval.answering.answerer import Answerer
from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.fitting import fit_to_files, judged_hits
from retrieval.evaluation.judged_questions import ANSWERS, JudgedQuestion, load_judged
from retrieval.evaluation.saved_run import compared

_FIGURES = ("answer_1", "answer_3", "nDCG_10", "abstention_AUROC")
_SECONDS = 7200.0

Files = Mapping[str, Sequence[JudgedQuestion]]


def main() -> None:
    """Train, measure, print, write."""
    arguments = _arguments()
    settings = settings_for(arguments.index, arguments.data_dir)
    judged = {path.stem: load_judged(path) for path in arguments.judged}
    asked = _not_judged([each for path in arguments.questions for each in load_judged(path)], judged)
    if arguments.limit:
        asked = asked[:: max(len(asked) // arguments.limit, 1)][: arguments.limit]
    encoder = open_encoder(cache_dir=settings.encoder_cache_dir, adapter=NO_ADAPTER)
    trainer = AdapterTrainer(identified_encoder(settings).base, TrainingOptions(seed=arguments.seed), encoder)
    with open_index(settings, encoder=encoder) as index:
        found = [(each, judged_hits(index.answerer, each)) for each in asked]
        lists, vectors = training_lists(index.articles, found)
        started = time.process_time()
        adapter = trainer.train([each for every in lists for each in every], vectors, _SECONDS, _say)
        print(
            f"trained on {sum(map(bool, lists))} questions in {time.process_time() - started:.0f} s of processor time"
        )
        adapted = Answerer(index.articles, trainer.encoder_with(adapter), model=index.answerer.model)
        before, after = (fit_to_files(each, judged).reports for each in (index.answerer, adapted))
    _print(before, after)
    if arguments.output:
        write_adapter(arguments.output, adapter)
    figures = {"before": before, "after": after}
    write_json(
        arguments.json, {name: {file: each.to_json() for file, each in e.items()} for name, e in figures.items()}
    )


def _not_judged(asked: Sequence[JudgedQuestion], judged: Files) -> list[JudgedQuestion]:
    """The questions that are about no article of a judged file."""
    every = [each for questions in judged.values() for each in questions]
    kept_apart = {url for each in every for url, grade in each.grades.items() if grade == ANSWERS}
    kept_apart |= {each.source for each in every if each.source}
    return [each for each in asked if each.answerable and each.source not in kept_apart]


def _say(done: int, total: int) -> None:
    if done % 50 == 0:
        print(f"step {done} of {total}", flush=True)


def _print(before: Mapping[str, EvaluationReport], after: Mapping[str, EvaluationReport]) -> None:
    rows: list[list[object]] = [["file", "adapter", *_FIGURES]]
    for name in before:
        for label, reports in (("without", before), ("with", after)):
            rows.append([name, label, *(reports[name].metrics[figure] for figure in _FIGURES)])
    print_table([[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows])
    runs = {
        name: {each.judged.id: each.answered for each in report.results if each.judged.answerable}
        for name, report in before.items()
    }
    for name, change in compared(runs, after).items():
        print(
            f"{name}: answer_1 {change.difference:+.3f} ± {change.standard_error:.3f} "
            f"({change.gained} gained, {change.lost} lost)"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("questions", type=Path, nargs="+", help="files of questions to train on")
    parser.add_argument("--judged", type=Path, nargs="+", required=True, help="files of judged questions to ask")
    parser.add_argument("--limit", type=int, default=0, help="train on so many questions; 0 for all")
    parser.add_argument("--seed", type=int, default=0, help="another one gives another adapter")
    parser.add_argument("--output", type=Path, help="where to keep the adapter")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
