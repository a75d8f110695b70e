"""The double as a test uses it: a Discord on loopback, and the members who use the bot in it."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.discord_double import routes_interactions
from tests.discord_double.faults import Fault
from tests.discord_double.forgeries import Forgeries
from tests.discord_double.gateway import Intents
from tests.discord_double.interactions import FIRST_RESPONSE_SECONDS
from tests.discord_double.payloads import channel_json
from tests.discord_double.pointing import discord_py_pointed_at
from tests.discord_double.routes_application import dm_with
from tests.discord_double.server import PREFIX, ROUTES, Server
from tests.discord_double.service import Portal, Service
from tests.discord_double.state import (
    MEMBER,
    NO_PERMISSION,
    WRITING,
    Channel,
    ChannelKind,
    Guild,
    Member,
    Permission,
    User,
)
from tests.discord_double.validation import load_description

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType

    from tests.discord_double.calls import Record
    from tests.discord_double.clock import Clock
    from tests.discord_double.state import Message

DID_NOT_CONNECT_SECONDS = 30.0


class DiscordDouble(Forgeries):
    """A Discord of one's own; `async with DiscordDouble() as discord:` and every discord.py client talks to it.

    It starts with one guild (`guild`), one text channel in it (`channel`) and one member (`member`).

    Args:
        privileged: The privileged intents that the developer portal has switched on; none by default.
        validate: Whether to check against the OpenAPI description, where that is present.
        shards: In how many shards the bot must come.
        max_concurrency: How many of them may identify every five seconds; ``None`` to let each come when it likes.
        session_starts: How many sessions may be started a day.
        first_response_seconds: Discord's three; more for tests of something else that must pass on a busy machine.
    """

    def __init__(  # noqa: PLR0913  # each is something that Discord can be like
        self,
        *,
        privileged: Intents = Intents.NONE,
        validate: bool = True,
        shards: int = 1,
        max_concurrency: int | None = None,
        session_starts: int = 1000,
        first_response_seconds: float = FIRST_RESPONSE_SECONDS,
    ) -> None:
        self._first_response_seconds = first_response_seconds
        self._shards = shards
        self._max_concurrency = max_concurrency
        self._session_starts = session_starts
        self._portal = Portal(privileged=privileged)
        self._description = load_description() if validate else None
        self._stack = ExitStack()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        if self._description:
            self._description.prepare((*routes_interactions.ROUTES, "POST /channels/{channel_id}/messages"))
        service = Service(self._portal, "", self._description)
        service.gateway.shards = self._shards
        starts = service.gateway.starts
        starts.total, starts.is_strict = self._session_starts, self._max_concurrency is not None
        starts.max_concurrency = self._max_concurrency or 1
        runner = web.AppRunner(Server(service, self._description).application(), shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        service.origin = f"http://{host}:{port}"
        service.desk = replace(service.desk, files_address=f"{service.origin}/attachments")
        service.counter.desk = service.desk
        service.counter.first_response_seconds = self._first_response_seconds
        self._runner, self._service = runner, service
        self._stack.enter_context(discord_py_pointed_at(service.origin))
        self.guild = self.add_guild("Study hall")
        self.channel = self.add_channel(self.guild, "questions")
        self.member = self.add_user("ada", self.guild)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def token(self) -> str:
        """The one token that logs in."""
        return self._portal.token

    @property
    def base_url(self) -> str:
        """Address of the HTTP API."""
        return self._service.origin + PREFIX

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self._service.bot

    @property
    def clock(self) -> Clock:
        """The double's time; `clock.advance(seconds)` lets time pass."""
        return self._service.clock

    @property
    def validates(self) -> bool:
        """Whether requests are checked against the OpenAPI description."""
        return self._description is not None

    @property
    def requests(self) -> list[Record]:
        """Every request so far, with its reply and what was wrong with either."""
        return self._service.records

    @property
    def service(self) -> Service:
        """What is behind it all, for tests that look deeper."""
        return self._service

    def add_guild(
        self, name: str, *, locale: str = "en-US", has_bot: bool = True, app_permissions: Permission = WRITING
    ) -> Guild:
        """A new server; `has_bot=False` for one that did not install the app."""
        owner = User(self.clock.snowflake(), f"owner-of-{name.split(maxsplit=1)[0].lower()}")
        self._service.world.users[owner.id] = owner
        guild = Guild(self.clock.snowflake(), name, owner.id, locale, has_bot, app_permissions)
        self._service.world.guilds[guild.id] = guild
        if has_bot:
            self._service.emit("GUILD_CREATE", self._service.guild_event(guild), Intents.GUILDS)
        return guild

    def add_channel(
        self,
        guild: Guild,
        name: str,
        kind: ChannelKind = ChannelKind.TEXT,
        *,
        denied_to_app: Permission = NO_PERMISSION,
    ) -> Channel:
        """A new channel of a guild."""
        channel = Channel(self.clock.snowflake(), kind, name, guild.id, denied_to_app=denied_to_app)
        self._service.world.channels[channel.id] = channel
        if guild.has_bot:
            self._service.emit("CHANNEL_CREATE", channel_json(channel, self.bot.id), Intents.GUILDS)
        return channel

    def add_user(
        self,
        name: str,
        *guilds: Guild,
        permissions: Permission = MEMBER,
        locale: str = "en-US",
        installed: bool = False,
    ) -> User:
        """A new user, member of `guilds`; `installed=True` for one who has the app on their account."""
        user = User(self.clock.snowflake(), name, locale=locale)
        self._service.world.users[user.id] = user
        for guild in guilds:
            self._service.world.members[guild.id, user.id] = Member(user, guild.id, permissions)
        if installed:
            self._service.world.installed_for.add(user.id)
        return user

    def open_dm(self, user: User) -> Channel:
        """The direct messages of a user with the bot."""
        return dm_with(self._service, user.id)

    def add_group(self, *users: User) -> Channel:
        """A group of friends, without the bot: only apps that its people installed for themselves work there."""
        group = Channel(self.clock.snowflake(), ChannelKind.GROUP, "friends", owner_id=users[0].id, recipients=users)
        self._service.world.channels[group.id] = group
        return group

    async def connected(self) -> None:
        """Wait until the bot is on the gateway.

        Raises:
            AssertionError: It did not come.
        """
        try:
            await asyncio.wait_for(self._service.gateway.connected.wait(), DID_NOT_CONNECT_SECONDS)
        except TimeoutError:
            raise AssertionError("the bot did not connect to the gateway") from None

    def drop_gateway(self, shard_id: int | None = None) -> None:
        """Cut the gateway connection, or that of one shard; the bot may resume."""
        self._service.gateway.drop(shard_id)

    def close_gateway(self) -> None:
        """Let nobody onto the gateway from now on; who is on it stays."""
        self._service.gateway.is_closed = True

    def fail_next(  # noqa: PLR0913  # each is something that a failure can say
        self,
        route: str,
        status: int,
        *,
        times: int = 1,
        retry_after: float = 0.0,
        everywhere: bool = False,
        code: int = 0,
        message: str = "",
    ) -> None:
        """Let the next requests to a route fail, such as `fail_next("POST /channels/{channel_id}/messages", 500)`."""
        assert route in ROUTES, f"no route {route!r}"
        fault = Fault(route, status, times, retry_after=retry_after, everywhere=everywhere, code=code, message=message)
        self._service.faults.waiting.append(fault)

    def delay_next(self, route: str, seconds: float, *, times: int = 1) -> None:
        """Let the next requests to a route take effect, but answer them late."""
        assert route in ROUTES, f"no route {route!r}"
        self._service.faults.waiting.append(Fault(route, times=times, delay=seconds))

    def cut_next(self, route: str, *, times: int = 1) -> None:
        """Break the connection of the next requests to a route, before they take effect."""
        assert route in ROUTES, f"no route {route!r}"
        self._service.faults.waiting.append(Fault(route, times=times, cuts=True))

    def lose_next(self, route: str, *, times: int = 1) -> None:
        """Break the connection of the next requests to a route, once they have taken effect."""
        assert route in ROUTES, f"no route {route!r}"
        self._service.faults.waiting.append(Fault(route, times=times, loses=True))

    def messages_in(self, channel: Channel) -> list[Message]:
        """What everyone in a channel sees, oldest first."""
        return self._service.world.in_channel(channel.id)

    def current(self, message: Message) -> Message | None:
        """A message as it stands now; None once deleted."""
        return self._service.world.messages.get(message.id)

    def refused(self) -> list[Record]:
        """The requests that were refused for what they were, not because a test wanted it."""
        return [record for record in self.requests if record.code is not None and not record.on_purpose]

    def assert_all_valid(self, *, expected_refusals: Collection[int] = ()) -> None:
        """Check that every request was as Discord wants it, every reply as Discord gives it, every fault met.

        Args:
            expected_refusals: Error codes that a test has provoked.

        Raises:
            AssertionError: It names each request that was not.
        """
        wrong = [record for record in self.requests if record.request_problems or record.reply_problems]
        wrong += [record for record in self.refused() if record.code not in expected_refusals and record not in wrong]
        assert not wrong, "\n".join(map(str, wrong))
        assert not self._service.faults.waiting, f"never happened: {self._service.faults.waiting}"
        assert not self._service.event_problems, "\n".join(self._service.event_problems)
