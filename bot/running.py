"""The bot's life: from a token and something that answers to a connection, until a signal ends it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.startup_errors import MissingIntentError, RefusedError, UnreachableError, WrongTokenError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.client import QuicktakesBot

_log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
"""How long what was begun may take to its end once the bot is told to stop."""

_WORK = ("discord.py: on_", "CommandTree-invoker")
"""What discord.py calls the tasks in which members are answered."""


async def serve(client: QuicktakesBot, token: str, stop: asyncio.Event, refuse: Callable[[], Awaitable[None]]) -> None:
    """Connect, and stay connected until told to stop; then finish what was begun.

    Args:
        client: The bot.
        token: Its token.
        stop: Set when the bot shall stop.
        refuse: Has further questions refused, and returns when those that were accepted are worked out.

    Raises:
        StartupError: Discord cannot be reached, or does not let the bot in.
    """
    connection = asyncio.create_task(client.start(token), name="connection")
    stopping = asyncio.create_task(stop.wait(), name="stopping")
    try:
        await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            await _explained(connection)
            return
        _log.info("stopping: what was begun is finished first")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(refuse(), GRACE_SECONDS)
        await finish_work()
    finally:
        stopping.cancel()
        await client.close()
        with contextlib.suppress(Exception):  # told above, or of no interest any more
            await connection


async def finish_work(seconds: float = GRACE_SECONDS) -> None:
    """Wait until every member who is being answered has their answer, though not for ever."""
    deadline = asyncio.get_running_loop().time() + seconds
    while work := {task for task in asyncio.all_tasks() if task.get_name().startswith(_WORK)}:
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0:
            _log.warning("%d pieces of work were given up", len(work))
            return
        await asyncio.wait(work, timeout=left)


def keep_from_collector() -> None:
    """Have Python's garbage collector leave alone whatever is in memory now.

    The libraries of the model alone are some 200,000 objects that stay for ever. To look through them all takes more
    than 100 ms, in which nobody is answered, and happened every few minutes.
    """
    gc.collect()
    gc.freeze()


def stop_on_signals(stop: asyncio.Event) -> None:
    """Have SIGINT and SIGTERM end the bot cleanly."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows ends the program by itself
            loop.add_signal_handler(number, stop.set)


async def _explained(connection: asyncio.Task[None]) -> None:
    """What ended the connection, as whoever runs the bot can understand it."""
    try:
        await connection
    except discord.LoginFailure as error:
        raise WrongTokenError from error
    except discord.PrivilegedIntentsRequired as error:
        raise MissingIntentError from error
    except discord.HTTPException as error:
        raise RefusedError(error.status, error.text or str(error)) from error
    except (aiohttp.ClientConnectionError, socket.gaierror, TimeoutError, ConnectionError) as error:
        raise UnreachableError(str(error)) from error
