"""The generations of an index, one of them current: which one serves, going back, cleaning up.

`retrieval.generations.folder` knows what lies where, and `retrieval.generations.lock` who may change it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from embeddings.encoder import Encoder
from retrieval.errors import GenerationError, IndexWriteError, NoGenerationError
from retrieval.generations.current import open_current
from retrieval.generations.folder import IndexFolder
from retrieval.generations.generation import Generation, read_manifest
from retrieval.generations.lock import BuildLock, FurtherLock, HeldLock, StoreAction
from retrieval.generations.manifest import FileEntry, Manifest
from retrieval.generations.search_copies import SearchCopies
from retrieval.generations.verification import FileProblem, problems_of, seal
from retrieval.indexes.engine import SearchEngine


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


class GenerationStore:
    """Keeps the generations of one index folder. Safe to use from several threads and processes.

    Args:
        folder: The index folder; made when something is first built.
        engine: Finds articles instead of the indexes in the folder.
        beyond: A lock besides the one in the folder; see `BuildLock`.

    Attributes:
        folder: The index folder.
        lock: Who may change it.
        copies: What the engine holds.
    """

    def __init__(self, folder: Path, engine: SearchEngine | None = None, *, beyond: FurtherLock | None = None) -> None:
        self.folder = folder
        self.lock = BuildLock(folder) if beyond is None else BuildLock(folder, beyond)
        self._index = IndexFolder(folder)
        self.copies = SearchCopies(engine, self._index)

    def current_id(self) -> str | None:
        """Id of the generation that serves; ``None`` where nothing was built.

        Raises:
            CurrentFileError: The file that names it is damaged, or is missing beside generations that have served.
        """
        return self._index.current_id()

    def served_ids(self) -> tuple[str, ...]:
        """Ids of all generations that serve or have served, newest first."""
        current = self._index.known_current_id()
        return tuple(
            each for each in reversed(self._index.ids()) if each == current or not self._index.is_candidate(each)
        )

    def current(self, encoder: Encoder | None = None, *, whole: bool = False) -> Generation:
        """Open the generation that serves, whatever is built and removed meanwhile; see `open`.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        generation = open_current(self.current_id, lambda each: self.open(each, encoder, whole=whole))
        if generation is None:
            raise NoGenerationError(self.folder)
        return generation

    def open(self, generation_id: str, encoder: Encoder | None = None, *, whole: bool = False) -> Generation:
        """Open a generation.

        Args:
            generation_id: Which.
            encoder: Must be able to search it; ``None`` leaves that unchecked.
            whole: Open every file of it now, to answer from it: then it goes on working when it is removed.

        Raises:
            GenerationDamagedError: A file is missing or has another size than it should.
            GenerationMismatchError: Format, metric or encoder do not fit.
        """
        with ExitStack() as undone:
            generation = undone.enter_context(Generation(self.folder / generation_id, self.copies.engine))
            if encoder is not None:
                generation.check_encoder(encoder)
            if whole:
                generation.open_files()
            undone.pop_all()
        if whole and generation_id == self._index.known_current_id():
            self.copies.show_current()
        return generation

    def prepare_search(self, generation_id: str) -> None:
        """Have the search engine hold a generation, where there is one.

        Raises:
            SearchEngineError: The engine cannot be used.
        """
        with self.open(generation_id) as generation:
            self.copies.prepare(generation)

    def list(self) -> tuple[GenerationSummary, ...]:
        """Every generation, newest first."""
        current = self._index.known_current_id()
        summaries = []
        for generation_id in reversed(self._index.ids()):
            try:
                manifest, problem = read_manifest(self.folder / generation_id), ""
            except GenerationError as error:
                if not (self.folder / generation_id).exists():
                    continue  # removed since the folder was listed
                manifest, problem = None, str(error)
            is_current = generation_id == current
            is_candidate = not is_current and self._index.is_candidate(generation_id)
            summaries.append(GenerationSummary(generation_id, is_current, is_candidate, manifest, problem))
        return tuple(summaries)

    def verify(self, generation_id: str) -> tuple[FileProblem, ...]:
        """Compare every byte of a generation with its checksums.

        Returns:
            What differs; empty for a sound generation.
        """
        return problems_of(self.folder / generation_id)

    @contextmanager
    def writing(self, action: StoreAction = StoreAction.BUILD) -> Iterator[GenerationWriter]:
        """Keep everybody else from changing the index while the block runs; see `BuildLock.held`."""
        with self.lock.held(action) as held:
            yield GenerationWriter(self, self._index, held)


class GenerationWriter:
    """Changes an index whose lock is held; `GenerationStore.writing` gives one.

    Args:
        store: The index.
        index: Its folder.
        held: Its lock.

    Attributes:
        store: The index.
        note: Tells other processes how far it is, see `HeldLock.note`.
    """

    def __init__(self, store: GenerationStore, index: IndexFolder, held: HeldLock) -> None:
        self.store = store
        self.note = held.note
        self._index = index

    @contextmanager
    def unfinished(self) -> Iterator[tuple[str, Path]]:
        """Clear away what dead builds left and begin a generation; its folder goes unless it is published in the block.

        Yields:
            The new generation's id and the empty folder to write it in.

        Raises:
            IndexWriteError: The disk is full, or the index folder cannot be written.
        """
        try:
            generation_id, folder = self._index.begin()
            try:
                yield generation_id, folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)  # publishing renames it
        except (OSError, sqlite3.Error) as error:
            raise IndexWriteError(self.store.folder, str(error)) from error

    def publish(
        self, folder: Path, manifest: Manifest, unchanged: Mapping[str, FileEntry], *, activate: bool = True
    ) -> Manifest:
        """Finish the folder of an unfinished generation, and let it serve.

        Args:
            folder: The folder, with every file of the generation but the manifest.
            manifest: What it states; its `files` are filled in here.
            unchanged: Files taken over from another generation, which are on the disk and have their checksum.
            activate: Whether it serves from now on.

        Returns:
            The manifest with its files.
        """
        finished = seal(folder, manifest, unchanged)
        self._index.add(folder, manifest.id, candidate=not activate)
        if activate:
            self.activate(manifest.id)
        return finished

    def activate(self, generation_id: str) -> None:
        """Let a generation serve from now on.

        Raises:
            GenerationError: There is none of this id, or it cannot be opened.
            IndexWriteError: The disk is full, or the index folder cannot be written.
            SearchEngineError: The search engine cannot be used.
        """
        if generation_id not in self._index.ids():
            known = ", ".join(reversed(self._index.ids())) or "none"
            msg = f"{self.store.folder} holds no generation {generation_id}; it holds: {known}"
            raise GenerationError(msg)
        self.store.prepare_search(generation_id)
        try:
            self._index.set_current(generation_id)
        except OSError as error:
            raise IndexWriteError(self.store.folder, str(error)) from error
        self.store.copies.show_current()

    def rollback(self, to: str | None = None) -> str:
        """Let an earlier generation serve: the given one, or the newest that is older than the current one and sound.

        Where it is not known which one is current, or that one is gone, it is the newest that is sound. One that has
        never served is gone back to only where it is given.

        Returns:
            The id of the generation that now serves.

        Raises:
            GenerationError: There is none to go back to.
        """
        current = self._index.known_current_id()
        served = self.store.served_ids()
        # Where the current one is gone, or nobody knows it, any will do.
        earlier = [each for each in served if current not in served or each < current]
        found = to if to is not None else next((each for each in earlier if not self.store.verify(each)), None)
        if found is None:
            before = current or "the current one"
            advice = "`quicktakes index build --full` makes a new one"
            msg = f"{self.store.folder} holds no sound generation before {before}; {advice}"
            raise GenerationError(msg)
        self.activate(found)
        return found

    def prune(self, keep: int = 3) -> tuple[str, ...]:
        """Remove all but the newest generations; the current one always stays.

        One that has never served counts for nothing that could be gone back to: it stays only where it is newer than
        the current one, and so waits for somebody's word.

        Args:
            keep: How many to keep, at least 1, the current one among them.

        Returns:
            Ids of the removed ones, oldest first.
        """
        current = self._index.current_id()
        others = [each for each in self._index.ids() if each != current]
        waiting = [each for each in others if self._index.is_candidate(each) and current is not None and each > current]
        served = [each for each in others if not self._index.is_candidate(each)]
        kept = {*waiting, *(served[1 - keep :] if keep > 1 else ())}
        removed = tuple(each for each in others if each not in kept)
        for generation_id in removed:
            self.store.copies.remove(generation_id)
        return removed

    def discard(self, generation_id: str) -> None:
        """Remove a generation that does not serve.

        Raises:
            GenerationError: There is none of this id, or it serves.
        """
        if generation_id not in self._index.ids() or generation_id == self._index.known_current_id():
            msg = f"{self.store.folder} holds no generation {generation_id} that could be removed"
            raise GenerationError(msg)
        self.store.copies.remove(generation_id)

    def discard_candidates(self, keep: str) -> None:
        """Remove the candidates that are older than a generation: it has taken their place.

        Args:
            keep: The generation's id.
        """
        current = self._index.known_current_id()
        for generation_id in self._index.ids():
            if generation_id < keep and generation_id != current and self._index.is_candidate(generation_id):
                self.store.copies.remove(generation_id)
