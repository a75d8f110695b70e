"""How good the confidence is where a corpus holds one article, two, five or twenty.

    python benchmarks/few_articles.py INDEX QUESTIONS [QUESTIONS …] [--json out.json]

Of all that is found for each judged question in INDEX, some articles are taken as if there were no others: once with
one that answers, and once with none. They are ranked anew, and the confidence is compared with what is so. INDEX should
hold a hundred articles or more of many subjects; the sample articles with their judged questions do.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from common import add_common_options, print_table, settings_for, write_json

from bot.bootstrap import open_index
from retrieval.domain import Outcome
from retrieval.evaluation.fitting import judged_hits
from retrieval.evaluation.judged_questions import load_judged
from retrieval.evaluation.metrics import auroc, calibration_error, mean
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.fitting.judged_hits import JudgedHits
from retrieval.ranking.ranker import shares

SIZES = (1, 2, 5, 20)


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    with open_index(settings_for(arguments.index, arguments.data_dir)) as index:
        answerer = index.answerer
        judged = [each for path in arguments.questions for each in load_judged(path)]
        samples = [judged_hits(answerer, each) for each in judged]
        figures = {size: _figures(samples, size, answerer.model) for size in SIZES}
    names = list(next(iter(figures.values())))
    print_table([["articles", *names], *([str(size), *row.values()] for size, row in figures.items())])
    write_json(arguments.json, {str(size): row for size, row in figures.items()})


def _figures(samples: Sequence[JudgedHits], size: int, model: FittedModel) -> dict[str, float | None]:
    choice = random.Random(size)  # noqa: S311  # which articles are taken is no secret
    asked = [few for sample in samples for few in _few(sample, size, choice)]
    confidence = [_confidence(each, model) for each in asked]
    right = [each.answerable and told[1] for each, told in zip(asked, confidence, strict=True)]
    told = [probability for probability, _ in confidence]
    is_answer = [model.confidence.outcome(each) is Outcome.ANSWER for each in told]
    pairs = list(zip(asked, told, right, is_answer, strict=True))
    return {
        "questions": float(len(asked)),
        "calibration_error": calibration_error(told, right),
        "abstention_AUROC": auroc(
            [p for _, p, ok, _ in pairs if ok], [p for each, p, *_ in pairs if not each.answerable]
        ),
        "right_of_answers": mean([ok for _, _, ok, answer in pairs if answer]),
        "answerable_answer": mean([answer for each, *_, answer in pairs if each.answerable]),
        "unanswerable_answer": mean([answer for each, *_, answer in pairs if not each.answerable]),
    }


def _few(sample: JudgedHits, size: int, choice: random.Random) -> Iterator[JudgedHits]:
    """The question with so many of its articles: with one that answers, if any does, and with none."""
    places = sorted(range(len(sample.hits)), key=lambda place: sample.hits[place].article.url)
    answers = [place for place in places if sample.answers[place]]
    others = [place for place in places if not sample.answers[place]]
    if len(others) < size:
        return
    if answers:
        yield _only(sample, [choice.choice(answers), *choice.sample(others, size - 1)], answerable=True)
    yield _only(sample, choice.sample(others, size), answerable=False)


def _only(sample: JudgedHits, places: Sequence[int], *, answerable: bool) -> JudgedHits:
    hits, answers = (tuple(every[place] for place in places) for every in (sample.hits, sample.answers))
    return replace(sample, hits=hits, answers=answers, answerable=answerable, source=None)


def _confidence(sample: JudgedHits, model: FittedModel) -> tuple[float, bool]:
    """The confidence once these hits are ranked, and whether the first one answers."""
    scores = model.ranking.scores([hit.evidence for hit in sample.hits])
    rows = zip(sample.hits, sample.answers, scores.tolist(), shares(scores).tolist(), strict=True)
    ranked = sorted(rows, key=lambda row: -row[2])
    hits = [replace(hit, score=score, share=share) for hit, _, score, share in ranked]
    return model.confidence.probability(sample.facts, hits), ranked[0][1]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("questions", type=Path, nargs="+", help="files of judged questions")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
