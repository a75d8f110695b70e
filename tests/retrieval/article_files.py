"""Makes content folders of small articles, and builds indexes of them."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.vector_cache import VectorCache
from retrieval.building.builder import BuildOptions, build
from retrieval.building.vectors.second_vectors import SecondEncoder
from retrieval.generations.store import GenerationStore
from retrieval.progress import ignore_progress
from tests.hashing_encoder import HashingEncoder

if TYPE_CHECKING:
    from embeddings.encoder import Encoder

LONG_AGO = 1_600_000_000


def article_text(question, answer, url, subject="Geology", **fields):
    lines = [f"question: {question}", f"answer: {answer}", f"url: {url}", f"subject: {subject}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "---\n" + "\n".join(lines) + "\n---\n&nbsp;\n"


def write_file(path: Path, text: str, mtime: float = LONG_AGO) -> Path:
    """Write a file that looks as if nobody had touched it for a long time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (mtime, mtime))
    return path


class Corpus:
    """A content folder and its index.

    Attributes:
        encoder: Knows what was embedded.
        second: A second encoder for builds, if there is to be one.
        store: The index.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "content"
        self.root.mkdir(parents=True, exist_ok=True)
        self.encoder = HashingEncoder()
        self.second: Encoder | None = None
        self.store = GenerationStore(folder / "index")
        self._cache_folder = folder / "cache"
        self._changes = 0

    def write(self, name: str, question: str, answer: str, url: str | None = None, **fields) -> Path:
        """Write an article; each time a file is written its time is another."""
        self._changes += 1
        folder = name.partition("/")[0]
        fields.setdefault("subject", folder.title())
        text = article_text(question, answer, url or f"/learn/{name}", **fields)
        return write_file(self.root / f"{name}.md", text, LONG_AGO + self._changes)

    def cache(self, encoder: Encoder | None = None) -> VectorCache:
        """The vector cache of the encoder, or of another one."""
        encoder = encoder or self.encoder
        return VectorCache(self._cache_folder, encoder.fingerprint, encoder.dimension)

    def build(self, on_progress=ignore_progress, processes=1, **options):
        """Build, and return the report."""
        with ExitStack() as caches, self.cache() as cache, self.store.writing() as writer:
            if self.second is not None:
                second_cache = caches.enter_context(self.cache(self.second))
                options["second"] = SecondEncoder(self.second, second_cache)
            chosen = BuildOptions(processes=processes, **options)
            return build(self.root, writer, self.encoder, cache, options=chosen, on_progress=on_progress)

    def open(self):
        """The generation that serves."""
        return self.store.current(self.encoder)

    def questions(self) -> list[str]:
        """Questions of the articles that can be found, by row."""
        with self.open() as generation:
            return [question for _, _, question in generation.titles()]


ARTICLES = {
    "geology/basalt": ("What is basalt", "Basalt is a dark rock that forms where lava cools quickly."),
    "geology/erosion": ("What causes erosion", "Rivers, wind and ice carry soil and rock away."),
    "biology/osmosis": ("How does osmosis work", "Water moves through a membrane towards the saltier side."),
    "biology/yeast": ("Why does dough rise", "Yeast turns sugar into carbon dioxide, which swells the dough."),
}


def small_corpus(folder: Path) -> Corpus:
    """Four articles of two subjects."""
    corpus = Corpus(folder)
    for name, (question, answer) in ARTICLES.items():
        corpus.write(name, question, answer)
    return corpus
