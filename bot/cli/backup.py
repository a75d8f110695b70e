"""`quicktakes backup` and `quicktakes restore`: a copy of what the bot remembers, taken and put back while it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.views.json_output import json_option, print_json
from bot.cli.views.output import counted, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.cli.state import CommandState
    from bot.storage.addresses import DatabasePlace


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--overwrite", is_flag=True, help="Replace FILE where it is there already.")
@json_option
@click.pass_obj
def backup(state: CommandState, *, file: Path, overwrite: bool, as_json: bool) -> None:
    """Copy what the bot remembers into FILE, as it is at this moment; the bot may run.

    The copy is one SQLite file, whichever database the bot uses.
    """
    import asyncio

    from bot.bootstrap import database_place
    from bot.storage.backup import back_up

    counts = asyncio.run(back_up(database_place(state.load().settings), file, overwrites=overwrite))
    _tell(str(file), counts, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def restore(state: CommandState, *, file: Path, yes: bool, as_json: bool) -> int:
    """Put what FILE holds in place of all that the bot remembers; the bot may run.

    FILE comes from `quicktakes backup`, whichever database it was taken from. It is checked first; in case of an error
    nothing is changed.
    """
    import asyncio

    from bot.bootstrap import database_place

    place = database_place(state.load().settings)
    if not yes and not _agrees(f"Replace everything in {place} by what is in {file}?"):
        say("nothing was changed; say --yes to restore without being asked", to_errors=True)
        return ExitCode.PROBLEM
    counts = asyncio.run(_restore_into(place, file))
    _tell(str(place), counts, as_json=as_json)
    return ExitCode.OK


def _tell(place: str, counts: Mapping[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json({"written": place, "rows": dict(counts)})
    else:
        say(f"{place}: {counted(sum(counts.values()), 'row')} of {counted(len(counts), 'table')}")


def _agrees(question: str) -> bool:
    from retrieval.shown import shown

    is_asked = sys.stdin.isatty() and sys.stderr.isatty()
    return is_asked and click.confirm(shown(question), default=False, err=True)


async def _restore_into(place: DatabasePlace, file: Path) -> Mapping[str, int]:
    from bot.client.command_sync import doubt_what_was_synced
    from bot.storage.backup import restore
    from bot.storage.storage import Storage

    counts = await restore(file, place)
    async with Storage.open(place) as storage:
        await storage.purge()  # what grew too old since the copy was taken
        await doubt_what_was_synced(storage.state)
    return counts
