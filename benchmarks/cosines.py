"""How high cosines are in the corpus that the shipped model was fitted to, and how well a corpus fits itself to that.

    python benchmarks/cosines.py INDEX [QUESTIONS …] [--ship] [--json out.json]

`--ship` writes the levels of INDEX into the package. INDEX must be of the corpus and with the encoder that the shipped
model is fitted to; do so whenever one of them or `retrieval.building.vectors.cosine_measuring` changes. With files of
judged questions it prints how good the confidence is as it is shipped, as the build has fitted it to the corpus, and as
it is fitted to these questions (by cross-validation).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from common import ROOT, add_common_options, print_table, settings_for, write_json

from bot.bootstrap import make_encoder, make_store, open_index
from retrieval.answering.answerer import Answerer
from retrieval.building.vectors.cosine_measuring import measure_cosines
from retrieval.evaluation.evaluation import EvaluationReport, evaluate_files
from retrieval.evaluation.fitting import fit_to_files
from retrieval.evaluation.judged_questions import load_judged
from retrieval.ranking.fitted_model import shipped_model
from retrieval.ranking.model_choice import model_without_judged

_REFERENCE = ROOT / "retrieval" / "ranking" / "reference" / "cosines.json"
_FIGURES = ("answer_1", "right_of_answers", "answerable_answer", "unanswerable_answer", "calibration_error")
_AUROC = "abstention_AUROC"


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    settings = settings_for(arguments.index, arguments.data_dir)
    encoder = make_encoder(settings)
    with make_store(settings).current(encoder) as generation:
        cosines = measure_cosines(generation.folder, encoder)
    text = json.dumps(cosines.to_json(), indent=1)
    print(text, flush=True)
    if arguments.ship:
        _REFERENCE.parent.mkdir(exist_ok=True)
        _REFERENCE.write_text(f"{text}\n", encoding="utf-8")
    if not arguments.questions:
        return
    judged = {path.stem: load_judged(path) for path in arguments.questions}
    with open_index(settings, encoder=encoder) as index:
        corpus = index.articles
        shipped = Answerer(corpus, encoder, model=shipped_model(encoder.query_fingerprint))
        chosen = model_without_judged(encoder.query_fingerprint, cosines.to_json()).model
        by_itself = Answerer(corpus, encoder, model=chosen)
        reports = {
            "as shipped": evaluate_files(shipped, judged),
            "fitted to the corpus": evaluate_files(by_itself, judged),
            "fitted to these questions": fit_to_files(by_itself, judged, prior=chosen).reports,
        }
    _print(reports)
    figures = {name: {file: each.to_json() for file, each in every.items()} for name, every in reports.items()}
    write_json(arguments.json, {"cosines": cosines.to_json(), "confidence": figures})


def _print(reports: Mapping[str, Mapping[str, EvaluationReport]]) -> None:
    rows: list[list[object]] = [["confidence", "questions", *_FIGURES, _AUROC]]
    rows += [
        [name, file, *(report.metrics[figure] for figure in (*_FIGURES, _AUROC))]
        for name, every in reports.items()
        for file, report in every.items()
    ]
    print_table(rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("questions", type=Path, nargs="*", help="files of judged questions")
    parser.add_argument("--ship", action="store_true", help="write the levels into the package as the reference")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
