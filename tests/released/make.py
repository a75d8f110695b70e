"""Keeps what a release writes to disk, so that later versions are tested with it: run once, when a version is released.

python -m tests.released.make 0.2.0
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import tarfile
import tempfile
from pathlib import Path

from bot.storage.records import AnsweredMessage, Memory
from bot.storage.storage import Storage
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.journal import ActionOutcome, Event, Journal
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import Corpus, small_corpus

FOLDER = Path(__file__).resolve().parent
WHEN = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
MESSAGE = AnsweredMessage(
    message_id=2**62 + 1,
    channel_id=70,
    guild_id=900,
    memory=Memory(
        asker_id=11,
        question="What is basalt?",
        article_url="/learn/geology/basalt",
        generation="g1",
        locale="pt-BR",
        candidates=("/learn/geology/erosion",),
        seen=("/learn/biology/yeast",),
        confidence=0.75,
        page=2,
        subject_key="geology",
        above="<@11> asked",
        follow_up_to="What is lava?",
        is_volunteered=True,
    ),
    private=True,
    answered_at=WHEN,
)
CHANNEL = 71
EVENT = Event(
    at=WHEN,
    actor="terminal",
    action=StoreAction.BUILD,
    outcome=ActionOutcome.DONE,
    generation="20260102T030400000000Z-00aa",
    before=None,
    seconds=1.5,
    facts={"added": 4},
)


def corpus_in(folder: Path) -> Corpus:
    """The corpus of a release: four articles, with vectors that are short, so that the archive is small."""
    corpus = Corpus(folder)
    corpus.encoder = HashingEncoder(dimension=8)
    return corpus


def database_in(folder: Path) -> Path:
    """The bot's database of a release."""
    return folder / "bot.sqlite"


def archive_of(version: str) -> Path:
    """What a release wrote."""
    return FOLDER / f"{version}.tar.xz"


def write_data(folder: Path) -> None:
    """Write every file that lasts: articles, index, journal, vectors, database."""
    small_corpus(folder)
    corpus = corpus_in(folder)
    corpus.build()
    Journal(corpus.store.folder).append(EVENT)
    asyncio.run(_fill(database_in(folder)))


async def _fill(path: Path) -> None:
    async with Storage.open(path) as storage:
        await storage.answered.save(MESSAGE)
        await storage.channels.switch_on(900, CHANNEL)


def main(version: str) -> None:
    """Write the archive of a version."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive_of(version), "x:xz") as archive:
        write_data(Path(folder))
        for path in sorted(Path(folder).iterdir()):
            archive.add(path, path.name, filter=_of_nobody)


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without whoever made it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(sys.argv[1])
