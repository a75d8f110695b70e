"""Milvus, named by the settings: wired, loaded by builds, looked at by doctor, said plainly in the terminal."""

from __future__ import annotations

import importlib.util
import socket

import numpy as np
import pytest

from bot.bootstrap import SettingsIndexBuilder, make_store
from bot.cli.checks.finding import Level
from bot.cli.checks.index import check_search_engine
from bot.cli.errors.exit_codes import ExitCode
from bot.cli.errors.failures import exit_code_of, message_lines
from bot.search_engine import make_search_engine, vector_indexes_of_builds
from config.loading import load_settings
from retrieval.errors import SearchEngineError
from retrieval.indexes.base import SearchRequest
from retrieval.indexes.faiss_index import VectorEngine
from retrieval.indexes.hybrid import HybridIndex
from retrieval.indexes.milvus.options import MilvusOptions, VectorIndexKind
from retrieval.indexes.milvus.search import MilvusIndex
from tests.bot.small_index import THREE, build, write

TOKEN = "root:correct-horse-battery"  # noqa: S105  # made up


def settings_of(folder, encoder_cache=None, **changes):
    environment = {f"QUICKTAKES_{name}": value for name, value in changes.items()}
    environment |= {
        "QUICKTAKES_DATA_DIR": str(folder / "data"),
        "QUICKTAKES_INDEX__CONTENT_DIR": str(folder / "content"),
    }
    if encoder_cache is not None:
        (folder / "data").mkdir()
        (folder / "data" / "encoder").symlink_to(encoder_cache)
    return load_settings(environment=environment, working_folder=folder).settings


@pytest.fixture
def nowhere():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_without_an_address_articles_are_found_in_this_process(tmp_path):
    settings = settings_of(tmp_path)
    assert make_search_engine(settings) is None
    assert vector_indexes_of_builds(settings).engine is VectorEngine.AUTO


def test_every_setting_reaches_milvus_and_processes_share_an_engine(tmp_path):
    settings = settings_of(
        tmp_path,
        MILVUS__URI="https://milvus.example:19530/",
        MILVUS__TOKEN=TOKEN,
        MILVUS__DATABASE="study",
        MILVUS__COLLECTION_PREFIX="fr",
        MILVUS__VECTOR_INDEX="ivf_sq8",
        MILVUS__SEARCH_SECONDS="1.5",
        MILVUS__LOAD_SECONDS="90",
    )
    engine = make_search_engine(settings)
    kind = VectorIndexKind.IVF_SQ8
    assert engine._options == MilvusOptions("https://milvus.example:19530", TOKEN, "study", "fr", kind, 1.5, 90.0)
    assert make_search_engine(settings) is engine
    assert vector_indexes_of_builds(settings).engine is VectorEngine.EXACT
    assert "correct-horse" not in f"{settings!r} {engine._options!r}"


def test_a_missing_package_is_named_with_its_extra_and_no_traceback(tmp_path, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pymilvus" else found(name))
    settings = settings_of(tmp_path, MILVUS__URI="http://milvus-without-package:19530")
    with pytest.raises(SearchEngineError) as refusal:
        make_store(settings)
    assert exit_code_of(refusal.value) is ExitCode.PROBLEM
    (line,) = message_lines(refusal.value)
    assert "pip install 'quicktakes-bot[milvus]'" in line
    assert check_search_engine(settings).level is Level.PROBLEM


@pytest.mark.long
def test_a_build_loads_what_serves_even_where_nothing_is_new(tmp_path, encoder_cache, milvus_server):
    """An operator who has an index and then names Milvus builds once; going back needs no Milvus."""
    plain = settings_of(tmp_path, encoder_cache)
    for article in THREE:
        write(plain, *article)
    first = build(plain)
    milvus = plain.model_copy(update={"milvus": plain.milvus.model_copy(update={"uri": milvus_server.uri})})
    missing = check_search_engine(milvus)
    assert (missing.level, missing.advice) == (Level.PROBLEM, "run `quicktakes index build`, which loads it")
    assert build(milvus) == first
    assert check_search_engine(milvus).level is Level.OK
    with SettingsIndexBuilder(milvus).open_answerer(first) as answerer:
        assert answerer.rank("why do the tides come", limit=1)[0].article.url == "/learn/biology/tides"
    kinds = [type(make_store(settings).current().search_index) for settings in (plain, milvus)]
    assert kinds == [HybridIndex, MilvusIndex]


@pytest.mark.long
def test_milvus_away_lets_a_bot_start(tmp_path, encoder_cache, nowhere):
    plain = settings_of(tmp_path, encoder_cache)
    write(plain, *THREE[0])
    build(plain)
    away = plain.model_copy(update={"milvus": plain.milvus.model_copy(update={"uri": nowhere})})
    with make_store(away).current(whole=True) as generation, pytest.raises(SearchEngineError):
        generation.search_index.search(SearchRequest(np.zeros(384, dtype=np.float32), "bees"))
    finding = check_search_engine(away)
    assert finding.level is Level.PROBLEM
    assert finding.text.startswith(f"the search engine at {nowhere}: ")
