"""A build that dies at any moment leaves the last good generation serving, and the next build finishes."""

from __future__ import annotations

import multiprocessing
import random
import time

import pytest

from retrieval.generations import folder as index_folder
from retrieval.generations import verification as generation_check
from retrieval.indexes.base import SearchRequest
from tests.retrieval.article_files import Corpus, small_corpus


class Died(BaseException):
    """Stands for the end of the process."""


def build_and_die(folder, ready):
    corpus = Corpus(folder)
    ready.send(None)
    corpus.build(full=True)
    ready.send(None)


def serving(corpus):
    """The url that answers a question about yeast, and its article's answer, from the generation that serves."""
    with corpus.open() as generation:
        text = "yeast turns sugar into gas"
        request = SearchRequest(corpus.encoder.encode_query(text), text, 10)
        best = max(generation.search_index.search(request), key=lambda candidate: candidate.evidence.section)
        article = generation.article(best.article)
        return article.url, article.answer


def leftovers(corpus):
    return [path.name for path in corpus.store.folder.iterdir() if path.name.startswith(("building", "removing"))]


@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.long)])
def test_kill_at_random_moments(tmp_path, kills):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.retrieval.article_files"])
    corpus = small_corpus(tmp_path)
    answer = "Yeast turns sugar into gas."
    corpus.write("biology/yeast", "Why does dough rise", answer)
    corpus.build()
    started = time.perf_counter()
    corpus.build(full=True)
    duration = time.perf_counter() - started
    moments = random.Random(20)  # noqa: S311  # any moments will do
    finished = 0
    for number in range(kills):
        fresh = f"Yeast turns sugar into gas, as seen in try {number}."
        corpus.write("biology/yeast", "Why does dough rise", fresh)
        ours, theirs = context.Pipe()
        process = context.Process(target=build_and_die, args=(tmp_path, theirs))
        process.start()
        ours.recv()
        time.sleep(moments.uniform(0, 1.2 * duration))
        process.kill()
        process.join()
        url, found = serving(corpus)
        assert url == "/learn/biology/yeast"
        assert found in {answer, fresh}
        assert corpus.store.verify(corpus.store.current_id()) == ()
        finished += found == fresh
        answer = found
    assert finished < kills, "not one build was killed before it had finished"
    corpus.write("biology/yeast", "Why does dough rise", "Yeast turns sugar into gas at last.")
    corpus.build()
    assert serving(corpus) == ("/learn/biology/yeast", "Yeast turns sugar into gas at last.")
    assert leftovers(corpus) == []


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (generation_check, "flush_file"),
        (generation_check, "flush_folder"),
        (generation_check, "sha256_of"),
        (index_folder, "flush_folder"),
        (index_folder, "atomic_write"),
    ],
)
def test_death_at_each_step_of_the_switch(tmp_path, monkeypatch, module, step):
    corpus = small_corpus(tmp_path)
    corpus.write("biology/yeast", "Why does dough rise", "Yeast turns sugar into gas.")
    corpus.build()
    real = getattr(module, step)
    survived = 0
    for last in range(100):
        fresh = f"Yeast turns sugar into gas, try {last}."
        corpus.write("biology/yeast", "Why does dough rise", fresh)
        calls = iter(range(last))

        def die_at_last(*args, calls=calls):
            if next(calls, None) is None:
                raise Died
            return real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(module, step, die_at_last)
            try:
                corpus.build()
            except Died:
                survived += 1
            else:
                break
        assert serving(corpus)[0] == "/learn/biology/yeast"
        assert corpus.store.verify(corpus.store.current_id()) == ()
    assert survived >= 1
    assert serving(corpus)[1] == fresh
    assert leftovers(corpus) == []


def test_vectors_of_a_killed_build_are_not_embedded_again(tmp_path, monkeypatch):
    corpus = small_corpus(tmp_path)

    def die(*_):
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(generation_check, "flush_folder", die)
        with pytest.raises(Died):
            corpus.build()
    embedded = len(corpus.encoder.embedded)
    assert embedded == 8
    report = corpus.build()
    assert len(corpus.encoder.embedded) == embedded
    assert (report.embedded, report.from_cache) == (0, 8)
