"""What Discord tells a bot when a member uses it: the INTERACTION_CREATE payloads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_double.interactions import USER_INSTALL_FOLLOW_UPS, Interaction, Kind
from tests.discord_double.payloads import (
    DEFAULT_FILE_LIMIT,
    channel_json,
    effective,
    member_json,
    message_json,
    user_json,
)
from tests.discord_double.state import WRITING, ChannelKind, Permission

if TYPE_CHECKING:
    from tests.discord_double.refusals import Json
    from tests.discord_double.service import Service
    from tests.discord_double.state import Channel, Message, User

CHAT_INPUT_MESSAGE = 20
GUILD_CONTEXT, BOT_DM_CONTEXT, PRIVATE_CONTEXT = 0, 1, 2
GUILD_INSTALL, USER_INSTALL = "0", "1"
CHANNEL_OPTION = 7


def context_of(service: Service, channel: Channel) -> int:
    """In which context an interaction in a channel happens."""
    if channel.guild_id:
        return GUILD_CONTEXT
    return BOT_DM_CONTEXT if service.reaches_bot(channel) else PRIVATE_CONTEXT


def owners_of(service: Service, user: User, channel: Channel) -> dict[str, str]:
    """By whom the app that a user meets in a channel was installed: a guild, the user, or both."""
    owners: dict[str, str] = {}
    guild = service.world.guild_of(channel)
    if guild and guild.has_bot:
        owners[GUILD_INSTALL] = guild.id
    elif context_of(service, channel) == BOT_DM_CONTEXT:
        owners[GUILD_INSTALL] = "0"
    if user.id in service.world.installed_for:
        owners[USER_INSTALL] = user.id
    return owners


@dataclass(frozen=True, slots=True)
class Use:
    """A use of the bot, before Discord knows of it.

    Attributes:
        kind: What was used.
        user: By whom.
        place: Where.
        source: The message whose component was used, if any.
        message_kind: The type of the message that will answer.
        about: What the interaction's metadata says beyond who and where.
    """

    kind: Kind
    user: User
    place: Channel
    source: Message | None = None
    message_kind: int = CHAT_INPUT_MESSAGE
    about: Json = field(default_factory=dict)


def open_interaction(service: Service, use: Use) -> Interaction:
    """A new interaction, known to the service from now on."""
    identifier = service.clock.snowflake()
    owners = owners_of(service, use.user, use.place)
    only_user_installed = GUILD_INSTALL not in owners
    member = service.world.members.get((use.place.guild_id or "", use.user.id))
    silenced = only_user_installed and member is not None and Permission.USE_EXTERNAL_APPS not in member.permissions
    metadata: Json = {
        "id": identifier,
        "type": int(use.kind),
        "user": user_json(use.user),
        "authorizing_integration_owners": owners,
        **use.about,
    }
    interaction = Interaction(
        identifier,
        f"token-{identifier}",
        use.kind,
        use.user,
        use.place,
        service.clock.now(),
        metadata,
        message_kind=use.message_kind,
        source=use.source,
        forced_ephemeral=silenced,
        follow_ups_left=USER_INSTALL_FOLLOW_UPS if only_user_installed else None,
    )
    service.counter.interactions[interaction.token] = interaction
    return interaction


def interaction_json(service: Service, interaction: Interaction, data: Json) -> Json:
    """The payload that carries an interaction to the bot."""
    channel, user = interaction.channel, interaction.user
    guild = service.world.guild_of(channel)
    body: Json = {
        "id": interaction.id,
        "application_id": service.application_id,
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": channel.id,
        "channel": channel_json(channel, service.bot.id),
        "locale": user.locale,
        "context": context_of(service, channel),
        "authorizing_integration_owners": owners_of(service, user, channel),
        "entitlements": [],
        "attachment_size_limit": DEFAULT_FILE_LIMIT,
        "app_permissions": str(
            int(service.world.app_permissions(channel) if guild is None or guild.has_bot else WRITING)
        ),
    }
    if interaction.source is not None:
        # A press carries the message as it stands; the ephemeral ones too, for the bot cannot fetch them.
        body["message"] = message_json(service.world, interaction.source, service.application_id)
    if guild is None:
        return body | {"user": user_json(user)}
    member = service.world.members[guild.id, user.id]
    permissions = str(int(effective(member, guild)))
    if channel.kind is ChannelKind.PUBLIC_THREAD:
        body["channel"]["permissions"] = permissions
    return body | {
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member_json(member) | {"permissions": permissions},
    }


def option_data(command: Json, options: dict[str, object], focused: str | None = None) -> list[Json]:
    """The options that a member has filled in, in the command's order, as the payload lists them.

    A subcommand is filled in as `{"subcommand": {…its options…}}`.
    """
    listed = []
    for option in command.get("options") or ():
        if option["name"] not in options:
            continue
        value = options[option["name"]]
        entry: Json = {"name": option["name"], "type": option["type"]}
        if isinstance(value, dict):
            entry["options"] = option_data(option, value, focused)
        else:
            entry["value"] = value
        if focused == option["name"]:
            entry["focused"] = True
        listed.append(entry)
    return listed


def resolved_channels(service: Service, user: User, options: list[Json]) -> Json:
    """What `data.resolved` says of the channels that a member has filled in, with the member's permissions there."""
    found = {}
    for option in options:
        found |= resolved_channels(service, user, option.get("options") or [])
        if option["type"] == CHANNEL_OPTION:
            channel = service.world.channel(option["value"])
            guild = service.world.guilds[channel.guild_id or ""]
            held = effective(service.world.members[guild.id, user.id], guild)
            shown = channel_json(channel, service.bot.id)
            kept = ("id", "type", "name", "parent_id", "position", "topic", "nsfw", "last_message_id", "flags")
            found[channel.id] = {key: shown[key] for key in kept if key in shown} | {"permissions": str(int(held))}
    return found


def modal_data(modal: Json, values: dict[str, object]) -> Json:
    """A modal as submitted, its inputs filled in by custom id."""
    return {"custom_id": modal["custom_id"], "components": [_submitted(entry, values) for entry in modal["components"]]}


def _submitted(component: Json, values: dict[str, object]) -> Json:
    kept: Json = {"type": component["type"], "id": component.get("id") or 1}
    if "components" in component:
        return kept | {"components": [_submitted(inner, values) for inner in component["components"]]}
    if "component" in component:
        return kept | {"component": _submitted(component["component"], values)}
    if "custom_id" not in component:
        return kept
    value = values.get(component["custom_id"], component.get("value") or "")
    filled: Json = {"values": value} if isinstance(value, list) else {"value": value}
    return kept | {"custom_id": component["custom_id"]} | filled
