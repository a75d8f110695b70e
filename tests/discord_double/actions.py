"""What people do with the bot: commands, presses, choices, modals, messages, posts."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tests.discord_double import offers
from tests.discord_double.components import BUTTON, LINK_STYLE, STRING_SELECT
from tests.discord_double.interaction_payloads import (
    Use,
    interaction_json,
    modal_data,
    open_interaction,
    option_data,
    resolved_channels,
)
from tests.discord_double.interaction_run import InteractionRun
from tests.discord_double.interactions import Kind
from tests.discord_double.payloads import channel_json, message_json
from tests.discord_double.state import Channel, ChannelKind, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.discord_double.refusals import Json
    from tests.discord_double.service import Service
    from tests.discord_double.state import Guild, User

T = TypeVar("T")
SLASH, MESSAGE_COMMAND = 1, 3
CONTEXT_MENU_MESSAGE, REPLY_MESSAGE = 23, 19


class Actions:
    """People's doings; each that uses the bot returns when the bot has answered.

    A `locale` overrides the language of the user's client; it is a Discord locale such as `de` or `pt-BR`.

    Attributes:
        patience: Seconds to wait for an answer after a deferral, or for anything else.
        quiet: Seconds to wait for more after a press that was merely acknowledged, for that may be all there is.
    """

    _service: Service
    guild: Guild
    channel: Channel
    patience = 10.0
    quiet = 0.5

    async def slash(
        self,
        user: User,
        name: str,
        options: dict[str, object] | None = None,
        *,
        channel: Channel | None = None,
        locale: str | None = None,
    ) -> InteractionRun:
        """Use a slash command.

        Args:
            user: Who.
            name: The command's name, as synced.
            options: What is filled in, by option name; a subcommand is an option with a dictionary of its own, and a
                channel is filled in as its id.
            channel: Where; `self.channel` if not said.
            locale: See the class.

        Raises:
            AssertionError: A client would not offer that command there, or not send it like this.
        """
        place = channel or self.channel
        command = offers.offered_command(self._service, user, place, SLASH, name)
        offers.check_filled(command, options or {})
        filled = option_data(command, options or {})
        channels = resolved_channels(self._service, user, filled)
        resolved = {"resolved": {"channels": channels}} if channels else {}
        data = _command_data(command) | {"options": filled} | resolved
        return await self._use(Use(Kind.COMMAND, _speaking(user, locale), place), data)

    async def autocomplete(
        self,
        user: User,
        name: str,
        options: dict[str, object],
        *,
        channel: Channel | None = None,
        locale: str | None = None,
    ) -> InteractionRun:
        """Type into an option that completes: the last one of `options`, the ones before it being filled in already."""
        place = channel or self.channel
        command = offers.offered_command(self._service, user, place, SLASH, name)
        focused = offers.completing_option(command, options)
        data = _command_data(command) | {"options": option_data(command, options, focused)}
        return await self._use(Use(Kind.AUTOCOMPLETE, _speaking(user, locale), place), data)

    async def message_command(
        self, user: User, name: str, target: Message, *, locale: str | None = None
    ) -> InteractionRun:
        """Use a command from a message's menu."""
        place = self._service.world.channel(target.channel_id)
        command = offers.offered_command(self._service, user, place, MESSAGE_COMMAND, name)
        current = offers.seen(self._service, user, target)
        shown = message_json(self._service.world, current, self._service.application_id)
        data = _command_data(command) | {"target_id": target.id, "resolved": {"messages": {target.id: shown}}}
        about = {"target_message_id": target.id}
        use = Use(Kind.COMMAND, _speaking(user, locale), place, message_kind=CONTEXT_MENU_MESSAGE, about=about)
        return await self._use(use, data)

    async def press(self, user: User, message: Message, button: str, *, locale: str | None = None) -> InteractionRun:
        """Press a button, named by its label or its custom id."""
        current = offers.seen(self._service, user, message)
        found = offers.control(current, BUTTON, button)
        assert found["style"] != LINK_STYLE, f"{button!r} is a link: pressing it opens {found.get('url')}"
        data = {"component_type": BUTTON, "custom_id": found["custom_id"], "id": found["id"]}
        return await self._use_component(_speaking(user, locale), current, data)

    async def choose(
        self, user: User, message: Message, select: str, values: Sequence[str], *, locale: str | None = None
    ) -> InteractionRun:
        """Choose in a select, named by custom id or placeholder; `values` are the options' values or labels."""
        current = offers.seen(self._service, user, message)
        found = offers.control(current, STRING_SELECT, select)
        chosen = offers.chosen_values(found, values)
        data = {"component_type": STRING_SELECT, "custom_id": found["custom_id"], "id": found["id"], "values": chosen}
        return await self._use_component(_speaking(user, locale), current, data)

    async def submit_modal(
        self, user: User, run: InteractionRun, values: dict[str, object], *, locale: str | None = None
    ) -> InteractionRun:
        """Fill in the modal that `run` opened, by custom id, and submit it."""
        assert run.modal is not None, f"no modal was opened: {run!r}"
        offers.check_inputs(run.modal, values)
        opened = run.interaction
        about = {"triggering_interaction_metadata": opened.metadata}
        use = Use(Kind.MODAL, _speaking(user, locale), opened.channel, source=opened.source, about=about)
        return await self._use(use, modal_data(run.modal, values))

    async def send_message(
        self,
        user: User,
        text: str,
        *,
        channel: Channel | None = None,
        reply_to: Message | None = None,
        ping: bool = True,
        **fields: object,
    ) -> Message:
        """Write a message; `<@id>` in it mentions (`user.mention`), and a reply pings its author unless told not to.

        `fields` are further fields of the message, such as `embeds`.
        """
        message = self._service.world.edit(self._written(user, channel or self.channel, text), **fields)
        if reply_to is not None:
            pinged = (reply_to.author,) if ping and reply_to.author not in message.mentions else ()
            message = self._service.world.edit(
                message, kind=REPLY_MESSAGE, reference_id=reply_to.id, mentions=(*message.mentions, *pinged)
            )
        self._service.announce("MESSAGE_CREATE", message)
        await self._service.flush()
        return message

    async def create_forum_post(
        self, user: User, forum: Channel, title: str, text: str, *, ready_after: float = 0.0
    ) -> Channel:
        """Post in a forum: a thread with its first message.

        Args:
            user: Who.
            forum: Where.
            title: The thread's name.
            text: The first message.
            ready_after: Seconds for which the thread refuses the bot's messages with 40058.

        Returns:
            The thread; its first message has the thread's id.
        """
        thread = self._open_post(user, forum, title, ready_after)
        self._service.announce("MESSAGE_CREATE", self._written(user, thread, text, identifier=thread.id))
        await self._service.flush()
        return thread

    async def open_forum_post(self, user: User, forum: Channel, title: str) -> Channel:
        """Post in a forum, of which Discord tells long before it has the first message."""
        thread = self._open_post(user, forum, title, ready_after=math.inf)
        await self._service.flush()
        return thread

    async def begin_forum_post(self, user: User, thread: Channel, text: str) -> Message:
        """Have the first message of a post arrive at last."""
        service = self._service
        service.world.channels[thread.id] = replace(thread, ready_at=service.clock.now())
        message = self._written(user, thread, text, identifier=thread.id)
        service.announce("MESSAGE_CREATE", message)
        await service.flush()
        return message

    async def delete_message(self, message: Message) -> None:
        """Delete a message by hand, as its author or a moderator may."""
        del self._service.world.messages[message.id]
        self._service.announce("MESSAGE_DELETE", message)
        await self._service.flush()

    async def edit_message(self, message: Message, text: str) -> Message:
        """Change what one wrote."""
        edited = self._service.world.edit(message, content=text, edited=self._service.clock.now())
        self._service.announce("MESSAGE_UPDATE", edited)
        await self._service.flush()
        return edited

    async def delete_channel(self, channel: Channel) -> None:
        """Delete a guild's channel."""
        del self._service.world.channels[channel.id]
        self._service.emit("CHANNEL_DELETE", channel_json(channel, self._service.bot.id))
        await self._service.flush()

    async def wait_for(self, look: Callable[[], T | None]) -> T:
        """Wait until `look` finds something, looking whenever anything has happened.

        Raises:
            AssertionError: It found nothing while patience lasted.
        """
        deadline = asyncio.get_running_loop().time() + self.patience
        while not (found := look()):
            changed = self._service.changed
            try:
                await asyncio.wait_for(changed.wait(), deadline - asyncio.get_running_loop().time())
            except TimeoutError:
                last = "\n".join(map(str, self._service.records[-3:]))
                raise AssertionError(f"nothing came within {self.patience} s; the last requests:\n{last}") from None
        return found

    async def answer_to(self, message: Message) -> Message:
        """The bot's first message after `message` in its channel.

        Raises:
            AssertionError: None came while patience lasted.
        """
        world, bot = self._service.world, self._service.bot

        def later() -> Message | None:
            found = world.in_channel(message.channel_id)
            return next((m for m in found if m.author == bot and int(m.id) > int(message.id) and not m.loading), None)

        return await self.wait_for(later)

    def _open_post(self, user: User, forum: Channel, title: str, ready_after: float) -> Channel:
        assert forum.kind is ChannelKind.FORUM, f"#{forum.name} is not a forum"
        service = self._service
        place = (service.clock.snowflake(), ChannelKind.PUBLIC_THREAD, title, forum.guild_id, forum.id, user.id)
        thread = Channel(*place, ready_at=service.clock.now() + ready_after)
        service.world.channels[thread.id] = thread
        if service.reaches_bot(thread):
            service.emit("THREAD_CREATE", channel_json(thread, service.bot.id) | {"newly_created": True})
        return thread

    def _written(self, user: User, place: Channel, text: str, identifier: str | None = None) -> Message:
        service = self._service
        offers.check_present(service, user, place)
        everyone, mentions = service.desk.mentions(text, None)
        message = Message(identifier or service.clock.snowflake(), place.id, user, service.clock.now(), place.guild_id)
        return service.world.put(replace(message, content=text, mentions=mentions, mention_everyone=everyone))

    async def _use_component(self, user: User, message: Message, data: Json) -> InteractionRun:
        place = self._service.world.channel(message.channel_id)
        offers.check_present(self._service, user, place)
        about = {"interacted_message_id": message.id}
        return await self._use(Use(Kind.COMPONENT, user, place, source=message, about=about), data)

    async def _use(self, use: Use, data: Json) -> InteractionRun:
        service = self._service
        await service.flush()
        interaction = open_interaction(service, use)
        service.emit("INTERACTION_CREATE", interaction_json(service, interaction, data))
        await service.flush()
        run = InteractionRun(service, interaction)
        await run.settle(self.patience, self.quiet)
        return run


def _speaking(user: User, locale: str | None) -> User:
    return replace(user, locale=locale) if locale else user


def _command_data(command: Json) -> Json:
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})
