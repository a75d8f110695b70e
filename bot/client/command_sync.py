"""Discord's copy of the commands: uploaded only when they have changed, and their ids kept, for mentions of them."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands

from bot.client.startup_errors import NotInServerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.storage.channels import State

_log = logging.getLogger(__name__)

_STATE = "synced-commands"
_UNKNOWN = "{}"


async def sync_commands(
    tree: app_commands.CommandTree[Any], state: State, *, application_id: int, guild_id: int | None = None
) -> tuple[tuple[str, str], ...]:
    """Upload the commands, unless Discord has them already.

    Commands that are offered everywhere replace the copies that single servers got during development.

    Args:
        tree: The commands, with their translator.
        state: Remembers what was uploaded.
        application_id: Whose commands they are: another application has none of them yet.
        guild_id: Offer them in this server alone, where they appear at once; for development.

    Returns:
        A clickable mention by a command's name, ``ask`` or ``channel on``.

    Raises:
        NotInServerError: The bot is not in that server.
        discord.HTTPException: Discord did not accept them.
        StorageError: The state cannot be read or written.
    """
    guild = None if guild_id is None else discord.Object(guild_id)
    if guild is not None:
        tree.copy_global_to(guild=guild)
    ours = f"{_STATE}:{application_id}:"
    name = f"{ours}{guild_id or 'everywhere'}"
    digest = await _digest(tree, guild)
    known = json.loads(await state.get(name) or _UNKNOWN)
    if known.get("digest") == digest:
        _log.debug("the commands are as Discord has them")
    else:
        await state.set(name, _UNKNOWN)  # whatever happens next, the server may have copies
        synced = await _sync(tree, guild)
        known = {"digest": digest, "mentions": list(_mentions(synced))}
        await state.set(name, json.dumps(known))
        _log.info("%d commands synced %s", len(synced), "everywhere" if guild is None else f"in server {guild.id}")
    if guild is None:
        for copied in set(await state.names(ours)) - {name}:
            await _clear(tree, state, copied)
    return tuple((command, mention) for command, mention in known["mentions"])


async def doubt_what_was_synced(state: State) -> None:
    """Have the next start upload the commands, whatever is remembered: what is remembered is of another time."""
    for name in await state.names(f"{_STATE}:"):
        await state.set(name, _UNKNOWN)


async def _clear(tree: app_commands.CommandTree[Any], state: State, name: str) -> None:
    """Remove a server's own copies of the commands; where that fails, the next start tries again."""
    guild = discord.Object(int(name.rpartition(":")[2]))
    try:
        await tree.sync(guild=guild)  # it has no commands of its own here, so that is an empty list
    except (discord.Forbidden, discord.NotFound):
        _log.info("server %d is left, and with it its copies of the commands", guild.id)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        _log.warning("server %d keeps its copies of the commands until the next start: %s", guild.id, error)
        return
    else:
        _log.info("server %d has no copies of the commands any more", guild.id)
    await state.forget(name)


async def _sync(tree: app_commands.CommandTree[Any], guild: discord.Object | None) -> Sequence[app_commands.AppCommand]:
    try:
        return await tree.sync(guild=guild)
    except discord.Forbidden as error:
        if guild is None:
            raise
        raise NotInServerError(guild.id) from error


async def _digest(tree: app_commands.CommandTree[Any], guild: discord.Object | None) -> str:
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands(guild=guild)
    ]
    ordered = sorted(json.dumps(payload, sort_keys=True) for payload in payloads)
    return hashlib.sha256("\n".join(ordered).encode()).hexdigest()


def _mentions(synced: Sequence[app_commands.AppCommand]) -> Iterator[tuple[str, str]]:
    for command in synced:
        if command.type is not discord.AppCommandType.chat_input:
            continue
        groups = [option for option in command.options if isinstance(option, app_commands.AppCommandGroup)]
        if groups:
            yield from ((f"{command.name} {group.name}", group.mention) for group in groups)
        else:
            yield command.name, command.mention
