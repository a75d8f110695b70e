"""What came of an interaction, as a test reads it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.discord_double.interactions import Interaction, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_double.refusals import Json
    from tests.discord_double.service import Service
    from tests.discord_double.state import Message


class InteractionRun:
    """One use of the bot and all that it did about it; the properties tell how it stands now."""

    def __init__(self, service: Service, interaction: Interaction) -> None:
        self._service, self._interaction = service, interaction

    @property
    def interaction(self) -> Interaction:
        """The interaction itself."""
        return self._interaction

    @property
    def response(self) -> Response | None:
        """How the bot answered first; None when it did not."""
        return self._interaction.response

    @property
    def deferred(self) -> bool:
        """Whether the bot first asked for time."""
        return self.response in {Response.DEFERRED_MESSAGE, Response.DEFERRED_UPDATE}

    @property
    def acknowledged_after(self) -> float | None:
        """Seconds from the use to the first response; None when the member read "did not respond"."""
        moment = self._interaction.acknowledged
        return None if moment is None else moment - self._interaction.created

    @property
    def answered_after(self) -> float | None:
        """Seconds from the use to the first message, edit or deletion."""
        moment = self._interaction.answered
        return None if moment is None else moment - self._interaction.created

    @property
    def messages(self) -> list[Message]:
        """The messages that it made and that still stand, oldest first; for an update, the message updated."""
        ids = dict.fromkeys([*self._interaction.message_ids, self._interaction.original_id])
        found = (self._service.world.messages.get(identifier or "") for identifier in ids)
        return [message for message in found if message is not None]

    @property
    def added(self) -> list[Message]:
        """Of `messages` those that are new, and not the message whose button was pressed."""
        return [message for message in self.messages if message.id in self._interaction.message_ids]

    @property
    def message(self) -> Message:
        """The only message.

        Raises:
            AssertionError: There is none, or more than one.
        """
        assert len(self.messages) == 1, f"expected one message, found {len(self.messages)}: {self.texts()}"
        return self.messages[0]

    @property
    def ephemeral(self) -> bool:
        """Whether every message is for the asker alone."""
        return bool(self.messages) and all(message.ephemeral for message in self.messages)

    @property
    def choices(self) -> list[Json]:
        """The choices of an autocomplete, each with `name` and `value`."""
        return list(self._interaction.choices)

    @property
    def modal(self) -> Json | None:
        """The modal that it opened."""
        return self._interaction.modal

    def texts(self) -> list[str]:
        """All that its messages say."""
        return [text for message in self.messages for text in message.texts()]

    @property
    def text(self) -> str:
        """All that its messages say, a line between."""
        return "\n".join(self.texts())

    async def wait_until(self, done: Callable[[InteractionRun], bool], timeout: float = 10.0) -> None:  # noqa: ASYNC109  # a test's patience
        """Wait for the bot to bring something about.

        Raises:
            AssertionError: It did not within `timeout` seconds.
        """
        deadline = asyncio.get_running_loop().time() + timeout
        while not done(self):
            changed = self._interaction.changed
            try:
                await asyncio.wait_for(changed.wait(), deadline - asyncio.get_running_loop().time())
            except TimeoutError:
                raise AssertionError(f"the bot did not go on within {timeout} s; so far: {self!r}") from None

    async def settle(self, timeout: float, quiet: float) -> None:  # noqa: ASYNC109  # a test's patience
        """Wait for the first response, and for the answer where that was a deferral.

        Args:
            timeout: Seconds to wait for an answer after a deferral.
            quiet: Seconds to wait for more after a bare acknowledgement of a press, which may be all there is.

        Raises:
            AssertionError: A deferral was never followed by an answer.
        """
        deadline = self._service.clock.wait_until(
            self._interaction.created + self._service.counter.first_response_seconds
        )
        late = asyncio.ensure_future(deadline)
        try:
            while self.response is None and not late.done():
                changed = asyncio.ensure_future(self._interaction.changed.wait())
                await asyncio.wait({changed, late}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
        finally:
            late.cancel()
        if self.response is Response.DEFERRED_MESSAGE:
            await self.wait_until(lambda run: run.answered_after is not None, timeout)
        elif self.response is Response.DEFERRED_UPDATE:
            try:
                await self.wait_until(lambda run: run.answered_after is not None, quiet)
            except AssertionError:
                return

    def __repr__(self) -> str:
        waited = self.acknowledged_after
        first = "no response" if waited is None else f"{self.response!r} after {waited:.3f} s"
        return f"<InteractionRun {first}, messages: {self.texts()}>"
