"""The life of an index over a corpus: what preview, rebuild, diff and rollback say and take, and how questions fare.

    python benchmarks/life.py --content content --questions judged.jsonl [--index var/index] [--seconds 60]

Everything happens on copies in a temporary folder. The index is built from nothing with the vectors that are known;
then 10 articles are edited, 5 added and 5 removed, and preview, rebuild and rollback must say exactly that, or the
script ends with an error. Afterwards questions are asked one after another, alone and while the bot's own process for
builds reads every article anew: once with all vectors known, to the end, and once with none, for some seconds of
embedding.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import frontmatter
import numpy as np
from common import (
    SAMPLE_QUESTIONS,
    add_common_options,
    describe_machine,
    load_questions,
    machine,
    print_table,
    write_json,
)
from rebuild import copies_of

from bot.bootstrap import make_store, open_index, open_index_operations
from bot.index_admin.build_process import BuildProcess, BuildRequest
from retrieval.building.report import BuildStage
from retrieval.errors import BuildCancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.index_admin.build_process import BuildStep
    from bot.live_index.open_index import OpenIndex
    from config.settings import Settings
    from retrieval.building.corpus_difference import CorpusDifference

_EDITED, _ADDED, _REMOVED = 10, 5, 5
_ACTOR = "benchmark"
_SEED = 11
_MARK = "This sentence was put in by a benchmark."
_BAR_MS = 100
_Result = TypeVar("_Result")
_FEWEST = 100  # questions asked during a stage, for its p99 to mean something


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to the articles, by url."""

    edited: frozenset[str]
    added: frozenset[str]
    removed: frozenset[str]


@dataclass(slots=True)
class Asked:
    """How long questions took, in seconds, by what was going on."""

    by_stage: dict[str, list[float]] = field(default_factory=dict)

    def figures(self) -> dict[str, dict[str, float]]:
        """Of each stage with enough questions, and of all: number, p50 and p99 in milliseconds."""
        every = [seconds for times in self.by_stage.values() for seconds in times]
        stages = {stage: times for stage, times in self.by_stage.items() if len(times) >= _FEWEST}
        return {
            name: {
                "questions": len(times),
                "p50_ms": 1000 * statistics.median(times),
                "p99_ms": 1000 * float(np.percentile(times, 99)),
                "most_ms": 1000 * max(times),
            }
            for name, times in {**stages, "all together": every}.items()
            if times
        }


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    facts = machine()
    print(describe_machine(facts), flush=True)
    questions = [judged.query for judged in load_questions(arguments.questions)]
    with tempfile.TemporaryDirectory(dir=arguments.temporary) as folder:
        workplace = Path(folder)
        settings = copies_of(arguments.content, arguments.index, arguments.data_dir, workplace)
        figures: dict[str, Any] = {"machine": facts, "life": life(settings, questions)}
        show_life(figures["life"])
        with open_index(settings) as index:
            figures["serving"] = serving(settings, index, questions, workplace, arguments.seconds)
        show_serving(figures["serving"])
    write_json(arguments.json, figures)


def life(settings: Settings, questions: Sequence[str]) -> dict[str, Any]:
    """Build, change articles, preview, rebuild, go back, and check each step.

    Raises:
        SystemExit: A step says something else than what was done.
    """
    index = open_index_operations(settings)
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], _Result]) -> _Result:
        print(f"{name} …", file=sys.stderr, flush=True)
        started = time.perf_counter()
        result = work()
        seconds[name] = time.perf_counter() - started
        return result

    first = timed("full build, vectors known", lambda: index.rebuild(_ACTOR, full=True)).report
    done = change_articles(settings.index.content_dir or Path())
    preview = timed("preview", lambda: index.preview(_ACTOR, questions))
    _agree("the preview", preview.difference, done)
    rebuild = timed("rebuild", lambda: index.rebuild(_ACTOR))
    _agree("the rebuild", rebuild.report.difference, done)
    _check(rebuild.serves, "the new generation does not serve")
    _check_serving(settings, done, is_new=True)
    before, now = timed("rollback", lambda: index.rollback(_ACTOR))
    _check((before, now) == (rebuild.report.generation_id, rebuild.before), "the rollback went elsewhere")
    _check_serving(settings, done, is_new=False)
    timed("rollback to the newest", lambda: index.rollback(_ACTOR, rebuild.report.generation_id))
    _check_serving(settings, done, is_new=True)
    return {
        "articles": first.articles,
        "sections": first.sections,
        "seconds": seconds,
        "answers_changed": len(preview.answers),
        "asked": preview.asked,
    }


def change_articles(content: Path) -> Done:
    """Edit, add and remove articles. Files are replaced: a hard link's other end stays as it was."""
    chosen = random.Random(_SEED).sample(  # noqa: S311  # a sample, not a secret
        sorted(content.rglob("*.md")), _EDITED + _ADDED + _REMOVED
    )
    edited, added, removed = set(), set(), set()
    for path in chosen[:_EDITED]:
        post = frontmatter.load(str(path))
        post["answer"] = f"{post['answer']}\n\n{_MARK}"
        path.unlink()
        path.write_text(frontmatter.dumps(post), encoding="utf-8")
        edited.add(str(post["url"]))
    for path in chosen[_EDITED : _EDITED + _ADDED]:
        post = frontmatter.load(str(path))
        post["url"] = f"{post['url']}-anew"
        post["question"] = f"Benchmark: {post['question']}"
        path.with_name(f"{path.stem}-anew.md").write_text(frontmatter.dumps(post), encoding="utf-8")
        added.add(str(post["url"]))
    for path in chosen[_EDITED + _ADDED :]:
        removed.add(str(frontmatter.load(str(path))["url"]))
        path.unlink()
    return Done(frozenset(edited), frozenset(added), frozenset(removed))


def _agree(who: str, difference: CorpusDifference, done: Done) -> None:
    told = Done(
        *(frozenset(each.url for each in kind) for kind in (difference.changed, difference.added, difference.removed))
    )
    _check(told == done, f"{who} tells {told}, but {done} was done")


def _check_serving(settings: Settings, done: Done, *, is_new: bool) -> None:
    with make_store(settings).current() as generation:
        for url in done.added:
            _check((generation.article_by_url(url) is not None) is is_new, f"{url} was added")
        for url in done.removed:
            _check((generation.article_by_url(url) is None) is is_new, f"{url} was removed")
            _check((generation.what_became_of(url) is not None) is is_new, f"{url} is not remembered")
        for url in done.edited:
            article = generation.article_by_url(url)
            _check(article is not None and (_MARK in article.answer) is is_new, f"{url} was edited")


def _check(holds: bool, problem: str) -> None:  # noqa: FBT001  # the condition, as an assertion has it
    if not holds:
        sys.exit(f"not as it should be: {problem}")


def serving(
    settings: Settings, index: OpenIndex, questions: Sequence[str], workplace: Path, seconds: float
) -> dict[str, Any]:
    """How questions fare alone and during builds."""
    alone = Asked()
    for _ in range(4):
        for question in questions:
            _ask(index, question, alone, "alone")
    known = _during(settings, index, questions, None)
    fresh = workplace / "fresh"
    fresh.mkdir()
    (fresh / settings.encoder_cache_dir.name).symlink_to(settings.encoder_cache_dir.resolve())
    unknown = _during(settings.model_copy(update={"data_dir": fresh}), index, questions, seconds)
    return {"alone": alone.figures(), "vectors known": known.figures(), "nothing known": unknown.figures()}


def _ask(index: OpenIndex, question: str, asked: Asked, stage: str) -> None:
    started = time.perf_counter()
    index.ask(question)
    asked.by_stage.setdefault(stage, []).append(time.perf_counter() - started)


def _during(settings: Settings, index: OpenIndex, questions: Sequence[str], seconds: float | None) -> Asked:
    """Ask while the bot's own process for builds reads everything anew, to its end or for some seconds of embedding."""
    asked, stage, ended = Asked(), ["starting"], threading.Event()
    process = BuildProcess(settings, BuildRequest(_ACTOR, full=True))

    def note(step: BuildStep) -> None:
        stage[0] = step.stage

    def build() -> None:
        try:
            with suppress(BuildCancelledError):
                asyncio.run(process.run(note))
        finally:
            ended.set()

    thread = threading.Thread(target=build)
    thread.start()
    embedding_since = None
    while not ended.is_set():
        for question in questions:
            if ended.is_set():
                break
            _ask(index, question, asked, stage[0])
            if seconds is not None and stage[0] == BuildStage.EMBED.value:
                embedding_since = embedding_since or time.monotonic()
                if time.monotonic() - embedding_since > seconds:
                    process.cancel()
    thread.join()
    return asked


def show_life(figures: dict[str, Any]) -> None:
    """Print what took how long."""
    print(f"\n{figures['articles']:,} articles, {figures['sections']:,} sections; every step agrees with what was done")
    print(f"{_EDITED} edited, {_ADDED} added, {_REMOVED} removed; the rebuild finds the vectors that the preview made")
    print(f"{figures['answers_changed']} of {figures['asked']} questions would get another first answer")
    print_table([("step", "s"), *figures["seconds"].items()])


def show_serving(figures: dict[str, Any]) -> None:
    """Print how questions fared."""
    print(f"\nquestions, one after another (bar: p99 under {_BAR_MS} ms during a build)")
    rows = [
        (f"{build}: {stage}", each["questions"], each["p50_ms"], each["p99_ms"], each["most_ms"])
        for build, stages in figures.items()
        for stage, each in stages.items()
    ]
    print_table([("while", "questions", "p50 ms", "p99 ms", "most ms"), *rows])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, required=True, help="folder of the articles, at least 20")
    parser.add_argument("--index", type=Path, help="an index of these articles; built anew if left out")
    parser.add_argument("--questions", type=Path, nargs="+", default=SAMPLE_QUESTIONS, help="questions to ask")
    parser.add_argument("--seconds", type=float, default=60, help="of embedding during which questions are asked")
    parser.add_argument("--temporary", type=Path, help="folder for the copies; the same file system saves time")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
