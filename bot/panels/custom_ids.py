"""What a button or select tells the bot when it is used: a short id that is written here and read here, strictly.

Most buttons say only what is wanted; whose they are, and which article and question they are about, is looked up by the
message that they belong to. An id is public and its sender is not to be trusted, so it never holds a permission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.member_errors import AnswerExpiredError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_ID_LENGTH = 100
"""Characters of an id; Discord accepts no more."""

_VERSION = "q1"
_PAGE = re.compile(r"[0-9]{1,6}")
_TOKEN = re.compile(r"[A-Za-z0-9_.~-]{1,60}")


class ButtonAction(Enum):
    """What a button or select does."""

    READ = "read"
    """Show a page of the whole article; argument: the page, 1-based."""
    EXCERPT = "excerpt"
    """Back from the pages to the excerpt."""
    NOT_THIS = "not-this"
    """Show the next candidate."""
    CHOOSE = "choose"
    """Select: show this one of the other matches or candidates."""
    RELATED = "related"
    """List the related articles, privately."""
    OPEN = "open"
    """Select: show this article in a message of its own, privately."""
    HELPFUL = "helpful"
    NOT_HELPFUL = "not-helpful"
    SHARE = "share"
    """Show a private answer to everybody."""
    DELETE = "delete"
    SUBJECTS = "subjects"
    """Turn the pages of the subjects; argument: the page."""
    SUBJECT = "subject"
    """Select: show the articles of this subject."""
    ARTICLES = "articles"
    """Turn the pages of a subject's articles; arguments: the subject's token, the page."""


_SHAPES = {
    ButtonAction.READ: (_PAGE,),
    ButtonAction.SUBJECTS: (_PAGE,),
    ButtonAction.ARTICLES: (_TOKEN, _PAGE),
}
"""The shapes of an action's arguments; actions not listed have none."""

_ACTIONS = {action.value: action for action in ButtonAction}


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed.

    Attributes:
        action: What for.
        arguments: What the action says besides: as many, and of such shapes, as the action's own documentation tells.
    """

    action: ButtonAction
    arguments: tuple[str, ...] = ()

    def number(self, place: int) -> int:
        """An argument that is a page."""
        return int(self.arguments[place])


def make_id(action: ButtonAction, *arguments: str | int, mark: str = "") -> str:
    """The id of a button or select.

    Args:
        arguments: What the action says besides, as its own documentation tells.
        mark: Tells apart two buttons of one message that are for the same; it is not read.

    Raises:
        ValueError: The action does not take these arguments, or they cannot stand in an id.
    """
    said = tuple(str(argument) for argument in arguments)
    custom_id = ":".join((_VERSION, action.value, *said)) + (f"#{mark}" if mark else "")
    if not _fits(action, said) or len(custom_id) > MAX_ID_LENGTH:
        raise ValueError(f"{custom_id!r} is no id; {len(_SHAPES.get(action, ()))} arguments, in all {MAX_ID_LENGTH}")
    return custom_id


def is_panel_id(custom_id: str) -> bool:
    """Whether an id looks like one of this bot, of whatever version."""
    return re.match(r"q\d+:", custom_id) is not None


def read_id(custom_id: str) -> Pressed:
    """What an id says.

    Raises:
        AnswerExpiredError: It was not made by this version of the bot.
    """
    version, _, said = custom_id.partition("#")[0].partition(":")
    name, *arguments = said.split(":")
    action = _ACTIONS.get(name)
    if len(custom_id) > MAX_ID_LENGTH or version != _VERSION or action is None or not _fits(action, arguments):
        raise AnswerExpiredError(custom_id[:MAX_ID_LENGTH])
    return Pressed(action, tuple(arguments))


def _fits(action: ButtonAction, arguments: Sequence[str]) -> bool:
    shapes = _SHAPES.get(action, ())
    return len(arguments) == len(shapes) and all(map(re.Pattern.fullmatch, shapes, arguments))
