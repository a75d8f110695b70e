"""Builds of several machines: one at a time by the database, where a lock in the folder reaches one machine."""

from __future__ import annotations

import os
import socket

import pytest

from bot.bootstrap import make_store
from bot.storage.build_lease import BuildLease
from bot.storage.lease_keeper import LeaseKeeper
from config.loading import load_settings
from retrieval.errors import BuildLeaseError
from retrieval.generations.lock import BuildRunningError, LockHolder, StoreAction
from retrieval.generations.store import GenerationStore
from tests.bot.storage.test_storage import run


def test_one_machine_at_a_time_changes_the_index(place, tmp_path):
    one, two = (GenerationStore(tmp_path / name, beyond=BuildLease(place)) for name in ("one", "two"))
    with one.writing(StoreAction.BUILD):
        told = rf"two is being changed by process {os.getpid()} on {socket.gethostname()}; wait until"
        with pytest.raises(BuildRunningError, match=told), two.writing(StoreAction.ROLLBACK):
            pytest.fail("two at a time")
        assert one.lock.holder().action is StoreAction.BUILD
    with two.writing(StoreAction.BUILD):
        pass
    assert run(place, lambda storage: storage.leases.held()) == ()


def test_an_error_in_the_block_frees_the_index(tmp_path):
    place = tmp_path / "bot.sqlite"
    store = GenerationStore(tmp_path / "index", beyond=BuildLease(place))
    with pytest.raises(KeyError), store.writing():
        raise KeyError
    assert run(place, lambda storage: storage.leases.held()) == ()
    assert store.lock.holder() is None


def test_a_database_that_cannot_tell_keeps_everybody_from_building(tmp_path):
    place = tmp_path / "bot.sqlite"
    place.write_text("These are my holiday notes. " * 100)
    store = GenerationStore(tmp_path / "index", beyond=BuildLease(place))
    told = r"nobody can tell whether another process builds: .*is damaged"
    with pytest.raises(BuildLeaseError, match=told) as raised, store.writing():
        pytest.fail("nobody could tell")
    assert "disk" not in str(raised.value)
    assert store.lock.holder() is None


def test_processes_that_share_a_server_share_its_lock(migrated, tmp_path):
    environment = {"QUICKTAKES_DATA_DIR": str(tmp_path), "QUICKTAKES_DATABASE__URL": migrated.url}
    store = make_store(load_settings(environment=environment, working_folder=tmp_path).settings)

    async def build_elsewhere(storage):
        async with LeaseKeeper.open(storage.leases) as keeper:
            await keeper.take(["the index"])
            with pytest.raises(BuildRunningError), store.writing():
                pytest.fail("two at a time")

    run(migrated, build_elsewhere)
    with store.writing():
        pass


def test_a_holder_on_another_machine_is_named_with_it():
    assert LockHolder(pid=12, host="web1").described() == "process 12 on web1"
