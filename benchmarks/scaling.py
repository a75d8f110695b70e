"""The constants of docs/scaling.md: what vector search costs at sizes that nobody has articles for, and bytes a file.

    python benchmarks/scaling.py --rows 10000 100000 1000000 --temporary folder
    python benchmarks/scaling.py --rows 5000000 --temporary folder      # 4.3 GB of disk, given back at the end
    python benchmarks/scaling.py --rows --index folder                  # only the bytes an article, of a real index

Vectors are made up: each lies around one of as many centres as there are 250 vectors, at a cosine of about 0.7, as
sections of one topic do. They are written as the project writes a generation's, indexed and searched by its own code,
each size in a process of its own. Recall@10 is against an exact search. Times are of the processor but where they say
otherwise; "from disk" means that the system was told to forget the files before each question.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from common import add_common_options, describe_machine, machine, memory, milliseconds, print_table, write_json
from growth import nearest

from retrieval.generations.generation import read_manifest
from retrieval.generations.store import GenerationStore
from retrieval.indexes.faiss_index import FaissIndex, VectorEngine, VectorIndexOptions, write_inverted_file
from retrieval.indexes.matrix import MatrixWriter, open_matrix

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_SEED = 15
_A_TOPIC = 250
_MIN_TOPICS = 200
_BLOCK = 20_000
_TOP = 10
_FETCHED = 200  # what a question asks of the section vectors
_COLD_QUERIES = 20
_QUERIES = 200


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    facts = machine()
    print(describe_machine(facts), flush=True)
    figures: dict[str, Any] = {"machine": facts, "vectors": [], "generation": None}
    for rows in arguments.rows:
        with (
            tempfile.TemporaryDirectory(dir=arguments.temporary) as folder,
            ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool,
        ):
            size = pool.submit(measure, Path(folder), rows, arguments.dimension).result()
            print(json.dumps(size), flush=True)
            figures["vectors"].append(size)
    if figures["vectors"]:
        print_table([("figure", *(f"{size['rows']:,}" for size in figures["vectors"])), *_rows(figures["vectors"])])
    if arguments.index:
        figures["generation"] = bytes_an_article(arguments.index)
        print_table([("file of a generation", "bytes an article"), *figures["generation"]["bytes"].items()])
    write_json(arguments.json, figures)


def measure(folder: Path, rows: int, dimension: int) -> dict[str, Any]:
    """Write, index and search so many made-up vectors.

    Args:
        folder: Where the files are made.
        rows: How many.
        dimension: Length of one.
    """
    rng = np.random.default_rng(_SEED)
    matrix, inverted = folder / "vectors.npy", folder / "vectors.faiss"
    queries = write_clustered(matrix, rows, dimension, rng)
    vectors = open_matrix(matrix)
    started = time.process_time()
    is_inverted = VectorIndexOptions().choose(rows) is VectorEngine.INVERTED_FILE
    if is_inverted:
        write_inverted_file(inverted, vectors)
    built = time.process_time() - started
    del vectors
    cold = [_from_disk(matrix, inverted if is_inverted else None, query) for query in queries[:_COLD_QUERIES]]
    before = memory()
    vectors = open_matrix(matrix)
    index = FaissIndex(vectors, inverted_file=inverted if is_inverted else None)
    index.search(queries[0], _FETCHED)
    timed = [_timed(time.process_time, index.search, query) for query in queries]
    resident = memory()
    found = [rows_found[:_TOP] for _, rows_found in timed]
    pairs = zip(found, nearest(vectors, queries), strict=True)
    return {
        "rows": rows,
        "engine": index.engine.value,
        "build_core_s": built,
        **milliseconds([seconds for seconds, _ in timed]),
        "from_disk_p50_ms": milliseconds(cold)["p50_ms"],
        "recall_10": float(np.mean([len(np.intersect1d(ours, best)) / len(best) for ours, best in pairs])),
        "matrix_bytes_a_row": matrix.stat().st_size / rows,
        "index_bytes_a_row": inverted.stat().st_size / rows if is_inverted else 0.0,
        "own_mib": resident.own - before.own,
        "mapped_mib": resident.mapped - before.mapped,
    }


def write_clustered(path: Path, rows: int, dimension: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Write made-up vectors of length 1 in topics, and give questions of the same topics, shape (questions, dimension).

    Args:
        path: The matrix.
        rows: How many vectors.
        dimension: Length of one.
        rng: Makes them up.
    """
    centres = _unit(rng.standard_normal((max(_MIN_TOPICS, rows // _A_TOPIC), dimension), dtype=np.float32))

    def around(count: int) -> NDArray[np.float32]:
        noise = _unit(rng.standard_normal((count, dimension), dtype=np.float32))
        return _unit(centres[rng.integers(0, len(centres), count)] + noise)

    with MatrixWriter(path, rows, dimension) as writer:
        for start in range(0, rows, _BLOCK):
            writer.append(around(min(_BLOCK, rows - start)))
    return around(_QUERIES)


def bytes_an_article(index: Path) -> dict[str, Any]:
    """Bytes an article of each file of the generation that serves, those of a folder together, and its sections."""
    store = GenerationStore(index)
    folder = store.folder / (store.current_id() or "")
    counts = read_manifest(folder).counts
    sizes: dict[str, float] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).parts[0]
            sizes[name] = sizes.get(name, 0.0) + path.stat().st_size / counts.articles
    return {"articles": counts.articles, "sections_an_article": counts.sections / counts.articles, "bytes": sizes}


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _timed(
    clock: Callable[[], float], search: Callable[..., Any], query: NDArray[np.float32]
) -> tuple[float, NDArray[np.int64]]:
    started = clock()
    rows, _ = search(query, _FETCHED)
    return clock() - started, rows


def _from_disk(matrix: Path, inverted: Path | None, query: NDArray[np.float32]) -> float:
    """Seconds of a search after the system was told to forget the files, which it does for those that nobody maps."""
    for file in filter(None, (matrix, inverted)):
        descriptor = os.open(file, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    index = FaissIndex(open_matrix(matrix), inverted_file=inverted)
    return _timed(time.perf_counter, index.search, query)[0]


def _rows(sizes: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    return [(key, *(size[key] for size in sizes)) for key in sizes[0] if key != "rows"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="how many vectors")
    parser.add_argument("--dimension", type=int, default=384, help="length of a vector")
    parser.add_argument("--index", type=Path, help="index whose files are divided by its articles")
    parser.add_argument("--temporary", type=Path, help="where vectors are written; removed at the end")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
