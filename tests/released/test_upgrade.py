"""This version with the files of every version that was released: it uses them, or says what to do and does it."""

from __future__ import annotations

import asyncio
import tarfile
from dataclasses import replace

import pytest

from bot.storage.storage import Storage
from retrieval.errors import GenerationMismatchError
from retrieval.generations.manifest import FORMAT_VERSION, MANIFEST_NAME, Manifest
from retrieval.lifecycle.journal import Journal
from tests.released.make import CHANNEL, EVENT, FOLDER, MESSAGE, archive_of, corpus_in, database_in
from tests.retrieval.article_files import ARTICLES

FORMATS = {"0.1.0": 4}
"""Version → the format of the index that it wrote."""
QUESTIONS = sorted(question for question, _ in ARTICLES.values())


@pytest.fixture(params=sorted(FORMATS))
def version(request) -> str:
    return request.param


@pytest.fixture
def folder(version, tmp_path):
    """The data folder of that version."""
    with tarfile.open(archive_of(version)) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def test_every_release_is_tested():
    assert sorted(path.name.removesuffix(".tar.xz") for path in FOLDER.glob("*.tar.xz")) == sorted(FORMATS)


def test_the_index_is_opened_or_the_message_says_what_to_do(version, folder):
    corpus = corpus_in(folder)
    if FORMATS[version] == FORMAT_VERSION:
        assert sorted(corpus.questions()) == QUESTIONS
        assert corpus.store.verify(corpus.store.current_id()) == ()
    else:
        with pytest.raises(GenerationMismatchError, match=f"format version {FORMATS[version]}.*quicktakes index build"):
            corpus.open()


def test_the_next_build_brings_it_up_to_date_and_embeds_nothing_again(folder):
    corpus = corpus_in(folder)
    report = corpus.build(full=True)
    assert report.is_new
    assert sorted(corpus.questions()) == QUESTIONS
    assert corpus.encoder.embedded == []


def test_an_index_of_another_format_is_named_and_the_next_build_replaces_it(folder):
    corpus = corpus_in(folder)
    generation = corpus.store.current_id()
    path = corpus.store.folder / generation / MANIFEST_NAME
    manifest = Manifest.from_bytes(path.read_bytes(), generation)
    path.write_bytes(replace(manifest, format_version=FORMAT_VERSION - 1).to_bytes())
    with pytest.raises(GenerationMismatchError, match=f"format version {FORMAT_VERSION - 1}.*quicktakes index build"):
        corpus.open()
    report = corpus.build()
    assert corpus.store.current_id() == report.generation_id != generation
    assert sorted(corpus.questions()) == QUESTIONS
    assert corpus.encoder.embedded == []


def test_the_database_keeps_what_it_remembers(folder):
    async def remembered():
        async with Storage.open(database_in(folder)) as storage:
            return await storage.answered.get(MESSAGE.message_id), await storage.channels.is_on(CHANNEL)

    assert asyncio.run(remembered()) == (MESSAGE, True)


def test_the_journal_is_read(folder):
    assert Journal(corpus_in(folder).store.folder).events() == (EVENT,)
