"""A second encoder by its setting: built with, answered with, switched off; and what is said where it is amiss."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.bootstrap import (
    SettingsIndexBuilder,
    make_store,
    open_index,
    open_index_inspector,
    open_index_operations,
)
from bot.bot_bootstrap import index_opener
from bot.cli.checks.all_checks import run_checks
from bot.cli.checks.finding import Level
from bot.cli.checks.models import check_second_encoder
from bot.index_admin.admin import IndexAdmin
from bot.index_admin.index_panels import status_panel
from bot.live_index.follower import IndexFollower
from bot.live_index.live import LiveIndex
from bot.messages.catalogue import Messages
from bot.second_encoder import second_encoder_lines
from config.loading import load_settings
from embeddings.file_hashes import FileHashes
from embeddings.model_files import find_model
from embeddings.vector_cache import VectorCache
from retrieval.generations.lock import StoreAction
from retrieval.generations.second_vectors import SECOND_FILES, SECOND_SECTION_VECTORS
from tests.bot.panels.limits import text
from tests.bot.small_index import build, write

QUESTION = "how do bees make honey"
NOWHERE = "/no/such/model"


def with_second(settings, second, **encoder):
    """Settings that name a second encoder, and what else the first is given."""
    first = settings.encoder.model_copy(update=encoder)
    retrieval = settings.retrieval.model_copy(update={"second_encoder": second})
    return settings.model_copy(update={"encoder": first, "retrieval": retrieval})


@pytest.fixture
def both(settings, tmp_path):
    """Settings of two encoders: the packaged model with a prompt of its own, and without."""
    model = find_model(None, FileHashes(tmp_path / "hashes.json"))
    return with_second(settings, str(model), query_prompt="Question: ")


def discords_status(settings):
    """What `/index status` shows of a bot that runs with these settings."""
    with open_index(settings) as index:
        follower = IndexFollower(LiveIndex(index), make_store(settings), index_opener(settings))
        admin = IndexAdmin(
            settings,
            open_index_operations(settings),
            open_index_inspector(settings),
            nobody_asked,
            instead=follower.instead,
            second_encoder_problem=follower.second_encoder_problem,
        )
        return text(status_panel(Messages("en"), asyncio.run(admin.status()))).split("\n")


async def nobody_asked(_limit):
    return ()


def evidence(settings, question=QUESTION):
    with open_index(settings) as index:
        return [hit.evidence.second_encoder for hit in index.answerer.rank(question)]


def first_of(settings, question=QUESTION):
    with open_index(settings) as index:
        return index.answerer.rank(question)[0].article.url


def status(settings):
    with make_store(settings).current() as generation:
        return second_encoder_lines(settings, generation)


def said(caplog):
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.second_encoder"]
    caplog.clear()
    return lines


def test_it_is_built_and_answered_with_and_status_and_doctor_name_it(both, caplog):
    build(both)
    with open_index(both) as index:
        hits = index.answerer.rank(QUESTION)
    scores = [hit.evidence.second_encoder for hit in hits]
    assert max(scores) == scores[0] > 0.4
    assert hits[0].article.url == "/learn/biology/bees"
    (line,) = status(both)
    assert line.startswith("second encoder sentence-transformer-float-")
    assert line.endswith("dimension 384")
    (named,) = [line for line in discords_status(both) if "econd encoder" in line]
    fingerprint = line.removeprefix("second encoder ").removesuffix(", dimension 384")
    assert named == f"Second encoder: `{fingerprint}`"
    finding = check_second_encoder(both)
    assert (finding.level, finding.advice) == (Level.OK, "")
    assert said(caplog) == []


def test_switched_on_over_an_index_without_it_says_once_that_a_build_is_needed(both, caplog):
    alone = with_second(both, None)
    build(alone)
    assert evidence(both) == [None] * 3
    (line,) = said(caplog)
    assert line.startswith("retrieval.second_encoder: generation ")
    assert "was built without the second encoder" in line
    assert line.endswith("run `quicktakes index build`; answers go on without it")
    assert status(both)[0].startswith("second encoder not used: generation ")
    (unused,) = [line for line in discords_status(both) if "econd encoder" in line]
    assert "was built without the second encoder" in unused
    assert len(said(caplog)) == 1  # it was opened once more
    finding = check_second_encoder(both)
    assert finding.level is Level.WARNING
    assert "run `quicktakes index build`" in finding.advice
    build(both)
    assert None not in evidence(both)
    assert said(caplog) == []


def test_switched_off_nothing_of_it_is_used_and_the_next_build_drops_it(both, caplog):
    build(both)
    off = with_second(both, None)
    assert evidence(off) == [None] * 3
    assert status(off)[0].endswith("not used: retrieval.second_encoder is unset")
    assert any(line.startswith("Second encoder: ") for line in discords_status(off))
    assert r"The second encoder is not used: retrieval.second\_encoder is unset" in discords_status(off)
    assert said(caplog) == []
    build(off)
    folder = off.index_dir / make_store(off).current_id()
    assert not any((folder / name).exists() for name in SECOND_FILES)
    assert status(off) == said(caplog) == []
    assert not any("econd encoder" in line for line in discords_status(off))


def test_a_model_that_is_missing_keeps_no_build_and_no_answer_from_being_made(settings, caplog):
    missing = with_second(settings, NOWHERE)
    assert evidence(missing) == [None] * 3
    (line,) = said(caplog)
    assert line.startswith(f"retrieval.second_encoder: model '{NOWHERE}': ")
    assert line.endswith("; answers go on without it")
    assert first_of(missing) == first_of(settings)
    said(caplog)
    write(missing, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    build(missing)
    (line,) = said(caplog)
    assert line.startswith(f"retrieval.second_encoder: model '{NOWHERE}': ")
    assert line.endswith("; the index is built without it")
    assert first_of(missing, "what makes dough rise") == "/learn/biology/yeast"
    assert status(missing)[0].startswith(f"second encoder not used: model '{NOWHERE}': ")


def test_doctor_warns_of_a_missing_model_and_finds_no_problem(sample_settings, tmp_path):
    variables = {
        "QUICKTAKES_DATA_DIR": str(sample_settings.data_dir),
        "QUICKTAKES_INDEX__DIR": str(sample_settings.index_dir),
        "QUICKTAKES_RETRIEVAL__SECOND_ENCODER": NOWHERE,
    }
    findings = list(run_checks(load_settings(environment=variables, working_folder=tmp_path)))
    assert Level.PROBLEM not in [each.level for each in findings if each.topic in ("model", "index")]
    (finding,) = [each for each in findings if each.topic == "2nd encoder"]
    assert finding.level is Level.WARNING
    assert NOWHERE in finding.text
    assert "answers go on without it" in finding.advice


def test_the_model_that_finds_articles_anyway_is_no_second_one(settings, tmp_path, caplog):
    same = with_second(settings, str(find_model(None, FileHashes(tmp_path / "hashes.json"))))
    write(same, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    build(same)
    (line,) = said(caplog)
    assert "is the model that finds articles; name another" in line
    with make_store(same).current() as generation:
        assert generation.manifest.second is None


def test_a_bot_leaves_damaged_vectors_out_says_so_and_answers(both, caplog):
    generation_id = build(both)
    path = both.index_dir / generation_id / SECOND_SECTION_VECTORS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        index = index_opener(both)(generation_id)
    try:
        hits = index.answerer.rank(QUESTION)
        assert hits[0].article.url == "/learn/biology/bees"
        assert hits[0].evidence.second_encoder is None
    finally:
        index.close()
    (line,) = said(caplog)
    assert f"{SECOND_SECTION_VECTORS}: differs from its checksum" in line
    assert line.endswith("answers go on without it")


def test_a_build_forgets_the_vectors_of_either_that_nothing_needs(both, tmp_path):
    own = both.model_copy(update={"data_dir": tmp_path, "index": both.index.model_copy(update={"dir": None})})
    own.encoder_cache_dir.symlink_to(both.encoder_cache_dir)
    build(own)
    store = make_store(own)
    (own.index.content_dir / "learn" / "biology" / "rust.md").unlink()
    build(own)
    with store.writing(StoreAction.PRUNE) as writer:
        writer.prune(1)
        SettingsIndexBuilder(own).prune_vectors(writer)
    with store.current() as generation:
        encoders = generation.manifest.encoders
    assert len(encoders) == 2
    for each in encoders:
        with VectorCache(own.vector_cache_path, each.fingerprint, each.dimension) as cache:
            assert len(cache) == 4


def test_the_setting_comes_from_file_and_environment_and_is_not_empty(tmp_path):
    (tmp_path / "quicktakes.toml").write_text('[retrieval]\nsecond_encoder = "all-mpnet-base-v2"\n')
    loaded = load_settings(environment={}, working_folder=tmp_path)
    assert loaded.settings.retrieval.second_encoder == "all-mpnet-base-v2"
    variables = {"QUICKTAKES_RETRIEVAL__SECOND_ENCODER": "models/other"}
    loaded = load_settings(environment=variables, working_folder=tmp_path)
    assert loaded.settings.retrieval.second_encoder == "models/other"
    assert load_settings(environment={}, working_folder=tmp_path / "none").settings.retrieval.second_encoder is None
