"""What no client of Discord's does, but a program of somebody's own can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_double import offers
from tests.discord_double.actions import Actions
from tests.discord_double.components import BUTTON, STRING_SELECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.discord_double.interaction_run import InteractionRun
    from tests.discord_double.refusals import Json
    from tests.discord_double.state import Message, User


class Forgeries(Actions):
    """Interactions whose contents are made up."""

    async def forge_press(
        self, user: User, message: Message, custom_id: str, values: Sequence[str] | None = None
    ) -> InteractionRun:
        """Press what a message does not have.

        Args:
            user: Who; they see the message.
            message: The message that it is said to belong to.
            custom_id: Any text.
            values: What is said to be chosen; without it, it is a button.
        """
        current = offers.seen(self._service, user, message)
        data: Json = {"component_type": BUTTON, "custom_id": custom_id, "id": 1}
        if values is not None:
            data |= {"component_type": STRING_SELECT, "values": list(values)}
        return await self._use_component(user, current, data)
