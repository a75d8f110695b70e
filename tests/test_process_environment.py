"""What test processes are given: nothing that whoever runs them has decided."""

import os

import pytest

from tests import process_environment
from tests.process_environment import prepare_environment


@pytest.fixture(autouse=True)
def _little_room_is_enough(monkeypatch):
    monkeypatch.setattr(process_environment, "MIN_FREE_BYTES", 1)


def test_matrices_take_one_thread_unless_somebody_wants_more(tmp_path):
    variables = {"OMP_NUM_THREADS": "4"}
    prepare_environment(variables, tmp_path)
    assert (variables["OPENBLAS_NUM_THREADS"], variables["OMP_NUM_THREADS"]) == ("1", "4")


def test_files_go_to_memory_unless_somebody_says_where(tmp_path):
    variables = {}
    prepare_environment(variables, tmp_path)
    assert variables["PYTEST_DEBUG_TEMPROOT"] == str(tmp_path)
    variables = {"TMPDIR": "/elsewhere"}
    prepare_environment(variables, tmp_path)
    assert "PYTEST_DEBUG_TEMPROOT" not in variables


def test_memory_that_is_missing_small_or_runs_no_programs_is_left_alone(tmp_path, monkeypatch):
    def chosen(folder):
        variables = {}
        prepare_environment(variables, folder)
        return variables.get("PYTEST_DEBUG_TEMPROOT")

    assert chosen(tmp_path / "none") is None
    values = [*os.statvfs(tmp_path)]
    values[8] = os.ST_NOEXEC
    monkeypatch.setattr(os, "statvfs", lambda _folder: os.statvfs_result(values))
    assert chosen(tmp_path) is None
    monkeypatch.undo()
    monkeypatch.setattr(process_environment, "MIN_FREE_BYTES", 1 << 60)
    assert chosen(tmp_path) is None
