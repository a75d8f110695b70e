"""What `quicktakes doctor` finds about the machine."""

import datetime as dt

import pytest

from bot.cli.checks.finding import Level
from bot.cli.checks.machine import (
    MEBIBYTE,
    available_memory,
    check_clock,
    check_files,
    check_memory,
    check_processor,
    check_watches,
    file_limit,
)
from embeddings.processor import usable_cores

NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("mebibytes", "level"), [(100, Level.PROBLEM), (500, Level.WARNING), (4000, Level.OK), (None, Level.OK)]
)
def test_memory_must_hold_the_model(mebibytes, level):
    finding = check_memory(None if mebibytes is None else mebibytes * MEBIBYTE)
    assert finding.level is level
    assert ("give the container" in finding.advice) == (level is not Level.OK)


def test_a_container_has_less_memory_than_its_machine(tmp_path):
    machine, limit, used = (tmp_path / name for name in ("meminfo", "max", "current"))
    machine.write_text("MemTotal:       8000000 kB\nMemAvailable:   4000000 kB\n")
    limit.write_text("max\n")
    used.write_text("100000000\n")
    assert available_memory(machine, [(limit, used)]) == 4_000_000 * 1024
    limit.write_text("300000000\n")
    assert available_memory(machine, [(limit, used)]) == 200_000_000
    assert available_memory(tmp_path / "none", []) is None


@pytest.mark.parametrize(
    ("limit", "level"), [(10, Level.PROBLEM), (256, Level.WARNING), (1024, Level.OK), (-1, Level.OK)]
)
def test_enough_files_may_be_open(limit, level):
    finding = check_files(limit)
    assert finding.level is level
    assert ("ulimit -n" in finding.advice) == (level is not Level.OK)
    assert file_limit() == -1 or file_limit() > 0


def test_more_folders_than_may_be_watched_are_a_problem(tmp_path):
    limit = tmp_path / "max_user_watches"
    limit.write_text("8192\n")
    assert check_watches(8192, limit).level is Level.OK
    finding = check_watches(8193, limit)
    assert finding.level is Level.PROBLEM
    assert "max_user_watches=16386" in finding.advice
    assert check_watches(8193, tmp_path / "none").level is Level.OK


def test_a_clock_that_is_behind_is_noticed():
    assert check_clock(NOW, NOW - dt.timedelta(days=1)).level is Level.OK
    assert check_clock(NOW, None).level is Level.OK
    behind = check_clock(NOW, NOW + dt.timedelta(hours=1))
    assert (behind.level, "13:00 UTC, which is later" in behind.text) == (Level.WARNING, True)
    assert check_clock(NOW.replace(year=1970), None).level is Level.PROBLEM


def test_more_threads_than_cores_are_a_warning():
    assert check_processor(usable_cores()).level is Level.OK
    finding = check_processor(usable_cores() + 1)
    assert finding.level is Level.WARNING
    assert f"set encoder.threads to {usable_cores()} or less" in finding.advice
