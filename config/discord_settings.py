"""Settings of the Discord bot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr

from config.group import SettingsGroup, documented
from config.shards import Shards, read_shards


class DiscordSettings(SettingsGroup):
    """What only the Discord bot needs."""

    token: SecretStr | None = Field(
        default=None,
        description="The bot's token",
        json_schema_extra=documented(unset="none", details="; never shown in messages or logs"),
    )
    token_file: Path | None = Field(
        default=None,
        description="File that holds the bot's token, instead of `discord.token`",
        json_schema_extra=documented(unset="none"),
    )
    shards: Annotated[Shards, BeforeValidator(read_shards)] = Field(
        description="Which shards this process serves",
        json_schema_extra=documented(
            details=": `auto` for as many as Discord advises, a number, or a share such as `0-15/64`; "
            "see [scaling out](scaling-out.md)"
        ),
    )
    message_content: bool = Field(
        description="Read what members write, as question channels need",
        json_schema_extra=documented(details="; must be switched on in Discord's developer portal, too"),
    )
    threads: int = Field(ge=1, le=64, description="How many questions are answered at the same time")
    queue_size: int = Field(ge=0, le=10_000, description="How many more may wait before the bot says that it is busy")
    member_burst: int = Field(ge=1, le=1000, description="How many questions in a row a member may ask after a rest")
    member_seconds: float = Field(ge=0, le=3600, description="Seconds until a member may ask once more")
    server_burst: int = Field(ge=1, le=10_000, description="How many questions in a row a server may ask after a rest")
    server_seconds: float = Field(ge=0, le=3600, description="Seconds until a server may ask once more")
    member_press_burst: int = Field(
        ge=1,
        le=1000,
        description="How many buttons in a row a member may press",
        json_schema_extra=documented(
            details=" after a rest; choosing in a list, `/help`, `/about` and `/forget-me` count, too"
        ),
    )
    member_press_seconds: float = Field(ge=0, le=3600, description="Seconds until a member may press once more")
    server_press_burst: int = Field(
        ge=1,
        le=10_000,
        description="How many buttons in a row a server may press",
        json_schema_extra=documented(details=" after a rest"),
    )
    server_press_seconds: float = Field(ge=0, le=3600, description="Seconds until a server may press once more")
    answer_seconds: float = Field(
        gt=0,
        le=600,
        description="How long an answer may take before it is given up",
        json_schema_extra=documented(details=" and the member is told; so long a question may wait for a thread, too"),
    )
    volunteer_confidence: float = Field(ge=0, le=1, description="Least confidence to answer a post unasked")
    volunteer_burst: int = Field(
        ge=1,
        le=10_000,
        description="How many posts in a row are read in a server unasked",
        json_schema_extra=documented(
            details=", in forums and channels that are switched on; what comes beyond is left unread"
        ),
    )
    volunteer_seconds: float = Field(ge=0, le=3600, description="Seconds until one more is read in that server")
