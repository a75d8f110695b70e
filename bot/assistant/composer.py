"""Makes panels from what was found in the index. Runs in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.monitoring.asked import note_reply
from bot.monitoring.outcomes import BotStage
from bot.panels.answer import ShownArticle, answer_panel, page_panel
from bot.panels.candidates import candidates_panel, no_answer_panel
from bot.panels.controls import MAX_EARLIER_LENGTH
from bot.panels.lists import nearest_line
from bot.rendering.limits import shorten
from bot.storage.records import Memory, MessageKind
from retrieval.domain import Answer, Candidates, Excerpt
from retrieval.stages import timed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.assistant.nearest_article import TitleMatch
    from bot.callers import Caller
    from bot.live_index.open_index import OpenIndex
    from bot.panels.components import Panel
    from bot.panels.context import RenderContext
    from retrieval.domain import Article, Hit, Reply

DEFAULT_LOCALE = "en-US"
_NO_EXCERPT = Excerpt("", 0, 0, (), 0, 0)


@dataclass(frozen=True, slots=True)
class MemberQuestion:
    """A question of a member, as it is looked for.

    Attributes:
        question: What is looked for.
        subject_key: Only in this subject, or ``None``.
        above: A line above the reply.
        private: The asker alone shall see it.
        follow_up_to: The earlier question that is part of `question`; empty where there is none.
        is_volunteered: Nobody asked the bot.
    """

    question: str
    subject_key: str | None = None
    above: str = ""
    private: bool = False
    follow_up_to: str = ""
    is_volunteered: bool = False


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes panels from one open index.

    Attributes:
        index: The open index.
        context: What panels are drawn with.
    """

    index: OpenIndex
    context: RenderContext

    @timed(BotStage.RENDER)
    def reply(self, caller: Caller, asked: MemberQuestion, reply: Reply) -> Panel:
        """A panel for the reply to a question."""
        note_reply(reply)
        memory = replace(
            self._memory(caller, asked.question),
            subject_key=asked.subject_key,
            above=asked.above,
            follow_up_to=shorten(asked.follow_up_to, MAX_EARLIER_LENGTH),
            is_volunteered=asked.is_volunteered,
        )
        if isinstance(reply, Answer):
            others = _urls(hit.article for hit in reply.others)
            memory = replace(memory, article_url=reply.hit.article.url, candidates=others, confidence=reply.confidence)
            shown = ShownArticle(
                reply.hit.article,
                reply.excerpt,
                tuple(hit.article for hit in reply.others),
                _other_subjects(reply.hit),
                bool(reply.related),
            )
            return answer_panel(self.context, shown, memory, is_private=asked.private)
        if isinstance(reply, Candidates):
            articles = [hit.article for hit in reply.hits]
            memory = replace(memory, candidates=_urls(articles), confidence=reply.confidence)
            questions = reply.questions
            return candidates_panel(self.context, articles, memory, is_private=asked.private, questions=questions)
        closest = [hit.article for hit in reply.closest]
        memory = replace(memory, candidates=_urls(closest), confidence=reply.confidence)
        subject = self.index.subject(asked.subject_key) if asked.subject_key is not None else None
        name = subject.name if subject else None
        return no_answer_panel(self.context, reply.reason, closest, memory, subject_name=name)

    def article(self, caller: Caller, article: Article, *, private: bool, above: str = "") -> Panel:
        """A panel for an article that a member chose by its title."""
        memory = replace(self._memory(caller, article.question), article_url=article.url, above=above)
        return self.again(memory, private=private)

    def nearest(self, caller: Caller, typed: str, found: TitleMatch) -> Panel:
        """A panel for the article that comes nearest to what was typed, with the others to choose from, which says so.

        Args:
            found: What was found for it; its article is known.
        """
        memory = replace(
            self._memory(caller, typed),
            article_url=found.article.url if found.article else None,
            candidates=_urls(found.others),
            confidence=found.confidence,
            above=nearest_line(self.context, typed),
        )
        return self.again(memory, private=False)

    def remembered(self, caller: Caller, panel: Panel, kind: MessageKind) -> Panel:
        """A list with the memory that its buttons need."""
        return replace(panel, memory=replace(self._memory(caller, ""), kind=kind))

    def _memory(self, caller: Caller, question: str) -> Memory:
        """The memory of a message that shows nothing yet."""
        return Memory(
            asker_id=caller.member_id,
            question=question,
            article_url=None,
            generation=self.index.generation_id,
            locale=caller.locale or DEFAULT_LOCALE,
        )

    def again(self, memory: Memory, *, private: bool) -> Panel:
        """A panel for the article that a memory names, at the page that it names.

        Raises:
            ArticleGoneError: The generation that serves has no such article.
        """
        return self.panel(memory, self.reconsider(memory)[0], private=private)

    @timed(BotStage.RENDER)
    def panel(self, memory: Memory, shown: ShownArticle, *, private: bool) -> Panel:
        """A panel for an article, at the page that a memory of it names."""
        memory = replace(memory, generation=self.index.generation_id)
        make = page_panel if memory.page else answer_panel
        return make(self.context, shown, memory, is_private=private)

    def reconsider(self, memory: Memory) -> tuple[ShownArticle, float | None]:
        """What a panel shows of the article that a memory names, and how sure it is that this article answers.

        Nothing is looked for where a page of the article is shown.

        Raises:
            ArticleGoneError: The generation that serves has no such article.
        """
        article = self.index.known_article(memory.article_url or "")
        others = self._existing((*memory.candidates, *memory.seen))
        if memory.page:
            return ShownArticle(article, _NO_EXCERPT, others), memory.confidence
        found = self.index.reconsider(memory.question, article, subject_key=memory.subject_key)
        excerpt = found.excerpt
        if excerpt is None:
            opening = self.index.opening(article)
            excerpt = replace(_NO_EXCERPT, text=opening, end=len(opening))
        also_in = _other_subjects(found.hit) if found.hit else ()
        shown = ShownArticle(article, excerpt, others, also_in, bool(self.index.related(article)))
        return shown, found.confidence

    def _existing(self, urls: Iterable[str]) -> tuple[Article, ...]:
        return tuple(filter(None, map(self.index.article, dict.fromkeys(urls))))


def _urls(articles: Iterable[Article]) -> tuple[str, ...]:
    return tuple(article.url for article in articles)


def _other_subjects(hit: Hit) -> tuple[str, ...]:
    names = dict.fromkeys(article.subject.name for article in hit.also_in)
    return tuple(name for name in names if name != hit.article.subject.name)
