"""Installing the locked packages: which torch is taken, and what happens where it cannot be had."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "install_packages.py"
ASKED = "asked.txt"
UV_FAILS = """#!/bin/sh
echo "$@" > {asked}
echo 'error: Request failed after 1 retry in 2.0s' >&2
echo '  cause: failed to lookup address information' >&2
exit 2
"""
UV_INSTALLS = """#!/bin/sh
echo "$@" > {asked}
exec {python} -m zipfile --extract {wheel} {target}
"""


def make_wheel(folder: Path, name: str, version: str, *requirements: str) -> Path:
    """A wheel that holds nothing but its own description."""
    about = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {requirement}\n" for requirement in requirements)
    files = {"METADATA": metadata, "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    record = ""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{about}/{file},sha256={digest},{len(text.encode())}\n"
            archive.writestr(f"{about}/{file}", text)
        archive.writestr(f"{about}/RECORD", f"{record}{about}/RECORD,,\n")
    return path


@dataclass(frozen=True, slots=True)
class Setup:
    """An empty environment, a folder of wheels from which alone pip installs, and a program that plays uv."""

    folder: Path

    @property
    def wheels(self) -> Path:
        return self.folder / "wheels"

    @property
    def asked_of_uv(self) -> str | None:
        """The arguments that uv was called with; ``None`` where it was not called."""
        path = self.folder / ASKED
        return path.read_text("utf-8").strip() if path.exists() else None

    def play_uv(self, script: str, **values: object) -> None:
        uv = self.folder / "uv"
        uv.write_text(script.format(asked=self.folder / ASKED, **values), encoding="utf-8")
        uv.chmod(0o755)

    def run(self, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCRIPT), "--python", str(self.folder / "venv/bin/python")]
        command += ["--requirements", str(self.folder / "lock.txt"), *options]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=120, env=kept | pip | variables
        )

    @property
    def site_packages(self) -> Path:
        return next(self.folder.glob("venv/lib/python3*/site-packages"))

    def installed(self) -> list[str]:
        return sorted(path.name.removesuffix(".dist-info") for path in self.site_packages.glob("*.dist-info"))


@pytest.fixture
def setup(tmp_path):
    """A machine without a GPU on which PyPI offers a torch for GPUs, and a lock that asks for it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True, timeout=60)
    setup = Setup(tmp_path)
    setup.wheels.mkdir()
    make_wheel(setup.wheels, "torch", "2.13.0", "nvidia-cublas")
    make_wheel(setup.wheels, "nvidia_cublas", "13.0")
    make_wheel(setup.wheels, "sample", "1.0")
    (tmp_path / "lock.txt").write_text("# pins\nsample==1.0\ntorch==2.13.0\n", encoding="utf-8")
    return setup


def test_the_build_for_processors_is_taken_where_uv_can_get_it(setup):
    wheel = make_wheel(setup.folder, "torch", "2.13.0+cpu")
    setup.play_uv(UV_INSTALLS, python=sys.executable, target=setup.site_packages, wheel=wheel)
    done = setup.run("--uv", str(setup.folder / "uv"), UV_TORCH_BACKEND="cpu")
    assert done.returncode == 0, done.stderr
    assert "--no-deps --torch-backend cpu torch==2.13.0" in setup.asked_of_uv
    assert done.stderr.splitlines()[-1] == "Took torch 2.13.0+cpu, a build for processors"
    assert setup.installed() == ["sample-1.0", "torch-2.13.0+cpu"]
    assert done.stdout == ""


def test_what_uv_cannot_get_is_left_to_pip_and_said(setup):
    setup.play_uv(UV_FAILS)
    done = setup.run("--uv", str(setup.folder / "uv"), UV_TORCH_BACKEND="cpu")
    assert done.returncode == 0, done.stderr
    assert "It cannot be had (failed to lookup address information); taking what pip finds" in done.stderr
    assert done.stderr.splitlines()[-1] == "Took torch 2.13.0, PyPI's build, with libraries for NVIDIA GPUs"
    assert setup.installed() == ["nvidia_cublas-13.0", "sample-1.0", "torch-2.13.0"]


@pytest.mark.long
def test_without_any_uv_pip_does_it_alone(setup):
    """uv is a package like any other; where the index lacks it, all the rest is installed all the same."""
    done = setup.run(UV_TORCH_BACKEND="cpu")
    assert done.returncode == 0, done.stderr
    assert "uv cannot be fetched" in done.stderr
    assert setup.installed() == ["nvidia_cublas-13.0", "sample-1.0", "torch-2.13.0"]


@pytest.fixture
def installer(monkeypatch):
    """The script as a module, on a Linux machine of which nothing is known."""
    found = importlib.util.spec_from_file_location("install_packages", SCRIPT)
    module = importlib.util.module_from_spec(found)
    monkeypatch.setitem(sys.modules, "install_packages", module)
    found.loader.exec_module(module)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module, "GPU_SIGNS", ())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("UV_TORCH_BACKEND", raising=False)
    return module


def test_only_a_machine_with_an_nvidia_gpu_gets_its_libraries(installer, monkeypatch, tmp_path):
    assert installer.wanted_backend() == "cpu"
    monkeypatch.setattr(installer, "GPU_SIGNS", (str(tmp_path),))
    assert installer.wanted_backend() is None


def test_the_driver_is_known_by_its_command_too(installer, monkeypatch, tmp_path):
    command = tmp_path / "nvidia-smi"
    command.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installer.wanted_backend() is None


def test_elsewhere_pypis_build_is_the_right_one(installer, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert installer.wanted_backend() is None


def test_whoever_names_a_build_gets_that(installer, monkeypatch):
    monkeypatch.setenv("UV_TORCH_BACKEND", "cu130")
    assert installer.wanted_backend() == "cu130"


def test_an_index_that_does_not_answer_is_given_up_soon(installer, monkeypatch, setup):
    setup.play_uv("#!/bin/sh\necho $UV_HTTP_TIMEOUT $UV_HTTP_RETRIES >&2; exit 1\n# {asked}\n")
    monkeypatch.setenv("UV_HTTP_RETRIES", "4")
    environment = installer.Environment(sys.executable)
    assert environment.uv_install_torch(str(setup.folder / "uv"), "2.13.0", "cpu") == "15 4"


def test_a_uv_that_never_ends_is_ended(setup, installer, monkeypatch):
    monkeypatch.setattr(installer, "TORCH_SECONDS", 0.2)
    setup.play_uv("#!/bin/sh\nexec /bin/sleep 60 # {asked}\n")
    environment = installer.Environment(sys.executable)
    problem = environment.uv_install_torch(str(setup.folder / "uv"), "2.13.0", "cpu")
    assert problem == "uv was not done within 0.2 seconds"


def test_a_torch_that_is_there_stays(setup):
    with zipfile.ZipFile(make_wheel(setup.folder, "torch", "2.13.0+cpu")) as wheel:
        wheel.extractall(setup.site_packages)
    setup.play_uv(UV_FAILS)
    done = setup.run("--uv", str(setup.folder / "uv"), UV_TORCH_BACKEND="cpu")
    assert done.stderr.splitlines() == ["Took torch 2.13.0+cpu, a build for processors"]
    assert setup.asked_of_uv is None
    assert setup.installed() == ["sample-1.0", "torch-2.13.0+cpu"]


def test_a_package_that_cannot_be_had_fails_with_pips_reason(setup):
    (setup.folder / "lock.txt").write_text("missing==1.0\n", encoding="utf-8")
    done = setup.run()
    assert done.returncode != 0
    assert "No matching distribution found for missing==1.0" in done.stderr
