"""An index with every kind of file that one can have, made without a model, and ways to damage a file of it."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

from embeddings.vector_cache import VectorCache
from retrieval.building.builder import BuildOptions, build
from retrieval.generations.lock import StoreAction
from retrieval.generations.store import GenerationStore
from retrieval.indexes.faiss_index import VectorEngine, VectorIndexOptions
from retrieval.lifecycle.journal import ActionOutcome, Event, Journal
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.index_changes import calibrate
from tests.retrieval.models import model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ARTICLE = """---
question: What is the colour number {number}?
answer: The colour number {number} is described by {word}, a shade of its own that painters like.
subject: Colours
url: /learn/colours/{number}
---
"""
ARTICLES = 40


def write_articles(content: Path, count: int = ARTICLES) -> None:
    """Articles about colours, no two alike."""
    folder = content / "learn" / "colours"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        word = "".join(chr(ord("a") + (number * step) % 26) for step in (1, 3, 5, 7, 11, 17))
        (folder / f"{number}.md").write_text(_ARTICLE.format(number=number, word=word), encoding="utf-8")


def make_index(folder: Path) -> None:
    """Articles below `content`, and below `index` two generations of them, the current one calibrated."""
    write_articles(folder / "content")
    store, encoder = GenerationStore(folder / "index"), HashingEncoder()
    options = BuildOptions(processes=1, vectors=VectorIndexOptions(engine=VectorEngine.INVERTED_FILE))
    vectors = VectorCache(folder / "vectors", encoder.fingerprint, encoder.dimension)
    with vectors as cache, store.writing() as writer:
        build(folder / "content", writer, encoder, cache, options=options)
    calibrate(store, model().to_json()).close()
    journal = Journal(folder / "index")
    for action in (StoreAction.BUILD, StoreAction.CALIBRATE):
        journal.append(Event(dt.datetime(2026, 5, 1, tzinfo=dt.UTC), "terminal", action, ActionOutcome.DONE))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _garble(path: Path) -> None:
    path.write_bytes(bytes((each * 7 + 13) % 256 for each in range(path.stat().st_size)))


def _garble_inside(path: Path) -> None:
    """Leave the head and the foot of a file, by which its reader knows it."""
    data = path.read_bytes()
    head, foot = len(data) // 4, len(data) - len(data) // 4
    path.write_bytes(data[:head] + bytes(each ^ 0xA5 for each in data[head:foot]) + data[foot:])


def _remove(path: Path) -> None:
    path.unlink()


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "empty": _empty,
    "cut": _cut,
    "garbled": _garble,
    "garbled inside": _garble_inside,
    "removed": _remove,
    "a folder": _make_folder,
}


def damage(path: Path, kind: str) -> None:
    """Damage a file; another generation may share it by a second name, so its bytes are copied first."""
    copy = path.with_name(f"{path.name}.copy")
    shutil.copyfile(path, copy)
    copy.replace(path)
    DAMAGES[kind](path)
