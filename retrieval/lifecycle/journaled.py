"""Whatever is done to an index is done under its lock, and written down however it ends."""

from __future__ import annotations

import datetime as dt
import logging
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.errors import BuildCancelledError, GenerationError
from retrieval.generations.lock import BuildRunningError
from retrieval.lifecycle.journal import ActionOutcome, Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.generations.lock import StoreAction
    from retrieval.generations.store import GenerationStore, GenerationWriter
    from retrieval.lifecycle.journal import Journal
    from retrieval.progress import OnProgress

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class JournalEntry:
    """Something that is being done to an index, as the journal will tell of it.

    Attributes:
        writer: Changes the index; there as soon as the lock is held.
        before: Id of the generation that served when it began.
        generation: Id of the generation that it is about; that which serves at the end where this stays ``None``.
        outcome: How it ends, unless something is raised.
        facts: Counts and reasons, by name.
        stage: The step that it is at; empty before the first.
    """

    writer: GenerationWriter = field(init=False)
    before: str | None = None
    generation: str | None = None
    outcome: ActionOutcome = ActionOutcome.DONE
    facts: dict[str, object] = field(default_factory=dict)
    stage: str = ""

    def told(self, on_progress: OnProgress) -> OnProgress:
        """Tells a listener how far it is, and other processes too."""

        def tell(stage: str, done: int, total: int) -> None:
            self.stage = stage
            self.writer.note(stage, done, total)
            on_progress(stage, done, total)

        return tell


@contextmanager
def journaled(store: GenerationStore, journal: Journal, actor: str, action: StoreAction) -> Iterator[JournalEntry]:
    """Hold an index's lock while the block runs, and write down what came of it before the lock is given up.

    Args:
        store: The index.
        journal: Its journal. Where that cannot be written, the log says so, and what was done stays as it is.
        actor: Who wants it.
        action: What is done.

    Raises:
        BuildRunningError: Another process is changing the index; that is written down, too.
        IndexWriteError: The index folder cannot be written.
    """
    started, entry = time.monotonic(), JournalEntry()

    def write() -> None:
        generation = entry.generation or _current_id(store)
        seconds, moment = time.monotonic() - started, dt.datetime.now(dt.UTC)
        event = Event(moment, actor, action, entry.outcome, generation, entry.before, seconds, entry.facts)
        try:
            journal.append(event)
        except OSError as error:
            what = f"{action.value} {entry.outcome.value}, generation {generation}, by {actor}"
            _log.error("%s cannot be written (%s); it does not tell of this: %s", journal.path, error, what)

    with ExitStack() as held:
        try:
            entry.writer = held.enter_context(store.writing(action))
            entry.before = _current_id(store)
            yield entry
        except GeneratorExit:
            raise
        except BaseException as error:  # native code gives up with what is no `Exception`, and that is told, too
            _fail(entry, error)
            write()
            raise
        write()


def _current_id(store: GenerationStore) -> str | None:
    """Id of the generation that serves, as far as it is known."""
    try:
        return store.current_id()
    except GenerationError:
        return None


def _fail(entry: JournalEntry, error: BaseException) -> None:
    entry.generation = None
    if isinstance(error, BuildCancelledError | KeyboardInterrupt):
        entry.outcome = ActionOutcome.CANCELLED
    else:
        entry.outcome = ActionOutcome.BUSY if isinstance(error, BuildRunningError) else ActionOutcome.FAILED
        entry.facts["error"] = str(error) or type(error).__name__
    if entry.stage:
        entry.facts["stage"] = entry.stage
