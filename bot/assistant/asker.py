"""Everything that members can ask of the bot: the `Assistant` over the index that serves and what is remembered."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot.assistant.composer import Asked, Composer
from bot.assistant.follow_ups import Context, understood
from bot.assistant.nearest_article import article_meant
from bot.assistant.press_rules import check_allowed
from bot.assistant.presses import OPINIONS, effects_of, give_opinion
from bot.assistant.suggester import Suggester
from bot.callers import Names
from bot.live_index.open_index import UnknownSubjectError
from bot.messages.catalogue import Messages
from bot.panels.components import Add
from bot.panels.context import Look
from bot.panels.custom_ids import read_id
from bot.panels.information import Facts, about_panel, greeting_panel, help_panel, note_panel
from bot.panels.lists import articles_panel, nearest_line, related_panel, subjects_panel, unknown_article_panel
from bot.storage.records import AnsweredMessage, MessageKind, now, record_of
from bot.storage.storage import RETENTION_DAYS
from bot.workload.admission import LONGEST_QUESTION
from bot.workload.answer_queue import CLOSING_SECONDS
from retrieval.domain import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from bot.callers import Caller
    from bot.live_index.live import Served
    from bot.live_index.title_search import Choice
    from bot.panels.components import Effect, Panel
    from bot.rendering.discord_markdown import FormulaDrawer
    from bot.storage.records import Memory
    from bot.storage.storage import Storage
    from bot.workload.admission import Admission
    from bot.workload.answer_queue import AnswerQueue

T = TypeVar("T")

CONVERSATION = dt.timedelta(minutes=30)
"""How long the last answer in a direct message is what the next question may refer to."""

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
    """`bot.assistant.assistant.Assistant`. For one event loop.

    Args:
        served: What answers.
        storage: What is remembered.
        queue: Runs what takes long.
        admission: How often members may want something.
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
        admission: Admission,
        *,
        draw: FormulaDrawer,
        options: AskingOptions,
    ) -> None:
        self.names = Names()
        self._served = served
        self._storage = storage
        self._queue = queue
        self._admission = admission
        self._draw = draw
        self._options = options
        self._suggester = Suggester(served)

    async def ask(
        self, caller: Caller, question: str, *, subject: str | None = None, private: bool = False, above: str = ""
    ) -> Panel:
        """See `bot.assistant.assistant.Assistant.ask`."""
        self._admission.question(caller, question, subject or "")

        def compose(composer: Composer) -> Panel:
            key = composer.serving.library.subject_key(subject) if subject else None
            url = composer.serving.titles.chosen_url(question)
            if url is not None:
                return composer.article(caller, composer.found(url), private=private, above=above)
            asked = Asked(question, key, above, private)
            return composer.reply(caller, asked, composer.serving.library.ask(question, subject_key=key))

        return await self._compose(caller, compose)

    async def follow_up(self, caller: Caller, question: str, message_id: int | None) -> Panel:
        """See `bot.assistant.assistant.Assistant.follow_up`."""
        self._admission.question(caller, question)
        earlier = await self._earlier(caller, message_id)
        context = Context(earlier.question, earlier.subject_key) if earlier else None

        def compose(composer: Composer) -> Panel:
            asked, reply = understood(composer.serving, question, context)
            return composer.reply(caller, asked, reply)

        return await self._compose(caller, compose)

    async def volunteer(self, caller: Caller, question: str) -> Panel | None:
        """See `bot.assistant.assistant.Assistant.volunteer`."""
        if not self._admission.post(caller):
            _log.debug("a post is left unread: there were too many")
            return None
        introduction = self._look(caller).messages.t("forum-introduction")
        asked = Asked(question[:LONGEST_QUESTION], above=introduction, is_volunteered=True)

        def compose(composer: Composer) -> Panel | None:
            reply = composer.serving.library.ask(asked.question)
            if not isinstance(reply, Answer) or reply.confidence < self._options.volunteer_confidence:
                return None
            return composer.reply(caller, asked, reply)

        return await self._compose(caller, compose, ("unasked", caller.guild_id or caller.channel_id))

    async def article(self, caller: Caller, title: str) -> Panel:
        """See `bot.assistant.assistant.Assistant.article`."""
        self._admission.question(caller, title)

        def compose(composer: Composer) -> Panel:
            meant = article_meant(composer, title)
            if meant.article is None:
                panel = unknown_article_panel(composer.look, title, meant.others)
                return composer.remembered(caller, panel, MessageKind.ARTICLES)
            if not meant.is_nearest:
                return composer.article(caller, meant.article, private=False)
            return composer.nearest(caller, title, meant)

        return await self._compose(caller, compose)

    async def related(self, caller: Caller, title: str) -> Panel:
        """See `bot.assistant.assistant.Assistant.related`."""
        self._admission.question(caller, title)

        def compose(composer: Composer) -> Panel:
            meant = article_meant(composer, title)
            if meant.article is None:
                panel = unknown_article_panel(composer.look, title, meant.others)
            else:
                panel = related_panel(composer.look, meant.article, composer.serving.library.related(meant.article))
            if meant.is_nearest:
                panel = replace(panel, above=nearest_line(composer.look, title))
            return composer.remembered(caller, panel, MessageKind.ARTICLES)

        return await self._compose(caller, compose)

    async def browse(self, caller: Caller, subject: str | None) -> Panel:
        """See `bot.assistant.assistant.Assistant.browse`."""
        self._admission.question(caller, subject or "")

        def compose(composer: Composer) -> Panel:
            serving = composer.serving
            if not subject:
                panel = subjects_panel(composer.look, serving.library.subjects())
                return composer.remembered(caller, panel, MessageKind.BROWSING)
            found = serving.subject(serving.library.subject_key(subject))
            if found is None:
                raise UnknownSubjectError(subject, ())
            panel = articles_panel(composer.look, found, serving.titles.of_subject(found.key))
            return composer.remembered(caller, panel, MessageKind.BROWSING)

        return await self._compose(caller, compose)

    async def help(self, caller: Caller) -> Panel:
        """See `bot.assistant.assistant.Assistant.help`."""
        self._admission.press(caller)
        return help_panel(self._look(caller))

    async def about(self, caller: Caller) -> Panel:
        """See `bot.assistant.assistant.Assistant.about`."""
        self._admission.press(caller)

        def compose(composer: Composer) -> Panel:
            counts = composer.serving.library.subjects()
            articles = sum(count for _, count in counts)
            generation = composer.serving.generation_id
            facts = Facts(articles, len(counts), generation, self._options.version, RETENTION_DAYS)
            return about_panel(composer.look, facts)

        return await self._compose(caller, compose)

    async def greet(self, caller: Caller) -> Panel:
        """See `bot.assistant.assistant.Assistant.greet`."""
        self._admission.press(caller)
        return greeting_panel(self._look(caller), direct=caller.guild_id is None)

    async def no_text(self, caller: Caller) -> Panel:
        """See `bot.assistant.assistant.Assistant.no_text`."""
        self._admission.press(caller)
        return note_panel(self._look(caller).messages.t("none-no-text", command=self.names.command("ask")))

    async def forget_me(self, caller: Caller) -> Panel:
        """See `bot.assistant.assistant.Assistant.forget_me`."""
        self._admission.press(caller)
        count = await self._storage.forget_member(caller.member_id)
        return note_panel(self._look(caller).messages.t("forgotten", count=count))

    async def suggest_articles(
        self, typed: str, subject: str | None = None, *, member_id: int | None = None
    ) -> Sequence[Choice]:
        """See `bot.assistant.assistant.Assistant.suggest_articles`."""
        return await self._suggester.articles(typed, subject, member_id=member_id)

    async def suggest_subjects(
        self, typed: str, locale: str | None, *, member_id: int | None = None
    ) -> Sequence[Choice]:
        """See `bot.assistant.assistant.Assistant.suggest_subjects`."""
        return await self._suggester.subjects(typed, locale, member_id=member_id)

    async def press(
        self, caller: Caller, message_id: int, custom_id: str, values: Sequence[str] = ()
    ) -> Sequence[Effect]:
        """See `bot.assistant.assistant.Assistant.press`."""
        self._admission.press(caller)
        pressed = read_id(custom_id)
        record = await self._storage.answered.get(message_id)
        check_allowed(caller, pressed, record)
        if pressed.action in OPINIONS:
            said = await give_opinion(self._storage.feedback, caller.member_id, pressed.action, record)
            return (Add(note_panel(self._look(caller).messages.t(said))),)
        return await self._compose(caller, lambda composer: effects_of(composer, caller, pressed, record, values))

    async def sent(self, caller: Caller, memory: Memory, message_id: int, *, private: bool) -> None:
        """See `bot.assistant.assistant.Assistant.sent`."""
        await self._storage.answered.save(record_of(caller, memory, message_id, private=private))

    async def deleted(self, message_id: int) -> None:
        """See `bot.assistant.assistant.Assistant.deleted`."""
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

    def _look(self, caller: Caller) -> Look:
        return Look(Messages.for_locale(caller.locale), self._options.site_url, self._draw, self.names)

    async def _compose(self, caller: Caller, compose: Callable[[Composer], T], owner: Hashable = None) -> T:
        """Make something from the present serving, in a thread; it is the same serving from beginning to end.

        Args:
            caller: Whose language is spoken.
            compose: Makes it.
            owner: At whose expense, if not at the caller's.
        """
        look = self._look(caller)

        def work() -> T:
            with self._served.lease() as serving:
                return compose(Composer(serving, look))

        return await self._queue.run(work, owner or caller.member_id)

    async def _earlier(self, caller: Caller, message_id: int | None) -> AnsweredMessage | None:
        """The answer that a question may refer to."""
        if message_id is not None:
            record = await self._storage.answered.get(message_id)
            return record if record is not None and record.kind is MessageKind.ANSWER else None
        latest = await self._storage.answered.latest(caller.channel_id, caller.member_id)
        return latest if latest is not None and now() - latest.answered_at <= CONVERSATION else None
