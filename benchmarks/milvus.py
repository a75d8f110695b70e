"""The same questions with candidates from Milvus and from this process: whether the same articles, how fast, how large.

    milvus-lite server --data-dir var/milvus --host 127.0.0.1 --port 19530
    python benchmarks/milvus.py --index var/index --uri http://127.0.0.1:19530 --questions judged.jsonl …

The generation that serves is loaded into Milvus first, unless it holds it. Both ways are asked each question in turn.
Memory is that of a fresh process for each way, which has answered 100; `--server` adds that of Milvus' own process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from common import (
    add_common_options,
    describe_machine,
    load_questions,
    machine,
    memory,
    milliseconds,
    print_table,
    settings_for,
    write_json,
)

from bot.bootstrap import make_encoder, make_store, open_index
from bot.live_index.open_index import OpenIndex
from config.settings import Settings
from embeddings.encoder import Encoder

EMBEDDED, MILVUS = "in this process", "by Milvus"
_ASKED_FOR_MEMORY = 100


def main() -> None:
    """Load, ask, print."""
    arguments = _arguments()
    ways = {EMBEDDED: _settings(arguments, uri=None), MILVUS: _settings(arguments, uri=arguments.uri)}
    questions = [judged.query for judged in load_questions(arguments.questions)]
    if arguments.only is not None:
        print(json.dumps(_memory_of(ways[arguments.only], questions)))
        return
    facts = machine()
    print(describe_machine(facts))
    figures: dict[str, Any] = {"machine": facts, "questions": len(questions), "load": _load(ways[MILVUS])}
    figures |= _compare(ways, questions)
    figures["memory_mib"] = {way: _in_own_process(way) for way in ways}
    figures["server_mib"] = _resident(arguments.server) if arguments.server else None
    _show(figures, list(ways))
    write_json(arguments.json, figures)


def _settings(arguments: argparse.Namespace, uri: str | None) -> Settings:
    settings = settings_for(arguments.index, arguments.data_dir)
    given = {"uri": uri, "collection_prefix": arguments.prefix, "search_seconds": 60.0, "load_seconds": 3600.0}
    return settings.model_copy(update={"milvus": settings.milvus.model_copy(update=given)})


def _load(settings: Settings) -> dict[str, float]:
    """Seconds and this process's processor time for having Milvus hold the generation."""
    store = make_store(settings)
    started, worked = time.perf_counter(), time.process_time()
    store.prepare_search(store.current_id() or sys.exit("there is no index"))
    return {"seconds": time.perf_counter() - started, "processor_seconds": time.process_time() - worked}


@contextmanager
def _opened(ways: dict[str, Settings]) -> Iterator[dict[str, OpenIndex]]:
    encoder: Encoder = make_encoder(ways[EMBEDDED])
    with ExitStack() as stack:
        yield {way: stack.enter_context(open_index(settings, encoder=encoder)) for way, settings in ways.items()}


def _compare(ways: dict[str, Settings], questions: Sequence[str]) -> dict[str, Any]:
    """Which article is first each way, and how long the search and the whole answer take."""
    firsts: dict[str, list[str | None]] = {way: [] for way in ways}
    times: dict[str, list[float]] = {way: [] for way in ways}
    with _opened(ways) as indexes:
        for index in indexes.values():
            index.ask(questions[0])
        for number, question in enumerate(questions):
            order = list(indexes) if number % 2 else list(indexes)[::-1]
            for way in order:
                started = time.perf_counter()
                ranking = indexes[way].ranking(question)
                indexes[way].reply(ranking)
                times[way].append(time.perf_counter() - started)
                firsts[way].append(ranking.hits[0].article.url if ranking.hits else None)
    pairs = list(zip(firsts[EMBEDDED], firsts[MILVUS], strict=True))
    others = [question for question, (one, other) in zip(questions, pairs, strict=True) if one != other]
    return {
        "same_first": sum(one == other for one, other in pairs),
        "other_first": others,
        "times": {way: milliseconds(each) for way, each in times.items()},
    }


def _in_own_process(way: str) -> dict[str, float]:
    command = [sys.executable, *sys.argv, "--only", way]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _memory_of(settings: Settings, questions: Sequence[str]) -> dict[str, float]:
    with open_index(settings) as index:
        for question in questions[:_ASKED_FOR_MEMORY]:
            index.ask(question)
        return asdict(memory())


def _resident(process: int) -> float:
    """Resident memory of another process, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _show(figures: dict[str, Any], ways: Sequence[str]) -> None:
    same, asked, load = figures["same_first"], figures["questions"], figures["load"]
    print(f"the same first article for {same} of {asked} questions ({same / asked:.2%})")
    print(f"loading took {load['seconds']:.0f} s, of it {load['processor_seconds']:.0f} s of this process's work")
    if figures["server_mib"] is not None:
        print(f"Milvus' process has {figures['server_mib']:,.0f} MiB")
    print()
    rows: list[tuple[object, ...]] = [("candidates", "p50, ms", "p99, ms", "own memory, MiB", "mapped, MiB")]
    for way in ways:
        times, held = figures["times"][way], figures["memory_mib"][way]
        rows.append((way, times["p50_ms"], times["p99_ms"], held["own"], held["mapped"]))
    print_table(rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="folder of the index")
    parser.add_argument("--uri", required=True, help="address of Milvus")
    parser.add_argument("--prefix", default="benchmark", help="what the names of the collections begin with")
    parser.add_argument("--questions", type=Path, nargs="+", default=[], help="judged questions; the sample's without")
    parser.add_argument("--server", type=int, help="number of Milvus' process on this machine")
    parser.add_argument("--only", choices=[EMBEDDED, MILVUS], help=argparse.SUPPRESS)
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
