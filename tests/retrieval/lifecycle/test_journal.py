"""What was done to an index is written down for good."""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import json
import multiprocessing
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import JournalError
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle import journal as journal_module
from retrieval.lifecycle.journal import ActionOutcome, Event, Journal

NOON = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)
BUILT = Event(NOON, "terminal", StoreAction.BUILD, ActionOutcome.DONE, "g2", "g1", 12.5, {"added": 3, "why": "näh\n{"})


def test_events_come_back_newest_first(tmp_path):
    journal = Journal(tmp_path / "index")
    assert journal.events() == ()
    later = Event(
        NOON + dt.timedelta(hours=1), "discord:7", StoreAction.ROLLBACK, ActionOutcome.FAILED, facts={"reason": "no"}
    )
    journal.append(BUILT)
    journal.append(later)
    assert journal.events() == (later, BUILT)
    assert journal.events()[:1] == (later,)


@given(st.binary(max_size=60))
def test_a_torn_line_costs_nothing_but_itself(tmp_path_factory, torn):
    journal = Journal(tmp_path_factory.mktemp("index"))
    journal.append(BUILT)
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole + torn.replace(b"\n", b""))
    journal.append(BUILT)
    assert journal.events() == (BUILT, BUILT)


def test_an_event_torn_at_any_place_leaves_the_others(tmp_path):
    journal = Journal(tmp_path)
    journal.append(BUILT)
    line = journal.path.read_bytes()
    for place in range(1, len(line) - 1):
        journal.path.write_bytes(line + line[:place])
        journal.append(BUILT)
        assert journal.events() == (BUILT, BUILT)


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_the_whole_line(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:7]))
    journal = Journal(tmp_path)
    journal.append(BUILT)
    journal.append(BUILT)
    assert journal.events() == (BUILT, BUILT)


def test_a_disk_that_is_full_within_a_line_costs_that_line_alone(tmp_path, monkeypatch, caplog):
    journal = Journal(tmp_path)
    journal.append(BUILT)
    real, room = os.write, iter([11])

    def nearly_full(handle, data):
        left = next(room, 0)
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data[:left])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full)
        with pytest.raises(OSError, match="No space left"):
            journal.append(BUILT)
    assert journal.events() == (BUILT,)
    assert f"{journal.path}: what stands in line 2 is no event; it is passed over" in caplog.text
    journal.append(BUILT)
    assert journal.events() == (BUILT, BUILT)


def test_many_torn_lines_are_said_in_one(tmp_path, caplog):
    journal = Journal(tmp_path)
    journal.path.write_bytes(b"{\n\n" + b"torn\n" * 5)
    assert journal.events() == ()
    (said,) = [record.getMessage() for record in caplog.records]
    assert "line 1, 3, 4 and 3 more is no event" in said


def _append_many(folder):
    for _ in range(50):
        Journal(folder).append(BUILT)


def test_processes_do_not_write_into_each_others_lines(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append_many, args=(tmp_path,)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Journal(tmp_path).events() == (BUILT,) * 150


WHOLE = {
    "at": "2026-05-01T12:00:00+00:00",
    "actor": "terminal",
    "action": "build",
    "outcome": "done",
    "generation": "g2",
    "before": None,
    "seconds": 1.5,
    "facts": {},
}
ODD_LINES = [
    b"[" * 100_000,
    b'{"at": ' + b"9" * 10_000 + b"}",
    b"\x00\xff\xfe garbage",
    b'"' + b"x" * (2 << 20) + b'"',
    json.dumps(WHOLE | {"seconds": float("nan")}).encode(),
    json.dumps(WHOLE | {"seconds": 10**400}).encode(),
    json.dumps(WHOLE | {"at": 5}).encode(),
    json.dumps(WHOLE | {"facts": [1]}).encode(),
    json.dumps(WHOLE | {"action": ["build"]}).encode(),
]


@pytest.mark.parametrize("line", ODD_LINES)
def test_a_line_of_any_make_is_passed_over(tmp_path, line):
    journal = Journal(tmp_path)
    journal.append(BUILT)
    with journal.path.open("ab") as file:
        file.write(line + b"\n")
    journal.append(BUILT)
    assert journal.events() == (BUILT, BUILT)


def test_what_an_event_says_of_generations_is_text_and_its_moment_has_a_zone(tmp_path):
    journal = Journal(tmp_path)
    journal.path.write_text(json.dumps(WHOLE | {"generation": 7, "before": [1], "at": "2026-05-01T12:00:00"}) + "\n")
    (event,) = journal.events()
    assert (event.generation, event.before, event.at) == ("7", "[1]", NOON)


def test_of_a_huge_journal_the_end_is_read_and_its_lines_keep_their_numbers(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(journal_module, "_MAX_BYTES", 1000)
    monkeypatch.setattr(journal_module, "_BLOCK_BYTES", 64)
    journal = Journal(tmp_path)
    for number in range(40):
        journal.append(dataclasses.replace(BUILT, generation=f"g{number}"))
    with journal.path.open("ab") as file:
        file.write(b"odd\n")
    events = journal.events()
    assert [event.generation for event in events[:2]] == ["g39", "g38"]
    assert 2 <= len(events) < 10
    assert re.search(r"in line .*\b41\b.* is no event", caplog.text)


def test_a_journal_that_cannot_be_read_says_so_and_what_to_do(tmp_path):
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(JournalError, match=r"journal\.jsonl cannot be read \(Is a directory\); give yourself"):
        Journal(tmp_path).events()


def test_a_file_name_that_is_no_text_can_be_written_down(tmp_path):
    event = dataclasses.replace(BUILT, facts={"error": "bad\udcff.md: cannot be read"})
    Journal(tmp_path).append(event)
    assert Journal(tmp_path).events() == (event,)
