"""What Discord knows: users, guilds, channels, members and messages (frozen), and the world that holds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING

from tests.discord_double.components import BUTTON, walk
from tests.discord_double.refusals import Json, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator


class Permission(IntFlag):
    """The permissions that matter to a bot that answers."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


NO_PERMISSION = Permission(0)
WRITING = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
)
MEMBER = WRITING | Permission.USE_APPLICATION_COMMANDS | Permission.USE_EXTERNAL_APPS | Permission.ADD_REACTIONS
MODERATOR = MEMBER | Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS
ADMIN = MODERATOR | Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS | Permission.ADMINISTRATOR


class ChannelKind(IntEnum):
    """Discord's channel types, as far as a bot that answers meets them."""

    TEXT = 0
    DM = 1
    GROUP = 3
    PUBLIC_THREAD = 11
    FORUM = 15


class Flag(IntFlag):
    """Message flags."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


NO_FLAGS = Flag(0)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account; `locale` is the language of their client."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """What a member types to mention this user."""
        return f"<@{self.id}>"


@dataclass(frozen=True, slots=True)
class Guild:
    """A server. Where the bot is not a member, only user-installed apps reach it."""

    id: str
    name: str
    owner_id: str
    locale: str = "en-US"
    has_bot: bool = True
    app_permissions: Permission = WRITING


@dataclass(frozen=True, slots=True)
class Channel:
    """A place with messages: a guild's channel, a thread, a direct message, a group."""

    id: str
    kind: ChannelKind
    name: str
    guild_id: str | None = None
    parent_id: str | None = None
    owner_id: str | None = None
    recipients: tuple[User, ...] = ()
    denied_to_app: Permission = NO_PERMISSION
    ready_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Member:
    """A user in a guild."""

    user: User
    guild_id: str
    permissions: Permission = MEMBER


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `size` in bytes, `width` and `height` in pixels for images."""

    id: str
    filename: str
    content_type: str
    data: bytes = field(repr=False)
    url: str
    description: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands; an edit replaces it."""

    id: str
    channel_id: str
    author: User
    created: float
    guild_id: str | None = None
    content: str = ""
    components: tuple[Json, ...] = ()
    embeds: tuple[Json, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: Flag = NO_FLAGS
    edited: float | None = None
    kind: int = 0
    reference_id: str | None = None
    interaction_metadata: Json | None = None
    mentions: tuple[User, ...] = ()
    mention_everyone: bool = False
    visible_to: User | None = None
    nonce: str | None = None

    @property
    def ephemeral(self) -> bool:
        """Whether only one member sees it."""
        return Flag.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it says "… is thinking" still."""
        return Flag.LOADING in self.flags

    def texts(self) -> list[str]:
        """Everything to be read, in order: the content, the text displays, the embeds' titles and texts."""
        shown = [self.content] if self.content else []
        shown += [component["content"] for component in walk(self.components) if "content" in component]
        for embed in self.embeds:
            shown += [embed[key] for key in ("title", "description") if embed.get(key)]
            shown += [f"{entry['name']}\n{entry['value']}" for entry in embed.get("fields", ())]
            shown += [embed["footer"]["text"]] if embed.get("footer") else []
        return shown

    @property
    def text(self) -> str:
        """All of `texts()`, a line between."""
        return "\n".join(self.texts())

    def controls(self) -> list[Json]:
        """Its buttons and selects, in order, as Discord returns them."""
        return [component for component in walk(self.components) if component["type"] in range(2, 9)]

    def labels(self) -> list[str]:
        """The labels of its buttons, in order; a button of an emoji alone gives the emoji."""
        buttons = [control for control in self.controls() if control["type"] == BUTTON]
        return [button.get("label") or button["emoji"]["name"] for button in buttons]

    def media(self) -> list[Json]:
        """Its pictures in components: gallery items and thumbnails, each with `media` and `description`."""
        return [
            item
            for component in walk(self.components)
            for item in (*component.get("items", ()), component)
            if "media" in item
        ]


@dataclass(slots=True)
class World:
    """Everything that exists, by id."""

    users: dict[str, User] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    commands: dict[str | None, dict[str, Json]] = field(default_factory=dict)
    reactions: dict[str, set[str]] = field(default_factory=dict)
    installed_for: set[str] = field(default_factory=set)

    def channel(self, channel_id: str) -> Channel:
        """The channel, or Discord's refusal."""
        if channel_id not in self.channels:
            raise unknown("Channel", 10003)
        return self.channels[channel_id]

    def message(self, channel_id: str, message_id: str) -> Message:
        """The message, or Discord's refusal."""
        found = self.messages.get(message_id)
        if found is None or found.channel_id != channel_id:
            raise unknown("Message", 10008)
        return found

    def guild_of(self, channel: Channel) -> Guild | None:
        """The guild that a channel belongs to."""
        return self.guilds[channel.guild_id] if channel.guild_id else None

    def app_permissions(self, channel: Channel) -> Permission:
        """What the bot may do in a channel."""
        guild = self.guild_of(channel)
        parent = self.channels.get(channel.parent_id or "")
        denied = channel.denied_to_app | (parent.denied_to_app if parent else NO_PERMISSION)
        return (guild.app_permissions if guild else WRITING) & ~denied

    def commands_for(self, guild_id: str | None) -> Iterator[Json]:
        """The commands offered in a guild, its own before the global ones."""
        if guild_id:
            yield from self.commands.get(guild_id, {}).values()
        yield from self.commands.get(None, {}).values()

    def in_channel(self, channel_id: str) -> list[Message]:
        """A channel's messages that everyone there sees, oldest first."""
        return [m for m in self.messages.values() if m.channel_id == channel_id and not m.ephemeral]

    def put(self, message: Message) -> Message:
        """Add a message, or replace it by its edited self."""
        self.messages[message.id] = message
        return message

    def edit(self, message: Message, **changes: object) -> Message:
        """Replace a message by itself with `changes`."""
        return self.put(replace(message, **changes))  # type: ignore[arg-type]  # the fields' own types, checked by use
