"""Routes of interactions: the first response, and what the interaction's token allows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_double.calls import Call, Reply
from tests.discord_double.interactions import Interaction, Response
from tests.discord_double.payloads import message_json
from tests.discord_double.refusals import Json, unknown

if TYPE_CHECKING:
    from tests.discord_double.service import Service
    from tests.discord_double.state import Message

ORIGINAL = "@original"


def respond(service: Service, call: Call) -> Reply:
    """Take an interaction's first response."""
    path = call.path
    interaction = service.counter.first_response(
        path["interaction_id"], path["interaction_token"], call.body or {}, call.uploads, call.problems
    )
    if call.query.get("with_response") not in {"1", "true", "True"}:
        return Reply(204)
    return Reply(200, _callback_json(service, interaction))


def _callback_json(service: Service, interaction: Interaction) -> Json:
    told: Json = {"id": interaction.id, "type": int(interaction.kind)}
    original = service.world.messages.get(interaction.original_id or "")
    if original is not None:
        told |= {
            "response_message_id": original.id,
            "response_message_loading": original.loading,
            "response_message_ephemeral": original.ephemeral,
        }
    resource: Json = {}
    if original is not None and interaction.response in {Response.MESSAGE, Response.UPDATE}:
        resource = {"resource": {"type": int(interaction.response), "message": _shown(service, original)}}
    return {"interaction": told} | resource


def follow_up(service: Service, call: Call) -> Reply:
    """Post a follow-up message."""
    _check_application(service, call)
    message = service.counter.follow_up(call.path["webhook_token"], call.draft())
    waits = call.query.get("wait") in {"1", "true", "True"}
    return Reply(200, _shown(service, message)) if waits else Reply(204)


def get_message(service: Service, call: Call) -> Reply:
    """One of the interaction's messages."""
    _check_application(service, call)
    _, message = service.counter.message_of(call.path["webhook_token"], call.path.get("message_id", ORIGINAL))
    return Reply(200, _shown(service, message))


def edit_message(service: Service, call: Call) -> Reply:
    """Edit one of the interaction's messages."""
    _check_application(service, call)
    message_id = call.path.get("message_id", ORIGINAL)
    return Reply(200, _shown(service, service.counter.edit(call.path["webhook_token"], message_id, call.draft())))


def delete_message(service: Service, call: Call) -> Reply:
    """Delete one of the interaction's messages."""
    _check_application(service, call)
    service.counter.delete(call.path["webhook_token"], call.path.get("message_id", ORIGINAL))
    return Reply(204)


def _check_application(service: Service, call: Call) -> None:
    if call.path["webhook_id"] != service.application_id:
        raise unknown("Webhook", 10015)


def _shown(service: Service, message: Message) -> Json:
    return message_json(service.world, message, service.application_id)


_TOKEN = "/webhooks/{webhook_id}/{webhook_token}"  # noqa: S105  # an address
ROUTES = {
    "POST /interactions/{interaction_id}/{interaction_token}/callback": respond,
    f"POST {_TOKEN}": follow_up,
    f"GET {_TOKEN}/messages/@original": get_message,
    f"PATCH {_TOKEN}/messages/@original": edit_message,
    f"DELETE {_TOKEN}/messages/@original": delete_message,
    f"GET {_TOKEN}/messages/{{message_id}}": get_message,
    f"PATCH {_TOKEN}/messages/{{message_id}}": edit_message,
    f"DELETE {_TOKEN}/messages/{{message_id}}": delete_message,
}
