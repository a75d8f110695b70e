"""The project beside what one would write in an afternoon: build time, question latency, answer@1, memory.

    python benchmarks/rivals.py --content content [--questions judged.jsonl …] [--articles 1000]
                                [--rivals-python .venv-rivals/bin/python] [--systems ours plain txtai langchain]
                                [--rounds 3]

All systems get the same slice of articles (those that the judged questions name, which holds the sources and what is
easily taken for them, then others by a fixed seed), the same model on the same cores, and the answerable questions
whose source is in the slice. Building and answering are processes of their own; loading the model is in neither time.
Each system builds once; then they answer all questions in turns, and the median of the rounds counts, since a machine
that others share is faster in one minute than in the next.
What each system does is told in `rival_systems.py`. txtai and LangChain live in an environment of their own:

    python -m venv .venv-rivals && .venv-rivals/bin/pip install -r benchmarks/requirements-rivals.lock

Ours reads article files while it builds; the rivals get the articles already read. Ours answers with excerpt,
confidence and related articles; the rivals' time ends with the list of addresses.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common import (
    add_common_options,
    describe_machine,
    load_questions,
    machine,
    print_table,
    run_script,
    settings_for,
    write_json,
)
from rebuild import copy_content

from embeddings.file_hashes import FileHashes
from embeddings.model_files import find_model
from retrieval.articles.discovery import discover_article_files
from retrieval.articles.parsing import read_article

if TYPE_CHECKING:
    from retrieval.domain import Article
    from retrieval.evaluation.judged_questions import JudgedQuestion

_SEED = 7
_IN_RIVALS_ENVIRONMENT = frozenset({"txtai", "langchain"})
SYSTEMS = ("ours", "plain", "txtai", "langchain")


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    facts = machine()
    print(describe_machine(facts), flush=True)
    judged = [each for each in load_questions(arguments.questions) if each.answerable]
    with tempfile.TemporaryDirectory(dir=arguments.temporary) as folder:
        workplace = Path(folder)
        questions = prepare(workplace, judged, arguments)
        systems = measure(workplace, arguments)
        articles = sum(1 for _ in discover_article_files(workplace / "content"))
    figures = {"machine": facts, "articles": articles, "questions": questions, "systems": systems}
    show(figures)
    write_json(arguments.json, figures)


def prepare(workplace: Path, judged: list[JudgedQuestion], arguments: argparse.Namespace) -> int:
    """Lay out what the systems work on; the number of questions."""
    articles = [read_article(path, arguments.content) for path in discover_article_files(arguments.content)]
    chosen = choose(articles, judged, arguments.articles)
    copy_content(arguments.content, workplace / "content", [arguments.content / article.path for article in chosen])
    urls = {article.url for article in chosen}
    questions = [each for each in judged if each.source in urls]
    if not questions:
        sys.exit(f"no judged question has its source in {arguments.content}; name other --questions")
    hashes = FileHashes(workplace / "file-hashes.json")
    task = {
        "model": str(find_model(None, hashes)),
        "data_dir": str(settings_for(workplace, arguments.data_dir).data_dir.absolute()),
        "content": str(workplace / "content"),
        "articles": [{"url": each.url, "question": each.question, "answer": each.answer} for each in chosen],
        "questions": [
            {"query": each.query, "answers": [url for url, grade in each.grades.items() if grade == 2]}
            for each in questions
        ],
    }
    (workplace / "task.json").write_text(json.dumps(task), encoding="utf-8")
    print(f"{len(chosen):,} articles, {len(questions)} questions", flush=True)
    return len(questions)


def choose(articles: list[Article], judged: list[JudgedQuestion], wanted: int) -> list[Article]:
    """The slice: articles that judged questions name, then others by a fixed seed; in the order of their files."""
    named = {url for each in judged for url in (each.source, *each.grades)}
    others = [article.url for article in articles if article.url not in named]
    random.Random(_SEED).shuffle(others)  # noqa: S311  # a sample, not a secret
    present = [article.url for article in articles if article.url in named]
    taken = set((present + others)[:wanted])
    return [article for article in articles if article.url in taken]


def measure(workplace: Path, arguments: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Figures of each system by its name: all build, then all answer in turns."""
    systems: dict[str, dict[str, Any]] = {}
    for name in arguments.systems:
        (workplace / name).mkdir()
        systems[name] = run_step(name, "build", workplace, arguments.rivals_python)
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in systems}
    for _ in range(arguments.rounds):
        for name, figures in rounds.items():
            figures.append(run_step(name, "serve", workplace, arguments.rivals_python))
    for name, figures in rounds.items():
        systems[name] |= {key: statistics.median(each[key] for each in figures) for key in figures[0]}
        systems[name]["rounds"] = figures
    return systems


def run_step(name: str, step: str, workplace: Path, rivals_python: Path | None) -> dict[str, Any]:
    """Build or answer, in a process of its own."""
    print(f"{name}: {step} …", flush=True)
    python = rivals_python if name in _IN_RIVALS_ENVIRONMENT else None
    folder = workplace / name
    out = folder / f"{step}.json"
    run_script("rival_systems.py", [name, step, workplace / "task.json", folder, out], python=python)
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return figures


def show(figures: dict[str, Any]) -> None:
    """Print a table, with ours as the measure."""
    systems = figures["systems"]
    print(f"\n{figures['articles']:,} articles, {figures['questions']} questions; in brackets: times ours")
    rows: list[tuple[object, ...]] = [
        ("system", "build s", "p50 ms", "p99 ms", "answer@1", "memory MiB", "memory building MiB")
    ]
    ours = systems.get("ours")
    for name, each in systems.items():

        def against(key: str, each: dict[str, Any] = each) -> str:
            figure = f"{each[key]:,.0f}" if each[key] >= 100 else f"{each[key]:.1f}"
            return f"{figure} ({each[key] / ours[key]:.1f})" if ours else figure

        rows.append(
            (
                name,
                against("build_s"),
                against("p50_ms"),
                against("p99_ms"),
                f"{each['answer_1']:.3f}",
                against("serving_mib"),
                against("building_mib"),
            )
        )
    print_table(rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, required=True, help="folder of the articles")
    parser.add_argument(
        "--questions", type=Path, nargs="+", default=[], help="judged questions; the sample's if left out"
    )
    parser.add_argument("--articles", type=int, default=1000, help="size of the slice")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), help="which to measure")
    parser.add_argument("--rounds", type=int, default=3, help="how often each system answers all questions")
    parser.add_argument("--rivals-python", type=Path, help="Python of the environment with txtai and LangChain")
    parser.add_argument("--temporary", type=Path, help="folder for copies and indexes")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
