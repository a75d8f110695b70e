"""Routes about channels: messages, threads, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_double.calls import Call, Reply
from tests.discord_double.messages import SENDABLE
from tests.discord_double.payloads import channel_json
from tests.discord_double.refusals import FormErrors, Json, Refusal, unknown
from tests.discord_double.state import Channel, ChannelKind, Flag, Message, Permission

if TYPE_CHECKING:
    from tests.discord_double.service import Service

REPLY = 19


def get_channel(service: Service, call: Call) -> Reply:
    """A channel that the bot sees."""
    return Reply(200, channel_json(_visible(service, call), service.bot.id))


def list_messages(service: Service, call: Call) -> Reply:
    """A channel's messages, newest first, as the query limits them."""
    channel = _visible(service, call)
    _require(service, channel, Permission.READ_MESSAGE_HISTORY)
    found = service.world.in_channel(channel.id)
    if "before" in call.query:
        found = [message for message in found if int(message.id) < int(call.query["before"])]
    if "after" in call.query:
        found = [message for message in found if int(message.id) > int(call.query["after"])]
    limit = int(call.query.get("limit", 50))
    page = found[:limit] if "after" in call.query else found[-limit:]
    return Reply(200, [service.as_read(message) for message in reversed(page)])


def get_message(service: Service, call: Call) -> Reply:
    """One message."""
    _require(service, _visible(service, call), Permission.READ_MESSAGE_HISTORY)
    return Reply(200, service.as_read(_message(service, call)))


def post_message(service: Service, call: Call) -> Reply:
    """Send a message as the bot."""
    channel = _visible(service, call)
    _check_may_send(service, channel, call)
    body = call.body or {}
    if (sent := _sent_before(service, channel, body)) is not None:
        return Reply(200, service.as_read(sent))
    reference = _reference(service, channel, body)
    fields: dict[str, object] = {"kind": REPLY, "reference_id": reference.id} if reference else {}
    flags = Flag(body.get("flags") or 0) & SENDABLE
    message = service.desk.post(channel, service.bot, call.draft(), flags=flags, **fields)
    allowed = body.get("allowed_mentions")
    if reference and reference.author not in message.mentions and (allowed is None or allowed.get("replied_user")):
        message = service.world.edit(message, mentions=(*message.mentions, reference.author))
    service.announce("MESSAGE_CREATE", message)
    return Reply(200, service.as_read(message))


def _sent_before(service: Service, channel: Channel, body: Json) -> Message | None:
    """The message that stands there already with the same nonce, where the bot wants each nonce to be sent once."""
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    sent = (m for m in service.world.in_channel(channel.id) if m.author == service.bot)
    return next((message for message in sent if message.nonce == str(body["nonce"])), None)


def _reference(service: Service, channel: Channel, body: Json) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    if Permission.READ_MESSAGE_HISTORY not in service.world.app_permissions(channel):
        raise Refusal(403, 160002, "Cannot reply without permission to read message history")
    found = service.world.messages.get(str(reference["message_id"]))
    if found is not None and found.channel_id == channel.id and not found.ephemeral:
        return found
    if reference.get("fail_if_not_exists") is False:
        return None
    errors = FormErrors()
    errors.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    errors.refuse()
    return None


def edit_message(service: Service, call: Call) -> Reply:
    """Edit one of the bot's own messages."""
    _visible(service, call)
    message = _message(service, call)
    if message.author != service.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    edited = service.desk.edit(message, call.draft())
    service.announce("MESSAGE_UPDATE", edited)
    return Reply(200, service.as_read(edited))


def delete_message(service: Service, call: Call) -> Reply:
    """Delete a message: the bot's own, or with the permission another's."""
    channel = _visible(service, call)
    message = _message(service, call)
    if message.author != service.bot:
        _require(service, channel, Permission.MANAGE_MESSAGES)
    del service.world.messages[message.id]
    service.announce("MESSAGE_DELETE", message)
    return Reply(204)


def trigger_typing(service: Service, call: Call) -> Reply:
    """Show that the bot is typing."""
    _check_may_send(service, _visible(service, call), call)
    return Reply(204)


def put_reaction(service: Service, call: Call) -> Reply:
    """React to a message."""
    _require(service, _visible(service, call), Permission.READ_MESSAGE_HISTORY)
    service.world.reactions.setdefault(_message(service, call).id, set()).add(call.path["emoji_name"])
    return Reply(204)


def delete_reaction(service: Service, call: Call) -> Reply:
    """Take the bot's reaction back."""
    service.world.reactions.get(_message(service, call).id, set()).discard(call.path["emoji_name"])
    return Reply(204)


def thread_from_message(service: Service, call: Call) -> Reply:
    """Start a thread under a message; the thread has the message's id."""
    channel = _visible(service, call)
    _require(service, channel, Permission.CREATE_PUBLIC_THREADS)
    message, name = _message(service, call), call.form()["name"]
    if message.id in service.world.channels:
        raise Refusal(400, 160004, "A thread has already been created for this message")
    thread = Channel(
        message.id, ChannelKind.PUBLIC_THREAD, name, channel.guild_id, parent_id=channel.id, owner_id=service.bot.id
    )
    service.world.channels[thread.id] = thread
    service.emit("THREAD_CREATE", channel_json(thread, service.bot.id) | {"newly_created": True})
    return Reply(201, channel_json(thread, service.bot.id))


def join_thread(service: Service, call: Call) -> Reply:
    """Join a thread, or leave it."""
    _visible(service, call)
    return Reply(204)


def _message(service: Service, call: Call) -> Message:
    found = service.world.message(call.path["channel_id"], call.path["message_id"])
    if found.ephemeral:
        raise unknown("Message", 10008)
    return found


def _visible(service: Service, call: Call) -> Channel:
    channel = service.world.channel(call.path["channel_id"])
    if not service.reaches_bot(channel) or Permission.VIEW_CHANNEL not in service.world.app_permissions(channel):
        raise Refusal(403, 50001, "Missing Access")
    return channel


def _require(service: Service, channel: Channel, needed: Permission) -> None:
    if needed not in service.world.app_permissions(channel):
        raise Refusal(403, 50013, "Missing Permissions")


def _check_may_send(service: Service, channel: Channel, call: Call) -> None:
    if channel.kind is ChannelKind.FORUM:
        raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
    in_thread = channel.kind is ChannelKind.PUBLIC_THREAD
    _require(service, channel, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
    if call.uploads:
        _require(service, channel, Permission.ATTACH_FILES)
    if service.clock.now() < channel.ready_at:
        text = "Cannot message this thread until after the post author has sent an initial message."
        raise Refusal(403, 40058, text)


ROUTES = {
    "GET /channels/{channel_id}": get_channel,
    "GET /channels/{channel_id}/messages": list_messages,
    "POST /channels/{channel_id}/messages": post_message,
    "GET /channels/{channel_id}/messages/{message_id}": get_message,
    "PATCH /channels/{channel_id}/messages/{message_id}": edit_message,
    "DELETE /channels/{channel_id}/messages/{message_id}": delete_message,
    "POST /channels/{channel_id}/messages/{message_id}/threads": thread_from_message,
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": put_reaction,
    "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": delete_reaction,
    "POST /channels/{channel_id}/typing": trigger_typing,
    "PUT /channels/{channel_id}/thread-members/@me": join_thread,
    "DELETE /channels/{channel_id}/thread-members/@me": join_thread,
}
