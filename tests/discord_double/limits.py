"""The documented limits of a message, refused as Discord refuses them. Lengths are counted in characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_double import component_limits
from tests.discord_double.components import TEXT_DISPLAY, walk
from tests.discord_double.refusals import FormErrors, Json, Refusal
from tests.discord_double.state import Flag

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTENT = 2000
EMBEDS = 10
EMBED_TEXT = 6000
ATTACHMENTS = 10
ALT_TEXT = 1024
V2_TEXT = 4000
# Discord answers 500 beyond this: github.com/discord/discord-api-docs/issues/8554
V2_ENCODED_BYTES, V2_BYTES_A_DISPLAY = 10_170, 12

_EMBED_LENGTHS = {("title",): 256, ("description",): 4096, ("footer", "text"): 2048, ("author", "name"): 256}


def check_message(body: Json, flags: Flag, *, root: Sequence[str | int] = ()) -> None:
    """Refuse a message, new or edited, that breaks a limit.

    Args:
        body: What the bot sent.
        flags: The flags that the message will have.
        root: Where the message sits in the request.

    Raises:
        Refusal: 400 with code 50035 that names each field.
    """
    errors = FormErrors(root)
    components = body.get("components") or []
    errors.length(("content",), body.get("content"), CONTENT)
    _check_embeds(body.get("embeds") or [], errors)
    _check_attachments(body.get("attachments") or [], errors)
    if Flag.COMPONENTS_V2 in flags:
        _check_v2(body, errors)
        component_limits.check_v2(components, errors)
    else:
        component_limits.check_legacy(components, errors)
    errors.refuse()
    if Flag.COMPONENTS_V2 in flags:
        _check_encoded_size(components)


def check_files(sizes: Sequence[int], most: int) -> None:
    """Refuse files that are too many or too large.

    Args:
        sizes: Of each file, in bytes.
        most: How large one may be, in bytes.

    Raises:
        Refusal: 413 with code 40005, or 400 with code 30015.
    """
    if any(size > most for size in sizes):
        raise Refusal(413, 40005, "Request entity too large")
    if len(sizes) > ATTACHMENTS:
        raise Refusal(400, 30015, "Maximum number of attachments in a message reached (10)")


def _check_v2(body: Json, errors: FormErrors) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            errors.add(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    shown = sum(len(c["content"]) for c in walk(body.get("components") or []) if c["type"] == TEXT_DISPLAY)
    if shown > V2_TEXT:
        message = f"Displayable text size exceeds maximum size of {V2_TEXT}"
        errors.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _check_encoded_size(components: Sequence[Json]) -> None:
    texts = [component["content"] for component in walk(components) if component["type"] == TEXT_DISPLAY]
    if sum(len(text.encode()) + V2_BYTES_A_DISPLAY for text in texts) > V2_ENCODED_BYTES:
        raise Refusal(500, 0, "500: Internal Server Error")


def _check_embeds(embeds: Sequence[Json], errors: FormErrors) -> None:
    errors.length(("embeds",), list(embeds), EMBEDS)
    total = 0
    for index, embed in enumerate(embeds):
        for path, most in _EMBED_LENGTHS.items():
            holder = embed if len(path) == 1 else embed.get(path[0]) or {}
            text = holder.get(path[-1]) or ""
            errors.length(("embeds", index, *path), text, most)
            total += len(text)
        fields = embed.get("fields") or []
        errors.length(("embeds", index, "fields"), fields, 25)
        for number, entry in enumerate(fields):
            errors.length(("embeds", index, "fields", number, "name"), entry.get("name"), 256, 1)
            errors.length(("embeds", index, "fields", number, "value"), entry.get("value"), 1024, 1)
            total += len(entry.get("name") or "") + len(entry.get("value") or "")
    if total > EMBED_TEXT:
        errors.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TEXT}")


def _check_attachments(attachments: Sequence[Json], errors: FormErrors) -> None:
    errors.length(("attachments",), list(attachments), ATTACHMENTS)
    for index, attachment in enumerate(attachments):
        errors.length(("attachments", index, "description"), attachment.get("description"), ALT_TEXT)


def is_empty(body: Json) -> bool:
    """Whether a new message would show nothing at all."""
    return not any(body.get(key) for key in ("content", "embeds", "components", "attachments", "poll", "sticker_ids"))
