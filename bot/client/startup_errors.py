"""Why the bot cannot start, or cannot go on: each says what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PORTAL = "https://discord.com/developers/applications"


class StartupError(Exception):
    """The root of what whoever runs the bot is told about."""


class NoTokenError(StartupError):
    """There is no token."""

    def __init__(self) -> None:
        super().__init__(
            "there is no token: put it into QUICKTAKES_DISCORD__TOKEN, or into a file named by discord.token_file; "
            f"it comes from {PORTAL}, your application, Bot, Reset Token (docs/discord.md)"
        )


class TokenFileError(StartupError):
    """The file of the token cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"cannot read the token from {path}: {reason}")


class MalformedTokenError(StartupError):
    """What should be the token cannot be one.

    Attributes:
        source: The setting or file that it is from.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(
            f"what {source} holds cannot be a token: a token is one word of letters, digits, dots, - and _; "
            f"copy it anew from {PORTAL}, your application, Bot, Reset Token"
        )


class WrongTokenError(StartupError):
    """Discord does not know the token."""

    def __init__(self) -> None:
        super().__init__(
            "Discord does not accept the token (401): it was reset, or is of something else. Copy it anew from "
            f"{PORTAL}, your application, Bot, Reset Token; the client secret and the public key are no tokens"
        )


class MissingIntentError(StartupError):
    """The setting asks for an intent that the developer portal does not allow."""

    def __init__(self) -> None:
        super().__init__(
            "Discord refuses the Message Content intent (4014): switch it on at "
            f"{PORTAL}, your application, Bot, Message Content Intent; or set discord.message_content to false"
        )


class NotInServerError(StartupError):
    """Commands cannot be offered in a server that the bot is not in."""

    def __init__(self, guild_id: int) -> None:
        self.guild_id = guild_id
        super().__init__(
            f"the bot is not in server {guild_id} (--guild): invite it first; "
            "started without --guild, it logs the link for that"
        )


class UnreachableError(StartupError):
    """Discord cannot be reached."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"cannot reach Discord: {reason}; is this machine on the internet?")


class ConnectionEndedError(StartupError):
    """Discord ended the connection for good.

    Attributes:
        code: Discord's code for why.
    """

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(
            f"Discord ended the connection for good ({code}): this version of the bot may be too old for it"
        )


class GatewayLostError(StartupError):
    """Discord was out of reach for so long that the bot has ended.

    Attributes:
        seconds: For how long.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"there was no connection to Discord for {seconds:g} s (monitoring.gateway_seconds), so the bot has ended: "
            "let whatever supervises it start it anew; if that does not help, see https://discordstatus.com"
        )


class RefusedError(StartupError):
    """Discord refused something at the start, or was out of order."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        super().__init__(f"Discord answered {status} at the start: {reason}")


class ShardsInUseError(StartupError):
    """Another process serves shards that this one was told to serve."""

    def __init__(self, shard: str, process: str) -> None:
        super().__init__(
            f"{process} serves {shard}, and two processes would answer the same servers twice: stop it, or give this "
            "one other shards (--shards); shares of different numbers of shards do not go together"
        )


class ShardsTakenError(StartupError):
    """Another process has taken the shards that this one served: it must have slept, or lost the database, for long."""

    def __init__(self) -> None:
        super().__init__(
            "another process has taken this one's shards, while it slept or could not reach the database; "
            "start it again once no other serves them"
        )


class SessionLimitError(StartupError):
    """Discord lets the bot connect only so often a day."""

    def __init__(self, remaining: int, needed: int, minutes: float) -> None:
        super().__init__(
            f"Discord lets this bot start {remaining} more sessions, and {needed} are needed; it starts to count anew "
            f"in {minutes:.0f} minutes. Starting once more than it allows would end all sessions and reset the token"
        )
