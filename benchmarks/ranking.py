"""What each figure of the ranking is worth, and the weights that come with the project.

    python benchmarks/ranking.py INDEX QUESTIONS [QUESTIONS …] [--ship] [--json out.json]

All that is found for each judged question is fetched once, with its evidence. Then rankings of the same candidates are
compared by cross-validation, questions of one article in one fold: each evidence alone, the fixed weights that held
before weights were fitted, all figures, and all figures but one. A paired difference is that to all figures, with its
standard error. `--ship` writes the weights for the default encoder, and those for any other one, into the package.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from common import ROOT, add_common_options, print_table, settings_for, write_json
from numpy.typing import NDArray

from bot.bootstrap import open_index
from retrieval.evaluation.fitting import fit_to_hits, judged_hits
from retrieval.evaluation.judged_questions import JudgedQuestion, load_judged
from retrieval.ranking.figures import RANKING_FIGURES
from retrieval.ranking.fitting.fit import fold_of
from retrieval.ranking.fitting.judged_hits import JudgedHits
from retrieval.ranking.fitting.listwise import JudgedList, fit_listwise
from retrieval.ranking.ranker import prepared_figures

_SHIPPED = ROOT / "retrieval" / "ranking" / "shipped"
_FOLDS = 5
_BEFORE = {"two_passages": 1.0, "coverage": 0.2}
"""The fixed weights before; BM25 weighed 0.08 of its share of the best, which changed nothing measurable."""

Asked = Sequence[tuple[str, JudgedQuestion]]
Found = NDArray[np.bool_]
"""Whether the first, and whether one of the first three answers; shape (questions, 2)."""


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    settings = settings_for(arguments.index, arguments.data_dir)
    with open_index(settings) as index:
        asked = [(path.stem, judged) for path in arguments.questions for judged in load_judged(path)]
        samples = [judged_hits(index.answerer, judged, name) for name, judged in asked]
        encoder = index.answerer.encoder_fingerprint
    answerable = [sample for sample in samples if sample.answerable]
    print(f"{len(answerable)} answerable questions", flush=True)
    rows = _compare(answerable)
    print_table([list(rows[0]), *(list(row.values()) for row in rows)])
    results: dict[str, Any] = {"rankings": rows}
    for name, fingerprint, standardised in (("all-minilm-l6-v2", encoder, False), ("any-encoder", "", True)):
        fitted = fit_to_hits(asked, samples, encoder=fingerprint, standardised=standardised)
        print(f"\n{name}: {json.dumps(fitted.model.provenance, indent=1)}", flush=True)
        results[name] = fitted.model.to_json()
        if arguments.ship:
            text = json.dumps(fitted.model.to_json(), indent=1)
            (_SHIPPED / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    write_json(arguments.json, results)


def _compare(samples: Sequence[JudgedHits]) -> list[Mapping[str, str]]:
    names = list(RANKING_FIGURES)
    whole = _cross_validated(samples, names)
    rankings = {f"{name} alone": _fixed(samples, {name: 1.0}) for name in ("two_passages", "question", "coverage")}
    rankings["fixed weights"] = _fixed(samples, _BEFORE)
    rankings["all figures"] = whole
    rankings |= {f"without {name}": _cross_validated(samples, [n for n in names if n != name]) for name in names}
    files = list(dict.fromkeys(sample.file for sample in samples))
    return [_row(label, found, whole, files, samples) for label, found in rankings.items()]


def _row(label: str, found: Found, whole: Found, files: Sequence[str], samples: Sequence[JudgedHits]) -> dict[str, str]:
    row = {"ranking": label}
    for file in files:
        chosen = np.array([sample.file == file for sample in samples])
        first, three = found[chosen].mean(axis=0)
        difference = found[chosen, 0].astype(float) - whole[chosen, 0]
        error = difference.std() / math.sqrt(chosen.sum())
        row[f"{file} @1 / @3"] = f"{first:.3f} / {three:.3f}"
        row[f"{file} paired"] = f"{difference.mean():+.3f} ± {error:.3f}"
    return row


def _fixed(samples: Sequence[JudgedHits], weights: Mapping[str, float]) -> Found:
    vector = np.array([weights.get(name, 0.0) for name in RANKING_FIGURES])
    return np.array([_found(sample, _figures(sample) @ vector) for sample in samples])


def _cross_validated(samples: Sequence[JudgedHits], names: Sequence[str]) -> Found:
    columns = [place for place, name in enumerate(RANKING_FIGURES) if name in names]
    folds = np.array([fold_of(sample.group) for sample in samples])
    tables = [_figures(sample)[:, columns] for sample in samples]
    found = np.zeros((len(samples), 2), dtype=np.bool_)
    for fold in range(_FOLDS):
        lists = [
            JudgedList(table, np.array(sample.answers))
            for table, sample, of in zip(tables, samples, folds, strict=True)
            if of != fold and any(sample.answers)
        ]
        weights = np.array(fit_listwise(lists, ridge=1.0, prior=[0.0] * len(columns)))
        for place in np.flatnonzero(folds == fold).tolist():
            found[place] = _found(samples[place], tables[place] @ weights)
    return found


def _figures(sample: JudgedHits) -> NDArray[np.float64]:
    return prepared_figures([hit.evidence for hit in sample.hits], standardised=False)[:, : len(RANKING_FIGURES)]


def _found(sample: JudgedHits, scores: NDArray[np.float64]) -> tuple[bool, bool]:
    answers = [sample.answers[place] for place in np.argsort(-scores, kind="stable")[:3].tolist()]
    return bool(answers) and answers[0], any(answers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("questions", type=Path, nargs="+", help="files of judged questions")
    parser.add_argument("--ship", action="store_true", help="write the weights into the package")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
