"""SHA-256 of files, remembered between processes so that a model's 90 MB are not hashed at every start."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from embeddings.disk import atomic_write, sha256_of

if TYPE_CHECKING:
    from pathlib import Path


class FileHashes:
    """Hashes files, and hashes again only those whose size, modification time or inode changed.

    Args:
        stamp_file: JSON file that remembers the hashes; made when needed. A damaged one is simply ignored, and one that
            cannot be written costs time only.
    """

    def __init__(self, stamp_file: Path) -> None:
        self._stamp_file = stamp_file
        self._lock = threading.Lock()

    def sha256(self, files: list[Path]) -> list[str]:
        """SHA-256 of each file, in hex.

        Raises:
            OSError: A file is missing or unreadable.
        """
        with self._lock:
            known = self._read()
            fresh: dict[str, list[str | int]] = {}
            hashes = []
            for file in files:
                path = file.resolve()
                status = path.stat()
                stamp: list[str | int] = [status.st_size, status.st_mtime_ns, status.st_ino]
                entry = known.get(str(path))
                if not entry or entry[:-1] != stamp:
                    entry = fresh[str(path)] = [*stamp, sha256_of(path)]
                hashes.append(str(entry[-1]))
            if fresh:
                self._write({**known, **fresh})
        return hashes

    def _read(self) -> dict[str, list[str | int]]:
        try:
            known = json.loads(self._stamp_file.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(known, dict):
            return {}
        return {path: entry for path, entry in known.items() if isinstance(entry, list) and entry}

    def _write(self, entries: dict[str, list[str | int]]) -> None:
        try:
            atomic_write(self._stamp_file, json.dumps(entries, indent=1).encode())
        except OSError:
            return  # hashing again at the next start is slower, not wrong
