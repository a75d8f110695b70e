"""Admission: how long a text may be, and how often members and servers may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.member_errors import CooldownError, MemberCooldownError, PressCooldownError, QuestionTooLongError
from bot.rendering.limits import text_length

if TYPE_CHECKING:
    from bot.callers import Caller
    from bot.workload.cooldowns import Cooldowns

MAX_QUESTION_LENGTH = 4_000
"""UTF-16 code units of a question, and of whatever else is typed into a command."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits questions, presses and posts within their allowances. For one event loop.

    Args:
        questions: How often may be asked.
        presses: How often buttons may be pressed, and commands be used that ask nothing.
        unasked: How many posts are read to which nobody asked the bot to say something.
    """

    questions: Cooldowns
    presses: Cooldowns
    unasked: Cooldowns

    def question(self, caller: Caller, *typed: str) -> None:
        """Let a question in; a refused one costs nothing.

        Raises:
            QuestionTooLongError: It is too long.
            MemberCooldownError: The member must wait.
            ServerCooldownError: The server must wait.
        """
        if any(text_length(text) > MAX_QUESTION_LENGTH for text in typed):
            raise QuestionTooLongError(MAX_QUESTION_LENGTH)
        self.questions.take(caller.member_id, caller.guild_id)

    def press(self, caller: Caller) -> None:
        """Let in what was pressed.

        Raises:
            PressCooldownError: The member must wait.
            ServerCooldownError: The server must wait.
        """
        try:
            self.presses.take(caller.member_id, caller.guild_id)
        except MemberCooldownError as error:
            raise PressCooldownError(error.seconds) from None

    def post(self, caller: Caller) -> bool:
        """Whether a post may be read that is addressed to nobody."""
        try:
            self.unasked.take(caller.member_id, caller.guild_id)
        except CooldownError:
            return False
        return True
