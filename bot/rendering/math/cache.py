"""Formulas, drawn or refused once: the last ones in memory, all of them in a folder where one is given."""

from __future__ import annotations

import contextlib
import hashlib
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from bot.rendering.math.images import RENDERING_VERSION, draw_formula
from bot.rendering.math.tree import FormulaError
from embeddings.disk import atomic_write

_PNG_STARTS = b"\x89PNG\r\n\x1a\n"
_PNG_ENDS = b"IEND\xaeB`\x82"
_PICTURE, _REFUSAL = ".png", ".refused"
_REFUSAL_STARTS, _REFUSAL_ENDS = b"refused: ", b"\n"


class FormulaCache:
    """Draws formulas as `draw_formula` does, but each only once. Safe to use from several threads.

    A folder that cannot be written or holds a damaged file costs speed, never an answer.

    Args:
        capacity: How many pictures, and how many formulas that cannot be drawn, are kept in memory.
        folder: Where pictures, and why others cannot be drawn, are kept from one run to the next; made when the first
            is written.
    """

    def __init__(self, *, capacity: int = 512, folder: Path | None = None) -> None:
        self._capacity = capacity
        self._folder = folder
        self._known: OrderedDict[str, bytes | FormulaError] = OrderedDict()
        self._lock = Lock()

    def __call__(self, source: str) -> bytes:
        """The formula as a PNG.

        Raises:
            FormulaError: It cannot be drawn.
        """
        known = self._remembered(source)
        if known is None:
            known = self._read(source) or self._drawn(source)
            self._remember(source, known)
        if isinstance(known, FormulaError):
            raise FormulaError(known.source, known.problem)
        return known

    def _drawn(self, source: str) -> bytes | FormulaError:
        try:
            png = draw_formula(source)
        except FormulaError as error:
            refusal = _REFUSAL_STARTS + " ".join(error.problem.split()).encode("utf-8", "replace") + _REFUSAL_ENDS
            self._write(source, _REFUSAL, refusal)
            return error
        self._write(source, _PICTURE, png)
        return png

    def _remembered(self, source: str) -> bytes | FormulaError | None:
        with self._lock:
            if source in self._known:
                self._known.move_to_end(source)
            return self._known.get(source)

    def _remember(self, source: str, known: bytes | FormulaError) -> None:
        with self._lock:
            self._known[source] = known
            if len(self._known) > self._capacity:
                self._known.popitem(last=False)

    def _path(self, source: str, ending: str) -> Path | None:
        name = hashlib.sha256(f"{RENDERING_VERSION}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / f"{name}{ending}" if self._folder else None

    def _read(self, source: str) -> bytes | FormulaError | None:
        png = self._content(source, _PICTURE, _PNG_STARTS, _PNG_ENDS)
        if png is not None:
            return png
        refusal = self._content(source, _REFUSAL, _REFUSAL_STARTS, _REFUSAL_ENDS)
        if refusal is None:
            return None
        problem = refusal[len(_REFUSAL_STARTS) : -len(_REFUSAL_ENDS)].decode("utf-8", "replace")
        return FormulaError(source, problem)

    def _content(self, source: str, ending: str, starts: bytes, ends: bytes) -> bytes | None:
        """The cached picture of a formula, unless it is damaged."""
        path = self._path(source, ending)
        if path is None:
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        return content if content.startswith(starts) and content.endswith(ends) else None

    def _write(self, source: str, ending: str, content: bytes) -> None:
        """Write beside the file and rename: another process never reads half a picture."""
        path = self._path(source, ending)
        if path is None:
            return
        with contextlib.suppress(OSError):
            atomic_write(path, content)
