"""Recall, speed, size and build time of the vector indexes, beside an exact search and FAISS's HNSW graph.

    python benchmarks/vector_index.py                                  # clustered synthetic vectors
    python benchmarks/vector_index.py --vectors A.npy --queries Q.npy  # your own, such as a generation's matrix

Recall@10 is the share of the ten truly nearest rows that are found. Searches run one at a time, on one thread.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.indexes.base import Ids, VectorIndex
from retrieval.indexes.exact import best_first, inner_products
from retrieval.indexes.faiss_index import FaissIndex, VectorEngine, VectorIndexOptions, write_inverted_file

_TOP = 10
_FETCHED = 100
_CLUSTERS = 2_000
_GRAPH_LINKS = 32
_GRAPH_EFFORT_BUILDING = 80

Half = NDArray[np.float16]
Single = NDArray[np.float32]


class Graph:
    """FAISS's HNSW over 8-bit codes, proposing as many rows as `FaissIndex` does and scored again in the same way."""

    def __init__(self, path: Path, vectors: Half, effort: int, spare: int) -> None:
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self._vectors = vectors
        self._effort = effort
        self._spare = spare

    def search(self, vector: Single, k: int, allowed: Ids | None = None) -> tuple[NDArray[np.int64], Single]:
        """See `VectorIndex`; without filters."""
        del allowed
        count = k + self._spare
        parameters = faiss.SearchParametersHNSW(efSearch=max(self._effort, count))
        _, rows = self._index.search(vector[None], count, params=parameters)
        return best_first(rows[0], inner_products(self._vectors, rows[0], vector), k)


def main() -> None:
    """Measure and print a table."""
    arguments = _arguments()
    vectors, queries = _data(arguments)
    print(
        f"{len(vectors):,} vectors of dimension {vectors.shape[1]}, {len(queries)} queries, the best {arguments.fetch}"
    )
    rows = np.arange(len(vectors), dtype=np.int64)
    truth = [best_first(rows, inner_products(vectors, rows, query), _TOP)[0] for query in queries]
    print(f"{'index':<28}{'build s':>9}{'MB':>8}{'open ms':>9}{'recall@10':>11}{'p50 ms':>8}{'p99 ms':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds, size, open_index in _indexes(vectors, Path(folder), arguments):
            started = time.perf_counter()
            index = open_index()
            opened = time.perf_counter() - started
            recall, p50, p99 = _measure(index, queries, truth, arguments.fetch)
            print(f"{name:<28}{seconds:>9.1f}{size:>8.1f}{opened * 1e3:>9.1f}{recall:>11.4f}{p50:>8.2f}{p99:>8.2f}")


def _indexes(
    vectors: Half, folder: Path, arguments: argparse.Namespace
) -> Iterator[tuple[str, float, float, Callable[[], VectorIndex]]]:
    exact = VectorIndexOptions(engine=VectorEngine.EXACT)
    yield "FAISS exact", 0.0, 0.0, lambda: FaissIndex(vectors, options=exact)
    path = folder / "inverted.faiss"
    started = time.perf_counter()
    write_inverted_file(path, vectors)
    seconds, size = time.perf_counter() - started, path.stat().st_size / 1e6
    default = VectorIndexOptions()
    for share in (default.share(len(vectors)), *arguments.shares):
        options = VectorIndexOptions(rows_read=0, least_share=share)
        yield (
            f"inverted file, share {share:.2f}",
            seconds,
            size,
            lambda options=options: FaissIndex(vectors, inverted_file=path, options=options),
        )
    if arguments.graph:
        path = folder / "graph.faiss"
        seconds = _write_graph(path, vectors, arguments.threads)
        for effort in (0, 400):
            yield (
                f"HNSW, effort {effort or 'least'}",
                seconds,
                path.stat().st_size / 1e6,
                lambda effort=effort: Graph(path, vectors, effort, VectorIndexOptions().spare),
            )


def _write_graph(path: Path, vectors: Half, threads: int) -> float:
    faiss.omp_set_num_threads(threads)
    started = time.perf_counter()
    bits = faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexHNSWSQ(vectors.shape[1], bits, _GRAPH_LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _GRAPH_EFFORT_BUILDING
    singles = vectors.astype(np.float32)
    index.train(singles)
    index.add(singles)
    faiss.write_index(index, str(path))
    return time.perf_counter() - started


def _measure(
    index: VectorIndex, queries: Single, truth: list[NDArray[np.int64]], fetch: int
) -> tuple[float, float, float]:
    found, times = [], []
    index.search(queries[0], fetch)
    for query in queries:
        started = time.perf_counter()
        rows, _ = index.search(query, fetch)
        times.append((time.perf_counter() - started) * 1e3)
        found.append(rows[:_TOP])
    recall = np.mean([len(np.intersect1d(rows, best)) / len(best) for rows, best in zip(found, truth, strict=True)])
    return float(recall), float(np.median(times)), float(np.percentile(times, 99))


def _data(arguments: argparse.Namespace) -> tuple[Half, Single]:
    if arguments.vectors:
        vectors = np.load(arguments.vectors, mmap_mode="r").view(np.ndarray).astype(np.float16, copy=False)
        return vectors, np.load(arguments.queries).astype(np.float32)
    random = np.random.default_rng(arguments.seed)
    centres = _unit(random.normal(size=(_CLUSTERS, arguments.dimension)))
    rows = arguments.rows
    vectors = np.empty((rows, arguments.dimension), dtype=np.float16)
    for start in range(0, rows, 10_000):  # in pieces: ten times the real size must fit
        vectors[start : start + 10_000] = _around(centres, min(10_000, rows - start), random)
    return vectors, _around(centres, arguments.query_count, random)


def _around(centres: Single, count: int, random: np.random.Generator) -> Single:
    """Vectors of length 1 whose cosine with their cluster's centre is about 0.7, as sections of one topic have."""
    noise = _unit(random.normal(size=(count, centres.shape[1])))
    return _unit(centres[random.integers(0, len(centres), count)] + noise)


def _unit(vectors: NDArray[np.floating]) -> Single:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", type=Path, help="matrix to search, .npy, rows of length 1")
    parser.add_argument("--queries", type=Path, help="vectors to search for, .npy; needed with --vectors")
    parser.add_argument("--rows", type=int, default=196_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--query-count", type=int, default=200)
    parser.add_argument(
        "--shares", type=float, nargs="+", default=[0.25, 1.0], help="other shares of the lists to read"
    )
    parser.add_argument("--fetch", type=int, default=_FETCHED, help="rows asked for, at least 10")
    parser.add_argument("--threads", type=int, default=2, help="threads that build the graph")
    parser.add_argument("--graph", action=argparse.BooleanOptionalAction, default=True, help="measure HNSW too")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.vectors and not arguments.queries:
        parser.error("--vectors needs --queries")
    return arguments


if __name__ == "__main__":
    main()
