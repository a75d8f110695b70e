"""The unit of systemd: sound, confined, and in keeping with what the command does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.main import main
from config.known_settings import ENVIRONMENT_PREFIX, known_settings, variable_of

UNIT = Path(__file__).resolve().parents[2] / "deploy" / "quicktakes-bot.service"
INSTALLED = "/opt/quicktakes/bin/quicktakes"
MAX_EXPOSURE = 1.5
"""Of ten, as `systemd-analyze security` counts: what is left is the network, and what the encoder needs."""


def systemd_analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("needs systemd-analyze")
    return subprocess.run([program, "--no-pager", *arguments], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def unit(tmp_path) -> Path:
    """The unit, with this environment's Python in place of the installed command."""
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text("utf-8").replace(INSTALLED, sys.executable), encoding="utf-8")
    return copy


def settings_of_the_service(key: str) -> list[str]:
    """What each line of that key says."""
    return re.findall(rf"(?m)^{key}=(.*)$", UNIT.read_text("utf-8"))


def test_systemd_finds_nothing_wrong(unit):
    done = systemd_analyze("verify", "--man=no", str(unit))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_what_is_wrong_would_be_found(unit):
    unit.write_text(unit.read_text("utf-8").replace("ProtectHome=yes", "ProtectHouse=yes"), encoding="utf-8")
    assert "ProtectHouse" in systemd_analyze("verify", "--man=no", str(unit)).stderr


def test_little_of_the_machine_is_exposed(unit):
    done = systemd_analyze("security", "--offline=true", str(unit))
    found = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) <= MAX_EXPOSURE


def test_the_command_and_its_settings_exist():
    (command,) = settings_of_the_service("ExecStart")
    assert command == f"{INSTALLED} run --build"
    assert main(["run", "--help"]) == ExitCode.OK
    names = [line.partition("=")[0] for line in settings_of_the_service("Environment")]
    known = {variable_of(name) for name in known_settings()}
    assert [name for name in names if name.startswith(ENVIRONMENT_PREFIX) and name not in known] == []


def test_a_mistake_in_the_settings_is_not_tried_again():
    assert settings_of_the_service("Restart") == ["on-failure"]
    assert settings_of_the_service("RestartPreventExitStatus") == [str(ExitCode.USAGE.value)]
