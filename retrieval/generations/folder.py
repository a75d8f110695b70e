"""What lies in an index folder, and the single steps in which it changes. Each is one atomic rename.

<folder>/<id>/            a finished generation; never changed
<folder>/<id>.candidate   beside a generation that has never served: it is not gone back to unless somebody names it
<folder>/building-<id>/   one that is being written, or was when its process died
<folder>/removing-<id>/   one that is being deleted
<folder>/current          the id of the generation that serves

Who may change it is the business of `retrieval.generations.lock`, and what is worth changing that of
`retrieval.generations.store`.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from embeddings.disk import atomic_write, flush_file, flush_folder
from retrieval.errors import CurrentFileError, GenerationError
from retrieval.generations.manifest import is_id, new_id

_BUILDING, _REMOVING = "building-", "removing-"
_CANDIDATE = ".candidate"


class IndexFolder:
    """The folder of an index.

    Args:
        path: Where it is; it need not be there.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def ids(self) -> tuple[str, ...]:
        """Ids of the finished generations, oldest first."""
        if not self.path.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.path.iterdir() if is_id(path.name)))

    def is_candidate(self, generation_id: str) -> bool:
        """Whether a generation has never served."""
        return self._mark(generation_id).exists()

    def current_id(self) -> str | None:
        """Id of the generation that serves; ``None`` where nothing was built.

        Raises:
            CurrentFileError: The file that names it is damaged, or is missing beside generations that have served.
        """
        path = self.path / "current"
        try:
            generation_id = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            if any(not self.is_candidate(generation_id) for generation_id in self.ids()):
                raise CurrentFileError(path, "is missing") from None
            return None
        except UnicodeDecodeError:
            raise CurrentFileError(path, "names no generation") from None
        except OSError as error:
            raise CurrentFileError(path, f"cannot be read ({error.strerror})") from error
        if not is_id(generation_id):
            raise CurrentFileError(path, "names no generation" if generation_id else "is empty")
        return generation_id

    def known_current_id(self) -> str | None:
        """As `current_id`; ``None`` also where nobody can tell."""
        try:
            return self.current_id()
        except GenerationError:
            return None

    def begin(self) -> tuple[str, Path]:
        """Clear away what dead processes left, and make an empty folder.

        Returns:
            A new generation's id and the folder to write it in.
        """
        for prefix in (_BUILDING, _REMOVING):
            for leftover in self.path.glob(f"{prefix}*"):
                shutil.rmtree(leftover)
        for mark in self.path.glob(f"*{_CANDIDATE}"):
            if not (self.path / mark.name.removesuffix(_CANDIDATE)).is_dir():
                mark.unlink()
        ids = self.ids()
        generation_id = new_id(newest=ids[-1] if ids else "")
        folder = self.path / f"{_BUILDING}{generation_id}"
        folder.mkdir()
        return generation_id, folder

    def add(self, written: Path, generation_id: str, *, candidate: bool) -> None:
        """Have a generation be there whose files are all on the disk.

        Args:
            written: The folder that `begin` gave.
            generation_id: Its id.
            candidate: Whether it has not served when it is there.
        """
        if candidate:
            self._mark(generation_id).touch()  # before it is there: it is never there without its mark
            flush_file(self._mark(generation_id))
        written.rename(self.path / generation_id)
        flush_folder(self.path)

    def set_current(self, generation_id: str) -> None:
        """Let a generation serve from now on."""
        before = self.known_current_id()
        if before is not None:  # its mark is still there where its activation was cut off before the end
            self._mark(before).unlink(missing_ok=True)
        atomic_write(self.path / "current", f"{generation_id}\n".encode())
        with suppress(OSError):  # last: one that could not be let serve goes on waiting
            self._mark(generation_id).unlink(missing_ok=True)

    def remove(self, generation_id: str) -> None:
        """Remove a generation with its mark."""
        # Renamed first: a generation is there whole or not at all, whenever the process may die.
        doomed = (self.path / generation_id).rename(self.path / f"{_REMOVING}{generation_id}")
        self._mark(generation_id).unlink(missing_ok=True)
        shutil.rmtree(doomed)

    def _mark(self, generation_id: str) -> Path:
        return self.path / f"{generation_id}{_CANDIDATE}"
