"""The lock on builds that processes on several machines share, in their database."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.storage.errors import StorageError
from bot.storage.lease_keeper import LeaseKeeper
from bot.storage.storage import Storage
from retrieval.errors import BuildLeaseError
from retrieval.generations.lock import BuildRunningError, LockHolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.storage.addresses import DatabasePlace
    from bot.storage.leases import Lease
    from retrieval.generations.lock import StoreAction

_NAME = "the index"


class BuildLease:
    """Lets one process at a time change the index, whichever machine it runs on. Builds are synchronous; this is, too.

    Args:
        place: The database.
    """

    def __init__(self, place: DatabasePlace) -> None:
        self._place = place

    @contextmanager
    def __call__(self, folder: Path, _action: StoreAction) -> Iterator[None]:
        """Keep other processes from changing the index while the block runs.

        Args:
            folder: The index folder.

        Raises:
            BuildRunningError: Another process is changing it.
            BuildLeaseError: The database cannot tell.
        """
        begun: Future[Lease | None] = Future()
        ended = threading.Event()
        keeping = threading.Thread(target=self._keep, args=(begun, ended), name="build lease", daemon=True)
        keeping.start()
        try:
            obstacle = _result(begun, folder)
            if obstacle is not None:
                host, process, _ = obstacle.holder.rsplit("/", 2)
                raise BuildRunningError(folder, LockHolder(pid=int(process), host=host))
            yield
        finally:
            ended.set()
            keeping.join()

    def _keep(self, begun: Future[Lease | None], ended: threading.Event) -> None:
        """Take the lease, say how that went, and renew it until the end; in a thread with a loop of its own."""

        async def keep() -> None:
            async with Storage.open(self._place) as storage, LeaseKeeper.open(storage.leases) as keeper:
                begun.set_result(await keeper.take([_NAME]))
                await asyncio.to_thread(ended.wait)

        try:
            asyncio.run(keep())
        except Exception as error:
            if begun.done():
                raise
            begun.set_exception(error)


def _result(begun: Future[Lease | None], folder: Path) -> Lease | None:
    try:
        return begun.result()
    except StorageError as error:
        raise BuildLeaseError(folder, str(error)) from error
