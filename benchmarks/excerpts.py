"""What the weights of a sentence's features should be: fitted to judged questions, and judged by cross-validation.

    python benchmarks/excerpts.py INDEX QUESTIONS [QUESTIONS …] [--read MORE …] [--folds 6] [--json out.json]

Every answerable question that states evidence is asked, and the article that it was written from is quoted, whether it
came first or not: so all questions count, not only those whose article came first. A sentence is a positive example
where it holds a piece of the evidence. Weights are fitted on all folds but one and judged on the one left out;
questions of one article stay in one fold. The figure is the share of quotes that hold the whole evidence.

In files given with ``--read`` the evidence was marked afterwards, by looking through the article for what answers. That
is often the opening, or the summary at the end, which say everything in short, while whoever writes a question from an
article asks for a detail. So what opening and summary add in such files is fitted by itself, and not told.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from common import add_common_options, load_questions, print_table, settings_for, write_json

from bot.bootstrap import make_encoder, make_store
from embeddings.encoder import Encoder
from retrieval.answering.answerer import Answerer
from retrieval.answering.excerpts import make_excerpt
from retrieval.answering.sentence_scores import SentenceFeatures, SentenceWeights, section_ordinals, sentence_features
from retrieval.articles.markdown.plain_text import plain_text
from retrieval.domain import Article, Section, Sentence
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.generations.generation import Generation
from retrieval.indexes.base import SearchRequest
from retrieval.ranking.fitting.listwise import JudgedList, fit_listwise

_RIDGE = 3.0
_DEPTH = 1000  # candidates among which the article of a question is looked for
_SHORTEST = 15  # letters: shorter sentences are found in any evidence
_NAMES = tuple(field.name for field in fields(SentenceWeights))
_PLACES = [_NAMES.index(name) for name in ("is_opening", "is_closing")]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A judged question with its article, and what the index knows of the article's sentences."""

    judged: JudgedQuestion
    file: str
    is_read: bool
    article: Article
    is_first: bool
    wants_definition: bool
    sections: tuple[Section, ...]
    scores: tuple[float, ...]
    sentences: tuple[Sentence, ...]
    coverages: tuple[float, ...]

    @property
    def features(self) -> list[SentenceFeatures]:
        """Of every sentence."""
        ordinals = section_ordinals(self.sentences, self.sections)
        return sentence_features(
            self.article.answer,
            self.sentences,
            ordinals,
            self.scores,
            self.coverages,
            wants_definition=self.wants_definition,
        )

    @property
    def answers(self) -> list[bool]:
        """Which sentences hold a piece of the evidence."""
        evidence = _folded(self.judged.evidence or "")
        texts = [_folded(self.article.answer[each.start : each.end]) for each in self.sentences]
        return [len(text) > _SHORTEST and (evidence in text or text in evidence) for text in texts]

    def is_shown(self, weights: SentenceWeights, length: int) -> bool:
        """Whether the quote holds the evidence."""
        excerpt = make_excerpt(
            self.article.answer,
            self.sentences,
            self.sections,
            self.scores,
            self.coverages,
            length=length,
            wants_definition=self.wants_definition,
            weights=weights,
        )
        return _folded(self.judged.evidence or "") in _folded(excerpt.text)


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    settings = settings_for(arguments.index, arguments.data_dir)
    encoder = make_encoder(settings)
    with make_store(settings).current(encoder) as generation:
        answerer = Answerer(generation, encoder)
        asked = [
            (path, each)
            for path in (*arguments.questions, *arguments.read)
            for each in load_questions([path])
            if each.answerable and each.evidence
        ]
        found = [
            _ask(each, (generation, answerer, encoder), file=path.stem, is_read=path in arguments.read)
            for path, each in asked
        ]
    quoted = [each for each in found if each]
    shown = {
        "default_weights": [float(each.is_shown(SentenceWeights(), arguments.length)) for each in quoted],
        "cross_validated": _cross_validated(quoted, arguments),
    }
    parts = _parts(quoted)
    figures: dict[str, Any] = {
        "questions": len(asked),
        "article_among_candidates": len(quoted),
        "asked_of": {part: sum(counts) for part, counts in parts.items()},
        **{name: {part: _share(each, counts) for part, counts in parts.items()} for name, each in shown.items()},
        "fitted_to_all": dict(zip(_NAMES, astuple(_fitted(list(map(_example, quoted)))), strict=True)),
        "defaults": dict(zip(_NAMES, astuple(SentenceWeights()), strict=True)),
    }
    print(f"{len(quoted)} of {len(asked)} questions found their article\n")
    rows = [(name, *(f"{figures[name][part]:.3f}" for part in parts)) for name in shown]
    print_table([("evidence shown", *parts), ("questions", *map(str, figures["asked_of"].values())), *rows])
    print()
    weights = [(name, f"{figures['defaults'][name]:.2f}", f"{figures['fitted_to_all'][name]:.2f}") for name in _NAMES]
    print_table([("weight", "default", "fitted to all"), *weights])
    write_json(arguments.json, figures)


def _parts(quoted: Sequence[Quoted]) -> dict[str, list[bool]]:
    """Which questions count, for each column: all, those of each file, and of each those whose article came first."""
    parts = {"all": [True] * len(quoted), "all, first": [each.is_first for each in quoted]}
    for file in dict.fromkeys(each.file for each in quoted):
        parts[file] = [each.file == file for each in quoted]
        parts[f"{file}, first"] = [each.file == file and each.is_first for each in quoted]
    return parts


def _ask(
    judged: JudgedQuestion, corpus: tuple[Generation, Answerer, Encoder], *, file: str, is_read: bool
) -> Quoted | None:
    generation, answerer, encoder = corpus
    ranking = answerer.ranking(judged.query, others=9)
    search = ranking.search
    row = generation.row_of(judged.source or "")
    if row is None or search is None:
        return None
    request = SearchRequest(search.vector, ranking.read_as, _DEPTH, token_ids=search.token_ids)
    candidates = generation.search_index.search(request)
    evidence = next((each.evidence for each in candidates if each.article == row), None)
    if evidence is None:
        return None
    article = generation.article(row)
    sentences = generation.sentences(row)
    said, *texts = encoder.token_ids([article.question, *(article.answer[each.start : each.end] for each in sentences)])
    return Quoted(
        judged=judged,
        file=file,
        article=article,
        is_read=is_read,
        is_first=bool(ranking.hits) and ranking.hits[0].article.url == article.url,
        wants_definition=search.wants_definition,
        sections=generation.sections(row),
        scores=tuple(evidence.passage_scores),
        sentences=sentences,
        coverages=tuple(generation.token_meanings.coverage(search.token_ids, texts, said=said)),
    )


def _example(quoted: Quoted) -> JudgedList | None:
    """The features of an article's sentences, and which of them hold a piece of the evidence; ``None`` where none."""
    features, answers = np.array(quoted.features), np.array(quoted.answers)
    by_themselves = features[:, _PLACES] * float(quoted.is_read)
    centred = features - features.mean(axis=0)  # only differences within an article count
    return JudgedList(np.hstack([centred, by_themselves]), answers) if answers.any() else None


def _fitted(examples: Sequence[JudgedList | None]) -> SentenceWeights:
    lists = [each for each in examples if each]
    weights = fit_listwise(lists, ridge=_RIDGE, prior=[0.0] * (len(_NAMES) + len(_PLACES)))
    return SentenceWeights(*weights[: len(_NAMES)])


def _cross_validated(quoted: Sequence[Quoted], arguments: argparse.Namespace) -> list[float]:
    """How often each question's evidence is shown by weights that were fitted without its article."""
    urls = sorted({each.article.url for each in quoted})
    random = np.random.default_rng(arguments.seed)
    shown = np.zeros(len(quoted))
    examples = list(map(_example, quoted))
    for _ in range(arguments.repeats):
        fold_of = dict(zip(urls, random.permutation(np.arange(len(urls)) % arguments.folds).tolist(), strict=True))
        for fold in range(arguments.folds):
            weights = _fitted(
                [example for example, each in zip(examples, quoted, strict=True) if fold_of[each.article.url] != fold]
            )
            for place, each in enumerate(quoted):
                if fold_of[each.article.url] == fold:
                    shown[place] += each.is_shown(weights, arguments.length)
    return list((shown / arguments.repeats).tolist())


def _share(shown: Sequence[float], of: Sequence[bool]) -> float:
    counted = [value for value, counts in zip(shown, of, strict=True) if counts]
    return sum(counted) / max(len(counted), 1)


def _folded(markdown: str) -> str:
    return "".join(plain_text(markdown).split())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="index folder")
    parser.add_argument("questions", type=Path, nargs="+", help="judged questions that state evidence")
    parser.add_argument("--read", type=Path, nargs="+", default=[], help="such whose evidence was marked by reading")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", type=int, default=1000, help="most characters of a quote")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
