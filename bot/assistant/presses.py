"""Effects of buttons and selects, given what is remembered of their message. Runs in a worker thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.member_errors import AnswerExpiredError, ArticleGoneError
from bot.panels.components import Add, Effect, Panel, Remove, Replace
from bot.panels.custom_ids import ButtonAction, Pressed
from bot.panels.information import note_panel
from bot.panels.lists import articles_panel, related_panel, subject_token, subjects_panel
from bot.rendering.escaping import escape_line
from bot.rendering.limits import shorten
from bot.rendering.reply_text import article_link
from bot.storage.records import Feedback, MessageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.assistant.composer import Composer
    from bot.callers import Caller
    from bot.storage.feedback import FeedbackBook
    from bot.storage.records import AnsweredMessage, Memory


_MAX_TITLE_LENGTH = 150


def effects_of(
    composer: Composer, caller: Caller, pressed: Pressed, record: AnsweredMessage | None, values: Sequence[str]
) -> tuple[Effect, ...]:
    """The effects of an allowed press; where the article is gone, a note says what happened to it.

    Args:
        composer: Makes panels, in the language of whoever pressed.
        record: What is remembered of the message; known wherever it must be.
        values: What was chosen in a select.

    Raises:
        AnswerExpiredError: What was pressed does not fit the message.
        ArticleGoneError: The article is not in the index any more, and nothing is known of it.
    """
    try:
        return _effects(composer, caller, pressed, record, values)
    except ArticleGoneError as error:
        note = _gone_note(composer, error.article)
        if note is None:
            raise
        return (Add(note),)


def _gone_note(composer: Composer, url: str) -> Panel | None:
    """A note that says where an article is now, or since when it is gone; ``None`` where that is unknown."""
    gone = composer.index.articles.what_became_of(url)
    if gone is None:
        return None
    successor = composer.index.article(gone.successor) if gone.successor else None
    if successor is not None:
        link = article_link(successor, composer.context.site_url)
        return note_panel(composer.context.messages.t("article-moved", link=link))
    title = escape_line(shorten(gone.question, _MAX_TITLE_LENGTH))
    return note_panel(composer.context.messages.t("article-gone-since", title=title, when=gone.gone_at[:10]))


def _effects(  # noqa: PLR0911  # one return a kind of button
    composer: Composer, caller: Caller, pressed: Pressed, record: AnsweredMessage | None, values: Sequence[str]
) -> tuple[Effect, ...]:
    match pressed.action:
        case ButtonAction.DELETE:
            return (Remove(),)
        case ButtonAction.OPEN:
            article = composer.index.known_article(_chosen(composer, values))
            return (Add(composer.article(caller, article, private=True)),)
        case ButtonAction.SUBJECTS | ButtonAction.SUBJECT | ButtonAction.ARTICLES:
            return (Replace(composer.remembered(caller, _list(composer, pressed, values), MessageKind.BROWSING)),)
        case ButtonAction.RELATED:
            article = composer.index.known_article(_known(record).memory.article_url or "")
            listed = related_panel(composer.context, article, composer.index.related(article))
            return (Add(composer.remembered(caller, listed, MessageKind.ARTICLES)),)
        case ButtonAction.NOT_THIS:
            return (_next(composer, _known(record)),)
        case ButtonAction.SHARE:
            return _shared(composer, caller, _known(record))
        case _:
            known = _known(record)
            memory = _turned(composer, pressed, known.memory, values)
            return (Replace(composer.again(memory, private=known.private)),)


def _turned(composer: Composer, pressed: Pressed, memory: Memory, values: Sequence[str]) -> Memory:
    """The memory after a page was turned or another article was chosen."""
    if pressed.action is ButtonAction.READ:
        return replace(memory, page=max(pressed.number(0), 1))
    if pressed.action is ButtonAction.EXCERPT:
        return replace(memory, page=0)
    url = _chosen(composer, values)
    if url not in (*memory.candidates, *memory.seen):
        raise AnswerExpiredError
    before = (memory.article_url,) if memory.article_url else ()
    left = tuple(each for each in (*memory.candidates, *before) if each != url)
    seen = tuple(each for each in memory.seen if each != url)
    return replace(memory, article_url=url, candidates=left, seen=seen, confidence=None, page=0)


def _next(composer: Composer, record: AnsweredMessage) -> Effect:
    """Show the next candidate that still exists, or say that none is left."""
    memory = record.memory
    passed = (*memory.seen, *((memory.article_url,) if memory.article_url else ()))
    left = [url for url in memory.candidates if url not in passed and composer.index.article(url)]
    if not left:
        return Add(note_panel(composer.context.messages.t("none-left")))
    url, *rest = left
    memory = replace(memory, article_url=url, candidates=tuple(rest), seen=passed, page=0)
    shown, confidence = composer.reconsider(memory)
    return Replace(composer.panel(replace(memory, confidence=confidence), shown, private=record.private))


def _shared(composer: Composer, caller: Caller, record: AnsweredMessage) -> tuple[Effect, ...]:
    """Post the answer for everybody, and take the share button off the private message."""
    memory = record.memory
    if memory.article_url is None:
        raise AnswerExpiredError
    member = f"<@{caller.member_id}>"
    shown, _ = composer.reconsider(memory)
    above = composer.context.messages.t("answer-shared-by", member=member)
    public = composer.panel(replace(memory, above=above), shown, private=False)
    private = replace(composer.panel(memory, shown, private=False), is_private=True)
    return Add(public), Replace(private)


def _list(composer: Composer, pressed: Pressed, values: Sequence[str]) -> Panel:
    index = composer.index
    subjects = index.subject_counts
    if pressed.action is ButtonAction.SUBJECTS:
        return subjects_panel(composer.context, subjects, pressed.number(0))
    if pressed.action is ButtonAction.SUBJECT:
        wanted, page = values[0].rpartition(":")[2] if values else "", 1
    else:
        wanted, page = pressed.arguments[0], pressed.number(1)
    subject = next((subject for subject, _ in subjects if subject_token(subject) == wanted), None)
    if subject is None:
        raise AnswerExpiredError
    return articles_panel(composer.context, subject, index.titles.of_subject(subject.key), page)


def _chosen(composer: Composer, values: Sequence[str]) -> str:
    """Url of the article that was chosen in a select."""
    url = composer.index.titles.chosen_url(values[0]) if values else None
    if url is None:
        raise AnswerExpiredError
    return url


def _known(record: AnsweredMessage | None) -> AnsweredMessage:
    if record is None:
        raise AnswerExpiredError
    return record


RATINGS = {ButtonAction.HELPFUL: True, ButtonAction.NOT_HELPFUL: False}
"""The rating buttons, and whether they say that the answer helped."""


async def save_rating(book: FeedbackBook, member_id: int, action: ButtonAction, record: AnsweredMessage | None) -> str:
    """Save a rating, or withdraw it where it is the same as before.

    Args:
        action: One of `RATINGS`.

    Returns:
        Key of the text that says what was done.

    Raises:
        AnswerExpiredError: Nothing is remembered of the message, or it shows no article.
        StorageError: The book cannot be read or written.
    """
    if record is None or record.memory.article_url is None:
        raise AnswerExpiredError
    helpful, key = RATINGS[action], (record.message_id, member_id, record.memory.article_url)
    before = await book.get(*key)
    if before is not None and before.helpful is helpful:
        await book.withdraw(*key)
        return "feedback-withdrawn"
    await book.give(Feedback(*key, helpful=helpful, generation=record.memory.generation))
    if helpful:
        return "feedback-helpful"
    return "feedback-not-helpful-next" if _offers_next(record, member_id) else "feedback-not-helpful"


def _offers_next(record: AnsweredMessage, member_id: int) -> bool:
    """Whether the message shows a button for the next candidate, and this member may press it."""
    memory = record.memory
    return bool(memory.candidates) and not memory.page and member_id == memory.asker_id
