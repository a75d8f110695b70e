"""Discord itself, as far as it is played here: the world, the rules, and the events that follow from what happens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_double.clock import Clock
from tests.discord_double.faults import Faults
from tests.discord_double.gateway import Gateway, Intents, Session
from tests.discord_double.interactions import Counter
from tests.discord_double.messages import Desk
from tests.discord_double.payloads import (
    API_VERSION,
    application_json,
    channel_json,
    guild_json,
    member_json,
    message_json,
    self_json,
    without_content,
)
from tests.discord_double.state import ChannelKind, Member, User, World

if TYPE_CHECKING:
    from tests.discord_double.calls import Record
    from tests.discord_double.refusals import Json
    from tests.discord_double.state import Channel, Guild, Message
    from tests.discord_double.validation import Description

_INTENT_FLAGS = {Intents.PRESENCES: 1 << 13, Intents.MEMBERS: 1 << 15, Intents.MESSAGE_CONTENT: 1 << 19}


@dataclass(frozen=True, slots=True)
class Portal:
    """What the developer portal says of the application.

    Attributes:
        token: The bot's token.
        privileged: The privileged intents that are switched on.
    """

    token: str = "token-of-the-double"  # noqa: S105  # opens nothing
    privileged: Intents = Intents.NONE


@dataclass(slots=True)
class Service:
    """Everything behind the HTTP API and the gateway."""

    portal: Portal
    origin: str
    description: Description | None = None
    clock: Clock = field(default_factory=Clock)
    world: World = field(default_factory=World)
    faults: Faults = field(default_factory=Faults)
    records: list[Record] = field(default_factory=list)
    event_problems: list[str] = field(default_factory=list)
    application_id: str = field(init=False)
    bot: User = field(init=False)
    owner: User = field(init=False)
    desk: Desk = field(init=False)
    counter: Counter = field(init=False)
    gateway: Gateway = field(init=False)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _outbox: list[tuple[str, Json, Intents]] = field(default_factory=list)
    _flushing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.application_id = self.clock.snowflake()
        self.bot = User(self.application_id, "quicktakes", bot=True)
        self.owner = User(self.clock.snowflake(), "owner")
        self.world.users = {user.id: user for user in (self.bot, self.owner)}
        self.desk = Desk(self.world, self.clock, f"{self.origin}/attachments")
        self.counter = Counter(self.desk, self.bot, self.announce)
        self.gateway = Gateway(self.clock, self.portal.token, self.portal.privileged, self._greeting)

    def application(self) -> Json:
        """The application, with the flags of its privileged intents."""
        flags = sum(flag for intent, flag in _INTENT_FLAGS.items() if intent in self.portal.privileged)
        guilds = sum(guild.has_bot for guild in self.world.guilds.values())
        return application_json(self.application_id, self.bot, self.owner, guilds, flags)

    def _greeting(self, session: Session) -> list[tuple[str, Json]]:
        guilds = [guild for guild in self.world.guilds.values() if guild.has_bot and session.shard.hears_of(guild.id)]
        application = self.application()
        ready = {
            "v": API_VERSION,
            "user": self_json(self.bot),
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.origin.replace("http", "ws", 1) + "/gateway/",
            "application": {"id": application["id"], "flags": application["flags"]},
            "shard": list(session.shard),
        }
        seen = guilds if Intents.GUILDS in session.intents else []
        greeting = [("READY", ready), *(("GUILD_CREATE", self.guild_event(guild)) for guild in seen)]
        if self.description:
            self.event_problems += [p for event in greeting for p in self.description.event_problems(*event)]
        return greeting

    def guild_event(self, guild: Guild) -> Json:
        """A guild as the gateway introduces it: with its channels and threads, and of its members the bot."""
        channels = [channel for channel in self.world.channels.values() if channel.guild_id == guild.id]
        threads = [channel for channel in channels if channel.kind is ChannelKind.PUBLIC_THREAD]
        return guild_json(guild) | {
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "member_count": sum(guild_id == guild.id for guild_id, _ in self.world.members) + 1,
            "members": [member_json(Member(self.bot, guild.id))],
            "channels": [channel_json(channel, self.bot.id) for channel in channels if channel not in threads],
            "threads": [channel_json(thread, self.bot.id) for thread in threads],
            **{
                key: []
                for key in (
                    "voice_states",
                    "presences",
                    "stage_instances",
                    "guild_scheduled_events",
                    "soundboard_sounds",
                )
            },
        }

    def reaches_bot(self, channel: Channel) -> bool:
        """Whether the bot is told of what happens in a channel."""
        guild = self.world.guild_of(channel)
        if guild is None:
            return channel.kind is ChannelKind.DM and self.bot in channel.recipients
        return guild.has_bot

    def as_read(self, message: Message) -> Json:
        """A message as the bot reads it: without its content where only the Message Content intent shows that."""
        body = message_json(self.world, message, self.application_id)
        replied = self.world.messages.get(message.reference_id or "")
        if replied is not None:
            nested = message_json(self.world, replied, self.application_id, nested=True)
            body["referenced_message"] = nested if self._shows_content(replied) else without_content(nested)
        return body if self._shows_content(message) else without_content(body)

    def _shows_content(self, message: Message) -> bool:
        own = message.author == self.bot or message.interaction_metadata
        addressed = message.guild_id is None or self.bot in message.mentions
        return bool(own or addressed or self.gateway.reads_content())

    def emit(self, event: str, data: Json, needs: Intents = Intents.NONE) -> None:
        """Queue an event; `flush` sends it."""
        self._outbox.append((event, data, needs))

    def announce(self, event: str, message: Message) -> None:
        """Queue a message's event for the bot, if it is where the message is."""
        channel = self.world.channel(message.channel_id)
        if not self.reaches_bot(channel):
            return
        needs = Intents.GUILD_MESSAGES if message.guild_id else Intents.DIRECT_MESSAGES
        place: Json = {"guild_id": message.guild_id} if message.guild_id else {}
        if event == "MESSAGE_DELETE":
            self.emit(event, place | {"id": message.id, "channel_id": message.channel_id}, needs)
            return
        member = self.world.members.get((message.guild_id or "", message.author.id))
        if member:
            place["member"] = {key: value for key, value in member_json(member).items() if key != "user"}
        self.emit(event, self.as_read(message) | place, needs)

    async def flush(self) -> None:
        """Send the queued events, in order, and wake whoever waits for something to happen."""
        async with self._flushing:
            while self._outbox:
                event, data, needs = self._outbox.pop(0)
                if self.description:
                    self.event_problems += self.description.event_problems(event, data)
                await self.gateway.dispatch(event, data, needs)
        self.changed.set()
        self.changed = asyncio.Event()
