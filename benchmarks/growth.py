"""How the figures grow with the corpus: builds, questions and memory at several sizes, vector search at ten times more.

    python benchmarks/growth.py --content content [--questions judged.jsonl …] [--plot docs/images/growth.png]

For each share of the articles (chosen by a fixed seed) an index is built on a copy, from known vectors where there are
any, and measured by `serving.py` and `rebuild.py`, each in a process of its own. Of each index the section vectors are
searched alone, too, for questions of its articles, and so are vectors made up for `--times` as many: each is a real
one moved at random so that its cosine with the real one is about 0.8, which keeps topics as they are clustered.
Recall@10 is measured against an exact search.

`--replot figures.json --plot …` only draws the plot from figures written before with `--json`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from common import (
    add_common_options,
    describe_machine,
    folder_megabytes,
    machine,
    memory,
    milliseconds,
    print_table,
    run_quicktakes,
    run_script,
    settings_for,
    write_json,
)
from rebuild import copy_content

from bot.bootstrap import make_store
from retrieval.generations.generation import QUESTION_VECTORS, SECTION_VECTORS
from retrieval.indexes.faiss_index import FaissIndex, VectorEngine, VectorIndexOptions, write_inverted_file
from retrieval.indexes.matrix import MatrixWriter, open_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Half = NDArray[np.float16]

_SEED = 7
_NOISE = 0.75  # length of the random move: the cosine with the real vector is then 0.8
_BLOCK = 20_000
_QUERIES = 100
_TOP = 10
_FETCHED = 200  # what a question asks of the section vectors

_PANELS: tuple[tuple[str, tuple[tuple[str, str, float | None], ...]], ...] = (
    ("question → answer, warm (ms)", (("p50", "p50_ms", 8), ("p99", "p99_ms", 25))),
    ("rebuild, process start included (s)", (("10 changed", "changed_s", 12), ("nothing changed", "unchanged_s", 5))),
    ("build from nothing, without embedding (s)", (("", "rest_s", None),)),
    ("quicktakes ask from cold (s)", (("", "cold_s", 3),)),
    ("memory while serving (MiB)", (("resident", "resident_mib", 700), ("of it own", "own_mib", None))),
)
"""Title of a panel and its lines: label, key, and the bar."""

_NAMES = {
    "sections": "sections",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
    "cold_s": "quicktakes ask from cold, s",
    "resident_mib": "resident memory, MiB",
    "own_mib": "of it own memory, MiB",
    "unchanged_s": "build, nothing changed, s",
    "changed_s": "build, 10 articles changed, s",
    "rest_s": "build from nothing without embedding, s",
    "rest_share": "its share of the whole build",
    "embedding_s": "embedding all of it, s",
    "index_mib": "index on disk, MiB",
    "build_s": "building, s",
    "recall_10": "recall@10",
    "file_mib": "files, MiB",
}


def main() -> None:
    """Measure, print, write, draw."""
    arguments = _arguments()
    if arguments.replot:
        draw(json.loads(arguments.replot.read_text(encoding="utf-8")), arguments.plot)
        return
    facts = machine()
    print(describe_machine(facts), flush=True)
    figures: dict[str, Any] = {"machine": facts, "sizes": [], "vectors": []}
    files = sorted(arguments.content.rglob("*.md"))
    random.Random(_SEED).shuffle(files)  # noqa: S311  # a sample, not a secret
    for share in sorted(arguments.shares):
        with tempfile.TemporaryDirectory(dir=arguments.temporary) as folder:
            chosen = files[: max(1, round(share * len(files)))]
            size = measure_size(Path(folder), chosen, arguments)
            figures["sizes"].append({"share": share, **size})
            figures["vectors"].append(_search_of_current(Path(folder), 1))
            if share == max(arguments.shares) and arguments.times > 1:
                figures["vectors"].append(_search_of_current(Path(folder), arguments.times))
    show(figures)
    write_json(arguments.json, figures)
    if arguments.plot:
        draw(figures, arguments.plot)


def measure_size(folder: Path, files: Sequence[Path], arguments: argparse.Namespace) -> dict[str, Any]:
    """Build an index of these articles, and let the other scripts measure it."""
    content, index = folder / "content", folder / "index"
    copy_content(arguments.content, content, files)
    data_dir = settings_for(index, arguments.data_dir).data_dir
    build_s, _ = run_quicktakes(["index", "build", "--content", content, "--index", index], data_dir)
    print(f"{len(files):,} articles: index built in {build_s:.1f} s", flush=True)
    serving, rebuild = folder / "serving.json", folder / "rebuild.json"
    common: list[str | Path] = ["--data-dir", data_dir, "--index", index, "--rounds", str(arguments.rounds)]
    questions: list[str | Path] = ["--questions", *arguments.questions] if arguments.questions else []
    run_script("serving.py", [*common, *questions, "--json", serving])
    run_script("rebuild.py", [*common, "--content", content, "--temporary", folder, "--full", "--json", rebuild])
    served = json.loads(serving.read_text(encoding="utf-8"))
    built = json.loads(rebuild.read_text(encoding="utf-8"))
    return {
        "articles": served["articles"],
        "sections": served["sections"],
        "p50_ms": served["p50_ms"],
        "p99_ms": served["p99_ms"],
        "cold_s": served["cold"]["median_s"],
        "resident_mib": served["memory_mib"]["resident"],
        "own_mib": served["memory_mib"]["own"],
        "unchanged_s": built["unchanged_s"],
        "changed_s": built["changed_s"],
        "rest_s": built["full"]["rest_s"],
        "rest_share": built["full"]["rest_share"],
        "embedding_s": built["full"]["embedding_s"],
        "index_mib": built["index_mib"],
    }


def _search_of_current(folder: Path, times: int) -> dict[str, Any]:
    """Measured in a fresh process, whose memory is then that of the search."""
    store = make_store(settings_for(folder / "index", None))
    generation = store.folder / (store.current_id() or "")
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(search_vectors, generation, times, folder / f"times-{times}").result()


def search_vectors(generation: Path, times: int, folder: Path) -> dict[str, Any]:
    """Index a generation's section vectors, or made-up ones, and search for its articles' questions.

    Args:
        generation: Folder of the generation.
        times: So many times as many vectors as there are; 1 for the real ones.
        folder: Where files are made.
    """
    folder.mkdir()
    rng = np.random.default_rng(_SEED)
    vectors = open_matrix(generation / SECTION_VECTORS)
    questions = open_matrix(generation / QUESTION_VECTORS)
    queries = questions[rng.choice(len(questions), min(_QUERIES, len(questions)), replace=False)].astype(np.float32)
    if times > 1:
        write_made_up(folder / "vectors.npy", vectors, times, rng)
        vectors = open_matrix(folder / "vectors.npy")
    inverted = None
    started = time.perf_counter()
    if VectorIndexOptions().choose(len(vectors)) is VectorEngine.INVERTED_FILE:
        inverted = folder / "vectors.faiss"
        write_inverted_file(inverted, vectors)
    built = time.perf_counter() - started
    index = FaissIndex(vectors, inverted_file=inverted)
    index.search(queries[0], _FETCHED)
    found, times_taken = [], []
    for query in queries:
        started = time.perf_counter()
        found.append(index.search(query, _FETCHED)[0][:_TOP])
        times_taken.append(time.perf_counter() - started)
    resident = memory()
    pairs = zip(found, nearest(vectors, queries), strict=True)
    return {
        "rows": len(vectors),
        "made_up": times > 1,
        "engine": index.engine.value,
        "build_s": built,
        **milliseconds(times_taken),
        "recall_10": float(np.mean([len(np.intersect1d(rows, best)) / len(best) for rows, best in pairs])),
        "resident_mib": resident.resident,
        "own_mib": resident.own,
        "file_mib": folder_megabytes(folder) if inverted else 0.0,
    }


def write_made_up(path: Path, real: Half, times: int, rng: np.random.Generator) -> None:
    """Write so many times as many vectors as there are real ones, each near a real one, each of length 1."""
    rows, dimension = real.shape
    with MatrixWriter(path, times * rows, dimension) as writer:
        for _ in range(times):
            for start in range(0, rows, _BLOCK):
                block = real[start : start + _BLOCK].astype(np.float32)
                noise = rng.standard_normal(block.shape, dtype=np.float32)
                block += _NOISE / np.linalg.norm(noise, axis=1, keepdims=True) * noise
                block /= np.linalg.norm(block, axis=1, keepdims=True)
                writer.append(block)


def nearest(vectors: Half, queries: NDArray[np.float32]) -> NDArray[np.int64]:
    """The truly nearest rows of each query, shape (queries, 10 or fewer), in no order."""
    scores = np.empty((len(queries), 0), dtype=np.float32)
    rows = np.empty((len(queries), 0), dtype=np.int64)
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK].astype(np.float32)
        scores = np.hstack([scores, queries @ block.T])
        here = np.arange(start, start + len(block))
        rows = np.hstack([rows, np.broadcast_to(here, (len(queries), len(block)))])
        best = np.argsort(-scores, axis=1)[:, :_TOP]
        scores, rows = np.take_along_axis(scores, best, axis=1), np.take_along_axis(rows, best, axis=1)
    return rows


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables: a column a size."""
    sizes = figures["sizes"]
    keys = [key for key in sizes[0] if key not in {"share", "articles"}]
    print()
    rows = [(_NAMES.get(key, key), *(size[key] for size in sizes)) for key in keys]
    print_table([("articles", *(f"{size['articles']:,}" for size in sizes)), *rows])
    print(
        "\nsection vectors searched alone, one thread; the last column is made up"
        if len(figures["vectors"]) > len(sizes)
        else "\nsection vectors searched alone, one thread"
    )
    vectors = figures["vectors"]
    keys = [key for key in vectors[0] if key not in {"rows", "made_up"}]
    print_table(
        [
            ("rows", *(f"{each['rows']:,}" for each in vectors)),
            *((_NAMES.get(key, key), *(each[key] for each in vectors)) for key in keys),
        ]
    )


def draw(figures: dict[str, Any], path: Path) -> None:
    """Draw the figures over the number of articles; a dashed line is the bar of the line of its colour."""
    import matplotlib.pyplot as plt  # noqa: PLC0415  # needed only here, and only by who wants a plot

    sizes, vectors = figures["sizes"], figures["vectors"]
    figure, axes = plt.subplots(2, 3, figsize=(13, 7), layout="constrained")
    for axis, (title, lines) in zip(axes.flat, _PANELS, strict=False):
        for label, key, bar in lines:
            _line(axis, [size["articles"] for size in sizes], [size[key] for size in sizes], label, bar)
        _finish(axis, title, "articles", [size["articles"] for size in sizes])
    axis, rows = axes.flat[-1], [each["rows"] for each in vectors]
    _line(axis, rows, [each["p50_ms"] for each in vectors], "p50", None)
    _line(axis, rows, [each["p99_ms"] for each in vectors], "p99", None)
    for each in vectors:
        note = f"recall@10\n{each['recall_10']:.3f}" + ("\n(made up)" if each["made_up"] else "")
        place = (each["rows"], each["p99_ms"])
        axis.annotate(note, place, (0, 8), textcoords="offset points", ha="center", fontsize=8)
    _finish(axis, "nearest section vectors alone (ms)", "vectors", rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def _line(axis: Axes, over: Sequence[int], values: Sequence[float], label: str, bar: float | None) -> None:
    (line,) = axis.plot(over, values, marker="o", label=label or None)
    if bar is not None:
        axis.axhline(bar, linestyle="--", color=line.get_color(), alpha=0.6, label=f"bar {bar:g}")


def _finish(axis: Axes, title: str, over: str, ticks: Sequence[int]) -> None:
    axis.set(xscale="log", title=title, xlabel=over)
    axis.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axis.set_xticks([], minor=True)
    axis.margins(x=0.15)
    axis.set_ylim(0, 1.3 * axis.get_ylim()[1])
    axis.grid(alpha=0.3)
    if axis.get_legend_handles_labels()[1]:
        axis.legend(fontsize=8, ncols=2, loc="upper left")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, help="folder of the articles; needed but for --replot")
    parser.add_argument(
        "--questions", type=Path, nargs="+", default=[], help="judged questions; the sample's if left out"
    )
    parser.add_argument("--shares", type=float, nargs="+", default=[0.1, 1 / 3, 1.0], help="shares of the articles")
    parser.add_argument("--rounds", type=int, default=3, help="how often each thing is measured at each size")
    parser.add_argument("--times", type=int, default=10, help="so many times as many made-up vectors; 1 for none")
    parser.add_argument("--temporary", type=Path, help="folder for copies and indexes; wants several GB at full size")
    parser.add_argument("--plot", type=Path, help="draw a picture to this file, .png or .svg; needs matplotlib")
    parser.add_argument("--replot", type=Path, help="draw from these figures, measure nothing")
    add_common_options(parser)
    arguments = parser.parse_args()
    if arguments.replot and not arguments.plot:
        parser.error("--replot needs --plot")
    if not arguments.replot and not arguments.content:
        parser.error("--content is needed")
    return arguments


if __name__ == "__main__":
    main()
