"""Question → answer: warm latency, where it goes, the time of a cold `quicktakes ask`, and memory while serving.

    python benchmarks/serving.py --index var/index [--questions judged.jsonl …] [--rounds 5] [--json out.json]

Every judged question is asked in turn through the index that chat and bot use, as the settings say. p50 and p99 are
over all questions of a round; the median of the rounds is reported, after one round that is not counted. Processor time
is that of all threads, those that wait in a loop included. Memory is that of a process that did nothing but open the
index and answer. Where the time goes is measured in a further round with clocks around the parts, which cost a little
themselves. A cold `ask` is a new process for each question, start of Python included; once with the index in the
system's file cache and once without it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common import (
    add_common_options,
    describe_machine,
    files_below,
    load_questions,
    machine,
    memory,
    milliseconds,
    print_table,
    run_quicktakes,
    settings_for,
    write_json,
)

import retrieval.answering.answerer
import retrieval.answering.rankings
import retrieval.answering.retriever
from bot.bootstrap import open_index
from retrieval.answering.retriever import Retriever
from retrieval.generations.generation import Generation
from retrieval.indexes.evidence import CandidateEvidence
from retrieval.indexes.faiss_index import FaissIndex
from retrieval.indexes.lexical import TantivyIndex
from retrieval.indexes.term_coverage import TermCoverage
from retrieval.ranking.confidence import Confidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.live_index.open_index import OpenIndex
    from config.settings import Settings

_PARTS: tuple[tuple[str, Any, str], ...] = (
    ("read the question", retrieval.answering.rankings, "read_question"),
    ("read the question", retrieval.answering.rankings, "small_talk"),
    ("read the question", retrieval.answering.rankings, "message_parts"),
    ("encode", Retriever, "prepare"),
    ("search: vectors", FaissIndex, "search"),
    ("search: words", TantivyIndex, "search"),
    ("search: words", TantivyIndex, "score"),
    ("search: coverage", TermCoverage, "of_articles"),
    ("search: coverage", TermCoverage, "of_titles"),
    ("search: coverage", TermCoverage, "covered_titles"),
    ("search: evidence", CandidateEvidence, "of"),
    ("rank", retrieval.answering.retriever, "rank"),
    ("confidence", Confidence, "probability"),
    ("articles", Retriever, "retrieve"),
    ("articles", Generation, "article"),
    ("excerpt", retrieval.answering.answerer, "make_excerpt"),
)
"""Name of a part, and whose function it is. A part inside another is counted only once, as itself."""


class Stopwatch:
    """Clocks around functions: what each part took, without the parts inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside: list[float] = []

    def watch(self, part: str, owner: Any, name: str) -> None:  # noqa: ANN401  # a module or a class
        """Put a clock around a function, until the process ends."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the function takes
            self._inside.append(0.0)
            started = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent = time.perf_counter() - started
                self.seconds[part] = self.seconds.get(part, 0.0) + spent - self._inside.pop()
                if self._inside:
                    self._inside[-1] += spent

        setattr(owner, name, timed)


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    facts = machine()
    print(describe_machine(facts))
    questions = [judged.query for judged in load_questions(arguments.questions)]
    settings = settings_for(arguments.index, arguments.data_dir)
    figures: dict[str, Any] = {"machine": facts, "questions": len(questions)}
    figures["cold"] = cold(arguments.index, settings.data_dir, questions, arguments.cold)
    figures |= serve(settings, questions, arguments.rounds)
    show(figures)
    write_json(arguments.json, figures)


def cold(index: Path, data_dir: Path, questions: Sequence[str], runs: int) -> dict[str, float]:
    """Seconds of `quicktakes ask`, process start included: median and longest, with and without cached index files."""
    chosen = [questions[len(questions) * number // runs] for number in range(runs)]
    run_quicktakes(["ask", "--index", index, "--", chosen[0]], data_dir)  # converts the model where that was never done
    cached = [run_quicktakes(["ask", "--index", index, "--", question], data_dir)[0] for question in chosen]
    uncached = []
    for question in chosen:
        _drop_from_file_cache(index)
        uncached.append(run_quicktakes(["ask", "--index", index, "--", question], data_dir)[0])
    return {
        "median_s": statistics.median(cached),
        "longest_s": max(cached),
        "uncached_median_s": statistics.median(uncached),
        "uncached_longest_s": max(uncached),
    }


def _drop_from_file_cache(folder: Path) -> None:
    for path in files_below(folder):
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def serve(settings: Settings, questions: Sequence[str], rounds: int) -> dict[str, Any]:
    """Open the index and ask."""
    started = time.perf_counter()
    with open_index(settings) as index:
        opened = time.perf_counter() - started
        _round(index, questions)
        worked = time.process_time()
        times = [milliseconds(_round(index, questions)) for _ in range(rounds)]
        worked = time.process_time() - worked
        serving = memory()
        outcomes = [index.ask(question).outcome.value for question in questions]
        counts = index.articles.manifest.counts
        return {
            "articles": counts.articles,
            "sections": counts.sections,
            "open_s": opened,
            "p50_ms": statistics.median(each["p50_ms"] for each in times),
            "p99_ms": statistics.median(each["p99_ms"] for each in times),
            "processor_ms": 1e3 * worked / (rounds * len(questions)),
            "rounds": times,
            "memory_mib": asdict(serving),
            "outcomes": {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))},
            "parts_ms": _profile(index, questions),
        }


def _round(index: OpenIndex, questions: Sequence[str]) -> list[float]:
    times = []
    for question in questions:
        started = time.perf_counter()
        index.ask(question)
        times.append(time.perf_counter() - started)
    return times


def _profile(index: OpenIndex, questions: Sequence[str]) -> dict[str, float]:
    """Mean milliseconds of each part; the last round, because the clocks stay."""
    stopwatch = Stopwatch()
    for part, owner, name in _PARTS:
        stopwatch.watch(part, owner, name)
    total = sum(_round(index, questions))
    parts = {part: 1e3 * seconds / len(questions) for part, seconds in stopwatch.seconds.items()}
    order = dict.fromkeys(part for part, _, _ in _PARTS)
    known = {part: parts.get(part, 0.0) for part in order}
    return {**known, "everything else": 1e3 * total / len(questions) - sum(known.values())}


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    found = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in figures["outcomes"].items())
    print(
        f"{figures['articles']:,} articles, {figures['sections']:,} sections, {figures['questions']} questions: {found}"
    )
    print()
    resident = figures["memory_mib"]
    cold_times = figures["cold"]
    print_table(
        [
            ("what", "measured", "bar"),
            ("question → answer, warm, p50, ms", figures["p50_ms"], 50),
            ("question → answer, warm, p99, ms", figures["p99_ms"], 120),
            ("processor time of a question, mean, ms", figures["processor_ms"], None),
            ("quicktakes ask from cold, median, s", cold_times["median_s"], 3),
            ("the same, longest, s", cold_times["longest_s"], 3),
            ("the same, index not in the file cache, median, s", cold_times["uncached_median_s"], None),
            ("resident memory while serving, MiB", resident["resident"], 700),
            ("of it own memory, MiB", resident["own"], None),
            ("of it mapped files, MiB", resident["mapped"], None),
            ("opening model and index, s", figures["open_s"], None),
        ]
    )
    print("\nwhere a question's time goes (mean)")
    total = sum(figures["parts_ms"].values())
    rows = [(part, spent, f"{spent / total:.0%}") for part, spent in figures["parts_ms"].items()]
    print_table([("part", "ms", "share"), *rows, ("together", total, "100%")])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="folder of the index")
    parser.add_argument(
        "--questions", type=Path, nargs="+", default=[], help="judged questions; the sample's if left out"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often every question is asked")
    parser.add_argument("--cold", type=int, default=5, help="how many processes are started for a cold ask, twice")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
