"""What `quicktakes doctor` finds about folders and files."""

import os
import tempfile
from pathlib import Path

from bot.cli.checks import folders
from bot.cli.checks.finding import Level
from bot.cli.checks.folders import check_folder, check_private_files, check_space, check_temporary_folder


def test_a_folder_that_cannot_be_written_is_a_problem_that_names_its_setting(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    finding = check_folder(blocked / "below")
    assert (finding.level, "data_dir" in finding.advice) == (Level.PROBLEM, True)
    finding = check_folder(blocked / "below", "index folder", "index.dir")
    assert (finding.topic, "index.dir" in finding.advice) == ("index folder", True)
    assert check_folder(tmp_path / "new" / "folder").level is Level.OK


def test_space_is_measured_even_where_the_folder_is_not_made_yet(tmp_path):
    assert f"GiB free at {tmp_path}" in check_space(tmp_path / "not" / "yet").text


def test_a_disk_that_is_nearly_full_is_a_problem(tmp_path, monkeypatch):
    free = folders.shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(folders, "MIN_SPACE", free * 2)
    finding = check_space(tmp_path)
    assert (finding.level, "make room" in finding.advice) == (Level.PROBLEM, True)
    monkeypatch.setattr(folders, "MIN_SPACE", 0)
    monkeypatch.setattr(folders, "SCARCE_SPACE", free * 2)
    assert check_space(tmp_path).level is Level.WARNING


def test_a_disk_with_room_but_for_no_more_files_is_a_problem(tmp_path, monkeypatch):
    actual = os.statvfs(tmp_path)
    values = [*actual]
    values[5], values[6], values[7] = 1_000_000, 3, 3  # files that there may be, that are free, and free for us
    monkeypatch.setattr(os, "statvfs", lambda _path: os.statvfs_result(values))
    finding = check_space(tmp_path)
    assert (finding.level, "only 3 more files" in finding.text) == (Level.PROBLEM, True)


def test_secrets_that_others_may_read_are_a_warning(tmp_path):
    token, env = tmp_path / "token", tmp_path / ".env"
    token.touch(0o600)
    assert check_private_files([token, env]).text == f"only you read {token}"
    env.touch(0o644)
    finding = check_private_files([token, env])
    assert (finding.level, finding.advice) == (Level.WARNING, f"chmod 600 {env}")
    assert check_private_files([tmp_path / "gone"]).level is Level.OK


def test_no_folder_for_temporary_files_is_a_problem(tmp_path, monkeypatch):
    assert check_temporary_folder().level is Level.OK
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    finding = check_temporary_folder()
    assert (finding.level, "TMPDIR" in finding.advice) == (Level.PROBLEM, True)
    assert not Path(tmp_path / "gone").exists()
