"""Write requirements.lock and requirements-dev.lock: the exact version of every package that pyproject.toml leads to.

Run by `make lock`. Nothing is installed: pip resolves and reports. Local parts of versions (``+cpu``) are dropped and
packages that only one platform's torch asks for are left out, so that one lock serves every platform.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLATFORM_ONLY = ("cuda-", "nvidia-", "triton")
HEADER = "# Written by `make lock` from pyproject.toml; do not edit.\n"


def main() -> None:
    """Resolve both sets and write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    everything = needed + project["project"]["optional-dependencies"]["dev"]
    # The larger set is resolved first and binds the smaller one, so that both name the same versions.
    dev_pins = resolve(everything, constraints=[])
    write("requirements-dev.lock", dev_pins)
    write("requirements.lock", resolve(needed, constraints=dev_pins))


def resolve(requirements: list[str], constraints: list[str]) -> list[str]:
    """All packages that pip would install for the requirements, as ``name==version``, sorted by name."""
    with tempfile.TemporaryDirectory() as folder:
        report, bounds = Path(folder, "report.json"), Path(folder, "constraints.txt")
        bounds.write_text("\n".join(constraints), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
        command += ["--report", str(report), "--constraint", str(bounds), *requirements]
        subprocess.run(command, check=True)
        packages = [item["metadata"] for item in json.loads(report.read_text(encoding="utf-8"))["install"]]
    pins = {package["name"]: package["version"].partition("+")[0] for package in packages}
    names = sorted((name for name in pins if not name.lower().startswith(PLATFORM_ONLY)), key=str.lower)
    return [f"{name}=={pins[name]}" for name in names]


def write(name: str, pins: list[str]) -> None:
    """Write one lock file."""
    ROOT.joinpath(name).write_text(HEADER + "\n".join(pins) + "\n", encoding="utf-8")
    print(f"{name}: {len(pins)} packages")


if __name__ == "__main__":
    main()
