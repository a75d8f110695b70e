"""The life of an interaction: three seconds for the first response, fifteen minutes for the rest."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from tests.discord_double import command_limits, component_limits
from tests.discord_double.messages import SENDABLE, Draft, refuse_problems
from tests.discord_double.refusals import FormErrors, Json, Refusal, unknown
from tests.discord_double.state import Flag, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.discord_double.messages import Desk
    from tests.discord_double.state import Channel, User
    from tests.discord_double.uploads import Upload

FIRST_RESPONSE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0
USER_INSTALL_FOLLOW_UPS = 5


class Kind(IntEnum):
    """What caused an interaction."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Response(IntEnum):
    """How an interaction is first answered."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_ALLOWED = {
    Kind.COMMAND: {Response.MESSAGE, Response.DEFERRED_MESSAGE, Response.MODAL},
    Kind.COMPONENT: set(Response) - {Response.CHOICES},
    Kind.AUTOCOMPLETE: {Response.CHOICES},
    Kind.MODAL: set(Response) - {Response.CHOICES, Response.MODAL},
}


@dataclass(slots=True)
class Interaction:
    """One interaction.

    Attributes:
        metadata: What the messages that answer it say about it.
        source: The message whose component was used, if any.
        forced_ephemeral: The app may not show anything to others here.
        follow_ups_left: How many follow-ups may come; None for no limit.
        original_id: The message that `@original` stands for.
        response: How it was answered first.
        acknowledged: When, in seconds since the epoch.
    """

    id: str
    token: str
    kind: Kind
    user: User
    channel: Channel
    created: float
    metadata: Json
    message_kind: int = 20
    source: Message | None = None
    forced_ephemeral: bool = False
    follow_ups_left: int | None = None
    original_id: str | None = None
    response: Response | None = None
    acknowledged: float | None = None
    answered: float | None = None
    choices: tuple[Json, ...] = ()
    modal: Json | None = None
    message_ids: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def note_change(self) -> None:
        """Wake whoever waits for the interaction to go on."""
        self.changed.set()
        self.changed = asyncio.Event()


@dataclass(slots=True)
class Counter:
    """Where interactions are answered.

    Args:
        desk: Makes the messages.
        bot: Their author.
        announce: Told of each message that others in the channel see, with the event's name.
        first_response_seconds: How long the first response may take.
    """

    desk: Desk
    bot: User
    announce: Callable[[str, Message], None]
    first_response_seconds: float = FIRST_RESPONSE_SECONDS
    interactions: dict[str, Interaction] = field(default_factory=dict)

    def first_response(
        self, interaction_id: str, token: str, body: Json, uploads: Mapping[int, Upload], problems: tuple[str, ...]
    ) -> Interaction:
        """Take the first response.

        Raises:
            Refusal: Too late, a second one, of a kind that does not answer this, or not well formed.
        """
        interaction = self.interactions.get(token)
        now = self.desk.clock.now()
        if (
            interaction is None
            or interaction.id != interaction_id
            or now > interaction.created + self.first_response_seconds
        ):
            raise unknown("interaction", 10062)
        if interaction.acknowledged is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        response = self._response_kind(interaction, body)
        draft = Draft(body.get("data") or {}, uploads, problems, ("data",))
        self._take(interaction, response, draft)
        interaction.response, interaction.acknowledged = response, now
        interaction.note_change()
        return interaction

    @staticmethod
    def _response_kind(interaction: Interaction, body: Json) -> Response:
        errors = FormErrors()
        kind = body.get("type")
        allowed = _ALLOWED[interaction.kind]
        if interaction.source is None:
            allowed = allowed - {Response.UPDATE, Response.DEFERRED_UPDATE}
        if kind not in allowed:
            choices = ", ".join(str(int(choice)) for choice in sorted(allowed))
            errors.add(("type",), "BASE_TYPE_CHOICES", f"Value must be one of ({choices}).")
        errors.refuse()
        return Response(body["type"])

    def _take(self, interaction: Interaction, response: Response, draft: Draft) -> None:
        match response:
            case Response.MESSAGE:
                self._post(interaction, draft, original=True)
            case Response.DEFERRED_MESSAGE:
                self._defer(interaction, draft)
            case Response.DEFERRED_UPDATE:
                refuse_problems(draft.problems)
                interaction.original_id = interaction.source.id if interaction.source else None
            case Response.UPDATE if interaction.source:
                interaction.original_id = interaction.source.id
                self._edit(interaction, self._current(interaction.source.id), draft)
            case Response.CHOICES:
                errors = FormErrors(("data",))
                command_limits.check_choices(draft.body.get("choices") or [], errors)
                errors.refuse()
                refuse_problems(draft.problems)
                interaction.choices = tuple(draft.body.get("choices") or ())
            case Response.MODAL:
                errors = FormErrors(("data",))
                component_limits.check_modal(draft.body, errors)
                errors.refuse()
                refuse_problems(draft.problems)
                interaction.modal = draft.body

    def _defer(self, interaction: Interaction, draft: Draft) -> None:
        wanted = Flag(draft.body.get("flags") or 0)
        errors = FormErrors(draft.root)
        if wanted & ~Flag.EPHEMERAL:
            errors.add(("flags",), "INTERACTION_DEFERRAL_FLAGS", "Only the EPHEMERAL flag can be set when deferring.")
        errors.refuse()
        refuse_problems(draft.problems)
        flags = self._visible(interaction, wanted) | Flag.LOADING
        message = Message(
            self.desk.clock.snowflake(),
            interaction.channel.id,
            self.bot,
            self.desk.clock.now(),
            interaction.channel.guild_id,
            flags=flags,
            kind=interaction.message_kind,
            interaction_metadata=interaction.metadata,
            visible_to=interaction.user if Flag.EPHEMERAL in flags else None,
        )
        self.desk.world.put(message)
        self._register(interaction, message, original=True)

    @staticmethod
    def _visible(interaction: Interaction, flags: Flag) -> Flag:
        return flags | Flag.EPHEMERAL if interaction.forced_ephemeral else flags

    def _post(self, interaction: Interaction, draft: Draft, *, original: bool) -> Message:
        wanted = Flag(draft.body.get("flags") or 0) & (SENDABLE | Flag.EPHEMERAL)
        flags = self._visible(interaction, wanted)
        message = self.desk.post(
            interaction.channel,
            self.bot,
            draft,
            flags=flags,
            kind=interaction.message_kind if original else 19,
            reference_id=None if original else interaction.original_id,
            interaction_metadata=interaction.metadata,
            visible_to=interaction.user if Flag.EPHEMERAL in flags else None,
        )
        self._register(interaction, message, original=original)
        interaction.answered = interaction.answered or self.desk.clock.now()
        self._tell("MESSAGE_CREATE", message)
        return message

    def _register(self, interaction: Interaction, message: Message, *, original: bool) -> None:
        interaction.message_ids.append(message.id)
        if original:
            interaction.original_id = message.id

    def _edit(self, interaction: Interaction, message: Message, draft: Draft) -> Message:
        edited = self.desk.edit(message, draft, edited=not message.loading)
        interaction.answered = interaction.answered or self.desk.clock.now()
        self._tell("MESSAGE_CREATE" if message.loading else "MESSAGE_UPDATE", edited)
        return edited

    def _tell(self, event: str, message: Message) -> None:
        if not message.ephemeral:
            self.announce(event, message)

    def _current(self, message_id: str | None) -> Message:
        message = self.desk.world.messages.get(message_id or "")
        if message is None:
            raise unknown("Message", 10008)
        return message

    def by_token(self, token: str) -> Interaction:
        """The interaction whose token is used after its first response.

        Raises:
            Refusal: It is unknown, not yet answered, or older than fifteen minutes.
        """
        interaction = self.interactions.get(token)
        if interaction is None or interaction.acknowledged is None:
            raise unknown("Webhook", 10015)
        if self.desk.clock.now() > interaction.created + TOKEN_SECONDS:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return interaction

    def follow_up(self, token: str, draft: Draft) -> Message:
        """Post a follow-up; the first one after a deferral takes the deferral's place and its privacy.

        Raises:
            Refusal: See `by_token`, or the message breaks a limit.
        """
        interaction = self.by_token(token)
        if interaction.follow_ups_left == 0:
            raise Refusal(400, 40094, "The maximum number of follow-up messages of this interaction is reached.")
        original = self.desk.world.messages.get(interaction.original_id or "")
        if original is not None and original.loading:
            flags = Flag(draft.body.get("flags") or 0) & ~Flag.EPHEMERAL
            body = {key: value for key, value in draft.body.items() if key != "flags"} | (
                {"flags": int(flags)} if flags else {}
            )
            message = self._edit(interaction, original, Draft(body, draft.uploads, draft.problems, draft.root))
        else:
            message = self._post(interaction, draft, original=False)
        if interaction.follow_ups_left is not None:
            interaction.follow_ups_left -= 1
        interaction.note_change()
        return message

    def message_of(self, token: str, message_id: str) -> tuple[Interaction, Message]:
        """The message that a token's address names; `@original` for the first response.

        Raises:
            Refusal: See `by_token`; or the message is not one of this interaction's.
        """
        interaction = self.by_token(token)
        wanted = interaction.original_id if message_id == "@original" else message_id
        if wanted != interaction.original_id and wanted not in interaction.message_ids:
            raise unknown("Message", 10008)
        return interaction, self._current(wanted)

    def edit(self, token: str, message_id: str, draft: Draft) -> Message:
        """Edit a message of an interaction; a deferral becomes the answer.

        Raises:
            Refusal: See `message_of`, or the outcome breaks a limit.
        """
        interaction, message = self.message_of(token, message_id)
        edited = self._edit(interaction, message, draft)
        interaction.note_change()
        return edited

    def delete(self, token: str, message_id: str) -> Message:
        """Delete a message of an interaction.

        Raises:
            Refusal: See `message_of`.
        """
        interaction, message = self.message_of(token, message_id)
        del self.desk.world.messages[message.id]
        if not message.loading:  # a deferral that is taken back has not been answered yet
            interaction.answered = interaction.answered or self.desk.clock.now()
        self._tell("MESSAGE_DELETE", message)
        interaction.note_change()
        return message
