"""Milvus goes and comes back under a bot that answers from it: members are told, and nobody restarts anything."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.bootstrap import make_store
from config.loading import load_settings
from tests.e2e.bot_running import open_serving
from tests.e2e.words import ICE, OSMOSIS, link

KIND = "I cannot look anything up at the moment, but I will be back soon."
TOKEN = "root:correct-horse-battery"  # noqa: S105  # made up


@pytest.fixture
def milvus_settings(data_dir, sample_index_dir, milvus_server):
    """The settings of an operator who has named Milvus for the sample articles."""
    environment = {
        "QUICKTAKES_DATA_DIR": str(data_dir),
        "QUICKTAKES_INDEX__DIR": str(sample_index_dir),
        "QUICKTAKES_MILVUS__URI": milvus_server.uri,
        "QUICKTAKES_MILVUS__TOKEN": TOKEN,
        "QUICKTAKES_MILVUS__COLLECTION_PREFIX": "away",
        "QUICKTAKES_MILVUS__SEARCH_SECONDS": "20",
    }
    return load_settings(environment=environment, working_folder=data_dir).settings


def test_members_are_told_while_milvus_is_away_and_answered_when_it_is_back(
    in_discord, milvus_settings, milvus_server, caplog
):
    store = make_store(milvus_settings)
    store.prepare_search(store.current_id())
    index = open_serving(milvus_settings)

    async def scenario(hall):
        async def ask(question):
            return await hall.double.slash(hall.double.member, "ask", {"question": question})

        assert link(OSMOSIS) in (await ask("what is osmosis")).text
        milvus_server.kill()
        refused = await ask("why does ice float on water")
        assert KIND in refused.text
        assert refused.ephemeral
        in_german = await hall.double.slash(
            hall.double.member, "ask", {"question": "why does ice float on water"}, locale="de"
        )
        assert "Ich kann gerade nichts nachschlagen" in in_german.text
        await asyncio.to_thread(milvus_server.start)
        for _ in range(100):  # Milvus is asked again after a pause
            answered = await ask("why does ice float on water")
            if KIND not in answered.text:
                break
            await asyncio.sleep(0.2)
        assert link(ICE) in answered.text

    try:
        with caplog.at_level(logging.INFO):
            in_discord(scenario, index=index)
    finally:
        index.close()
    assert f"the search engine at {milvus_server.uri} does not answer" in caplog.text
    assert f"the search engine at {milvus_server.uri} answers again" in caplog.text
    assert "correct-horse" not in caplog.text
