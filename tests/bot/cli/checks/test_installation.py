"""What `quicktakes doctor` finds about the installation."""

import pytest

from bot.cli.checks.finding import Level
from bot.cli.checks.installation import check_encoding, check_git, check_packages


@pytest.mark.parametrize(
    ("said", "level", "text"),
    [
        ("git version 2.39.5 (Apple Git-154)", Level.OK, "2.39.5"),
        ("git version 3.0.1", Level.OK, "3.0.1"),
        ("git version 2.30.9", Level.PROBLEM, "2.30.9 is too old"),
        (None, Level.PROBLEM, "not installed"),
    ],
)
def test_git_must_be_there_and_new_enough(tmp_path, monkeypatch, said, level, text):
    monkeypatch.setenv("PATH", str(tmp_path))
    if said is not None:
        (tmp_path / "git").write_text(f"#!/bin/sh\necho '{said}'\n")
        (tmp_path / "git").chmod(0o755)
    finding = check_git()
    assert finding.level is level
    assert text in finding.text


@pytest.mark.parametrize(
    ("lock", "level", "text"),
    [
        ("# header\nclick==0.0.1\n", Level.WARNING, "instead of 0.0.1"),
        ("no-such-package==1.0\nclick==0.0.1\n", Level.PROBLEM, "missing: no-such-package"),
    ],
)
def test_packages_are_compared_with_the_lock(tmp_path, lock, level, text):
    path = tmp_path / "requirements.lock"
    path.write_text(lock, encoding="utf-8")
    finding = check_packages(path)
    assert finding.level is level
    assert text in finding.text
    assert finding.advice


def test_without_a_lock_there_is_nothing_to_compare(tmp_path):
    assert check_packages(tmp_path / "none").level is Level.OK


@pytest.mark.parametrize(
    ("file_names", "output", "level", "text"),
    [
        ("utf-8", "UTF-8", Level.OK, "UTF-8"),
        ("ascii", "utf-8", Level.PROBLEM, "file names are read as ascii"),
        ("utf-8", "iso8859-1", Level.WARNING, "output is written as iso8859-1"),
    ],
)
def test_a_locale_that_lacks_letters_is_named(file_names, output, level, text):
    finding = check_encoding(file_names, output)
    assert (finding.level, text in finding.text) == (level, True)
    assert ("UTF-8" in finding.advice) == (level is not Level.OK)
