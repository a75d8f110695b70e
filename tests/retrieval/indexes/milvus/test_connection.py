"""Milvus away, silent, refusing: bounded time, plain words, no token, and back by itself."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import socket
import time
from dataclasses import replace

import dotenv.main
import pytest

from retrieval.errors import SearchEngineError
from retrieval.indexes.milvus import connection as connections
from retrieval.indexes.milvus.connection import CollectionMissingError, MilvusConnection
from retrieval.indexes.milvus.engine import MilvusEngine
from retrieval.indexes.milvus.options import MilvusOptions
from tests.contracts.test_search_index import LIMIT, asked, make_case
from tests.milvus_server import own_options

TOKEN = "root:correct-horse-battery"  # noqa: S105  # made up


@pytest.fixture
def nowhere():
    """An address that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def silent():
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def version(client):
    return client.get_server_version(timeout=5)


def test_an_engine_that_is_not_there_is_named_without_its_token(nowhere, caplog):
    options = MilvusOptions(nowhere, token=TOKEN, timeout=5.0)
    connection = MilvusConnection(options)
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(SearchEngineError, match="the search engine at http://127") as refusal,
    ):
        connection.run(version)
    assert refusal.value.address == nowhere
    assert f"the search engine at {nowhere} does not answer" in caplog.text
    assert "correct-horse" not in f"{refusal.value!r} {refusal.value} {options!r} {options} {caplog.text}"


def test_a_silent_engine_is_given_up(silent):
    with pytest.raises(SearchEngineError, match="no connection; it does not run there"):
        MilvusConnection(MilvusOptions(silent, timeout=0.3)).run(version)


def test_after_three_failures_nobody_waits_for_a_while(nowhere, monkeypatch, caplog):
    now = 1000.0
    monkeypatch.setattr(connections.time, "monotonic", lambda: now)
    connection = MilvusConnection(MilvusOptions(nowhere, timeout=5.0))
    tried = []

    def attempt(client):
        tried.append(client)

    monkeypatch.setattr(MilvusConnection, "_client", lambda self: tried.append(self) or _connect(self))
    for _ in range(5):
        with pytest.raises(SearchEngineError):
            connection.run(attempt)
    assert len(tried) == 3
    now += 2.5
    with pytest.raises(SearchEngineError):
        connection.run(attempt)
    assert len(tried) == 4
    assert caplog.text.count("does not answer") == 1


_connect = MilvusConnection._client


def test_without_the_package_the_extra_is_named(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pymilvus" else found(name))
    with pytest.raises(SearchEngineError, match=r"pip install 'quicktakes-bot\[milvus\]'"):
        MilvusEngine(MilvusOptions("http://localhost:19530"))


def test_importing_pymilvus_reads_no_dotenv_file(tmp_path, monkeypatch):
    """The secrets in it would be seen by every child process."""
    (tmp_path / ".env").write_text("QUICKTAKES_DISCORD__TOKEN=hunter2\n")
    monkeypatch.setattr(dotenv.main, "find_dotenv", lambda *_, **__: str(tmp_path / ".env"))
    monkeypatch.delenv("QUICKTAKES_DISCORD__TOKEN", raising=False)
    with connections.without_dotenv():
        settings = importlib.reload(importlib.import_module("pymilvus.settings"))
    assert "QUICKTAKES_DISCORD__TOKEN" not in os.environ
    assert "PYTHON_DOTENV_DISABLED" not in os.environ
    importlib.reload(settings)
    assert os.environ.pop("QUICKTAKES_DISCORD__TOKEN") == "hunter2"  # what it would do


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return make_case(tmp_path_factory.mktemp("lexical"))


@pytest.fixture(scope="module")
def held(milvus_engine, case):
    """An engine that holds the case."""
    milvus_engine.prepare(case.parts)
    return milvus_engine


def names(engine):
    return engine._connection.run(lambda client: client.list_collections(timeout=30))


def test_a_refusal_is_no_failure_of_the_connection(held, case, caplog):
    name = held._collections.name(case.parts.generation_id)
    for _ in range(5):
        with pytest.raises(SearchEngineError, match="no_such_field"):
            held._connection.run(lambda client: client.query(name, filter="no_such_field > 1", timeout=30))
    assert held._connection.run(version)
    assert "does not answer" not in caplog.text


def test_a_generation_that_it_does_not_hold_is_said_with_what_to_do(held, case):
    index = held.open(replace(case.parts, generation_id="20250101T000000000000Z-0000"))
    with pytest.raises(CollectionMissingError, match="run `quicktakes index build`, which loads it"):
        index.search(asked(1, "atom"))


def test_a_loading_that_was_cut_off_is_done_again_whole(milvus_server, case):
    engine = MilvusEngine(own_options(milvus_server))
    texts = list(case.parts.article_texts())

    def cut_off():
        yield from texts
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.prepare(replace(case.parts, article_texts=cut_off))
    unfinished = engine._collections.name(case.parts.generation_id) + "_unfinished"
    assert unfinished in names(engine)
    engine.prepare(case.parts)
    assert unfinished not in names(engine)
    found = engine.open(case.parts).search(asked(1, "atom", limit=len(case.rows())))
    assert sorted(candidate.article for candidate in found) == case.rows()
    engine.prepare(replace(case.parts, article_texts=cut_off))  # it is there: nothing is read
    engine.point_to(case.parts.generation_id)
    engine.drop(case.parts.generation_id)
    assert not any(name.startswith(unfinished[:10]) for name in names(engine))
    engine.close()


@pytest.mark.long  # as `tests.e2e.test_search_engine_away`, of the search alone
def test_it_is_back_when_the_server_is_and_nobody_does_anything(held, case, milvus_server, caplog):
    """The server has forgotten what it had loaded, too."""
    index = held.open(case.parts)
    request = asked(1, "atom bond")
    before = index.search(request)
    assert len(before) == LIMIT
    milvus_server.kill()
    try:
        with pytest.raises(SearchEngineError):
            index.search(request)
    finally:
        milvus_server.start()
    deadline = time.monotonic() + 60
    while True:
        try:
            again = index.search(request)
        except SearchEngineError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            break
    assert again == before
    assert "answers again" in caplog.text
