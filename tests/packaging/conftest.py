"""The project's packages, built once a run, and environments to install them into."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.sample_settings import sample_settings
from tests.retrieval.sample_index import sample_index_dir

__all__ = ["sample_index_dir", "sample_settings"]

ROOT = Path(__file__).resolve().parents[2]
OUR_VARIABLES = ("QUICKTAKES_", "PYTHON")


@dataclass(frozen=True, slots=True)
class EmptyEnvironment:
    """A virtual environment with nothing in it, not even pip."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        return next(self.folder.glob("lib/python3*/site-packages"))

    def install(self, *arguments: str, timeout: float = 300) -> None:
        """Install with the pip of this Python."""
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(self.python)]
        subprocess.run([*pip, "install", "--quiet", *arguments], check=True, timeout=timeout)

    def lend_dependencies(self) -> None:
        """Let it see all that is installed beside these tests, but not what stands in path files there: the project."""
        paths = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
        (self.site_packages / "dependencies.pth").write_text("\n".join(sorted(paths)), encoding="utf-8")

    def run(self, *command: str, typed: str = "", folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of it in a folder."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(OUR_VARIABLES)}
        return subprocess.run(
            [str(self.folder / "bin" / command[0]), *command[1:]],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=environment | variables,
            timeout=300,
        )


@pytest.fixture(scope="session")
def packages(tmp_path_factory) -> Path:
    """A folder with the wheel and the source archive of the working tree."""
    folder = tmp_path_factory.mktemp("packages")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, timeout=120)
    return folder


@pytest.fixture(scope="session")
def wheel(packages) -> Path:
    """The wheel."""
    return next(packages.glob("*.whl"))


@pytest.fixture
def empty_environment(tmp_path) -> EmptyEnvironment:
    """An environment with nothing in it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True, timeout=60)
    return EmptyEnvironment(tmp_path / "venv")
