"""What was done to an index is written down for good."""

from __future__ import annotations

import datetime as dt
import errno
import multiprocessing
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.journal import Action, Event, Journal, Outcome

NOON = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)
BUILT = Event(NOON, "terminal", Action.BUILD, Outcome.DONE, "g2", "g1", 12.5, {"added": 3, "why": "näh\n{"})


def test_events_come_back_newest_first(tmp_path):
    journal = Journal(tmp_path / "index")
    assert journal.events() == ()
    later = Event(NOON + dt.timedelta(hours=1), "discord:7", Action.ROLLBACK, Outcome.FAILED, facts={"reason": "no"})
    journal.append(BUILT)
    journal.append(later)
    assert journal.events() == (later, BUILT)
    assert journal.events(limit=1) == (later,)


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
    monkeypatch.setattr("retrieval.journal.os.write", lambda handle, data: real(handle, data[:7]))
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
        patch.setattr("retrieval.journal.os.write", nearly_full)
        with pytest.raises(OSError, match="No space left"):
            journal.append(BUILT)
    assert journal.events() == (BUILT,)
    assert f"{journal.path}: what stands in line 2 is no event; it is passed over" in caplog.text
    journal.append(BUILT)
    assert journal.events() == (BUILT, BUILT)
    caplog.clear()
    assert journal.events(limit=1) == (BUILT,)
    assert caplog.text == ""


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
