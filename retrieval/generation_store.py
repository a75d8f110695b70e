"""The index folder: generations side by side, one of them current. Every change is one atomic rename.

<folder>/<id>/            a finished generation; never changed
<folder>/<id>.candidate   beside a generation that has never served: it is not gone back to unless somebody names it
<folder>/building-<id>/   one that is being written, or was when its process died
<folder>/removing-<id>/   one that is being deleted
<folder>/current          the id of the generation that serves
<folder>/build.lock       held while something is built, activated or removed
<folder>/build.pid        the process that holds it
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from embeddings.encoder import Encoder
from retrieval.disk import flush_file, flush_folder, link_or_copy, replace_text, sha256_of
from retrieval.errors import BuildRunningError, GenerationError, IndexWriteError, NoGenerationError
from retrieval.generation import CALIBRATION, Generation, SearchOptions, read_manifest
from retrieval.indexes.lexical import LOCK_SUFFIX
from retrieval.manifest import MANIFEST_NAME, FileEntry, Manifest

_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{4}\Z")
_BUILDING, _REMOVING = "building-", "removing-"
_CANDIDATE = ".candidate"
_READABLE = 0o644
_GLANCE_SECONDS, _POLL_SECONDS = 0.5, 0.02


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """A generation as a list shows it.

    Attributes:
        id: Its id.
        is_current: Whether it serves.
        is_candidate: Whether it has never served, such as one that the rules for builds object to.
        manifest: What it states about itself; ``None`` where that cannot be read.
        problem: Why it cannot be read; empty where it can.
    """

    id: str
    is_current: bool
    is_candidate: bool
    manifest: Manifest | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file of a generation that is not as it was written."""

    file_name: str
    problem: str


class GenerationStore:
    """Keeps the generations of one index folder. Safe to use from several threads and processes.

    Args:
        folder: The index folder; made when something is first built.
        options: How opened generations are searched.
    """

    def __init__(self, folder: Path, options: SearchOptions | None = None) -> None:
        self.folder = folder
        self._options = options

    def current_id(self) -> str | None:
        """Id of the generation that serves, or ``None``."""
        try:
            generation_id = (self.folder / "current").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        if not _ID.match(generation_id):
            msg = f"{self.folder / 'current'} names no generation; run `quicktakes index rollback`"
            raise GenerationError(msg)
        return generation_id

    def current(self, encoder: Encoder | None = None) -> Generation:
        """Open the generation that serves; see `open`.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        generation_id = self.current_id()
        if generation_id is None:
            raise NoGenerationError(self.folder)
        return self.open(generation_id, encoder)

    def open(self, generation_id: str, encoder: Encoder | None = None) -> Generation:
        """Open a generation.

        Args:
            generation_id: Which.
            encoder: Must be able to search it; ``None`` leaves that unchecked.

        Raises:
            GenerationDamagedError: A file is missing or has another size than it should.
            GenerationMismatchError: Format, metric or encoder do not fit.
        """
        generation = Generation(self.folder / generation_id, self._options)
        if encoder is not None:
            generation.check_encoder(encoder)
        return generation

    def list(self) -> tuple[GenerationSummary, ...]:
        """Every generation, newest first."""
        current = self._current_id_or_none()
        summaries = []
        for generation_id in reversed(self._ids()):
            try:
                manifest, problem = read_manifest(self.folder / generation_id), ""
            except GenerationError as error:
                manifest, problem = None, str(error)
            is_current = generation_id == current
            is_candidate = not is_current and self._mark(generation_id).exists()
            summaries.append(GenerationSummary(generation_id, is_current, is_candidate, manifest, problem))
        return tuple(summaries)

    def activate(self, generation_id: str) -> None:
        """Let a generation serve from now on.

        Raises:
            GenerationError: There is none of this id, or it cannot be opened.
        """
        if generation_id not in self._ids():
            known = ", ".join(reversed(self._ids())) or "none"
            msg = f"{self.folder} holds no generation {generation_id}; it holds: {known}"
            raise GenerationError(msg)
        self.open(generation_id).close()
        self._mark(generation_id).unlink(missing_ok=True)  # first: one that serves is never taken for a candidate
        replace_text(self.folder / "current", f"{generation_id}\n")

    def rollback(self, to: str | None = None) -> str:
        """Let an earlier generation serve: the given one, or the newest that is older than the current one and sound.

        One that has never served is gone back to only where it is given.

        Returns:
            The id of the generation that now serves.

        Raises:
            GenerationError: There is none to go back to.
        """
        with self.locked():
            if to is not None:
                self.activate(to)
                return to
            current = self._current_id_or_none()
            for generation_id in reversed(self._ids()):
                if (current is not None and generation_id >= current) or self._mark(generation_id).exists():
                    continue
                if not self.verify(generation_id):
                    self.activate(generation_id)
                    return generation_id
        before = current or "the current one"
        msg = f"{self.folder} holds no sound generation before {before}; run `quicktakes index build`"
        raise GenerationError(msg)

    def prune(self, keep: int = 3) -> tuple[str, ...]:
        """Remove all but the newest generations; the current one always stays.

        Args:
            keep: How many to keep, at least 1, the current one among them.

        Returns:
            Ids of the removed ones, oldest first.
        """
        with self.locked():
            ids = self._ids()
            current = self.current_id()
            others = [generation_id for generation_id in ids if generation_id != current]
            kept = others[1 - keep :] if keep > 1 else []
            removed = [generation_id for generation_id in others if generation_id not in kept]
            for generation_id in removed:
                self._remove(generation_id)
            return tuple(removed)

    def verify(self, generation_id: str) -> tuple[FileProblem, ...]:
        """Compare every byte of a generation with its checksums.

        Returns:
            What differs; empty for a sound generation.
        """
        folder = self.folder / generation_id
        try:
            manifest = read_manifest(folder)
        except GenerationError as error:
            return (FileProblem(MANIFEST_NAME, str(error)),)
        problems = []
        for name, entry in manifest.files.items():
            path = folder / name
            if not path.is_file():
                problems.append(FileProblem(name, "is missing"))
            elif sha256_of(path) != entry.sha256:
                problems.append(FileProblem(name, "differs from its checksum"))
        strangers = set(file_names(folder)) - {*manifest.files, MANIFEST_NAME}
        problems += [FileProblem(name, "does not belong to the generation") for name in sorted(strangers)]
        return tuple(problems)

    def with_calibration(self, calibration: Mapping[str, Any]) -> Generation:
        """Make a generation like the current one but with this calibration, and let it serve.

        Args:
            calibration: Anything that JSON can hold.
        """
        with self.locked(), self.current() as current:
            generation_id, folder = self.begin()
            unchanged = {name: entry for name, entry in current.manifest.files.items() if name != CALIBRATION}
            for name in unchanged:
                link_or_copy(current.folder / name, folder / name)
            text = json.dumps(calibration, indent=1, sort_keys=True, ensure_ascii=False)
            (folder / CALIBRATION).write_text(f"{text}\n", encoding="utf-8")
            manifest = replace(current.manifest, id=generation_id, parent=current.id, created=dt.datetime.now(dt.UTC))
            self.publish(folder, manifest, unchanged)
        return self.open(generation_id)

    @contextmanager
    def locked(self, *, wait: float = _GLANCE_SECONDS) -> Iterator[None]:
        """Keep every other process and thread from changing the folder.

        Args:
            wait: For so many seconds whoever holds it may still end; the default outlasts a look at who builds.

        Raises:
            BuildRunningError: Another one is changing it.
            IndexWriteError: It cannot be written.
        """
        owner = self._owner
        lock = FileLock(self.folder / "build.lock", timeout=wait)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(poll_interval=_POLL_SECONDS)
            owner.write_text(f"{os.getpid()}\n", encoding="utf-8")
        except Timeout:
            raise BuildRunningError(self.folder, _read_pid(owner)) from None
        except OSError as error:
            lock.release()
            raise IndexWriteError(self.folder, str(error)) from error
        try:
            yield
        finally:
            with suppress(OSError):  # a number that is left behind names nobody once the lock is free
                owner.unlink()
            lock.release()

    def builder_pid(self) -> int | None:
        """The process that is changing the folder right now, as far as it is known; ``None`` where nobody is."""
        if not self._owner.exists():
            return None  # the usual case, told without touching the lock
        try:
            with self.locked(wait=0):
                return None  # its process died; leaving takes the number away
        except BuildRunningError as error:
            return error.pid or 0
        except IndexWriteError:
            return None  # who cannot write there does not build there

    @property
    def _owner(self) -> Path:
        return self.folder / "build.pid"

    def begin(self) -> tuple[str, Path]:
        """Start a generation under the lock: clear away what dead builds left, and make an empty folder.

        Returns:
            The new generation's id and the folder to write it in.
        """
        for prefix in (_BUILDING, _REMOVING):
            for leftover in self.folder.glob(f"{prefix}*"):
                shutil.rmtree(leftover)
        for mark in self.folder.glob(f"*{_CANDIDATE}"):
            if not (self.folder / mark.name.removesuffix(_CANDIDATE)).is_dir():
                mark.unlink()
        newest = self._ids()[-1] if self._ids() else ""
        generation_id = _new_id()
        while generation_id <= newest:  # the clock was set back; ids must go on sorting by age
            generation_id = _id_after(newest)
        folder = self.folder / f"{_BUILDING}{generation_id}"
        folder.mkdir()
        return generation_id, folder

    def publish(
        self, folder: Path, manifest: Manifest, unchanged: Mapping[str, FileEntry], *, activate: bool = True
    ) -> Manifest:
        """Finish the folder that `begin` gave, under the lock, and let it serve.

        Args:
            folder: The folder, with every file of the generation but the manifest.
            manifest: What it states; its `files` are filled in here.
            unchanged: Files taken over from another generation, which are on the disk and have their checksum.
            activate: Whether it serves from now on.

        Returns:
            The manifest with its files.
        """
        files = dict(unchanged)
        for lock in folder.rglob(f"*{LOCK_SUFFIX}"):
            lock.unlink()
        for name in file_names(folder):
            if name not in unchanged:
                (folder / name).chmod(_READABLE)  # tantivy makes files that only their owner can read
                flush_file(folder / name)
                files[name] = FileEntry((folder / name).stat().st_size, sha256_of(folder / name))
        finished = replace(manifest, files=files)
        (folder / MANIFEST_NAME).write_bytes(finished.to_bytes())
        flush_file(folder / MANIFEST_NAME)
        for inner in (path for path in folder.rglob("*") if path.is_dir()):
            flush_folder(inner)
        flush_folder(folder)
        if not activate:
            flush_file(self._mark_candidate(manifest.id))  # before it is there: it is never there without its mark
        folder.rename(self.folder / manifest.id)
        flush_folder(self.folder)
        if activate:
            self.activate(manifest.id)
        return finished

    def discard(self, generation_id: str) -> None:
        """Remove a generation that does not serve.

        Raises:
            GenerationError: There is none of this id, or it serves.
        """
        with self.locked():
            if generation_id not in self._ids() or generation_id == self.current_id():
                msg = f"{self.folder} holds no generation {generation_id} that could be removed"
                raise GenerationError(msg)
            self._remove(generation_id)

    def discard_candidates(self, keep: str) -> None:
        """Remove the candidates that are older than a generation: it has taken their place.

        Args:
            keep: The generation's id.
        """
        with self.locked():
            current = self._current_id_or_none()
            for generation_id in self._ids():
                if generation_id < keep and generation_id != current and self._mark(generation_id).exists():
                    self._remove(generation_id)

    def _mark(self, generation_id: str) -> Path:
        return self.folder / f"{generation_id}{_CANDIDATE}"

    def _mark_candidate(self, generation_id: str) -> Path:
        mark = self._mark(generation_id)
        mark.touch()
        return mark

    def _remove(self, generation_id: str) -> None:
        # Renamed first: a generation is there whole or not at all, whenever the process may die.
        doomed = (self.folder / generation_id).rename(self.folder / f"{_REMOVING}{generation_id}")
        self._mark(generation_id).unlink(missing_ok=True)
        shutil.rmtree(doomed)

    def _ids(self) -> tuple[str, ...]:
        """Ids of the finished generations, oldest first."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.folder.iterdir() if _ID.match(path.name)))

    def _current_id_or_none(self) -> str | None:
        try:
            return self.current_id()
        except GenerationError:
            return None


def file_names(folder: Path) -> tuple[str, ...]:
    """Every file below a generation's folder but lock files, relative to it, with ``/`` separators."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(LOCK_SUFFIX))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files))


def _new_id() -> str:
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(2)}"


def _id_after(generation_id: str) -> str:
    moment = dt.datetime.strptime(generation_id[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
    return f"{moment + dt.timedelta(microseconds=1):%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(2)}"


def _read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
