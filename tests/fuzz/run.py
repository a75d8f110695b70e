"""Fuzz one target for some time: ``python -m tests.fuzz.run TARGET SECONDS``, as `make fuzz` does for each.

With atheris where it is installed, which follows the branches that an input takes; else with mutations of the kept
corpus alone. What fails is kept in the folder of its target, so that the default tests run it from now on.
"""

# ruff: noqa: PLC0415 - atheris must be there before what it follows is imported

from __future__ import annotations

import hashlib
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).with_name("corpus")
MAX_BYTES = 4_096
_MARKS = (
    b"\\(",
    b"$$",
    b"```",
    b"---\n",
    b"\\n",
    b"|",
    b"> ",
    b"[",
    b"](",
    b"<!--",
    b"\x00",
    b"\xed\xa0\x80",
    b"&#",
    b"{",
    b'"',
)


def main(name: str, seconds: float) -> int:
    """Fuzz a target; gives 1 where an input fails."""
    try:
        import atheris
    except ImportError:
        return fuzz_by_mutation(name, seconds)
    return _with_atheris(atheris, name, seconds)


def fuzz_by_mutation(name: str, seconds: float, seed: int | None = None) -> int:
    """Run a target on mutations of its corpus."""
    from tests.fuzz.targets import TARGETS

    seed = time.time_ns() if seed is None else seed
    source = random.Random(seed)  # noqa: S311  # no secret hangs on it
    inputs = [path.read_bytes() for path in sorted(CORPUS.joinpath(name).iterdir())] or [b""]
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        data = mutated(source, inputs)
        count += 1
        if not kept_where_it_fails(name, TARGETS[name], data):
            return 1
    sys.stderr.write(f"{name}: {count:,} inputs, seed {seed}, none failed\n")
    return 0


def mutated(source: random.Random, inputs: list[bytes]) -> bytes:
    """One of the inputs with a few changes."""
    data = bytearray(source.choice(inputs))
    for _ in range(source.randint(1, 8)):
        place = source.randint(0, len(data))
        match source.randint(0, 4):
            case 0:
                data[place:place] = source.choice(_MARKS) * source.randint(1, 4)
            case 1:
                del data[place : place + source.randint(1, 16)]
            case 2:
                other = source.choice(inputs)
                start = source.randint(0, len(other))
                data[place:place] = other[start : start + source.randint(1, 64)]
            case 3:
                data[place : place + 1] = bytes([source.randint(0, 255)])
            case _:
                data[place:place] = data[place : place + source.randint(1, 64)]
    return bytes(data[:MAX_BYTES])


def kept_where_it_fails(name: str, target: Callable[[bytes], None], data: bytes) -> bool:
    """Run an input; keep it in the corpus and tell of it where it fails."""
    try:
        target(data)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what was looked for
        path = CORPUS / name / f"failed-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n{path} holds the input\n")
        return False
    return True


def _with_atheris(atheris: object, name: str, seconds: float) -> int:
    with atheris.instrument_imports(include=["bot", "retrieval"]):
        from tests.fuzz.targets import TARGETS

    def one(data: bytes) -> None:
        if not kept_where_it_fails(name, TARGETS[name], data):
            raise SystemExit(1)

    options = [f"-max_total_time={int(seconds)}", f"-max_len={MAX_BYTES}", "-timeout=30", "-print_final_stats=1"]
    # Inputs that reach something new go to the first folder; what is kept is chosen by hand.
    found = CORPUS.parents[2] / ".fuzz" / name
    found.mkdir(parents=True, exist_ok=True)
    atheris.Setup([sys.argv[0], *options, str(found), str(CORPUS / name)], one)
    atheris.Fuzz()  # ends the process
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
