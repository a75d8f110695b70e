"""Standard streams that are closed, take no such characters, or state an odd width."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from rich.text import Text

from bot.cli.errors.unexpected import system_problem
from bot.cli.views.output import results_console, show
from tests.bot.cli.conftest import ROOT

SENTENCE = "Energy is neither made nor lost: it changes its form. "


def in_shell(command, folder, **variables):
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("quicktakes", f"{sys.executable} -m bot")],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        timeout=300,
    )


@pytest.mark.parametrize(
    ("streams", "said"),
    [
        (">&-", b"holds no index yet"),
        ("2>&-", b""),
        ("<&- >&- 2>&-", b""),
    ],
)
def test_a_closed_stream_changes_no_exit_status(tmp_path, streams, said):
    done = in_shell(f"quicktakes index status {streams}", tmp_path)
    assert (done.returncode, said in done.stderr, b"Traceback" in done.stderr) == (4, True, False)


def test_a_closed_standard_input_is_an_empty_one_and_a_closed_output_swallows_the_reply(settings_variables, tmp_path):
    done = in_shell("quicktakes chat <&- >&-", tmp_path, **settings_variables)
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_that_takes_ascii_alone_gets_question_marks(settings_variables, tmp_path):
    command = "printf '\\357\\273\\277:subject caf\\351 \\302\\263\\n:help\\000\\r\\n' | quicktakes chat"
    done = in_shell(command, tmp_path, PYTHONIOENCODING="ascii", COLUMNS="0", **settings_variables)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert b"no subject is called caf? ?" in done.stdout
    assert b":quit            leave (Ctrl-D does too)" in done.stdout


@pytest.mark.parametrize("columns", ["0", "-5", "many", "1", "\u00b2", "\u0663", "99999999999", "1e9", ""])
def test_an_odd_width_leaves_text_readable(monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    show(results_console(), Text(SENTENCE * 4))
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(line.strip() for line in lines) == (SENTENCE * 4).strip()
    assert 10 <= max(map(len, lines)) <= 1000


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OSError(28, "No space left on device", "/data/a"), "/data/a: the disk is full; make room and try again"),
        (OSError(24, "Too many open files"), "too many files are open; allow more (ulimit -n) and try again"),
        (PermissionError(13, "Permission denied", "/data/a"), "/data/a: Permission denied"),
        (OSError("odd"), "odd"),
        (OSError(), "OSError"),
    ],
)
def test_what_the_system_refuses_is_said_with_the_file(error, text):
    assert system_problem(error) == text
