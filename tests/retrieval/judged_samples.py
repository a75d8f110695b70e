"""Judged questions with what was found for them, made up so that some figures tell what answers and others do not."""

from __future__ import annotations

import numpy as np

from retrieval.ranking.fitting.judged_hits import JudgedHits
from retrieval.ranking.question_facts import QuestionFacts
from tests.retrieval.hits import hit

CANDIDATES = 5


def judged(hits, answers, **fields):
    """A judged question with its hits by hand; unnamed, it is answerable, fully judged and of the file `dev`."""
    chosen = {"group": "g", "file": "dev", "answerable": True, "source_only": False} | fields
    return JudgedHits(facts=QuestionFacts(tokens=6), hits=tuple(hits), answers=tuple(answers), **chosen)


def made_up(count, seed=1, prefix="a", **fields):
    """Questions that the article with the highest coverage mostly answers; near is what the corpus answers.

    Of each the last hit, the one with the most coverage, is the source, if the corpus answers the question.

    Args:
        fields: See `judged`.
    """
    answerable = fields.get("answerable", True)
    rng = np.random.default_rng(seed)
    samples = []
    for number in range(count):
        coverage = np.sort(rng.uniform(0.1, 0.6, CANDIDATES))
        coverage[-1] += 0.3 if answerable else 0.0
        near = rng.normal(0.7 if answerable else 0.3, 0.12)
        group = f"{prefix}{number}"
        hits = [
            hit(
                f"{group}-{place}",
                subject=f"s{place}",
                section_scores=(near - 0.05 * (CANDIDATES - 1 - place),),
                passage_scores=(float(rng.normal(0.5, 0.1)),),
                coverage=float(coverage[place]),
                question=float(rng.normal(near, 0.1)),
            )
            for place in range(CANDIDATES)
        ]
        answers = [False] * CANDIDATES
        if answerable:
            answers[-1 if rng.uniform() < 0.9 else 0] = True
        order = rng.permutation(CANDIDATES).tolist()
        samples.append(
            judged(
                [hits[place] for place in order],
                [answers[place] for place in order],
                group=group,
                source=order.index(CANDIDATES - 1) if answerable else None,
                **fields,
            )
        )
    return samples


def both_kinds(answerable, other, *, file="dev", seed=1):
    """Fully judged questions of one file, some of which the corpus does not answer."""
    return [
        *made_up(answerable, seed=seed, prefix=f"{file}-a", file=file),
        *made_up(other, seed=seed + 1, prefix=f"{file}-u", file=file, answerable=False),
    ]
