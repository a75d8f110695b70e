"""Events, previews and the state of an index as lines, whatever the journal and the articles say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.cli.views.index_view import event_line, preview_lines, running_lines
from retrieval.building.base import FullBuildCause, FullBuildReason
from retrieval.building.corpus_difference import CorpusDifference
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.inspection import IndexStatus
from retrieval.lifecycle.journal import ActionOutcome, Event
from retrieval.lifecycle.outcomes import AnswerChange, BuildEstimate, Preview

NOON = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)


def event(actor="terminal", action=StoreAction.BUILD, **facts):
    return Event(NOON, actor, action, ActionOutcome.DONE, "g2", "g1", 12.5, facts)


def preview(asked, *answers):
    return Preview(CorpusDifference(), (), 15, answers, asked, (), BuildEstimate(1.0, 0.0))


def test_a_prune_is_told_by_how_many_it_removed():
    line = event_line(event(action=StoreAction.PRUNE, removed=["g0", "g1"]))
    assert line == "2026-05-01 12:00:00 UTC  prune done  g2  in 12.5 s  2 removed  by terminal"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"added": 1200, "moved": 0, "changed": 0}, "1,200 added, 0 changed"),
        ({"added": "many", "changed": None, "removed": {"a": 1}, "failed": 1.5}, ""),
        ({"objections": "none"}, ""),
        ({"objections": [1, None]}, "1; None"),
        ({"objections": ["too many lost"], "error": 5}, "too many lost; 5"),
        ({"stage": ["embed"]}, "at ['embed']"),
    ],
)
def test_facts_of_any_kind_are_told_or_left_out(facts, told):
    parts = event_line(event(**facts)).split("  ")
    assert parts[:4] == ["2026-05-01 12:00:00 UTC", "build done", "g2", "in 12.5 s"]
    assert [part for part in parts[4:] if part != "by terminal"] == ([told] if told else [])


def test_names_and_reasons_forge_no_line_and_steer_no_terminal():
    line = event_line(event("discord:7\nall is well", error="bad\x1b[2J\u2028file"))
    assert line.endswith("by discord:7\\nall is well  bad\\x1b[2J\\u2028file")


def test_a_colon_stands_where_a_list_follows():
    lines = [*preview_lines(preview(15), 10)]
    assert "0 of 15 questions would get another first answer" in lines
    change = AnswerChange("What\nis heat", None, "/learn/heat")
    lines = "\n".join(preview_lines(preview(15, change, change), 1)).split("\n")
    place = lines.index("2 of 15 questions would get another first answer:")
    assert lines[place + 1 : place + 4] == ["  What is heat", "    nothing → /learn/heat", "  … and 1 more"]


def test_why_every_file_would_be_read_is_told_in_a_line():
    anew = FullBuildReason(FullBuildCause.MODEL, "generation x was made with another model")
    (said,) = [
        line for line in preview_lines(replace(preview(0), full_build_reason=anew), 10) if line.startswith("every file")
    ]
    assert said == f"every file would be read: {anew.text}"


def test_a_journal_that_cannot_be_read_leaves_the_rest_of_the_status():
    status = IndexStatus(None, (), (), 0, None, None, journal_problem="journal.jsonl cannot be read")
    assert [*running_lines(status)] == ["how the last build ended is not known: journal.jsonl cannot be read"]
