"""Questions in ordinary messages: mentions, replies to answers, direct messages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.callers import Caller
from bot.client.delivery import answer_message, best_effort, caller_of_message
from bot.client.error_messages import report, reported
from bot.cogs.requests.message_requests import (
    FollowUpRequest,
    MessageRequest,
    QuestionRequest,
    UnreadableRequest,
    read_request,
)
from bot.member_errors import CooldownError
from bot.messages.catalogue import Messages
from bot.monitoring.outcomes import Surface
from bot.panels.components import Panel
from bot.workload.cooldowns import Allowance, TokenBuckets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_log = logging.getLogger(__name__)

_ONE_NOTICE = Allowance(1, 30.0)
_TYPING_AFTER = 0.4
"""Seconds. Most answers are there sooner, and then showing that the bot is typing would only delay them."""


class Conversation(commands.Cog):
    """Answers messages that address the bot, and forgets messages that are deleted."""

    def __init__(self, client: discord.Client, assistant: Assistant) -> None:
        self._client = client
        self._assistant = assistant
        self._notices = TokenBuckets(_ONE_NOTICE, time.monotonic)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        me = self._client.user
        request = read_request(message, me.id) if me is not None else None
        if request is None:
            return
        caller = caller_of_message(message)
        try:
            with self._assistant.monitor.observed(Surface.MESSAGE):
                async with _typing_in(message.channel):
                    panel = await self._panel_for(request, caller)
                await answer_message(message, panel, self._assistant)
        except Exception as error:  # noqa: BLE001  # whatever it is, the member hears of it and the log has it
            await self._tell(message, caller, error)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        with reported(_log):
            await self._assistant.deleted(event.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        for message_id in event.message_ids:
            with reported(_log):  # the next purge forgets the message
                await self._assistant.deleted(message_id)

    async def _panel_for(self, request: MessageRequest, caller: Caller) -> Panel:
        match request:
            case QuestionRequest(question, None):
                return await self._assistant.ask(caller, question)
            case QuestionRequest(question, discord.Message() as about):
                above = Messages.for_locale(caller.locale).t("answer-about-message", link=about.jump_url)
                return await self._assistant.ask(caller, question, above=above)
            case FollowUpRequest(question, message_id):
                return await self._assistant.follow_up(caller, question, message_id)
            case UnreadableRequest():
                return await self._assistant.no_text(caller)
            case _:
                return await self._assistant.greet(caller)

    async def _tell(self, message: discord.Message, caller: Caller, error: Exception) -> None:
        told = report(error, _log)
        allowed = _allowed_beside(message)
        if isinstance(error, discord.Forbidden) and not (allowed and _may_write(message, allowed)):
            return  # a notice would be refused as the answer was
        if isinstance(error, CooldownError):
            if self._notices.wait(caller.member_id):
                return
            self._notices.take(caller.member_id)
        text = told.text(Messages.for_locale(caller.locale))
        reference = message.to_reference(fail_if_not_exists=False)
        nobody = discord.AllowedMentions.none()
        with best_effort(_log, f"reference {told.reference}: the member was not told"):
            if allowed is None or allowed.read_message_history:
                await message.channel.send(text, reference=reference, mention_author=False, allowed_mentions=nobody)
            else:  # Discord takes no replies there
                await message.channel.send(text, allowed_mentions=nobody)


def _allowed_beside(message: discord.Message) -> discord.Permissions | None:
    """What the bot may do where a message stands; ``None`` in direct messages, which know no permissions."""
    return None if message.guild is None else message.channel.permissions_for(message.guild.me)


def _may_write(message: discord.Message, allowed: discord.Permissions) -> bool:
    """Whether a text without pictures would be taken where a message stands."""
    is_thread = isinstance(message.channel, discord.Thread)
    return allowed.send_messages_in_threads if is_thread else allowed.send_messages


@contextlib.asynccontextmanager
async def _typing_in(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that the bot is typing, once it takes long."""
    task = asyncio.create_task(_type(channel))
    try:
        yield
    finally:
        task.cancel()


async def _type(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(_TYPING_AFTER)
    with best_effort(_log, "nobody was shown that an answer is being written"):
        async with channel.typing():
            await asyncio.get_running_loop().create_future()
