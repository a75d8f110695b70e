"""Nearest vectors by FAISS. The only module that imports faiss.

Small matrices are compared row by row. Large ones get an inverted file whose lists hold 4-bit product-quantised codes
(IVF + PQ fast scan): an eighth of the matrix's bytes, scanned in registers, and cheap to add rows to. Either way FAISS
only proposes rows: they are scored again from the stored vectors, so that scores are exact.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.indexes.base import Ids, Scores
from retrieval.indexes.exact import VectorMatrix, best_first, inner_products, live_rows

_untyped: Any = faiss  # faiss's stubs know no keyword arguments of these classes

_FEW_ROWS = 2048
_CENTROIDS = 16  # a 4-bit code tells apart 16 values
_BLOCK_ROWS = 16_384
_SEED = 20_240_607
_said = threading.local()


class VectorEngine(Enum):
    """How vectors are searched."""

    AUTO = "auto"
    EXACT = "exact"
    INVERTED_FILE = "inverted-file"


@dataclass(frozen=True, slots=True)
class VectorIndexOptions:
    """What decides engine and effort.

    Attributes:
        engine: A fixed engine, or by size.
        exact_limit: With ``VectorEngine.AUTO``, up to this many rows are compared one by one.
        rows_read: About how many rows of the inverted lists a search reads; of small matrices all.
        least_share: Share of the lists that it reads at least, above 0 and at most 1.
        spare: Rows proposed beyond the number asked for, before the exact scores decide.
    """

    engine: VectorEngine = VectorEngine.AUTO
    exact_limit: int = 10_000
    rows_read: int = 130_000
    least_share: float = 0.25
    spare: int = 200

    def choose(self, rows: int) -> VectorEngine:
        """The engine for a matrix of this many rows."""
        if rows < _FEW_ROWS and self.engine is not VectorEngine.INVERTED_FILE:
            return VectorEngine.EXACT
        if rows < _CENTROIDS:  # fewer rows than a code has values: nothing to train on
            return VectorEngine.EXACT
        if self.engine is not VectorEngine.AUTO:
            return self.engine
        return VectorEngine.EXACT if rows <= self.exact_limit else VectorEngine.INVERTED_FILE

    def share(self, rows: int) -> float:
        """Share of the inverted lists to read in a matrix of this many rows."""
        return min(1.0, max(self.least_share, self.rows_read / max(1, rows)))


class FaissIndex:
    """Nearest rows of a matrix. Safe to call from several threads; a search uses one thread.

    Args:
        vectors: Shape (rows, dimension), each row of length 1; may be memory-mapped.
        live: Shape (rows,): false for rows that must never be found; ``None`` where all may.
        inverted_file: Written by `write_inverted_file` for the same rows; ``None`` compares all rows one by one.
        options: Effort of a search.
    """

    def __init__(
        self,
        vectors: VectorMatrix,
        live: NDArray[np.bool_] | None = None,
        *,
        inverted_file: Path | None = None,
        options: VectorIndexOptions | None = None,
    ) -> None:
        self._vectors = vectors
        self._live = None if live is None or live.all() else live
        self._options = options or VectorIndexOptions()
        self._inverted = inverted_file is not None
        self._index = _half_precision(vectors) if inverted_file is None else _read(inverted_file)
        if self._index.ntotal != len(vectors) or self._index.d != vectors.shape[1]:
            msg = (
                f"{inverted_file} holds {self._index.ntotal} vectors of dimension {self._index.d}, "
                f"but the matrix has shape {vectors.shape}"
            )
            raise ValueError(msg)

    @property
    def engine(self) -> VectorEngine:
        """How this index searches."""
        return VectorEngine.INVERTED_FILE if self._inverted else VectorEngine.EXACT

    def search(self, vector: NDArray[np.float32], k: int, allowed: Ids | None = None) -> tuple[Ids, Scores]:
        """See `retrieval.indexes.base.VectorIndex`; equal scores come in the order of their rows."""
        if not len(self._vectors) or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if allowed is not None and len(allowed) <= _FEW_ROWS:
            rows = live_rows(len(self._vectors), self._live, allowed)
        else:
            rows = self._propose(vector, min(k + self._options.spare, len(self._vectors)), allowed)
        return best_first(rows, inner_products(self._vectors, rows, vector), k)

    def _propose(self, vector: NDArray[np.float32], count: int, allowed: Ids | None) -> Ids:
        mask = self._mask(allowed)
        selector = None if mask is None else _untyped.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
        _search_alone()
        parameters: Any
        if self._inverted:
            # A filter leaves few good rows in each list, so all lists are read.
            share = 1.0 if allowed is not None else self._options.share(len(self._vectors))
            parameters = _untyped.SearchParametersIVF(sel=selector, nprobe=math.ceil(share * self._index.nlist))
        else:
            parameters = _untyped.SearchParameters(sel=selector)
        query = np.ascontiguousarray(vector, dtype=np.float32)[None]
        _, rows = self._index.search(query, count, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)

    def _mask(self, allowed: Ids | None) -> NDArray[np.bool_] | None:
        if allowed is None:
            return self._live
        mask = np.zeros(len(self._vectors), dtype=np.bool_)
        mask[allowed] = True
        return mask if self._live is None else mask & self._live


def _search_alone() -> None:
    """Have FAISS use one thread in the calling thread: one query has no work for a second. Said once in each thread."""
    if not getattr(_said, "alone", False):
        faiss.omp_set_num_threads(1)
        _said.alone = True


def write_inverted_file(path: Path, vectors: VectorMatrix) -> None:
    """Train an inverted file on the vectors and write it with all of them.

    Args:
        path: The file to write.
        vectors: Shape (rows, dimension), at least 16 rows.
    """
    faiss.omp_set_num_threads(1)  # training is thousands of tiny steps: a second thread would mostly wait, and spin
    rows, dimension = vectors.shape
    lists = max(1, min(1 << round(math.log2(max(2, rows)) / 2), rows // 39))
    width = 2 - dimension % 2  # a code for each two numbers, as far as they pair
    quantizer = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFPQFastScan(quantizer, dimension, lists, dimension // width, 4, faiss.METRIC_INNER_PRODUCT)
    index.by_residual = False  # the same tables serve every list, which makes a scan cheaper at the same recall
    for parameters in (index.cp, index.pq.cp):
        parameters.min_points_per_centroid = 1  # small corpora are allowed; FAISS would print warnings
    sample = np.random.default_rng(_SEED).permutation(rows)[: max(64 * lists, 4096)]
    index.train(vectors[np.sort(sample)].astype(np.float32))
    _add(index, vectors)
    faiss.write_index(index, str(path))


def extend_inverted_file(source: Path, target: Path, vectors: VectorMatrix) -> None:
    """Write a copy of an inverted file with the matrix's further rows added; the lists stay as they were trained.

    Args:
        source: An inverted file of the first rows of the matrix.
        target: The file to write.
        vectors: The whole matrix, shape (rows, dimension).
    """
    faiss.omp_set_num_threads(1)
    index = faiss.read_index(str(source))
    _add(index, vectors[index.ntotal :])
    faiss.write_index(index, str(target))


def _add(index: Any, vectors: VectorMatrix) -> None:  # noqa: ANN401  # faiss has no types
    for start in range(0, len(vectors), _BLOCK_ROWS):
        index.add(np.ascontiguousarray(vectors[start : start + _BLOCK_ROWS], dtype=np.float32))


def _half_precision(vectors: VectorMatrix) -> Any:  # noqa: ANN401  # faiss has no types
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add_sa_codes(np.ascontiguousarray(vectors, dtype=np.float16).view(np.uint8))  # its codes are these numbers
    return index


def _read(path: Path) -> Any:  # noqa: ANN401  # faiss has no types
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
