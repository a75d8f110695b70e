"""What members think of answers: given, changed and taken back by pressing the same two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.member_errors import AnswerExpiredError
from bot.panels.custom_ids import Action
from bot.storage.records import Feedback

if TYPE_CHECKING:
    from bot.storage.base import FeedbackBook
    from bot.storage.records import AnsweredMessage

OPINIONS = {Action.HELPFUL: True, Action.NOT_HELPFUL: False}
"""What tells whether an answer helped."""


async def give_opinion(book: FeedbackBook, member_id: int, action: Action, record: AnsweredMessage | None) -> str:
    """Write an opinion down, or take it back where it is the same as before.

    Args:
        book: Where it is written.
        member_id: Whose it is.
        action: One of `OPINIONS`.
        record: What is remembered of the message that it is about.

    Returns:
        Key of the text that says what was done.

    Raises:
        AnswerExpiredError: Nothing is remembered of the message, or it shows no article.
        StorageError: The book cannot be read or written.
    """
    if record is None or record.article_url is None:
        raise AnswerExpiredError
    helpful, key = OPINIONS[action], (record.message_id, member_id, record.article_url)
    before = await book.get(*key)
    if before is not None and before.helpful is helpful:
        await book.withdraw(*key)
        return "feedback-withdrawn"
    await book.give(Feedback(*key, helpful=helpful, generation=record.generation))
    if helpful:
        return "feedback-helpful"
    return "feedback-not-helpful-next" if _offers_next(record, member_id) else "feedback-not-helpful"


def _offers_next(record: AnsweredMessage, member_id: int) -> bool:
    """Whether the message shows a button for the next candidate, and this member may press it."""
    return bool(record.candidates) and not record.page and member_id == record.asker_id
