"""What starts builds by itself while a bot runs: a schedule, changed files, a push."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.sources.errors import SourceBusyError
from bot.sources.fetching import content_dir, git_source
from bot.triggers.build_queue import BuildQueue
from bot.triggers.schedule import follow_schedule
from bot.triggers.watch import watch_folder
from bot.triggers.webhook import PushEvents
from bot.triggers.webhook_server import listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from bot.http_server.server import HttpServers
    from bot.sources.git import GitSource
    from config.settings import Settings

_RETRY_SECONDS = 1.0
_log = logging.getLogger(__name__)


@asynccontextmanager
async def automatic_builds(
    settings: Settings, build: Callable[[str], Awaitable[bool]], servers: HttpServers | None = None
) -> AsyncIterator[None]:
    """Build whenever the settings say so, while the block runs.

    Args:
        build: Builds; takes the reasons, and says whether it succeeded.
        servers: The HTTP servers that there are already.

    Raises:
        OSError: Pushes cannot be listened for: something else does at that port.
    """
    source = settings.source
    queue = BuildQueue(build)
    async with AsyncExitStack() as stack:
        tasks = [asyncio.create_task(queue.run(), name="build queue")]
        stack.push_async_callback(_cancel, tasks)
        if source.schedule:
            tasks.append(asyncio.create_task(follow_schedule(source.schedule, queue.request_build), name="schedule"))
        if source.watch:
            tasks.append(asyncio.create_task(_watch(settings, queue.request_build), name="watch"))
        for task in tasks:
            task.add_done_callback(log_failure)
        if source.webhook_port and source.webhook_secret is not None:
            events = PushEvents(source.webhook_secret.get_secret_value(), source.branch, queue.request_build)
            await stack.enter_async_context(
                listening(events, source.webhook_host, source.webhook_port, servers=servers)
            )
        yield


async def _watch(settings: Settings, request_build: Callable[[str], None]) -> None:
    """Request a build after files have changed, but not where it was a build that fetched them."""
    git = git_source(settings)
    if git is None:
        await watch_folder(content_dir(settings), request_build)
    else:
        await watch_folder(content_dir(settings), request_build, is_news=lambda: _is_touched(git), may_come_later=True)


async def _is_touched(source: GitSource) -> bool:
    """Whether somebody has changed the working copy since it was fetched, once nobody uses it."""
    while True:
        try:
            return not await asyncio.to_thread(source.is_as_synced)
        except SourceBusyError:
            await asyncio.sleep(_RETRY_SECONDS)


def log_failure(task: asyncio.Task[None]) -> None:
    """Say at once that a task has ended by itself: nobody awaits it before the end."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.error("%s has ended, the bot goes on without it: %s", task.get_name(), error)


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
