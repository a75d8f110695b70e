"""Matrices of vectors on disk: half precision, in NumPy's own format, memory-mapped."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

_BLOCK_ROWS = 16_384


class MatrixWriter:
    """Writes a matrix of known size from top to bottom; a context manager.

    Args:
        path: The file to write.
        rows: How many rows it will have.
        dimension: Length of a row.
    """

    def __init__(self, path: Path, rows: int, dimension: int) -> None:
        self._shape = (rows, dimension)
        self._written = 0
        self._file = path.open("xb")
        header = {"descr": "<f2", "fortran_order": False, "shape": self._shape}
        np.lib.format.write_array_header_1_0(self._file, header)

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; without an error it must be complete."""
        self._file.close()
        if kind is None and self._written != self._shape[0]:
            msg = f"{self._file.name} wants {self._shape[0]} rows and got {self._written}"
            raise ValueError(msg)

    def append(self, vectors: NDArray[np.floating]) -> None:
        """Add rows, shape (any number, dimension)."""
        for start in range(0, len(vectors), _BLOCK_ROWS):
            self._file.write(np.ascontiguousarray(vectors[start : start + _BLOCK_ROWS], dtype="<f2").data)
        self._written += len(vectors)

    def skip_to(self, row: int) -> None:
        """Fill the rows from the last one that was added up to this one with zeros: nothing reads them."""
        while self._written < row:
            self.append(np.zeros((min(row - self._written, _BLOCK_ROWS), self._shape[1]), dtype=np.float16))


def open_matrix(path: Path) -> NDArray[np.float16]:
    """Map a matrix into memory, read-only, shape (rows, dimension)."""
    matrix: NDArray[np.float16] = np.load(path, mmap_mode="r", allow_pickle=False)
    return matrix.view(np.ndarray)
