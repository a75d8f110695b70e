"""A duty that one process at a time has, and that another takes over when that one ends."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.storage.lease_keeper import LeaseKeeper

RETRY_SECONDS = 2.0
_log = logging.getLogger(__name__)


@asynccontextmanager
async def one_process_has(
    duty: Callable[[], AbstractAsyncContextManager[None]], name: str, keeper: LeaseKeeper
) -> AsyncIterator[None]:
    """Have a duty while the block runs, whenever no other process has it.

    What the duty raises at its beginning leaves this block if nobody had it before; later it is logged and tried again.

    Args:
        duty: Entered to have it, left to give it up.
        name: What the log calls it.
        keeper: The leases of this process.
    """
    begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    stop = asyncio.Event()
    having = asyncio.create_task(_have_until(stop, duty, name, keeper, begun), name=name)
    try:
        await begun
        yield
    finally:
        stop.set()  # not cancelled: that would leave a connection in the middle of a statement
        await having


async def _have_until(
    stop: asyncio.Event,
    duty: Callable[[], AbstractAsyncContextManager[None]],
    name: str,
    keeper: LeaseKeeper,
    begun: asyncio.Future[None],
) -> None:
    while not stop.is_set():
        try:
            if await keeper.take([name]) is None:
                await _have(stop, duty, name, keeper, begun)
        except StorageError as error:
            _log.error("whether this process has %s is not known: %s", name, error)  # the text says it all
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told or tried again
            if not begun.done():
                begun.set_exception(error)
                return
            _log.exception("%s did not work out", name)
        if not begun.done():
            begun.set_result(None)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RETRY_SECONDS)


async def _have(
    stop: asyncio.Event,
    duty: Callable[[], AbstractAsyncContextManager[None]],
    name: str,
    keeper: LeaseKeeper,
    begun: asyncio.Future[None],
) -> None:
    try:
        async with duty():
            _log.info("this process has %s", name)
            if not begun.done():
                begun.set_result(None)
            losing, stopping = asyncio.create_task(keeper.lost(name)), asyncio.create_task(stop.wait())
            await asyncio.wait({losing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if losing.done():
                _log.warning("this process has %s no longer", name)
            losing.cancel()
            stopping.cancel()
    finally:
        with suppress(StorageError):  # then it ends by itself
            await keeper.give_back([name])
