"""`Asker`: the `Assistant` that answers from the live index and the database."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot.assistant.composer import Composer, MemberQuestion
from bot.assistant.follow_ups import EarlierQuestion, interpret
from bot.assistant.nearest_article import find_by_title
from bot.assistant.press_rules import check_allowed
from bot.assistant.presses import RATINGS, effects_of, save_rating
from bot.assistant.suggester import Suggester
from bot.callers import Names
from bot.live_index.open_index import UnknownSubjectError
from bot.messages.catalogue import Messages
from bot.monitoring.asked import AskedMonitor, note_question
from bot.monitoring.metrics import Metrics
from bot.monitoring.outcomes import BotStage
from bot.panels.components import Add
from bot.panels.context import RenderContext
from bot.panels.custom_ids import read_id
from bot.panels.information import BotFacts, about_panel, greeting_panel, help_panel, note_panel
from bot.panels.lists import articles_panel, nearest_line, related_panel, subjects_panel, unknown_article_panel
from bot.storage.errors import StorageError
from bot.storage.records import AnsweredMessage, MessageKind, now
from bot.storage.storage import RETENTION_DAYS
from bot.workload.admission import MAX_QUESTION_LENGTH
from bot.workload.answer_queue import CLOSING_SECONDS
from retrieval.domain import Answer
from retrieval.stages import add_time

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from bot.callers import Caller
    from bot.live_index.live import LiveIndex
    from bot.panels.components import Effect, Panel
    from bot.rendering.discord_markdown import FormulaDrawer
    from bot.storage.records import Memory
    from bot.storage.storage import Storage
    from bot.workload.admission import Admission
    from bot.workload.answer_queue import AnswerQueue

T = TypeVar("T")

CONVERSATION_LENGTH = dt.timedelta(minutes=30)
"""For how long a question in a direct message may refer to the last answer there."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AskerOptions:
    """Options of an `Asker`.

    Attributes:
        site_url: Address of the site that the articles are on, without a slash at its end.
        volunteer_confidence: Minimum probability of an answer that nobody asked the bot for.
    """

    site_url: str
    version: str
    volunteer_confidence: float = 0.9


class Asker:
    """The `bot.assistant.assistant.Assistant` of the bot. Belongs to one event loop.

    Attributes:
        names: How the bot and its commands are called in texts.
        suggester: Makes suggestions while a member types.
        monitor: Observes what members ask; one of its own unless another is given.
    """

    def __init__(  # noqa: PLR0913  # the parts of an assistant, each with its own maker
        self,
        live: LiveIndex,
        storage: Storage,
        queue: AnswerQueue,
        admission: Admission,
        *,
        draw: FormulaDrawer,
        options: AskerOptions,
        monitor: AskedMonitor | None = None,
    ) -> None:
        self.names = Names()
        self._live = live
        self._storage = storage
        self._queue = queue
        self._admission = admission
        self._draw = draw
        self._options = options
        self.suggester = Suggester(live)
        self.monitor = monitor or AskedMonitor(Metrics())

    async def ask(
        self, caller: Caller, question: str, *, subject: str | None = None, private: bool = False, above: str = ""
    ) -> Panel:
        note_question(caller, question)
        self._admission.question(caller, question, subject or "")

        def compose(composer: Composer) -> Panel:
            key = composer.index.subject_key(subject) if subject else None
            url = composer.index.titles.chosen_url(question)
            if url is not None:
                return composer.article(caller, composer.index.known_article(url), private=private, above=above)
            asked = MemberQuestion(question, key, above, private)
            return composer.reply(caller, asked, composer.index.ask(question, subject_key=key))

        return await self._compose(caller, compose)

    async def follow_up(self, caller: Caller, question: str, message_id: int | None) -> Panel:
        note_question(caller, question)
        self._admission.question(caller, question)
        earlier = None
        try:
            earlier = await self._earlier(caller, message_id)
        except StorageError as error:  # without what was asked before, a question still has an answer
            _log.error("a question is answered without what was asked before: %s", error)  # the text says it all
        before = EarlierQuestion(earlier.memory.question, earlier.memory.subject_key) if earlier else None

        def compose(composer: Composer) -> Panel:
            asked, reply = interpret(composer.index, question, before)
            return composer.reply(caller, asked, reply)

        return await self._compose(caller, compose)

    async def volunteer(self, caller: Caller, question: str) -> Panel | None:
        note_question(caller, question)
        if not self._admission.post(caller):
            _log.debug("a post is left unread: there were too many")
            return None
        introduction = self._context(caller).messages.t("forum-introduction")
        asked = MemberQuestion(question[:MAX_QUESTION_LENGTH], above=introduction, is_volunteered=True)

        def compose(composer: Composer) -> Panel | None:
            reply = composer.index.ask(asked.question)
            if not isinstance(reply, Answer) or reply.confidence < self._options.volunteer_confidence:
                return None
            return composer.reply(caller, asked, reply)

        return await self._compose(caller, compose, ("unasked", caller.guild_id or caller.channel_id))

    async def article(self, caller: Caller, title: str) -> Panel:
        self._admission.question(caller, title)

        def compose(composer: Composer) -> Panel:
            match = find_by_title(composer.index, title)
            if match.article is None:
                panel = unknown_article_panel(composer.context, title, match.others)
                return composer.remembered(caller, panel, MessageKind.ARTICLES)
            if not match.is_nearest:
                return composer.article(caller, match.article, private=False)
            return composer.nearest(caller, title, match)

        return await self._compose(caller, compose)

    async def related(self, caller: Caller, title: str) -> Panel:
        self._admission.question(caller, title)

        def compose(composer: Composer) -> Panel:
            match = find_by_title(composer.index, title)
            if match.article is None:
                panel = unknown_article_panel(composer.context, title, match.others)
            else:
                panel = related_panel(composer.context, match.article, composer.index.related(match.article))
            if match.is_nearest:
                panel = replace(panel, above=nearest_line(composer.context, title))
            return composer.remembered(caller, panel, MessageKind.ARTICLES)

        return await self._compose(caller, compose)

    async def browse(self, caller: Caller, subject: str | None) -> Panel:
        self._admission.question(caller, subject or "")

        def compose(composer: Composer) -> Panel:
            index = composer.index
            if not subject:
                panel = subjects_panel(composer.context, index.subject_counts)
                return composer.remembered(caller, panel, MessageKind.BROWSING)
            found = index.subject(index.subject_key(subject))
            if found is None:
                raise UnknownSubjectError(subject, ())
            panel = articles_panel(composer.context, found, index.titles.of_subject(found.key))
            return composer.remembered(caller, panel, MessageKind.BROWSING)

        return await self._compose(caller, compose)

    async def help(self, caller: Caller) -> Panel:
        self._admission.press(caller)
        return help_panel(self._context(caller))

    async def about(self, caller: Caller) -> Panel:
        self._admission.press(caller)

        def compose(composer: Composer) -> Panel:
            counts = composer.index.subject_counts
            articles = sum(count for _, count in counts)
            generation = composer.index.generation_id
            facts = BotFacts(articles, len(counts), generation, self._options.version, RETENTION_DAYS)
            return about_panel(composer.context, facts)

        return await self._compose(caller, compose)

    async def greet(self, caller: Caller) -> Panel:
        self._admission.press(caller)
        return greeting_panel(self._context(caller), direct=caller.guild_id is None)

    async def no_text(self, caller: Caller) -> Panel:
        self._admission.press(caller)
        return note_panel(self._context(caller).messages.t("none-no-text", command=self.names.command("ask")))

    async def forget_me(self, caller: Caller) -> Panel:
        self._admission.press(caller)
        count = await self._storage.forget_member(caller.member_id)
        return note_panel(self._context(caller).messages.t("forgotten", count=count))

    async def press(
        self, caller: Caller, message_id: int, custom_id: str, values: Sequence[str] = ()
    ) -> Sequence[Effect]:
        self._admission.press(caller)
        pressed = read_id(custom_id)
        record = await self._storage.answered.get(message_id)
        check_allowed(caller, pressed, record)
        if pressed.action in RATINGS:
            said = await save_rating(self._storage.feedback, caller.member_id, pressed.action, record)
            return (Add(note_panel(self._context(caller).messages.t(said))),)
        return await self._compose(caller, lambda composer: effects_of(composer, caller, pressed, record, values))

    async def sent(self, caller: Caller, memory: Memory, message_id: int, *, private: bool) -> None:
        message = AnsweredMessage(message_id, caller.channel_id, caller.guild_id, memory, private=private)
        await self._storage.answered.save(message)

    async def deleted(self, message_id: int) -> None:
        await self._storage.answered.delete(message_id)

    async def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Finish running work and accept no more; what takes longer than so many seconds is given up."""
        await asyncio.gather(self._queue.close(seconds), self.suggester.close(seconds))

    def _context(self, caller: Caller) -> RenderContext:
        return RenderContext(Messages.for_locale(caller.locale), self._options.site_url, self._draw, self.names)

    async def _compose(self, caller: Caller, compose: Callable[[Composer], T], owner: Hashable = None) -> T:
        """Run a function with a composer over the live index, in a worker thread.

        Args:
            compose: The function; it keeps the same index from beginning to end.
            owner: Whose share of the queue this uses, if not the caller's.
        """
        context, asked = self._context(caller), time.perf_counter()

        def work() -> T:
            add_time(BotStage.WAIT, time.perf_counter() - asked)
            with self._live.lease() as index:
                return compose(Composer(index, context))

        return await self._queue.run(work, owner or caller.member_id)

    async def _earlier(self, caller: Caller, message_id: int | None) -> AnsweredMessage | None:
        """The earlier answer that a question may refer to."""
        if message_id is not None:
            record = await self._storage.answered.get(message_id)
            return record if record is not None and record.memory.kind is MessageKind.ANSWER else None
        latest = await self._storage.answered.latest(caller.channel_id, caller.member_id)
        return latest if latest is not None and now() - latest.answered_at <= CONVERSATION_LENGTH else None
