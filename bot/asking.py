"""Everything that members can ask of the bot: `bot.assistant.Assistant` over what serves and what is remembered."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rapidfuzz.fuzz import token_sort_ratio

from bot.answer_queue import CLOSING_SECONDS
from bot.callers import Names
from bot.composing import Asked, Composer
from bot.library import UnknownSubjectError
from bot.member_errors import ArticleUnknownError, QuestionTooLongError
from bot.messages.catalogue import Messages
from bot.opinions import OPINIONS, give_opinion
from bot.panels import Add
from bot.pressing import check_allowed, effects_of
from bot.remembering import record_of
from bot.rendering.limits import text_length
from bot.replies.custom_ids import read_id
from bot.replies.information import Facts, about_panel, greeting_panel, help_panel, note_panel
from bot.replies.lists import articles_panel, related_panel, subjects_panel
from bot.replies.look import Look
from bot.storage.records import AnsweredMessage, now
from bot.storage.storage import RETENTION_DAYS
from bot.suggesting import Suggester
from bot.understanding import Context, understood
from retrieval.domain import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answer_queue import AnswerQueue
    from bot.callers import Caller
    from bot.cooldowns import Cooldowns
    from bot.panels import Effect, Memory, Panel
    from bot.rendering.discord_markdown import FormulaDrawer
    from bot.serving import Served
    from bot.storage.storage import Storage
    from bot.title_search import Choice
    from retrieval.domain import Article

T = TypeVar("T")

LONGEST_QUESTION = 4_000
"""UTF-16 code units of a question."""

CONVERSATION = dt.timedelta(minutes=30)
"""How long the last answer in a direct message is what the next question may refer to."""

_LIKE_ENOUGH = 60.0  # of 100: what was typed is taken for a title
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AskingOptions:
    """What can be chosen about answering members.

    Attributes:
        site_url: Address of the site that the articles are on, without a slash at its end.
        version: The program's version, to be told.
        volunteer_confidence: Least probability of an answer that nobody asked the bot for.
    """

    site_url: str
    version: str
    volunteer_confidence: float = 0.9


class Asker:
    """`bot.assistant.Assistant`. For one event loop.

    Args:
        served: What answers.
        storage: What is remembered.
        queue: Runs what takes long.
        cooldowns: How often members may ask.
        draw: Draws formulas.
        options: The rest.

    Attributes:
        names: How the bot and its commands are called in texts.
    """

    def __init__(  # noqa: PLR0913  # the parts of an assistant, each with its own maker
        self,
        served: Served,
        storage: Storage,
        queue: AnswerQueue,
        cooldowns: Cooldowns,
        *,
        draw: FormulaDrawer,
        options: AskingOptions,
    ) -> None:
        self.names = Names()
        self._served = served
        self._storage = storage
        self._queue = queue
        self._cooldowns = cooldowns
        self._draw = draw
        self._options = options
        self._suggester = Suggester(served)

    async def ask(
        self, caller: Caller, question: str, *, subject: str | None = None, private: bool = False, above: str = ""
    ) -> Panel:
        """See `bot.assistant.Assistant.ask`."""
        self._admit(caller, question)

        def compose(composer: Composer) -> Panel:
            key = composer.serving.library.subject_key(subject) if subject else None
            url = composer.serving.titles.chosen_url(question)
            if url is not None:
                return composer.article(caller, composer.found(url), private=private, above=above)
            asked = Asked(question, key, above, private)
            return composer.reply(caller, asked, composer.serving.library.ask(question, subject_key=key))

        return await self._compose(caller, compose)

    async def follow_up(self, caller: Caller, question: str, message_id: int | None) -> Panel:
        """See `bot.assistant.Assistant.follow_up`."""
        self._admit(caller, question)
        earlier = await self._earlier(caller, message_id)
        context = Context(earlier.question, earlier.subject_key) if earlier else None

        def compose(composer: Composer) -> Panel:
            asked, reply = understood(composer.serving, question, context)
            return composer.reply(caller, asked, reply)

        return await self._compose(caller, compose)

    async def volunteer(self, caller: Caller, question: str) -> Panel | None:
        """See `bot.assistant.Assistant.volunteer`."""
        introduction = self._look(caller).messages.t("forum-introduction")
        asked = Asked(question[:LONGEST_QUESTION], above=introduction, is_volunteered=True)

        def compose(composer: Composer) -> Panel | None:
            reply = composer.serving.library.ask(asked.question)
            if not isinstance(reply, Answer) or reply.confidence < self._options.volunteer_confidence:
                return None
            return composer.reply(caller, asked, reply)

        return await self._compose(caller, compose)

    async def article(self, caller: Caller, title: str) -> Panel:
        """See `bot.assistant.Assistant.article`."""
        self._admit(caller, title)
        return await self._compose(
            caller, lambda composer: composer.article(caller, _titled(composer, title), private=False)
        )

    async def related(self, caller: Caller, title: str) -> Panel:
        """See `bot.assistant.Assistant.related`."""
        self._admit(caller, title)

        def compose(composer: Composer) -> Panel:
            article = _titled(composer, title)
            return related_panel(composer.look, article, composer.serving.library.related(article))

        return await self._compose(caller, compose)

    async def browse(self, caller: Caller, subject: str | None) -> Panel:
        """See `bot.assistant.Assistant.browse`."""
        self._admit(caller, subject or "")

        def compose(composer: Composer) -> Panel:
            serving = composer.serving
            if not subject:
                return subjects_panel(composer.look, caller.member_id, serving.library.subjects())
            found = serving.subject(serving.library.subject_key(subject))
            if found is None:
                raise UnknownSubjectError(subject, ())
            return articles_panel(composer.look, caller.member_id, found, serving.titles.of_subject(found.key))

        return await self._compose(caller, compose)

    async def help(self, caller: Caller) -> Panel:
        """See `bot.assistant.Assistant.help`."""
        return help_panel(self._look(caller))

    async def about(self, caller: Caller) -> Panel:
        """See `bot.assistant.Assistant.about`."""

        def compose(composer: Composer) -> Panel:
            counts = composer.serving.library.subjects()
            articles = sum(count for _, count in counts)
            generation = composer.serving.generation_id
            facts = Facts(articles, len(counts), generation, self._options.version, RETENTION_DAYS)
            return about_panel(composer.look, facts)

        return await self._compose(caller, compose)

    async def greet(self, caller: Caller) -> Panel:
        """See `bot.assistant.Assistant.greet`."""
        return greeting_panel(self._look(caller), direct=caller.guild_id is None)

    async def forget_me(self, caller: Caller) -> Panel:
        """See `bot.assistant.Assistant.forget_me`."""
        count = await self._storage.forget_member(caller.member_id)
        return note_panel(self._look(caller).messages.t("forgotten", count=count))

    async def suggest_articles(self, typed: str, subject: str | None = None) -> Sequence[Choice]:
        """See `bot.assistant.Assistant.suggest_articles`."""
        return await self._suggester.articles(typed, subject)

    async def suggest_subjects(self, typed: str, locale: str | None) -> Sequence[Choice]:
        """See `bot.assistant.Assistant.suggest_subjects`."""
        return await self._suggester.subjects(typed, locale)

    async def press(
        self, caller: Caller, message_id: int, custom_id: str, values: Sequence[str] = ()
    ) -> Sequence[Effect]:
        """See `bot.assistant.Assistant.press`."""
        pressed = read_id(custom_id)
        record = await self._storage.answered.get(message_id)
        check_allowed(caller, pressed, record)
        if pressed.action in OPINIONS:
            said = await give_opinion(self._storage.feedback, caller.member_id, pressed.action, record)
            return (Add(note_panel(self._look(caller).messages.t(said))),)
        return await self._compose(caller, lambda composer: effects_of(composer, caller, pressed, record, values))

    async def sent(self, caller: Caller, memory: Memory, message_id: int, *, private: bool) -> None:
        """See `bot.assistant.Assistant.sent`."""
        await self._storage.answered.save(record_of(caller, memory, message_id, private=private))

    async def deleted(self, message_id: int) -> None:
        """See `bot.assistant.Assistant.deleted`."""
        await self._storage.answered.delete(message_id)

    async def tidy(self) -> None:
        """Forget what is older than the bot promises to remember; to be called once a day."""
        forgotten = await self._storage.purge()
        _log.info("forgot %d answers that were older than %d days", forgotten, RETENTION_DAYS)

    async def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Finish what was begun, and begin nothing more.

        Args:
            seconds: How long that may take, counted from the first call. What takes longer is given up.
        """
        await asyncio.gather(self._queue.close(seconds), self._suggester.close(seconds))

    def _admit(self, caller: Caller, typed: str) -> None:
        if text_length(typed) > LONGEST_QUESTION:
            raise QuestionTooLongError(LONGEST_QUESTION)
        self._cooldowns.take(caller.member_id, caller.guild_id)

    def _look(self, caller: Caller) -> Look:
        return Look(Messages.for_locale(caller.locale), self._options.site_url, self._draw, self.names)

    async def _compose(self, caller: Caller, compose: Callable[[Composer], T]) -> T:
        """Make something from the present serving, in a thread; it is the same serving from beginning to end."""
        look = self._look(caller)

        def work() -> T:
            with self._served.lease() as serving:
                return compose(Composer(serving, look))

        return await self._queue.run(work)

    async def _earlier(self, caller: Caller, message_id: int | None) -> AnsweredMessage | None:
        """The answer that a question may refer to."""
        if message_id is not None:
            return await self._storage.answered.get(message_id)
        latest = await self._storage.answered.latest(caller.channel_id, caller.member_id)
        return latest if latest is not None and now() - latest.answered_at <= CONVERSATION else None


def _titled(composer: Composer, title: str) -> Article:
    """The article that a suggestion stands for, or whose title is nearest to what was typed.

    Raises:
        ArticleUnknownError: No title is near.
        ArticleGoneError: The suggestion is of another generation.
    """
    titles = composer.serving.titles
    url = titles.chosen_url(title)
    if url is None:
        for choice in titles.search(title, limit=1) if title.strip() else ():
            found = composer.found(titles.chosen_url(choice.value) or "")
            if token_sort_ratio(title.casefold(), found.question.casefold()) >= _LIKE_ENOUGH:
                return found
        raise ArticleUnknownError(title)
    return composer.found(url)
