"""The command line, run in this process or in one of its own."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
RunCommand = Callable[..., "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: exit status, results, messages."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def settings_variables(sample_settings) -> dict[str, str]:
    """The environment that names the data folder and the index of the sample articles."""
    return {
        "QUICKTAKES_DATA_DIR": str(sample_settings.data_dir),
        "QUICKTAKES_INDEX__DIR": str(sample_settings.index_dir),
    }


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command in this process: fast, and as a user would in an empty folder."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.chdir(tmp_path)

    def run_here(*arguments: object, typed: str = "", variables: dict[str, str] | None = None) -> Outcome:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            for name, value in (variables or {}).items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
            status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    yield run_here
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def run_process(tmp_path):
    """Run the command in a process of its own."""

    def run_there(*arguments: object, typed: str = "", variables: dict[str, str] | None = None) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *map(str, arguments)],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(variables or {})},
            timeout=300,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run_there
