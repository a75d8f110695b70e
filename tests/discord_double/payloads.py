"""State as Discord's JSON. Which fields there must be is the OpenAPI description's word; these are the values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.discord_double.refusals import Json
from tests.discord_double.state import ChannelKind, Message, Permission

if TYPE_CHECKING:
    from tests.discord_double.state import Attachment, Channel, Guild, Member, User, World

API_VERSION = 10
DEFAULT_FILE_LIMIT = 10 * 1024 * 1024
ALL_PERMISSIONS = (1 << 53) - 1


def moment(seconds: float) -> str:
    """Seconds since the epoch as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def user_json(user: User) -> Json:
    """A user as others see it."""
    return {
        "id": user.id,
        "username": user.name,
        "global_name": None if user.bot else user.name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def self_json(bot: User) -> Json:
    """The bot's own account."""
    return user_json(bot) | {"mfa_enabled": True, "locale": "en-US", "email": None, "verified": True}


def member_json(member: Member) -> Json:
    """A member; in interactions with the permissions there."""
    return {
        "user": user_json(member.user),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def effective(member: Member, guild: Guild) -> Permission:
    """What a member may do: an owner and an administrator may do everything."""
    everything = member.user.id == guild.owner_id or Permission.ADMINISTRATOR in member.permissions
    return Permission(ALL_PERMISSIONS) if everything else member.permissions


def application_json(application_id: str, bot: User, owner: User, guilds: int, flags: int) -> Json:
    """The application as its bot reads it."""
    return {
        "id": application_id,
        "name": bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_json(bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_json(owner),
        "approximate_guild_count": guilds,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": ["applications.commands", "bot"],
        "integration_types_config": {"0": {}, "1": {}},
    }


def role_json(role_id: str, name: str, permissions: int, position: int, bot_id: str | None = None) -> Json:
    """A role of a guild."""
    tags = {"tags": {"bot_id": bot_id}} if bot_id else {}
    return tags | {
        "id": role_id,
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": bot_id is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def guild_json(guild: Guild) -> Json:
    """A guild as the HTTP API gives it."""
    nothing = (
        "icon description home_header splash discovery_splash banner application_id afk_channel_id system_channel_id "
        "widget_channel_id max_presences vanity_url_code rules_channel_id safety_alerts_channel_id "
        "public_updates_channel_id incidents_data"
    )
    zero = (
        "system_channel_flags verification_level mfa_level explicit_content_filter premium_tier "
        "premium_subscription_count nsfw_level default_message_notifications"
    )
    return (
        dict.fromkeys(nothing.split())
        | dict.fromkeys(zero.split(), 0)
        | {
            "id": guild.id,
            "name": guild.name,
            "owner_id": guild.owner_id,
            "region": "deprecated",
            "features": [],
            "afk_timeout": 300,
            "widget_enabled": False,
            # The role of everyone has the guild's own id.
            "roles": [role_json(guild.id, "@everyone", guild.app_permissions, 0)],
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "preferred_locale": guild.locale,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "emojis": [],
            "stickers": [],
        }
    )


def channel_json(channel: Channel, bot_id: str) -> Json:
    """A channel of any kind."""
    common: Json = {"id": channel.id, "type": int(channel.kind), "flags": 0, "last_message_id": None}
    match channel.kind:
        case ChannelKind.DM:
            return common | {"recipients": [user_json(user) for user in channel.recipients if user.id != bot_id]}
        case ChannelKind.GROUP:
            recipients = [user_json(user) for user in channel.recipients]
            return common | {"recipients": recipients, "name": channel.name, "icon": None, "owner_id": channel.owner_id}
        case ChannelKind.PUBLIC_THREAD:
            return common | _thread_fields(channel)
        case _:
            return common | _guild_channel_fields(channel, bot_id)


def _thread_fields(channel: Channel) -> Json:
    return {
        "guild_id": channel.guild_id,
        "parent_id": channel.parent_id,
        "owner_id": channel.owner_id,
        "name": channel.name,
        "rate_limit_per_user": 0,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": "2024-01-01T00:00:00+00:00",
            "auto_archive_duration": 1440,
            "locked": False,
        },
    }


def _guild_channel_fields(channel: Channel, bot_id: str) -> Json:
    denied = {"id": bot_id, "type": 1, "allow": "0", "deny": str(int(channel.denied_to_app))}
    forum: Json = {
        "available_tags": [],
        "default_sort_order": None,
        "default_reaction_emoji": None,
        "default_forum_layout": 0,
    }
    return (forum if channel.kind is ChannelKind.FORUM else {}) | {
        "guild_id": channel.guild_id,
        "name": channel.name,
        "position": 0,
        "parent_id": channel.parent_id,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "permission_overwrites": [denied] if channel.denied_to_app else [],
    }


def attachment_json(attachment: Attachment, *, ephemeral: bool) -> Json:
    """An attachment of a message."""
    size = {"width": attachment.width, "height": attachment.height} if attachment.width else {}
    described = {"description": attachment.description} if attachment.description else {}
    return (
        size
        | described
        | {
            "id": attachment.id,
            "filename": attachment.filename,
            "size": len(attachment.data),
            "url": attachment.url,
            "proxy_url": attachment.url,
            "content_type": attachment.content_type,
            "ephemeral": ephemeral,
            "flags": 0,
        }
    )


def message_json(world: World, message: Message, application_id: str, *, nested: bool = False) -> Json:
    """A message with everything in it; `nested` leaves out what it replies to."""
    body: Json = {
        "id": message.id,
        "type": message.kind,
        "channel_id": message.channel_id,
        "author": user_json(message.author),
        "content": message.content,
        "timestamp": moment(message.created),
        "edited_timestamp": moment(message.edited) if message.edited else None,
        "tts": False,
        "mention_everyone": message.mention_everyone,
        "mentions": [user_json(user) for user in message.mentions],
        "mention_roles": [],
        "attachments": [attachment_json(found, ephemeral=message.ephemeral) for found in message.attachments],
        "embeds": list(message.embeds),
        "pinned": False,
        "flags": int(message.flags),
        "components": list(message.components),
    }
    if message.nonce:
        body["nonce"] = message.nonce
    if message.interaction_metadata:
        body |= {
            "interaction_metadata": message.interaction_metadata,
            "application_id": application_id,
            "webhook_id": application_id,
        }
    if message.reference_id and not nested:
        body["message_reference"] = {"type": 0, "channel_id": message.channel_id, "message_id": message.reference_id}
        if message.guild_id:
            body["message_reference"]["guild_id"] = message.guild_id
        replied = world.messages.get(message.reference_id)
        body["referenced_message"] = message_json(world, replied, application_id, nested=True) if replied else None
    return body


def without_content(body: Json) -> Json:
    """A message as an app without the Message Content intent reads it."""
    return body | {"content": "", "embeds": [], "attachments": [], "components": []}
