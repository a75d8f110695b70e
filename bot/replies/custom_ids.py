"""What a button or select tells the bot when it is used: a short id that is written here and read here, strictly.

Most buttons say only what is wanted; which article and which question they are about is looked up by the message that
they belong to. An id is public and its sender is not to be trusted, so it never holds a permission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.member_errors import AnswerExpiredError

LONGEST_ID = 100
"""Characters of an id; Discord accepts no more."""

_VERSION = "q1"
_ARGUMENT = re.compile(r"[A-Za-z0-9_.~-]{1,60}")
_ID = re.compile(rf"{_VERSION}:([a-z-]{{1,20}})((?::{_ARGUMENT.pattern}){{0,3}})")


class Action(Enum):
    """What a button or select is for."""

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
    """Turn the pages of the subjects; arguments: whose list it is, the page."""
    SUBJECT = "subject"
    """Select: show the articles of this subject; argument: whose list it is."""
    ARTICLES = "articles"
    """Turn the pages of a subject's articles; arguments: whose list it is, the subject's token, the page."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed.

    Attributes:
        action: What for.
        arguments: What the action says besides; the action's own documentation tells how many.
    """

    action: Action
    arguments: tuple[str, ...] = ()

    def number(self, place: int, default: int = 1) -> int:
        """An argument as a whole number; the default where it is none."""
        try:
            return int(self.arguments[place])
        except (IndexError, ValueError):
            return default


def make_id(action: Action, *arguments: str | int, mark: str = "") -> str:
    """The id of a button or select.

    Args:
        action: What it is for.
        arguments: Letters, digits and ``_.~-``, up to 60 characters each, at most three.
        mark: Tells apart two buttons of one message that are for the same; it is not read.

    Raises:
        ValueError: An argument cannot stand in an id.
    """
    said = [str(argument) for argument in arguments]
    custom_id = ":".join((_VERSION, action.value, *said))
    is_sound = all(map(_ARGUMENT.fullmatch, said)) and _ID.fullmatch(custom_id)
    if not is_sound or len(custom_id) + len(mark) + 1 > LONGEST_ID:
        raise ValueError(f"{custom_id!r} is no id; arguments are letters, digits and _.~-, in all {LONGEST_ID}")
    return f"{custom_id}#{mark}" if mark else custom_id


def is_ours(custom_id: str) -> bool:
    """Whether an id looks like one of this bot, of whatever version."""
    return re.match(r"q\d+:", custom_id) is not None


def read_id(custom_id: str) -> Pressed:
    """What an id says.

    Raises:
        AnswerExpiredError: It was not made by this version of the bot.
    """
    found = _ID.fullmatch(custom_id.partition("#")[0]) if len(custom_id) <= LONGEST_ID else None
    if found is None or found[1] not in {action.value for action in Action}:
        raise AnswerExpiredError(custom_id[:LONGEST_ID])
    return Pressed(Action(found[1]), tuple(found[2].split(":")[1:]))
