"""What was done to an index: one line an event, appended and never changed. Read by history and audit."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

JOURNAL_NAME = "journal.jsonl"
_OWNER_WRITES = 0o644


class Action(Enum):
    """What can be done to an index."""

    BUILD = "build"
    PREVIEW = "preview"
    ROLLBACK = "rollback"
    PRUNE = "prune"
    CALIBRATE = "calibrate"


class Outcome(Enum):
    """How it ended."""

    DONE = "done"
    NOTHING_NEW = "nothing-new"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"


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
    action: Action
    outcome: Outcome
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
            OSError: The disk does not take it.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, _OWNER_WRITES)
        try:
            line = json.dumps(_facts_of(event), ensure_ascii=False, sort_keys=True).encode() + b"\n"
            if _ends_torn(handle):  # a writer died within its line; the next one begins its own
                line = b"\n" + line
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)

    def events(self, limit: int | None = None) -> tuple[Event, ...]:
        """Events, newest first; what is no whole line is passed over.

        Args:
            limit: At most so many.
        """
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return ()
        found: list[Event] = []
        for line in reversed(lines):
            if limit is not None and len(found) >= limit:
                break
            event = _event(line)
            if event is not None:
                found.append(event)
        return tuple(found)


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
    try:
        facts = json.loads(line)
        return Event(
            at=dt.datetime.fromisoformat(facts["at"]),
            actor=str(facts["actor"]),
            action=Action(facts["action"]),
            outcome=Outcome(facts["outcome"]),
            generation=facts["generation"],
            before=facts["before"],
            seconds=float(facts["seconds"]),
            facts=dict(facts["facts"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
