"""What every benchmark here needs. Import it before the project's packages: it makes a checkout importable.

Memory is read from ``/proc``, so these scripts want Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from config.settings import Settings
    from retrieval.evaluation.judged_questions import JudgedQuestion

SAMPLE_QUESTIONS = tuple(sorted((ROOT / "content").glob("judged-*.jsonl")))
"""Judged questions over the sample articles."""

_TELLING_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_bf16", "amx_int8")
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of a process in MiB.

    Attributes:
        resident: All of it.
        own: What no file on disk stands behind: it cannot be dropped.
        mapped: Pages of mapped files (index, libraries), which the system drops when memory is short.
    """

    resident: float
    own: float
    mapped: float


def memory() -> Memory:
    """Of this process, now."""
    lines = (line.partition(":") for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    kibibytes = {name: int(value.split()[0]) for name, _, value in lines if name.startswith(("VmRSS", "Rss"))}
    mapped = kibibytes["RssFile"] + kibibytes["RssShmem"]
    return Memory(kibibytes["VmRSS"] / 1024, kibibytes["RssAnon"] / 1024, mapped / 1024)


def machine() -> dict[str, Any]:
    """The machine in general words: what figures depend on."""
    flags: set[str] = set()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("flags"):
            flags = set(line.split())
            break
    return {
        "cores": len(os.sched_getaffinity(0)),
        "instructions": [flag for flag in _TELLING_FLAGS if flag in flags],
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30)),
        "load": round(os.getloadavg()[0], 1),
        "python": sys.version.split()[0],
    }


def describe_machine(facts: Mapping[str, Any]) -> str:
    """`machine` in one line. The load is that of the last minute: well above 0 at the start spoils every time."""
    instructions = ", ".join(facts["instructions"]) or "none of note"
    return (
        f"{facts['cores']} cores ({instructions}), {facts['memory_gib']} GiB, Python {facts['python']}, "
        f"load {facts['load']} before it began"
    )


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Options ``--data-dir`` and ``--json``."""
    parser.add_argument("--data-dir", type=Path, help="where converted models and vectors are kept (setting data_dir)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")


def settings_for(index: Path | None, data_dir: Path | None, content: Path | None = None) -> Settings:
    """The user's settings, with these folders."""
    from config.loading import load_settings  # noqa: PLC0415  # rivals' environments have no pydantic settings

    options = {
        "index.dir": ("--index", _absolute(index)),
        "data_dir": ("--data-dir", _absolute(data_dir)),
        "index.content_dir": ("--content", _absolute(content)),
    }
    return load_settings(options=options).settings


def _absolute(path: Path | None) -> Path | None:
    return path and path.absolute()


def run_quicktakes(arguments: Sequence[str | Path], data_dir: Path | None) -> tuple[float, str]:
    """Run the project's command as a user would.

    Returns:
        Seconds from before the process was started to its end, and what it printed.

    Raises:
        SystemExit: The command failed; says how.
    """
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    if data_dir is not None:
        environment["QUICKTAKES_DATA_DIR"] = str(data_dir.absolute())
    command = [sys.executable, "-m", "bot", *map(str, arguments)]
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in {0, 3}:  # 3: no article answers
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return seconds, done.stdout


def run_script(name: str, arguments: Sequence[str | Path], *, python: Path | None = None, show: bool = False) -> None:
    """Run another script of this folder in its own process.

    Args:
        name: The script.
        arguments: Its command line.
        python: Which Python runs it; this one when left out.
        show: Its output is this process's; otherwise it goes to standard error.

    Raises:
        SystemExit: It failed.
    """
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    command = [str(python or sys.executable), str(Path(__file__).with_name(name)), *map(str, arguments)]
    done = subprocess.run(command, env=environment, stdout=None if show else sys.stderr, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}")


def load_questions(paths: Sequence[Path]) -> list[JudgedQuestion]:
    """Judged questions of one file or several."""
    from retrieval.evaluation.judged_questions import load_judged  # noqa: PLC0415  # as above

    return [judged for path in paths or SAMPLE_QUESTIONS for judged in load_judged(path)]


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """p50 and p99 of some times."""
    ordered = sorted(seconds)
    place = 0.99 * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    p99 = ordered[low] + (place - low) * (ordered[high] - ordered[low])
    return {"p50_ms": 1e3 * statistics.median(ordered), "p99_ms": 1e3 * p99}


def folder_megabytes(folder: Path) -> float:
    """MiB of all files below a folder."""
    return sum(path.stat().st_size for path in files_below(folder)) / _MEGABYTE


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder."""
    return (path for path in folder.rglob("*") if path.is_file())


def print_table(rows: Sequence[Sequence[object]]) -> None:
    """Rows as columns, the first row as heading; floats with three significant figures."""
    texts = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]))]
    for number, row in enumerate(texts):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(cells).rstrip())
        if not number:
            print("  ".join("-" * width for width in widths))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) < 1 else f"{value:.1f}"
    return "-" if value is None else str(value)


def write_json(path: Path | None, figures: Mapping[str, Any]) -> None:
    """Write the figures, if somebody wants them."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
