"""Routes about the application itself: who it is, where its gateway is, its commands, its guilds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_double.calls import Call, Reply
from tests.discord_double.command_limits import check_commands
from tests.discord_double.payloads import channel_json, guild_json, member_json, self_json, user_json
from tests.discord_double.refusals import Json, Refusal, unknown
from tests.discord_double.state import Channel, ChannelKind, Member

if TYPE_CHECKING:
    from tests.discord_double.service import Service

_COMMAND_DEFAULTS: Json = {"options": [], "nsfw": False, "dm_permission": True, "default_member_permissions": None}


def get_gateway(service: Service, call: Call) -> Reply:
    """Where the gateway is; for bots with how often they may identify."""
    url = service.origin.replace("http", "ws", 1) + "/gateway/"
    told = {"session_start_limit": service.gateway.starts.told(), "shards": service.gateway.shards}
    bot = told if call.template.endswith("/bot") else {}
    return Reply(200, {"url": url} | bot)


def get_self(service: Service, _: Call) -> Reply:
    """The bot's own account."""
    return Reply(200, self_json(service.bot))


def get_application(service: Service, _: Call) -> Reply:
    """The application."""
    return Reply(200, service.application())


def get_user(service: Service, call: Call) -> Reply:
    """Any user."""
    if call.path["user_id"] not in service.world.users:
        raise unknown("User", 10013)
    return Reply(200, user_json(service.world.users[call.path["user_id"]]))


def open_dm(service: Service, call: Call) -> Reply:
    """The direct-message channel with a user."""
    user = service.world.users.get(str(call.form()["recipient_id"]))
    if user is None:
        raise unknown("User", 10013)
    return Reply(200, channel_json(dm_with(service, user.id), service.bot.id))


def dm_with(service: Service, user_id: str) -> Channel:
    """The direct-message channel of the bot and a user, opened if need be."""
    user, world = service.world.users[user_id], service.world
    for channel in world.channels.values():
        if channel.kind is ChannelKind.DM and channel.recipients == (user, service.bot):
            return channel
    opened = Channel(service.clock.snowflake(), ChannelKind.DM, user.name, recipients=(user, service.bot))
    world.channels[opened.id] = opened
    return opened


def get_guild(service: Service, call: Call) -> Reply:
    """A guild that the bot is in."""
    guild = service.world.guilds.get(call.path["guild_id"])
    if guild is None or not guild.has_bot:
        raise Refusal(404, 10004, "Unknown Guild")
    return Reply(200, guild_json(guild))


def list_channels(service: Service, call: Call) -> Reply:
    """A guild's channels, without its threads."""
    found = [c for c in service.world.channels.values() if c.guild_id == call.path["guild_id"]]
    listed = [c for c in found if c.kind is not ChannelKind.PUBLIC_THREAD]
    return Reply(200, [channel_json(channel, service.bot.id) for channel in listed])


def get_member(service: Service, call: Call) -> Reply:
    """A member of a guild."""
    guild_id, user_id = call.path["guild_id"], call.path["user_id"]
    if user_id == service.bot.id:
        return Reply(200, member_json(Member(service.bot, guild_id)))
    if (guild_id, user_id) not in service.world.members:
        raise unknown("Member", 10007)
    return Reply(200, member_json(service.world.members[guild_id, user_id]))


def list_commands(service: Service, call: Call) -> Reply:
    """The commands, global or of a guild."""
    return Reply(200, list(service.world.commands.get(call.path.get("guild_id"), {}).values()))


def put_commands(service: Service, call: Call) -> Reply:
    """Replace all commands; one that keeps name and kind keeps its id."""
    check_commands(call.body or ())
    scope = call.path.get("guild_id")
    before = service.world.commands.get(scope, {})
    kept = {(command["type"], command["name"]): command["id"] for command in before.values()}
    made = [_stored(service, scope, command, kept) for command in call.form()]
    service.world.commands[scope] = {command["id"]: command for command in made}
    return Reply(200, made)


def post_command(service: Service, call: Call) -> Reply:
    """Add one command, or replace the one of its name and kind."""
    check_commands([call.body])
    scope = call.path.get("guild_id")
    commands = service.world.commands.setdefault(scope, {})
    kept = {(command["type"], command["name"]): command["id"] for command in commands.values()}
    made = _stored(service, scope, call.form(), kept)
    known = made["id"] in commands
    commands[made["id"]] = made
    return Reply(200 if known else 201, made)


def delete_command(service: Service, call: Call) -> Reply:
    """Remove one command."""
    if service.world.commands.get(call.path.get("guild_id"), {}).pop(call.path["command_id"], None) is None:
        raise unknown("application command", 10063)
    return Reply(204)


def _stored(service: Service, scope: str | None, command: Json, kept: dict[tuple[int, str], str]) -> Json:
    kind = command.get("type") or 1
    sent = {key: value for key, value in command.items() if value is not None}
    permissions = command.get("default_member_permissions")
    return (
        _COMMAND_DEFAULTS
        | {"contexts": None, "integration_types": [0]}
        | sent
        | {
            "id": kept.get((kind, command["name"])) or service.clock.snowflake(),
            "application_id": service.application_id,
            "version": service.clock.snowflake(),
            "type": kind,
            "description": command.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
            **({"guild_id": scope} if scope else {}),
        }
    )


ROUTES = {
    "GET /gateway": get_gateway,
    "GET /gateway/bot": get_gateway,
    "GET /users/@me": get_self,
    "GET /users/{user_id}": get_user,
    "GET /applications/@me": get_application,
    "GET /oauth2/applications/@me": get_application,
    "POST /users/@me/channels": open_dm,
    "GET /guilds/{guild_id}": get_guild,
    "GET /guilds/{guild_id}/channels": list_channels,
    "GET /guilds/{guild_id}/members/{user_id}": get_member,
    "GET /applications/{application_id}/commands": list_commands,
    "PUT /applications/{application_id}/commands": put_commands,
    "POST /applications/{application_id}/commands": post_command,
    "DELETE /applications/{application_id}/commands/{command_id}": delete_command,
    "GET /applications/{application_id}/guilds/{guild_id}/commands": list_commands,
    "PUT /applications/{application_id}/guilds/{guild_id}/commands": put_commands,
    "POST /applications/{application_id}/guilds/{guild_id}/commands": post_command,
    "DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id}": delete_command,
}
