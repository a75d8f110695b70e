"""Sends panels to Discord, and has the assistant remember what was sent."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import discord

from bot.callers import Caller
from bot.client.error_messages import report, reported
from bot.client.views import files_of, view_of
from bot.messages.catalogue import Messages
from bot.monitoring.outcomes import BotStage
from bot.panels.components import Add, Remove, Replace
from retrieval.stages import timed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from discord.interactions import InteractionCallbackResponse

    from bot.assistant.assistant import Assistant
    from bot.panels.components import Effect, Panel

T = TypeVar("T")

_log = logging.getLogger(__name__)

NOBODY = discord.AllowedMentions.none()

POST_NOT_READY = 40058
"""Discord's code for a post whose first message is not there yet."""

_PAUSES = (0.25, 0.5, 1.0, 2.0, 3.0, 4.0)
"""Seconds between tries to answer a post that is not ready."""

_BROKEN_PAUSES = (0.1, 1.0, 3.0)
"""Seconds between tries where the connection breaks; discord.py itself does not try again then on Linux."""

_ACKNOWLEDGED_ALREADY = 40060
"""Discord's code for a first response that it has: it took an earlier try, and its reply was lost on the way."""

# What is kept in an interaction's extras.
_IS_ACKNOWLEDGED = "is_acknowledged"
_IS_PRIVATE = "is_private"
_IS_SHOWN = "is_shown"


def caller_of(interaction: discord.Interaction) -> Caller:
    """Who uses a command or presses a button, and where."""
    is_moderator = interaction.guild_id is not None and interaction.permissions.manage_messages
    channel_id, locale = interaction.channel_id or 0, interaction.locale.value
    return Caller(interaction.user.id, channel_id, interaction.guild_id, locale, is_moderator)


def caller_of_message(message: discord.Message) -> Caller:
    """Who wrote a message, and where; a message does not state its author's language, so the server's is taken."""
    guild = message.guild
    if guild is None:
        return Caller(message.author.id, message.channel.id, None, None)
    return Caller(message.author.id, message.channel.id, guild.id, guild.preferred_locale.value)


async def defer_command(interaction: discord.Interaction, *, private: bool) -> None:
    """Defer a command, and note whether Discord shows the answer to the member alone, as it may decide by itself."""
    deferred = await _deferred(interaction, partial(interaction.response.defer, thinking=True, ephemeral=private))
    interaction.extras[_IS_PRIVATE] = private or (deferred is not None and deferred.is_ephemeral())


async def defer_press(interaction: discord.Interaction) -> None:
    """Defer what pressing a button does to its message, not answered yet."""
    await _deferred(interaction, interaction.response.defer)


async def _deferred(
    interaction: discord.Interaction, defer: Callable[[], Awaitable[InteractionCallbackResponse[discord.Client] | None]]
) -> InteractionCallbackResponse[discord.Client] | None:
    """Defer, and retry when the connection breaks; ``None`` where Discord has an earlier try already."""
    try:
        with timed(BotStage.ACKNOWLEDGE):
            return await retrying_connection(defer)
    except discord.HTTPException as error:
        if error.code != _ACKNOWLEDGED_ALREADY:
            raise
    interaction.extras[_IS_ACKNOWLEDGED] = True  # discord.py does not know
    return None


async def deliver(interaction: discord.Interaction, panel: Panel, assistant: Assistant, caller: Caller) -> None:
    """Show a panel as the answer to a command, after `defer_command`.

    A private panel for which a public answer was announced takes that announcement back and comes as another message.
    """
    if panel.is_private and not interaction.extras.get(_IS_PRIVATE):
        await _take_back(interaction)
        interaction.extras[_IS_SHOWN] = True
        message = await _add(interaction, panel)
    else:
        message = await _show(interaction, panel)
        interaction.extras[_IS_SHOWN] = True
    await _remember(assistant, caller, panel, message)


async def perform(
    interaction: discord.Interaction, effects: Sequence[Effect], assistant: Assistant, caller: Caller
) -> None:
    """Apply the effects of a button press, after a deferred update."""
    for effect in effects:
        match effect:
            case Replace(panel):
                await _remember(assistant, caller, panel, await _show(interaction, panel))
            case Add(panel):
                await _remember(assistant, caller, panel, await _add(interaction, panel))
            case Remove():
                await _take_back(interaction)
                if interaction.message is not None:
                    await assistant.deleted(interaction.message.id)


async def answer_message(message: discord.Message, panel: Panel, assistant: Assistant) -> None:
    """Show a panel as a reply to a message. Nothing is private there."""
    reference = message.to_reference(fail_if_not_exists=False)

    async def send() -> discord.Message:
        return await message.channel.send(
            view=view_of(panel),
            files=files_of(panel),
            reference=reference,
            nonce=str(message.id),  # Discord sends what has a nonce once, however often it is asked
            mention_author=False,
            allowed_mentions=NOBODY,
        )

    with timed(BotStage.SEND):
        sent = await retrying(lambda: retrying_connection(send))
    await _remember(assistant, caller_of_message(message), panel, sent)


async def retrying(send: Callable[[], Awaitable[T]], pauses: Sequence[float] = _PAUSES) -> T:
    """Send something, and retry while a post is not ready for it.

    Args:
        pauses: Seconds to wait after each failure but the last.

    Raises:
        discord.HTTPException: It still is not ready, or something else is the matter.
    """
    for pause in pauses:
        try:
            return await send()
        except discord.HTTPException as error:
            if error.code != POST_NOT_READY:
                raise
        await asyncio.sleep(pause)
    return await send()


async def retrying_connection(do: Callable[[], Awaitable[T]]) -> T:
    """Run an idempotent call, and retry it when the connection breaks.

    Raises:
        aiohttp.ClientConnectionError: It breaks every time.
    """
    for pause in _BROKEN_PAUSES:
        try:
            return await do()
        except aiohttp.ClientConnectionError as error:
            _log.info("the connection broke, so once more: %s", error)
        await asyncio.sleep(pause)
    return await do()


@contextlib.contextmanager
def best_effort(log: logging.Logger, what: str) -> Iterator[None]:
    """Run an optional step; a Discord or network error is logged.

    Args:
        what: What the log says has not happened.
    """
    try:
        yield
    except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
        log.info("%s: %s: %s", what, type(failure).__name__, failure)


async def tell(interaction: discord.Interaction, error: BaseException, log: logging.Logger) -> None:
    """Tell only the member what went wrong, whatever state the interaction is in. Never raises."""
    told = report(error, log)
    if interaction.type is discord.InteractionType.autocomplete:
        return
    text = told.text(Messages.for_locale(interaction.locale.value))
    with best_effort(_log, f"reference {told.reference}: the member was not told"):
        await _tell(interaction, text)


async def _tell(interaction: discord.Interaction, text: str) -> None:
    if not interaction.response.is_done() and not interaction.extras.get(_IS_ACKNOWLEDGED):
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NOBODY)
        return
    is_announced = interaction.type is discord.InteractionType.application_command
    if is_announced and not interaction.extras.get(_IS_SHOWN):
        if interaction.extras.get(_IS_PRIVATE):
            await interaction.edit_original_response(content=text, allowed_mentions=NOBODY)
            return
        with best_effort(_log, "an announcement was not taken back"):
            await _take_back(interaction)
    await interaction.followup.send(text, ephemeral=True, allowed_mentions=NOBODY)


async def _show(interaction: discord.Interaction, panel: Panel) -> discord.Message:
    async def edit() -> discord.Message:
        return await interaction.edit_original_response(
            view=view_of(panel), attachments=files_of(panel), allowed_mentions=NOBODY
        )

    with timed(BotStage.SEND):
        return await retrying_connection(edit)


async def _take_back(interaction: discord.Interaction) -> None:
    """Delete the message that an interaction has shown or is about; one that is gone already is as good as deleted."""
    with contextlib.suppress(discord.NotFound):
        await retrying_connection(interaction.delete_original_response)


async def _add(interaction: discord.Interaction, panel: Panel) -> discord.Message:
    with timed(BotStage.SEND):
        message: discord.Message = await interaction.followup.send(
            view=view_of(panel),
            files=files_of(panel),
            ephemeral=panel.is_private,
            wait=True,
            allowed_mentions=NOBODY,
        )
    return message


async def _remember(assistant: Assistant, caller: Caller, panel: Panel, message: discord.Message) -> None:
    """Have a message remembered. It is sent already, so if this fails, only its buttons will not work."""
    if panel.memory is None:
        return
    with reported(_log), timed(BotStage.REMEMBER):
        await assistant.sent(caller, panel.memory, message.id, private=message.flags.ephemeral)
