"""What this machine's processor can do."""

from __future__ import annotations

import os
from enum import Enum
from functools import cache
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")
_NATIVE_BFLOAT16 = frozenset({"avx512_bf16", "amx_bf16"})


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def has_native_bfloat16(cpu_info: Path = _CPU_INFO) -> bool:
    """Whether the processor multiplies bfloat16 in hardware.

    OpenVINO also offers bfloat16 where it has to imitate it, which is slower than single precision; the
    kernel's list of features tells the two apart. Where there is no such list the answer is no.
    """
    try:
        text = cpu_info.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return not _NATIVE_BFLOAT16.isdisjoint(flags.split())


class Precision(Enum):
    """In which numbers the network computes; both count as the same vectors (cosine above 0.9999)."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
