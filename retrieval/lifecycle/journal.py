"""What was done to an index: one line an event, appended and never changed. Read by history and audit."""

from __future__ import annotations

import datetime as dt
import json
import logging
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from filelock import FileLock

from retrieval.errors import JournalError
from retrieval.generations.lock import StoreAction

JOURNAL_NAME = "journal.jsonl"
_OWNER_WRITES = 0o644
_WAIT_SECONDS, _POLL_SECONDS = 10.0, 0.005
_MAX_BYTES, _BLOCK_BYTES = 64 << 20, 1 << 20
_MAX_LINE = 1 << 20  # of an event's facts, the reasons for a refusal are the longest, and they are a few lines

_log = logging.getLogger(__name__)


class ActionOutcome(Enum):
    """How it ended."""

    DONE = "done"
    NOTHING_NEW = "nothing-new"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"
    BUSY = "busy"
    """It never began: another process was changing the index."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done, or tried.

    Attributes:
        at: When it ended, UTC.
        actor: Who wanted it, such as ``terminal`` or ``discord:1234 in 5678``.
        action: What.
        outcome: How it ended.
        generation: Id of the generation that serves afterwards, or that was looked at; ``None`` where there is none.
        before: Id of the generation that served before, if any.
        seconds: How long it took.
        facts: Counts and reasons, by name; whatever JSON can hold.
    """

    at: dt.datetime
    actor: str
    action: StoreAction
    outcome: ActionOutcome
    generation: str | None = None
    before: str | None = None
    seconds: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict)


class Journal:
    """The events of one index folder. Several processes may append at the same time.

    Args:
        folder: The index folder.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL_NAME

    def append(self, event: Event) -> None:
        """Write an event down, for good when this returns.

        Raises:
            OSError: The disk does not take it, or takes only part of it: what is then left of it is passed over later.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(_facts_of(event), ensure_ascii=False, sort_keys=True)
        # Half a surrogate pair comes from a file name that is no UTF-8; a backslash and its number is JSON, too.
        data = line.encode(errors="backslashreplace") + b"\n"
        # Locked, since a line may be written in pieces, and none of another process may come between them.
        with FileLock(self.path.with_name("journal.lock"), timeout=_WAIT_SECONDS, poll_interval=_POLL_SECONDS):
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, _OWNER_WRITES)
            try:
                # A writer died within its line: the next one begins its own.
                _write_all(handle, b"\n" + data if _ends_torn(handle) else data)
                os.fsync(handle)
            finally:
                os.close(handle)

    def events(self) -> tuple[Event, ...]:
        """Events, newest first; what is no whole line is passed over, and the log says so.

        Of a journal larger than 64 MB, some 100,000 events, only the end is read.

        Raises:
            JournalError: The journal is there and cannot be read.
        """
        try:
            skipped, lines = _last_lines(self.path)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise JournalError(self.path, error.strerror or str(error)) from error
        found: list[Event] = []
        torn: list[int] = []
        for number in range(len(lines), 0, -1):
            event = _event(lines[number - 1])
            if event is not None:
                found.append(event)
            elif lines[number - 1].strip():
                torn.append(skipped + number)
        if torn:
            _log.warning("%s: what stands in line %s is no event; it is passed over", self.path, _listed(torn))
        return tuple(found)


def _last_lines(path: Path) -> tuple[int, list[bytes]]:
    """How many lines of the journal are left out, and all others."""
    with path.open("rb") as file:
        surplus = os.fstat(file.fileno()).st_size - _MAX_BYTES
        skipped = 0
        while surplus > 0:
            block = file.read(min(surplus, _BLOCK_BYTES))
            if not block:
                break
            surplus -= len(block)
            skipped += block.count(b"\n")
        return skipped, file.read(_MAX_BYTES).split(b"\n")


def _write_all(handle: int, data: bytes) -> None:
    """Write everything: a disk that is nearly full may take less than it is given, and say so only the next time."""
    while data:
        data = data[os.write(handle, data) :]


def _listed(numbers: list[int]) -> str:
    """The first few of some line numbers, which come from the last to the first."""
    shown = ", ".join(map(str, numbers[:-4:-1]))
    return f"{shown} and {len(numbers) - 3} more" if len(numbers) > 3 else shown  # noqa: PLR2004  # as many as shown


def _ends_torn(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size > 0 and os.pread(handle, 1, size - 1) != b"\n"


def _facts_of(event: Event) -> dict[str, Any]:
    return {
        "at": event.at.astimezone(dt.UTC).isoformat(),
        "actor": event.actor,
        "action": event.action.value,
        "outcome": event.outcome.value,
        "generation": event.generation,
        "before": event.before,
        "seconds": round(event.seconds, 3),
        "facts": dict(event.facts),
    }


def _event(line: bytes) -> Event | None:
    """The event that a line tells of; ``None`` where it tells of none."""
    if len(line) > _MAX_LINE:
        return None
    try:
        facts = json.loads(line)
        return Event(
            at=_moment(facts["at"]),
            actor=str(facts["actor"]),
            action=StoreAction(facts["action"]),
            outcome=ActionOutcome(facts["outcome"]),
            generation=_text_or_none(facts["generation"]),
            before=_text_or_none(facts["before"]),
            seconds=_seconds(facts["seconds"]),
            facts=dict(facts["facts"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _seconds(value: float) -> float:
    seconds = float(value)
    if not math.isfinite(seconds):
        raise ValueError(seconds)
    return seconds
