"""Runs the client: connects with a token, and stops cleanly on a signal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.client.startup_errors import (
    ConnectionEndedError,
    MissingIntentError,
    RefusedError,
    UnreachableError,
    WrongTokenError,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.client.client import QuicktakesBot

_log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
"""How long what was begun may take to its end once the bot is told to stop."""

_GOODBYE_SECONDS = 3.0
"""How long to wait for Discord to take notice of the end: with a dead network it never does."""

_WRONG_TOKEN = 4004
"""Discord's code for ending a connection whose token is not (any longer) a token."""

_SWITCH_SECONDS = 0.001

_WORK = ("discord.py: on_", "CommandTree-invoker")
"""What discord.py calls the tasks in which members are answered."""


async def serve(client: QuicktakesBot, token: str, stop: asyncio.Event, refuse: Callable[[], Awaitable[None]]) -> None:
    """Connect, and stay connected until told to stop; then finish what was begun.

    Args:
        stop: Set when the bot shall stop.
        refuse: Has further questions refused, and returns when those that were accepted are worked out.

    Raises:
        StartupError: Discord cannot be reached, or does not let the bot in.
    """
    if stop.is_set():
        return
    connection = asyncio.create_task(client.start(token), name="connection")
    stopping = asyncio.create_task(stop.wait(), name="stopping")
    try:
        await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            await _explained(connection)
            return
        _log.info("stopping: what was begun is finished first")
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await refuse()
                await finish_work()
        except TimeoutError:
            _log.warning("what is not finished after %.0f s is given up", GRACE_SECONDS)
    finally:
        stopping.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(client.close(), _GOODBYE_SECONDS)
        connection.cancel()  # a closed client of discord.py that finds no gateway goes on trying for ever
        await asyncio.wait({connection})
        if not connection.cancelled():
            connection.exception()  # told above, or of no interest any more


async def finish_work() -> None:
    """Wait until every member who is being answered has their answer."""
    while work := {task for task in asyncio.all_tasks() if task.get_name().startswith(_WORK)}:
        await asyncio.wait(work)


def freeze_garbage_collector() -> None:
    """Have Python's garbage collector leave alone whatever is in memory now.

    The libraries of the model alone are some 200,000 objects that stay for ever. To look through them all takes more
    than 100 ms, in which nobody is answered, and happened every few minutes.
    """
    gc.collect()
    gc.freeze()


def switch_threads_often() -> None:
    """Have a thread that only calculates give up Python's lock after 1 ms, rather than after 5.

    Answers and the event loop need the lock many times in a row. With two threads beside them that calculate without
    end, an answer took 200 ms and takes 80; without any, it takes as long as before.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Have SIGINT and SIGTERM end the bot cleanly."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


async def _explained(connection: asyncio.Task[None]) -> None:
    """What ended the connection, as whoever runs the bot can understand it."""
    try:
        await connection
    except discord.LoginFailure as error:
        raise WrongTokenError from error
    except discord.PrivilegedIntentsRequired as error:
        raise MissingIntentError from error
    except discord.ConnectionClosed as error:
        raise WrongTokenError if error.code == _WRONG_TOKEN else ConnectionEndedError(error.code) from error
    except discord.GatewayNotFound as error:
        raise UnreachableError("it does not tell where its gateway is") from error
    except discord.HTTPException as error:
        raise RefusedError(error.status, error.text or str(error)) from error
    except (aiohttp.ClientConnectionError, socket.gaierror, TimeoutError, ConnectionError) as error:
        raise UnreachableError(str(error)) from error
