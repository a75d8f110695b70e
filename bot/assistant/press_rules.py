"""Who may press which button, decided by what is remembered of the message: the press itself can be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.member_errors import AnswerExpiredError, NotYoursError, NotYoursToDeleteError
from bot.panels.custom_ids import ButtonAction
from bot.storage.records import MessageKind

if TYPE_CHECKING:
    from bot.callers import Caller
    from bot.panels.custom_ids import Pressed
    from bot.storage.records import AnsweredMessage

ASKER_ONLY = frozenset(
    {
        ButtonAction.READ,
        ButtonAction.EXCERPT,
        ButtonAction.NOT_THIS,
        ButtonAction.CHOOSE,
        ButtonAction.SHARE,
        ButtonAction.SUBJECTS,
        ButtonAction.SUBJECT,
        ButtonAction.ARTICLES,
    }
)
"""What only the member who asked may press."""

_OF_A_LIST = frozenset({ButtonAction.SUBJECTS, ButtonAction.SUBJECT, ButtonAction.ARTICLES})
_FITS = {
    MessageKind.ANSWER: frozenset(ButtonAction) - _OF_A_LIST - {ButtonAction.OPEN},
    MessageKind.BROWSING: _OF_A_LIST | {ButtonAction.OPEN},
    MessageKind.ARTICLES: frozenset({ButtonAction.OPEN}),
}
_OF_AN_ARTICLE = frozenset(
    {ButtonAction.READ, ButtonAction.EXCERPT, ButtonAction.NOT_THIS, ButtonAction.RELATED, ButtonAction.SHARE}
)


def check_allowed(caller: Caller, pressed: Pressed, record: AnsweredMessage | None) -> None:
    """Refuse a press that is not allowed.

    Raises:
        NotYoursError: It is for the member who asked.
        NotYoursToDeleteError: Deleting is for the member who asked and for moderators.
        AnswerExpiredError: Nothing is remembered of the message, or it has no such button.
    """
    action = pressed.action
    if record is None:
        if action is ButtonAction.DELETE and caller.is_moderator:
            return
        raise AnswerExpiredError
    if not _is_offered(action, record):
        raise AnswerExpiredError
    if caller.member_id == record.memory.asker_id:
        return
    if action is ButtonAction.DELETE and not caller.is_moderator:
        raise NotYoursToDeleteError
    if action in ASKER_ONLY:
        raise NotYoursError


def _is_offered(action: ButtonAction, record: AnsweredMessage) -> bool:
    """Whether a message can have such a button at all."""
    if action not in _FITS[record.memory.kind] or (action is ButtonAction.SHARE and not record.private):
        return False
    return record.memory.article_url is not None or action not in _OF_AN_ARTICLE
