"""Suggestions while a member types: how long they take, and whether the meant article is among them.

    python benchmarks/autocomplete.py --index var/index [--queries 2000] [--json out.json]

What is typed is made from the titles themselves, with a fixed seed: a part of a title up to some letter, from its
beginning or from one of its words on, as it is or with typing mistakes (a letter left out, doubled, wrong, or two in
turn; one in every sixteen letters or so). Beside the time on the clock stands the processor time, which another load on
the machine changes less. "Found" is asked of what should suffice to find a title: three words and twelve letters.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common import add_common_options, describe_machine, machine, milliseconds, print_table, settings_for, write_json

from bot.bootstrap import make_store
from bot.live_index.title_search import TitleSearch, token_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KINDS = {
    "beginning": (False, False),
    "middle": (True, False),
    "beginning, mistyped": (False, True),
    "middle, mistyped": (True, True),
}


def main() -> None:
    """Measure, show, write."""
    arguments = _arguments()
    facts = machine()
    with make_store(settings_for(arguments.index, arguments.data_dir)).current() as generation:
        started = time.perf_counter()
        search = TitleSearch.of(generation)
        seconds = time.perf_counter() - started
        articles = [(url, question) for _, url, question in generation.titles()]
    figures = {"machine": facts, "articles": len(articles), "build_s": seconds}
    figures["kinds"] = measure(search, articles, arguments.queries)
    show(figures)
    write_json(arguments.json, figures)


def measure(search: TitleSearch, articles: Sequence[tuple[str, str]], queries: int) -> dict[str, dict[str, Any]]:
    """Figures of each kind of typing.

    Args:
        search: What is measured.
        articles: Url and question of each of its articles.
        queries: How many to ask of each kind.
    """
    chance = random.Random(20)  # noqa: S311 nothing secret
    return {kind: _measure(search, articles, queries, chance, how) for kind, how in _KINDS.items()}


def _measure(
    search: TitleSearch,
    articles: Sequence[tuple[str, str]],
    queries: int,
    chance: random.Random,
    how: tuple[bool, bool],
) -> dict[str, Any]:
    clock, processor, ranks = [], [], []
    for _ in range(queries):
        url, question = chance.choice(articles)
        typed = _typed(question, chance, *how)
        started, worked = time.perf_counter(), time.thread_time()
        choices = search.search(typed)
        processor.append(time.thread_time() - worked)
        clock.append(time.perf_counter() - started)
        if len(typed.split()) >= 3 and len(typed) >= 12:
            values = [choice.value for choice in choices]
            ranks.append(values.index(token_of(url)) if token_of(url) in values else None)
    enough = max(1, len(ranks))
    return {
        **milliseconds(clock),
        "p99_processor_ms": milliseconds(processor)["p99_ms"],
        "first": sum(rank == 0 for rank in ranks) / enough,
        "found": sum(rank is not None for rank in ranks) / enough,
    }


def _typed(question: str, chance: random.Random, middle: bool, mistyped: bool) -> str:  # noqa: FBT001 a row of _KINDS
    words = question.split()
    start = chance.randrange(len(words)) if middle else 0
    text = " ".join(words[start:])
    text = text[: chance.randint(1, max(1, min(len(text), 100)))]
    if mistyped:
        for _ in range(1 + len(text) // 16):
            text = _mistype(text, chance)
    return text


def _mistype(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text)) if text else 0
    before, here, after = text[:place], text[place : place + 1], text[place + 1 :]
    mistakes = (before + after, before + here + here + after, before + chance.choice(_LETTERS) + after)
    return chance.choice((*mistakes, before + after[:1] + here + after[1:]))


def show(figures: dict[str, Any]) -> None:
    """Print the figures."""
    print(describe_machine(figures["machine"]))
    print(f"{figures['articles']:,} articles, made ready in {figures['build_s']:.2f} s\n")
    heading = ["typed", "p50 ms", "p99 ms", "p99 processor ms", "first", "found"]
    print_table([heading, *([kind, *values.values()] for kind, values in figures["kinds"].items())])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="folder of the index")
    parser.add_argument("--queries", type=int, default=2000, help="how many of each kind of typing")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
