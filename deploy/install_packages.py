"""Installs the locked packages, with the build of torch that suits the machine.

    python deploy/install_packages.py                               # into the environment of this Python
    python deploy/install_packages.py --python .venv/bin/python     # into another one

PyPI's torch for Linux brings gigabytes of libraries for NVIDIA GPUs. Where there is no such GPU, uv is asked for the
build for processors, since it knows where that lies; the variable UV_TORCH_BACKEND names another build (`cu130`). What
uv cannot do within bounds, and all other packages, are pip's, with pip's own settings. Needs the standard library and
pip alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETUP_REQUIREMENTS = Path(__file__).with_name("requirements-setup.txt")
GPU_SIGNS = ("/proc/driver/nvidia/version", "/dev/nvidiactl")
BACKEND_VARIABLE = "UV_TORCH_BACKEND"
PROCESSOR_BACKEND = "cpu"
FETCH_SECONDS = 180.0
"""How long pip may take to fetch uv."""
TORCH_SECONDS = 900.0
"""How long uv may take for torch, about 200 MB."""
UV_LIMITS = {"UV_HTTP_TIMEOUT": "15", "UV_HTTP_CONNECT_TIMEOUT": "10", "UV_HTTP_RETRIES": "1"}
"""An index that does not answer is given up within a minute; whoever sets these variables decides otherwise."""
_PIN = re.compile(r"^torch==([\w.]+)\s*$", re.MULTILINE)
_DESCRIBE_TORCH = """
import json, sys
from importlib import metadata
try:
    torch = metadata.distribution("torch")
    print(json.dumps([torch.version, torch.requires or []]))
except metadata.PackageNotFoundError:
    print("null")
"""


@dataclass(frozen=True, slots=True)
class Torch:
    """An installed torch.

    Attributes:
        version: With its local part, such as ``2.13.0+cpu``.
        needs_gpu_libraries: Whether it asks for libraries for NVIDIA GPUs.
    """

    version: str
    needs_gpu_libraries: bool

    def __str__(self) -> str:
        """The version and whom the build is for."""
        build = "PyPI's build, with libraries for NVIDIA GPUs" if self.needs_gpu_libraries else "a build for processors"
        local = self.version.partition("+")[2]
        return f"torch {self.version}, {f'the build {local}' if local not in {'', PROCESSOR_BACKEND} else build}"


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment into which packages are installed."""

    python: str

    def installed_torch(self) -> Torch | None:
        """The torch that is there, if any."""
        said = subprocess.run([self.python, "-c", _DESCRIBE_TORCH], capture_output=True, text=True, check=True).stdout
        found = json.loads(said)
        if found is None:
            return None
        version, requirements = found
        return Torch(version, any(name.startswith(("nvidia-", "cuda-")) for name in requirements))

    def pip_install(self, *arguments: str) -> None:
        """Install with pip.

        Raises:
            subprocess.CalledProcessError: pip has said why.
        """
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", self.python]
        subprocess.run([*pip, "install", "--quiet", *arguments], stdin=subprocess.DEVNULL, check=True)

    def uv_install_torch(self, uv: str, version: str, backend: str) -> str:
        """Install torch with uv; what pip knows of what it needs comes later.

        Returns:
            Why it was not installed; empty where it was.
        """
        command = [uv, "pip", "install", "--quiet", "--python", self.python]
        command += ["--no-deps", "--torch-backend", backend, f"torch=={version}"]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=TORCH_SECONDS,
                env=UV_LIMITS | os.environ,
            )
        except subprocess.TimeoutExpired:
            return f"uv was not done within {TORCH_SECONDS:g} seconds"
        except OSError as error:
            return f"{uv} cannot be run: {error.strerror}"
        lines = [line.strip().removeprefix("cause: ") for line in done.stderr.splitlines() if line.strip()]
        return "" if done.returncode == 0 else (lines or [f"uv ended with status {done.returncode}"])[-1]


def main() -> int:
    """Install, and say which torch was taken."""
    parser = argparse.ArgumentParser(description="Install the locked packages, with the torch that suits the machine.")
    parser.add_argument("--python", default=sys.executable, help="Python of the environment; default: this one")
    parser.add_argument("--requirements", type=Path, default=ROOT / "requirements.lock", help="what to install")
    parser.add_argument("--uv", help="uv to use; default: the one that pip fetches for this")
    options = parser.parse_args()
    environment = Environment(options.python)
    try:
        install_torch(environment, options.requirements, options.uv)
        environment.pip_install("--requirement", str(options.requirements))
    except subprocess.CalledProcessError as error:
        return error.returncode
    say(f"Took {environment.installed_torch() or 'no torch'}")
    return 0


def install_torch(environment: Environment, requirements: Path, uv: str | None) -> None:
    """Install the build of torch that is wanted, or leave it to pip and say so."""
    pin = _PIN.search(requirements.read_text(encoding="utf-8"))
    installed = environment.installed_torch()
    if pin is None or (installed is not None and installed.version.partition("+")[0] == pin[1]):
        return
    backend = wanted_backend()
    if backend is None:
        return
    say(f"Looking for torch {pin[1]} in the build {backend}")
    with tempfile.TemporaryDirectory(prefix="quicktakes-setup-") as folder:
        problem = environment.uv_install_torch(uv or fetch_uv(Path(folder)), pin[1], backend)
    if problem:
        say(f"It cannot be had ({problem}); taking what pip finds, on Linux with gigabytes of libraries for GPUs")


def wanted_backend() -> str | None:
    """The build of torch that uv is asked for; ``None`` where that on PyPI is the right one."""
    chosen = os.environ.get(BACKEND_VARIABLE)
    if chosen:
        return chosen
    if sys.platform != "linux":
        return None
    has_gpu = shutil.which("nvidia-smi") is not None or any(Path(sign).exists() for sign in GPU_SIGNS)
    return None if has_gpu else PROCESSOR_BACKEND


def fetch_uv(folder: Path) -> str:
    """Fetch uv into a folder; where that fails, the path at which it would be."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--target", str(folder)]
    command = [*pip, "--requirement", str(SETUP_REQUIREMENTS)]
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, check=True, timeout=FETCH_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        say(f"uv cannot be fetched: {error}")
    return str(folder / "bin" / "uv")


def say(text: str) -> None:
    """Write to standard error: standard output belongs to whoever called."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
