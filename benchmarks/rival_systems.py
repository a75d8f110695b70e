"""One system, one step, one process: what `rivals.py` starts. Not meant to be run by hand.

Each system is used as its own introduction shows it, with what makes it better at no cost where there is one:

- ours: the project's build and `Answerer`: sections, words and coverage; the whole reply with its excerpt.
- plain: sentence-transformers, one vector for each question and one for each answer (the model reads its first 256
  tokens), FAISS flat; an article is as near as its nearer vector.
- txtai: `Embeddings` with hybrid search (BM25 beside vectors), one text an article: question, then answer.
- langchain: `RecursiveCharacterTextSplitter` (1,000 characters, 200 overlap) over question and answer, FAISS store.

Only what a system needs is imported, since memory is measured.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from common import memory, milliseconds

# ruff: noqa: PLC0415  # see above

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

_FETCHED = 20
_ROUNDS = 3

Task = dict[str, Any]
"""Model folder, content folder, articles (url, question, answer) and questions (query, answers)."""


class System(Protocol):
    """What is measured. The model is loaded when it is made; `build` and `open` come in different processes."""

    def build(self) -> None:
        """Make the index on disk."""
        ...

    def open(self) -> None:
        """Open what `build` made."""
        ...

    def ask(self, question: str) -> str:
        """Address of the best article; empty if nothing was found."""
        ...


class Ours:
    """The project's own build and reply."""

    def __init__(self, task: Task, folder: Path) -> None:
        from common import settings_for

        from bot.bootstrap import make_encoder, make_store

        self._settings = settings_for(folder / "index", Path(task["data_dir"]))
        self._content, self._folder = Path(task["content"]), folder
        self._encoder = make_encoder(self._settings)
        self._store = make_store(self._settings)
        self._opened = ExitStack()  # until the process ends

    def build(self) -> None:
        """See `System`; no vector is known before."""
        from embeddings.vector_cache import VectorCache
        from retrieval.building.builder import build

        encoder = self._encoder
        vectors = VectorCache(self._folder / "vectors", encoder.fingerprint, encoder.dimension)
        with vectors as cache, self._store.writing() as writer:
            build(self._content, writer, encoder, cache)

    def open(self) -> None:
        """See `System`."""
        from bot.bootstrap import open_index

        self._index = self._opened.enter_context(open_index(self._settings, encoder=self._encoder))

    def ask(self, question: str) -> str:
        """See `System`: the first article of the whole reply, whatever its confidence."""
        from retrieval.domain import Answer, Candidates

        reply = self._index.ask(question)
        if isinstance(reply, Answer):
            return reply.hit.article.url
        hits = reply.hits if isinstance(reply, Candidates) else reply.closest
        return hits[0].article.url if hits else ""


class Plain:
    """sentence-transformers and FAISS."""

    def __init__(self, task: Task, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self._articles, self._folder = task["articles"], folder
        self._model = SentenceTransformer(task["model"], device="cpu")

    def build(self) -> None:
        """See `System`."""
        import faiss

        texts = [article[part] for part in ("question", "answer") for article in self._articles]
        vectors = self._encode(texts)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(self._folder / "flat.faiss"))

    def open(self) -> None:
        """See `System`."""
        import faiss

        self._urls = [article["url"] for article in self._articles]
        self._index = faiss.read_index(str(self._folder / "flat.faiss"))

    def ask(self, question: str) -> str:
        """See `System`."""
        _, rows = self._index.search(self._encode([question]), _FETCHED)
        return str(self._urls[rows[0][0] % len(self._urls)])

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return vectors


class Txtai:
    """txtai, vectors and words."""

    def __init__(self, task: Task, folder: Path) -> None:
        from txtai import Embeddings

        self._articles, self._folder = task["articles"], folder
        self._embeddings = Embeddings(path=task["model"], hybrid=True, gpu=False)

    def build(self) -> None:
        """See `System`."""
        self._embeddings.index((each["url"], f"{each['question']}\n\n{each['answer']}") for each in self._articles)
        self._embeddings.save(str(self._folder / "txtai"))

    def open(self) -> None:
        """See `System`."""
        self._embeddings.load(str(self._folder / "txtai"))

    def ask(self, question: str) -> str:
        """See `System`."""
        found = self._embeddings.search(question, _FETCHED)
        return str(found[0][0]) if found else ""


class LangChain:
    """LangChain's splitter and FAISS store."""

    def __init__(self, task: Task, folder: Path) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self._articles, self._folder = task["articles"], folder
        self._embeddings = HuggingFaceEmbeddings(
            model_name=task["model"], model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True}
        )

    def build(self) -> None:
        """See `System`."""
        from langchain_community.vectorstores import FAISS
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        documents = splitter.split_documents(
            Document(f"{each['question']}\n\n{each['answer']}", metadata={"url": each["url"]})
            for each in self._articles
        )
        FAISS.from_documents(documents, self._embeddings).save_local(str(self._folder / "langchain"))

    def open(self) -> None:
        """See `System`."""
        from langchain_community.vectorstores import FAISS

        # The store keeps its documents as a pickle; this one was written by the process before.
        self._store = FAISS.load_local(
            str(self._folder / "langchain"), self._embeddings, allow_dangerous_deserialization=True
        )

    def ask(self, question: str) -> str:
        """See `System`."""
        found = self._store.similarity_search(question, k=_FETCHED)
        return str(found[0].metadata["url"]) if found else ""


_SYSTEMS: dict[str, type[Ours | Plain | Txtai | LangChain]] = {
    "ours": Ours,
    "plain": Plain,
    "txtai": Txtai,
    "langchain": LangChain,
}


def main() -> None:
    """Do one step and write its figures."""
    name, step, task_path, folder, out = sys.argv[1:]
    task: Task = json.loads(Path(task_path).read_text(encoding="utf-8"))
    questions = task.pop("questions")
    if step == "serve":  # the texts are the rivals' to keep; ours and theirs keep only addresses
        task["articles"] = [{"url": article["url"]} for article in task["articles"]]
    gc.collect()
    system: System = _SYSTEMS[name](task, Path(folder))
    figures = _build(system) if step == "build" else _serve(system, questions)
    Path(out).write_text(json.dumps(figures), encoding="utf-8")


def _build(system: System) -> dict[str, float]:
    started = time.perf_counter()
    system.build()
    seconds = time.perf_counter() - started
    return {"build_s": seconds, "building_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _serve(system: System, questions: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Ask every question; one round before, and the rest timed together."""
    system.open()
    asked = list(questions)
    right = [system.ask(each["query"]) in each["answers"] for each in asked]
    times = []
    for _ in range(_ROUNDS):
        for each in asked:
            started = time.perf_counter()
            system.ask(each["query"])
            times.append(time.perf_counter() - started)
    return {**milliseconds(times), "answer_1": sum(right) / len(right), "serving_mib": memory().resident}


if __name__ == "__main__":
    main()
