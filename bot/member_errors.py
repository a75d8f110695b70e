"""What goes wrong because of what a member did, or because the bot has its hands full. Facts only, no wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.generations.lock import LockHolder


class MemberError(Exception):
    """The root of what a member is told about privately."""


class NotYoursError(MemberError):
    """Someone pressed a button of an answer that another member asked for."""


class NotYoursToDeleteError(MemberError):
    """Someone who is neither the asker nor a moderator wanted to delete an answer."""


class ModeratorsOnlyError(MemberError):
    """Only moderators may do that."""


class AdminsOnlyError(MemberError):
    """Only those whom the operator of the bot has named may do that."""


class AlreadyRunningError(MemberError):
    """This process is building the index already.

    Attributes:
        link: Address of the message that shows it; empty where there is none.
    """

    def __init__(self, link: str) -> None:
        self.link = link
        super().__init__("a build of the index is under way already")


class AlreadyBuildingError(MemberError):
    """Another process is building the index.

    Attributes:
        holder: Which, since when, and how far it is.
    """

    def __init__(self, holder: LockHolder) -> None:
        self.holder = holder
        super().__init__(f"{holder.described()} is changing the index already")


class BuildEndedError(MemberError):
    """A build that shall be stopped does not run (any more); another one may."""


class ServerOnlyError(MemberError):
    """That makes sense only in a server."""


class AnswerExpiredError(MemberError):
    """Nothing is remembered (any more) about the message that a button belongs to, or the button is not one of it."""


class QuestionTooLongError(MemberError):
    """A question has too many characters.

    Attributes:
        limit: The most that are accepted.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"the question is longer than {limit:,} characters")


class NothingTypedError(MemberError):
    """A title of an article was wanted, and nothing but marks was typed."""


class ArticleGoneError(MemberError):
    """An article that was chosen or shown before is not in the index that serves now.

    Attributes:
        article: Its url, or the token that stood for it.
    """

    def __init__(self, article: str) -> None:
        self.article = article
        super().__init__(f"the index no longer holds the article {article}")


class BusyError(MemberError):
    """More work waits than can be done in good time.

    Attributes:
        waiting: How many pieces of work wait.
    """

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting} questions wait already")


class MemberBusyError(MemberError):
    """More work of one member is unfinished than one may have."""


class AnswerTooSlowError(MemberError):
    """An answer took longer than it may, and was given up.

    Attributes:
        seconds: How long it may take, rounded to whole seconds, at least 1.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"given up after {seconds:g} s; its thread is replaced, and ends when its work does")


class CooldownError(MemberError):
    """Asked or pressed too often.

    Attributes:
        seconds: How long to wait, rounded up to a whole second, at least 1.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too often; the next time is welcome in {seconds} s")


class MemberCooldownError(CooldownError):
    """A member asked too often."""


class PressCooldownError(CooldownError):
    """A member pressed buttons too often."""


class ServerCooldownError(CooldownError):
    """The members of a server together asked too often."""
