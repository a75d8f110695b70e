"""The folder of a generation while it is written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import IndexWriteError
from retrieval.generations.store import GenerationStore


@contextmanager
def unfinished_generation(store: GenerationStore) -> Iterator[tuple[str, Path]]:
    """Begin a generation under the store's lock, and take its folder away unless it was published in the block.

    Args:
        store: The index.

    Yields:
        The new generation's id and the empty folder to write it in.

    Raises:
        IndexWriteError: The disk is full, or the index folder cannot be written.
    """
    try:
        generation_id, folder = store.begin()
        try:
            yield generation_id, folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)  # publishing renames it
    except (OSError, sqlite3.Error) as error:
        raise IndexWriteError(store.folder, str(error)) from error
