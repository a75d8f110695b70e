"""Vectors on disk, so that no text is embedded twice by the same encoder.

One append-only file for each encoder fingerprint: a header, then records of one size, each a key (hash of the text),
a CRC-32 and a half-precision vector. Nothing is ever changed in place, so a process killed at any moment leaves at
worst an unfinished last record, which readers ignore and the next writer cuts off. Writers take a file lock; readers
need none.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
import warnings
import zlib
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from filelock import FileLock

from embeddings.errors import VectorCacheError, VectorCacheWarning

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from embeddings.encoder import Vectors

KEY_BYTES = 16
"""Bytes of a text's key."""

_MAGIC = b"QTVEC\x00\x00\x01"  # raise the last byte with any change of the record's layout
_HEADER = struct.Struct("<8s32sII")  # magic, fingerprint hash, dimension, CRC-32 of what comes before it
_CRC_BYTES = 4
_READ_ROWS = 1024  # small enough that each step finds the rows in the processor's cache


def text_key(text: str) -> bytes:
    """Key of a text within one encoder's cache: 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def stored_form(vectors: Vectors) -> Vectors:
    """The vectors as they come back from the cache, shape kept, length 1.

    A build takes every vector through this form, so that it gives the same index whether its vectors were
    embedded just now or read from the cache.
    """
    return _unpack(vectors.astype(np.float16))


class VectorCache:
    """Keeps the vectors of one encoder. Safe for several threads, and for several processes at once.

    Args:
        folder: Where the cache's files lie; made if it is missing.
        fingerprint: The encoder's fingerprint; vectors of another encoder are never returned.
        dimension: Length of a vector.

    Raises:
        VectorCacheError: The folder cannot be written.

    Warns:
        VectorCacheWarning: A damaged file was moved aside, or damaged vectors were left out.
    """

    def __init__(self, folder: Path, fingerprint: str, dimension: int) -> None:
        digest = hashlib.blake2b(fingerprint.encode(), digest_size=32).digest()
        head = _HEADER.pack(_MAGIC, digest, dimension, 0)[:-4]
        self._header = head + struct.pack("<I", zlib.crc32(head))
        self._record = np.dtype([("key", f"V{KEY_BYTES}"), ("crc", "<u4"), ("vector", "<f2", (dimension,))])
        self._dimension = dimension
        self.path = folder / f"vectors-{digest[:8].hex()}.bin"
        self._lock = threading.Lock()
        self._rows: dict[bytes, int] = {}
        self._count = 0
        self._file = -1
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Threads of this process wait for each other at `_lock`, so the file lock is one object for all of them.
            self._file_lock = FileLock(self.path.with_suffix(".lock"), thread_local=False)
            with self._file_lock:
                self._open_sound()
        except OSError as error:
            raise VectorCacheError(self.path, f"the vector cache cannot be opened ({error})") from error

    def __enter__(self) -> Self:
        """Return the cache itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the cache's file."""
        self.close()

    def __len__(self) -> int:
        """Number of texts that have a vector."""
        with self._lock:
            self._read_new_keys()
            return len(self._rows)

    def close(self) -> None:
        """Close the file; using the cache afterwards is an error."""
        with self._lock:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def get_many(self, texts: Sequence[str]) -> tuple[Vectors, NDArray[np.bool_]]:
        """Look up texts.

        Returns:
            Vectors of shape (number of texts, dimension), with zeros where a text has none, and a mask of shape
            (number of texts,) that is true where the vector is missing.
        """
        keys = [text_key(text) for text in texts]
        vectors = np.zeros((len(keys), self._dimension), dtype=np.float32)
        missing = np.ones(len(keys), dtype=np.bool_)
        with self._lock:
            self._read_new_keys()
            rows = np.fromiter((self._rows.get(key, -1) for key in keys), dtype=np.int64, count=len(keys))
            records = self._records()
            damaged: list[bytes] = []
            found = np.flatnonzero(rows >= 0)
            for start in range(0, len(found), _READ_ROWS):
                places = found[start : start + _READ_ROWS]
                block = records[rows[places]]
                sound = _sound_rows(block)
                if not sound.all():
                    damaged += [keys[place] for place in places[~sound]]
                    places, block = places[sound], block[sound]
                vectors[places] = _unpack(block["vector"])
                missing[places] = False
            for key in damaged:
                self._rows.pop(key, None)
        if damaged:
            warnings.warn(
                f"{self.path}: {len(damaged)} vectors are damaged and will be embedded again",
                VectorCacheWarning,
                stacklevel=2,
            )
        return vectors, missing

    def put_many(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of these texts: when this returns, a kill of the process cannot lose them.

        Args:
            texts: Texts that were embedded.
            vectors: Shape (number of texts, dimension).

        Raises:
            VectorCacheError: The file cannot be written, for instance because the disk is full.
        """
        if vectors.shape != (len(texts), self._dimension):
            msg = f"{len(texts)} texts of dimension {self._dimension} do not fit vectors of shape {vectors.shape}"
            raise ValueError(msg)
        block = np.zeros(len(texts), dtype=self._record)
        keys = b"".join(text_key(text) for text in texts)
        block["key"] = np.frombuffer(keys, dtype=self._record["key"])
        block["vector"] = vectors
        block["crc"] = [_checksum(row) for row in _rows_of(block)]
        with self._lock, self._file_lock:
            try:
                self._reopen_if_replaced()
                self._append(block.tobytes())
            except OSError as error:
                raise VectorCacheError(self.path, f"vectors cannot be written ({error}); free some space") from error
            self._read_new_keys()

    def prune(self, keep: Collection[bytes]) -> int:
        """Forget every vector but those of `keep` (keys, see `text_key`); another process goes on undisturbed.

        Returns:
            How many vectors were forgotten.
        """
        kept = frozenset(keep)
        with self._lock, self._file_lock:
            self._reopen_if_replaced()
            self._read_new_keys()
            rows = sorted(row for key, row in self._rows.items() if key in kept)
            forgotten = len(self._rows) - len(rows)
            records = self._records()
            fresh = self.path.with_suffix(".new")
            with fresh.open("wb") as file:
                file.write(self._header)
                for start in range(0, len(rows), _READ_ROWS):
                    file.write(records[rows[start : start + _READ_ROWS]].tobytes())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
            self._reopen_if_replaced()
            self._read_new_keys()
        return forgotten

    def _open_sound(self) -> None:
        """Open the file, or begin a new one where there is none or its header is not ours."""
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, len(self._header), 0) != self._header:
            os.close(self._file)
            aside = self._move_aside()
            warnings.warn(
                f"{self.path} is damaged; it was moved to {aside.name} and its vectors will be embedded again",
                VectorCacheWarning,
                stacklevel=4,
            )
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            size = 0
        if not size:
            os.pwrite(self._file, self._header, 0)
        self._rows = {}
        self._count = 0

    def _move_aside(self) -> Path:
        number = 1
        while (aside := self.path.with_suffix(f".damaged-{number}")).exists():
            number += 1
        return self.path.rename(aside)

    def _reopen_if_replaced(self) -> None:
        """Follow another process's `prune`, which puts a new file in the old one's place."""
        ours = os.fstat(self._file)
        try:
            there = self.path.stat()
        except FileNotFoundError:
            there = None
        if there is None or (there.st_ino, there.st_dev) != (ours.st_ino, ours.st_dev):
            os.close(self._file)
            self._open_sound()

    def _append(self, data: bytes) -> None:
        size = os.fstat(self._file).st_size
        end = size - (size - len(self._header)) % self._record.itemsize
        if end != size:  # a writer was killed half-way through its last record
            os.ftruncate(self._file, end)
        view = memoryview(data)
        while view:
            written = os.pwrite(self._file, view, end)
            view = view[written:]
            end += written

    def _records(self) -> np.ndarray[Any, np.dtype[np.void]]:
        if not self._count:
            return np.zeros(0, dtype=self._record)
        with os.fdopen(os.dup(self._file), "rb") as file:
            return np.memmap(file, dtype=self._record, mode="r", offset=len(self._header), shape=(self._count,))

    def _read_new_keys(self) -> None:
        """Learn of records that this or another process appended since the last look."""
        size = os.fstat(self._file).st_size
        count = max(0, size - len(self._header)) // self._record.itemsize
        if count <= self._count:
            return
        first, self._count = self._count, count
        keys = np.ascontiguousarray(self._records()["key"][first:]).tobytes()
        self._rows.update((keys[i * KEY_BYTES : (i + 1) * KEY_BYTES], first + i) for i in range(count - first))


def _unpack(halves: NDArray[np.float16]) -> Vectors:
    vectors = halves.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, np.newaxis]
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors


def _rows_of(block: np.ndarray[Any, np.dtype[np.void]]) -> list[memoryview]:
    size = block.dtype.itemsize
    view = memoryview(block.tobytes())
    return [view[start : start + size] for start in range(0, len(view), size)]


def _checksum(record: memoryview) -> int:
    """CRC-32 of a record's key and vector."""
    return zlib.crc32(record[KEY_BYTES + _CRC_BYTES :], zlib.crc32(record[:KEY_BYTES]))


def _sound_rows(block: np.ndarray[Any, np.dtype[np.void]]) -> NDArray[np.bool_]:
    checksums = np.fromiter(map(_checksum, _rows_of(block)), dtype=np.uint32, count=len(block))
    return np.asarray(checksums == block["crc"])
