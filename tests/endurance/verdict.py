"""What a load must not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.generations.manifest import is_id
from tests.endurance.tally import ANSWER, NO_ANSWER, REFUSAL

if TYPE_CHECKING:
    from tests.endurance.endurance import Endurance

MAX_GROWTH = 0.05
"""By which share memory may be larger in the last third than in the first."""

MEMORY_FROM_SECONDS = 600.0
"""A shorter load says nothing about memory: a process that has just started grows by what it needs."""

KEPT_GENERATIONS = 3
MAX_DATABASE_FILES = 5 * 3
"""Of each of the connections that are kept: the file, its log, and the log's index."""

IDLE_SECONDS = 15.0
KEPT_CONNECTIONS = 20
"""To Discord are kept for so many seconds after their last request; who looks earlier finds them."""

TRACKER_PIPES = 1
"""To the process in which Python keeps count of what its builds share; begun with the first of them."""

_INDEX_FILES = frozenset({"current", "journal.jsonl", "journal.lock", "build.lock", "build.json"})


def faults(endurance: Endurance) -> list[str]:
    """What was not as it should be; empty where all was."""
    tally = endurance.tally
    found = [f"lost: {question}" for question in tally.lost]
    found += [f"answered not once: {question}" for question in tally.twice]
    found += tally.wrong
    found += [f"{outcome}: {count}" for outcome, count in tally.outcomes.items() if outcome not in _KNOWN]
    if not tally.outcomes[ANSWER]:
        found.append("nothing was answered")
    if not endurance.builds:
        found.append("nothing was built")
    if endurance.plan.seconds >= MEMORY_FROM_SECONDS and endurance.growth > MAX_GROWTH:
        found.append(f"memory grew by {endurance.growth:.1%}")
    return found + _left_over(endurance)


_KNOWN = {ANSWER, NO_ANSWER, REFUSAL}


def _left_over(endurance: Endurance) -> list[str]:
    found = []
    before, after = endurance.before, endurance.after
    assert before is not None
    assert after is not None
    if set(after.tasks) - set(before.tasks):
        found.append(f"tasks left: {sorted(set(after.tasks) - set(before.tasks))}")
    waits = endurance.plan.double_check_seconds >= IDLE_SECONDS
    kept = 0 if waits else KEPT_CONNECTIONS
    allowed = {"descriptors": kept + TRACKER_PIPES, "sockets": kept, "children": 0}
    counts = ((name, getattr(before, name), getattr(after, name)) for name in allowed)
    found += [f"{name} left: {n} before, {last} after" for name, n, last in counts if last > n + allowed[name]]
    if after.database > MAX_DATABASE_FILES:
        found.append(f"files of the database open: {after.database}")
    if endurance.exit_status != 0:
        found.append(f"exit status {endurance.exit_status}")
    if endurance.temporary:
        found.append(f"temporary files left: {endurance.temporary}")
    generations = [name for name in endurance.index_entries if is_id(name)]
    if len(generations) > KEPT_GENERATIONS:
        found.append(f"generations left: {generations}")
    unknown = set(endurance.index_entries) - set(generations) - _INDEX_FILES
    if unknown:
        found.append(f"left in the index: {sorted(unknown)}")
    return found
