"""Processes that build, go back and clean up are killed at random moments, while questions are answered."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.live_index.follower import IndexFollower, open_newest_sound
from bot.live_index.live import LiveIndex
from bot.live_index.open_index import OpenIndex, keep_open
from retrieval.answering.answerer import Answerer
from retrieval.lifecycle.journal import Journal
from retrieval.lifecycle.operations import IndexOperations
from retrieval.lifecycle.outcomes import Policy
from retrieval.lifecycle.rules import BuildRules
from tests.retrieval.article_files import Corpus, small_corpus
from tests.retrieval.lifecycle.test_operations import CorpusIndexBuilder

LONGEST_LIFE = 0.25


def live(folder: Path, seed: int) -> None:
    """Edit articles, build, go back and clean up without an end."""
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    corpus = Corpus(folder)
    operations = IndexOperations(
        corpus.store, Journal(corpus.store.folder), CorpusIndexBuilder(corpus), Policy(BuildRules(1.0))
    )
    while True:
        number = dice.randrange(1_000_000)
        corpus.write("geology/granite", "What is granite", f"Granite is a pale rock, as {number} people say.")
        operations.rebuild("killed", full=dice.random() < 0.3)
        if dice.random() < 0.5 and len(corpus.store.list()) > 1:
            operations.rollback("killed", dice.choice(corpus.store.list()).id)
        if dice.random() < 0.5:
            operations.prune("killed", dice.choice([1, 2, 3]))


def index_opener(corpus):
    @contextmanager
    def opened(generation_id):
        with corpus.store.open(generation_id, corpus.encoder) as generation:
            yield OpenIndex(Answerer(generation, corpus.encoder), generation, excerpt_length=1000, others=5)

    return lambda generation_id: keep_open(opened(generation_id))


class Asking(threading.Thread):
    """Asks all the time, and looks for news of the index as a bot does."""

    def __init__(self, live, follower) -> None:
        super().__init__()
        self._live, self._follower = live, follower
        self.stop = threading.Event()
        self.answered = 0
        self.problems: list[BaseException] = []
        self.generations: set[str] = set()

    def run(self):
        while not self.stop.is_set():
            try:
                self._follower.check()
                with self._live.lease() as index:
                    first = index.answerer.rank("what causes erosion by rivers and wind")[0]
                    assert first.article.url == "/learn/geology/erosion"
                    self.generations.add(index.generation_id)
                self.answered += 1
            except Exception as error:  # noqa: BLE001  # whatever it is, it should not have happened
                self.problems.append(error)
                return


@pytest.mark.parametrize(("seed", "kills"), [(1, 6), pytest.param(2, 60, marks=pytest.mark.long)])
def test_no_kill_leaves_a_question_unanswered_or_a_generation_half(tmp_path, seed, kills):
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    corpus = small_corpus(tmp_path)
    corpus.build()
    open_one = index_opener(corpus)
    live_index = LiveIndex(open_newest_sound(corpus.store, open_one))
    asking = Asking(live_index, IndexFollower(live_index, corpus.store, open_one))
    asking.start()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    try:
        for number in range(kills):
            process = context.Process(target=live, args=(tmp_path, seed * 1_000 + number))
            before = len(Journal(corpus.store.folder).events())
            process.start()
            while len(Journal(corpus.store.folder).events()) == before and process.is_alive():
                time.sleep(0.005)
            time.sleep(dice.random() * LONGEST_LIFE)
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            current = corpus.store.current_id()
            assert corpus.store.verify(current) == ()
            for summary in corpus.store.list():
                assert corpus.store.verify(summary.id) == (), summary
        # A kill may have hit the writing of the article itself, which is left empty.
        corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
        assert corpus.build().articles == 5
    finally:
        asking.stop.set()
        asking.join()
        live_index.close()
    assert asking.problems == []
    assert asking.answered > kills
    assert len(asking.generations) > 1
    assert not [path for path in corpus.store.folder.iterdir() if path.name.startswith(("building-", "removing-"))]
