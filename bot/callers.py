"""Who wants something from the bot, and where: all that the bot's own logic knows of Discord."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """A member at a place.

    Attributes:
        channel_id: The channel, thread or direct message.
        guild_id: The server, or ``None`` outside of servers.
        locale: Discord's code of the language to speak: the member's, where it is known, else the server's.
        is_moderator: May manage messages in that channel (and so delete answers that others asked for).
    """

    member_id: int
    channel_id: int
    guild_id: int | None
    locale: str | None
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """How the bot and its commands are called in texts, so that a member can click on them.

    Attributes:
        bot: A mention of the bot, or its name.
        commands: A clickable mention such as ``</ask:123>`` by a command's English name (``ask``, ``channel on``);
            a command that is missing here is written as ``/ask``.
    """

    bot: str = "@quicktakes"
    commands: tuple[tuple[str, str], ...] = ()

    def command(self, name: str) -> str:
        """The mention of a command."""
        return dict(self.commands).get(name, f"`/{name}`")
