"""Making and editing messages, under Discord's rules."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_double import limits
from tests.discord_double.components import as_returned, walk
from tests.discord_double.payloads import DEFAULT_FILE_LIMIT
from tests.discord_double.refusals import INVALID_FORM, FormErrors, Json, Refusal
from tests.discord_double.state import Flag, Message
from tests.discord_double.uploads import Upload, attachments_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.discord_double.clock import Clock
    from tests.discord_double.state import Attachment, Channel, User, World

SENDABLE = Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.COMPONENTS_V2
EDITABLE = Flag.SUPPRESS_EMBEDS | Flag.COMPONENTS_V2
_USER_MENTION = re.compile(r"<@!?(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as a request brings it.

    Attributes:
        body: The message object.
        uploads: Its files, by their number in the form.
        problems: What the OpenAPI description finds wrong with the request.
        root: Where the message object sits in the request.
    """

    body: Json
    uploads: Mapping[int, Upload] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    root: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where messages are made: the world that they enter, the clock that dates them, the address of their files."""

    world: World
    clock: Clock
    files_address: str

    def post(self, channel: Channel, author: User, draft: Draft, *, flags: Flag, **rest: object) -> Message:
        """Check a new message and put it into the world.

        Args:
            channel: Where.
            author: Who.
            draft: What.
            flags: The message's flags.
            rest: Further fields of `Message`.

        Raises:
            Refusal: It breaks a limit, is empty, or is not as the description says.
        """
        self._check(draft, flags)
        if limits.is_empty(draft.body) and not draft.uploads:
            raise Refusal(400, 50006, "Cannot send an empty message")
        identifier = self.clock.snowflake()
        message = Message(identifier, channel.id, author, self.clock.now(), channel.guild_id, flags=flags)
        changes = self._contents(draft, message) | rest
        if draft.body.get("nonce"):
            changes["nonce"] = str(draft.body["nonce"])
        return self.world.edit(message, **changes)

    def edit(self, message: Message, draft: Draft, *, edited: bool = True) -> Message:
        """Check an edit and apply it.

        Args:
            message: As it stands.
            draft: What changes; what it leaves out stays.
            edited: Whether the message shows that it was edited; a filled-in deferral does not.

        Raises:
            Refusal: The outcome breaks a limit, or the edit changes what cannot change.
        """
        flags = message.flags & ~Flag.LOADING
        wanted = draft.body.get("flags")
        if wanted is not None:
            self._check_flag_change(Flag(wanted), flags, draft.root)
            flags = (flags & ~Flag.SUPPRESS_EMBEDS) | (Flag(wanted) & EDITABLE) | (flags & Flag.COMPONENTS_V2)
        before: Json = {
            "content": message.content,
            "embeds": list(message.embeds),
            "components": list(message.components),
        }
        self._check(Draft(before | draft.body, draft.uploads, draft.problems, draft.root), flags)
        changes = self._contents(draft, message)
        if limits.is_empty({key: changes.get(key, getattr(message, key)) for key in (*before, "attachments")}):
            raise Refusal(400, 50006, "Cannot send an empty message")
        return self.world.edit(message, flags=flags, edited=self.clock.now() if edited else None, **changes)

    @staticmethod
    def _check_flag_change(wanted: Flag, flags: Flag, root: Sequence[str]) -> None:
        errors = FormErrors(root)
        if Flag.EPHEMERAL in wanted and Flag.EPHEMERAL not in flags:
            errors.add(
                ("flags",), "MESSAGE_FLAGS_EPHEMERAL_CHANGED", "Whether a message is ephemeral cannot be changed."
            )
        if Flag.COMPONENTS_V2 in flags and Flag.COMPONENTS_V2 not in wanted:
            errors.add(("flags",), "MESSAGE_FLAGS_V2_REMOVED", "The IS_COMPONENTS_V2 flag cannot be removed.")
        errors.refuse()

    @staticmethod
    def _check(draft: Draft, flags: Flag) -> None:
        limits.check_files([len(upload.data) for upload in draft.uploads.values()], DEFAULT_FILE_LIMIT)
        if not draft.problems:
            limits.check_message(draft.body, flags, root=draft.root)
            return
        # A limit has a sentence of its own, which says more than the description's; a form too broken to be
        # measured gets the description's.
        with suppress(KeyError, TypeError, AttributeError):
            limits.check_message(draft.body, flags, root=draft.root)
        refuse_problems(draft.problems)

    def _contents(self, draft: Draft, message: Message) -> dict[str, object]:
        """What `draft` sets: attachments, components, texts, and who is mentioned by them."""
        body, errors = draft.body, FormErrors(draft.root)
        folder = f"{self.files_address}/{message.channel_id}"
        attachments = attachments_after(body, draft.uploads, message.attachments, self.clock, folder)
        named: dict[str, Attachment] = {found.filename: found for found in attachments}
        changes: dict[str, object] = {"attachments": attachments}
        if "content" in body:
            changes["content"] = body["content"] or ""
        if "embeds" in body:
            changes["embeds"] = tuple({"type": "rich"} | embed for embed in body["embeds"] or ())
        if "components" in body:
            changes["components"] = as_returned(body["components"] or (), named, errors)
        errors.refuse()
        shown = [changes.get("content", message.content)]
        shown += [c["content"] for c in walk(changes.get("components", message.components)) if "content" in c]  # type: ignore[arg-type]  # a tuple of components
        everyone, mentioned = self.mentions("\n".join(map(str, shown)), body.get("allowed_mentions"))
        return changes | {"mention_everyone": everyone, "mentions": mentioned}

    def mentions(self, text: str, allowed: Json | None) -> tuple[bool, tuple[User, ...]]:
        """Whom a text pings: whether everyone, and which users. Without `allowed`, Discord pings all it finds."""
        kinds = ("everyone", "users") if allowed is None else tuple(allowed.get("parse") or ())
        named = [self.world.users[i] for i in dict.fromkeys(_USER_MENTION.findall(text)) if i in self.world.users]
        listed = set(map(str, (allowed or {}).get("users") or ()))
        pinged = tuple(user for user in named if "users" in kinds or user.id in listed)
        return "everyone" in kinds and _EVERYONE.search(text) is not None, pinged


def refuse_problems(problems: Sequence[str]) -> None:
    """Refuse a request that is not as the OpenAPI description says.

    Raises:
        Refusal: 400 with code 50035.
    """
    if problems:
        errors = {"_errors": [{"code": "NOT_AS_DESCRIBED", "message": problem} for problem in problems]}
        raise Refusal(400, INVALID_FORM, "Invalid Form Body", errors)
