"""Which articles of a corpus are the hardest to show: the longest, with the most formulas, tables, code, lists …"""

from __future__ import annotations

import heapq
import re
import tarfile
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHAPES = {
    "code": rb"```",
    "table": rb"\|\s*:?-{2,}",
    "display math": rb"\$\$",
    "inline math": rb"\\\\\(|\$[^$ ]",
    "environments": rb"begin\{",
    "chemistry": rb"\\ce\{",
    "html": rb"<su[bp]|<br|&[a-z]+;",
    "links": rb"\]\(",
    "quotes": rb"\\n> ",
    "deep headings": rb"#{4,}",
    "deep lists": rb"\\n {4,}[-*\d]",
    "strange letters": rb"[\xe0-\xf4][\x80-\xbf]{2,3}",
    "backslashes": rb"\\\\\\\\",
    "pings": rb"@everyone|@here|<@",
}
MEASURES = {
    "long": len,
    "long lines": lambda data: max(map(len, data.replace(rb"\n", b"\n").split(b"\n"))),
}


def count(pattern: re.Pattern[bytes], data: bytes) -> int:
    """How often a pattern is found."""
    return sum(1 for _ in pattern.finditer(data))


@cache
def oddest(archive: Path, wanted: int) -> Mapping[str, bytes]:
    """The articles of an archive that have most of each shape, by path; at most so many."""
    measures = {shape: partial(count, re.compile(pattern)) for shape, pattern in SHAPES.items()} | MEASURES
    per_shape = 2 * wanted // len(measures) + 1  # twice, for many articles are odd in several ways
    best: dict[str, list[tuple[int, str, bytes]]] = {shape: [] for shape in measures}
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.name.endswith(".md") or (file := tar.extractfile(member)) is None:
                continue
            data = file.read()
            for shape, measure in measures.items():
                if found := measure(data):
                    push = heapq.heappush if len(best[shape]) < per_shape else heapq.heappushpop
                    push(best[shape], (found, member.name, data))
    chosen: dict[str, bytes] = {}
    ranked = [sorted(entries, reverse=True) for entries in best.values()]
    for rank in range(per_shape):
        for entries in ranked:
            if rank < len(entries) and len(chosen) < wanted:
                chosen.setdefault(entries[rank][1], entries[rank][2])
    return MappingProxyType(chosen)
