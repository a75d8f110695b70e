"""The custom ids of the buttons under a build: an action, and its build or generation.

As in `bot.panels.custom_ids`, an id holds no permission: whoever presses is checked, whatever it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.member_errors import AnswerExpiredError, BuildEndedError
from retrieval.generations.manifest import is_id

_PREFIX = "x1:index:"
_BUILD = re.compile(r"[0-9a-f]{16}")


class IndexAction(Enum):
    """What a button under a build is for."""

    CANCEL = "cancel"
    """Stop the build; argument: its key."""
    ROLL_BACK = "rollback"
    """Let the generation serve that served before; argument: its id."""
    CONFIRM = "confirm"
    """Let a generation serve although the rules object to it; argument: its id."""


@dataclass(frozen=True, slots=True)
class IndexPressed:
    """What was pressed.

    Attributes:
        action: What for.
        argument: The build or the generation that it is about.
    """

    action: IndexAction
    argument: str


def make_index_id(action: IndexAction, argument: str) -> str:
    """The id of a button.

    Raises:
        ValueError: The argument is none.
    """
    if not _fits(action, argument):
        raise ValueError(f"{argument!r} is nothing to {action.value}")
    return f"{_PREFIX}{action.value}:{argument}"


def is_index_id(custom_id: str) -> bool:
    """Whether an id looks like one of a button under a build, of whatever version."""
    return custom_id.startswith(_PREFIX)


def read_index_id(custom_id: str) -> IndexPressed:
    """What an id says.

    Raises:
        BuildEndedError: It stops a build that it does not name; so did earlier versions, and theirs have ended.
        AnswerExpiredError: It was not made by any version of the bot.
    """
    name, _, argument = custom_id.removeprefix(_PREFIX).partition(":")
    action = next((each for each in IndexAction if each.value == name), None)
    if action is IndexAction.CANCEL and not _fits(action, argument):
        raise BuildEndedError
    if action is None or not _fits(action, argument):
        raise AnswerExpiredError(custom_id[:100])
    return IndexPressed(action, argument)


def _fits(action: IndexAction, argument: str) -> bool:
    return _BUILD.fullmatch(argument) is not None if action is IndexAction.CANCEL else is_id(argument)
