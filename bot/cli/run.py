"""`quicktakes run`: the Discord bot, until it is told to stop."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bot.cli.state import index_option

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.state import CommandState
    from config.settings import Settings


@click.command()
@index_option
@click.option("--guild", "guild_id", type=int, metavar="ID", help="Offer the commands in this server alone, at once.")
@click.option(
    "--shards",
    metavar="SHARE",
    help="Shards to serve: auto, a number, or a share such as 0-15/64. Default: discord.shards.",
)
@click.option("--build", "builds", is_flag=True, help="Make the index first where there is none, without asking.")
@click.pass_obj
def run(state: CommandState, *, index_dir: Path | None, guild_id: int | None, shards: str | None, builds: bool) -> None:
    """Run the Discord bot until it is stopped (Ctrl-C, SIGTERM).

    The token comes from QUICKTAKES_DISCORD__TOKEN or from the file that discord.token_file names.
    """
    import asyncio
    import logging

    from bot.client.token import find_token, hide_in_logs

    settings = state.load({"index.dir": ("--index", index_dir), "discord.shards": ("--shards", shards)}).settings
    logging.getLogger("bot").setLevel(min(logging.getLogger().level, logging.INFO))  # a service says what it does
    token = find_token(settings.discord.token, settings.discord.token_file)
    hide_in_logs(token)
    _require_index(settings, builds=builds)
    asyncio.run(serve_members(settings, token, guild_id=guild_id))


async def serve_members(settings: Settings, token: str, *, guild_id: int | None) -> None:
    """Run the bot with these settings until a signal ends it.

    Args:
        guild_id: Offer the commands in this server alone; for development.

    Raises:
        StartupError: Discord cannot be reached, or does not let the bot in, or was out of reach for too long.
        GenerationError: There is no index, or it does not fit this installation.
        StorageError: The database cannot be used.
        OSError: Something else listens at a port of the settings.
    """
    import asyncio

    from bot.bot_bootstrap import open_bot, open_monitor
    from bot.client.loop_watch import LoopWatch
    from bot.client.running import freeze_garbage_collector, serve, stop_on_signals, switch_threads_often
    from bot.client.startup_errors import GatewayLostError
    from bot.monitoring.gateway_watch import GatewayWatch

    stop = asyncio.Event()
    stop_on_signals(stop)
    async with (
        open_monitor(settings) as monitor,
        open_bot(settings, guild_id=guild_id, monitor=monitor) as (client, assistant),
        LoopWatch(observe=monitor.metrics.loop_delayed),
    ):
        freeze_garbage_collector()
        switch_threads_often()
        watch = GatewayWatch(monitor.gateway, settings.monitoring.gateway_seconds, stop.set)
        async with watch.watching():
            await serve(client, token, stop, assistant.close)
    if watch.is_lost:
        raise GatewayLostError(settings.monitoring.gateway_seconds)


def _require_index(settings: Settings, *, builds: bool) -> None:
    """Make the index where there is none and somebody wants that.

    Whether what is there can serve shows when it is opened.

    Raises:
        NoGenerationError: There is none.
    """
    from bot.bootstrap import TERMINAL, make_store, open_index_operations
    from bot.cli.views.progress import progress, sigterm_as_interrupt
    from retrieval.errors import NoGenerationError

    store = make_store(settings)
    if store.served_ids():
        return
    asks = sys.stdin.isatty() and sys.stderr.isatty()
    if not builds and not (asks and click.confirm("There is no index yet. Build it now?", default=True, err=True)):
        raise NoGenerationError(store.folder)
    with sigterm_as_interrupt(), progress() as report:
        open_index_operations(settings).rebuild(TERMINAL, confirmed=True, on_progress=report)
