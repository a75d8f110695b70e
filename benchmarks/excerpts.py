"""What the weights of a sentence's features should be: fitted to judged questions, and judged by cross-validation.

    python benchmarks/excerpts.py INDEX QUESTIONS [QUESTIONS …] [--folds 8] [--repeats 10] [--json out.json]

Every answerable question that states evidence is asked, and the article that it was written from is quoted, whether it
came first or not: so all questions count, not only those whose article came first. A sentence is a positive example
where it holds a piece of the evidence. Weights are fitted on all folds but one and judged on the one left out;
questions of one article stay in one fold. The figure is the share of quotes that hold the whole evidence.
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
from retrieval.answering.excerpts import make_excerpt
from retrieval.answering.retriever import Retriever
from retrieval.answering.sentence_scores import SentenceFeatures, SentenceWeights, section_ordinals, sentence_features
from retrieval.articles.markdown.plain_text import plain_text
from retrieval.domain import Article, Section, Sentence
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.generations.generation import Generation
from retrieval.indexes.base import SearchRequest
from retrieval.questions.question_text import read_question
from retrieval.ranking.fitted_model import shipped_model
from retrieval.ranking.logistic import fit_logistic

_RIDGE = 10.0
_DEPTH = 1000  # candidates among which the article of a question is looked for
_SHORTEST = 15  # letters: shorter sentences are found in any evidence
_NAMES = tuple(field.name for field in fields(SentenceWeights))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A judged question with its article, and what the index knows of the article's sentences."""

    judged: JudgedQuestion
    file: str
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
        weights = shipped_model(encoder.query_fingerprint).ranking
        retriever = Retriever(generation, generation.search_index, encoder, generation.vocabulary, weights=weights)
        asked = [
            (path.stem, each)
            for path in arguments.questions
            for each in load_questions([path])
            if each.answerable and each.evidence
        ]
        found = [_ask(file, each, generation, retriever, encoder) for file, each in asked]
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
        "fitted_to_all": dict(zip(_NAMES, astuple(_fitted(list(map(_examples, quoted)))), strict=True)),
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
    file: str, judged: JudgedQuestion, generation: Generation, retriever: Retriever, encoder: Encoder
) -> Quoted | None:
    question = read_question(judged.query, generation.vocabulary.correct)
    search = retriever.prepare(question)
    hits = retriever.retrieve(question, search, limit=1)
    row = generation.row_of(judged.source or "")
    request = SearchRequest(search.vector, question.text, _DEPTH, token_ids=search.token_ids)
    candidates = generation.search_index.search(request)
    evidence = next((each.evidence for each in candidates if each.article == row), None)
    if row is None or evidence is None:
        return None
    article = generation.article(row)
    sentences = generation.sentences(row)
    said, *texts = encoder.token_ids([article.question, *(article.answer[each.start : each.end] for each in sentences)])
    return Quoted(
        judged=judged,
        file=file,
        article=article,
        is_first=bool(hits) and hits[0].article.url == article.url,
        wants_definition=question.wants_definition,
        sections=generation.sections(row),
        scores=tuple(evidence.passage_scores),
        sentences=sentences,
        coverages=tuple(generation.token_meanings.coverage(search.token_ids, texts, said=said)),
    )


Examples = tuple[list[SentenceFeatures], list[bool]]
"""The features of an article's sentences, and which of them hold a piece of the evidence."""


def _examples(quoted: Quoted) -> Examples:
    return quoted.features, quoted.answers


def _fitted(examples: Sequence[Examples]) -> SentenceWeights:
    x = np.array([feature for features, _ in examples for feature in features])
    y = np.array([answer for _, answers in examples for answer in answers], dtype=np.float64)
    centres, scales = x.mean(axis=0), x.std(axis=0)
    intercept, *coefficients = fit_logistic((x - centres) / scales, y, ridge=_RIDGE)
    factors = np.array(coefficients) / scales
    return SentenceWeights(*factors.tolist(), intercept=float(intercept - factors @ centres))


def _cross_validated(quoted: Sequence[Quoted], arguments: argparse.Namespace) -> list[float]:
    """How often each question's evidence is shown by weights that were fitted without its article."""
    urls = sorted({each.article.url for each in quoted})
    random = np.random.default_rng(arguments.seed)
    shown = np.zeros(len(quoted))
    examples = list(map(_examples, quoted))
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
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", type=int, default=1000, help="most characters of a quote")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
