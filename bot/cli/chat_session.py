"""What a chat does with each line typed: no terminal here, so that it can be tested line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.views.output import counted, one_line, printable
from bot.cli.views.reply_view import article_list_view, article_view, numbered_articles, reply_view, section_view
from bot.live_index.open_index import UnknownSubjectError
from retrieval.domain import Answer, Candidates

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from bot.live_index.open_index import OpenIndex
    from retrieval.domain import Article, Reply

HELP = """\
Type a question, or one of these:
  a number         show that match of the last reply
  :more            the whole article of the last reply
  :related         articles related to it
  :subject NAME    ask in one subject only; `:subject` alone asks in all again
  :subjects        all subjects and how many articles each has
  :help            this list
  :quit            leave (Ctrl-D does too)"""

_NO_ARTICLE = "Ask something first: there is no article to show yet."


@dataclass(frozen=True, slots=True)
class ChatResponse:
    """What one line led to.

    Attributes:
        view: What to show, or ``None``.
        ended: The chat is over.
    """

    view: RenderableType | None
    ended: bool = False


class ChatSession:
    """One conversation: remembers the last reply and the subject chosen.

    Args:
        site_url: Address of the site that the articles are on, without a slash at its end.
    """

    def __init__(self, index: OpenIndex, site_url: str) -> None:
        self._index = index
        self._site_url = site_url
        self._subject_key: str | None = None
        self._article: Article | None = None
        self._numbered: tuple[Article, ...] = ()
        self._commands: dict[str, Callable[[str], ChatResponse]] = {
            ":help": lambda _: ChatResponse(Text(HELP)),
            ":more": lambda _: self._more(),
            ":quit": lambda _: ChatResponse(None, ended=True),
            ":related": lambda _: self._related(),
            ":subject": self._choose_subject,
            ":subjects": lambda _: self._subjects(),
        }

    def greeting(self) -> RenderableType:
        """The first lines: how much is known, and what one could ask."""
        articles = counted(self._index.article_count, "article")
        subjects = counted(len(self._index.subject_counts), "subject")
        lines = [
            f"I know {articles} in {subjects}. Ask me a question; :help lists the rest.",
            "For example:",
            *(f"  {one_line(question)}" for question in self._index.example_questions(3)),
        ]
        return Text("\n".join(lines))

    @property
    def subject_name(self) -> str:
        """Name of the subject chosen, or an empty text."""
        return next((subject.name for subject, _ in self._index.subject_counts if subject.key == self._subject_key), "")

    def respond(self, line: str) -> ChatResponse:
        """Do what one typed line asks for."""
        line = printable(line).strip()
        if not line:
            return ChatResponse(None)
        word, _, rest = line.partition(" ")
        if word.startswith(":") and word[1:].isalpha():
            command = self._commands.get(word.lower())
            return (
                command(rest.strip())
                if command
                else ChatResponse(Text(f"There is no {word}. :help lists what there is."))
            )
        if line.isascii() and line.isdigit() and self._numbered:
            return self._show_number(int(line))
        return self._ask(line)

    def _ask(self, question: str) -> ChatResponse:
        reply = self._index.ask(question, subject_key=self._subject_key)
        self._article = _shown_article(reply)
        self._numbered = numbered_articles(reply)
        return ChatResponse(reply_view(reply, self._site_url))

    def _show_number(self, number: int) -> ChatResponse:
        if not 1 <= number <= len(self._numbered):
            return ChatResponse(Text(f"The last reply has numbers 1 to {len(self._numbered)}."))
        self._article = self._numbered[number - 1]
        excerpt = self._index.opening(self._article)
        return ChatResponse(section_view(self._article, excerpt, self._site_url))

    def _more(self) -> ChatResponse:
        if self._article is None:
            return ChatResponse(Text(_NO_ARTICLE))
        return ChatResponse(article_view(self._article, self._site_url))

    def _related(self) -> ChatResponse:
        if self._article is None:
            return ChatResponse(Text(_NO_ARTICLE))
        related = self._index.related(self._article)
        if not related:
            return ChatResponse(Text("This article names no related articles."))
        self._numbered = related
        return ChatResponse(article_list_view("Related", related, self._site_url, numbered=True))

    def _choose_subject(self, name: str) -> ChatResponse:
        if not name:
            self._subject_key = None
            return ChatResponse(Text("Asking in all subjects."))
        try:
            self._subject_key = self._index.subject_key(name)
        except UnknownSubjectError as error:
            return ChatResponse(Text(one_line(str(error))))
        return ChatResponse(Text(f"Asking in {one_line(self.subject_name)} only. `:subject` alone asks in all again."))

    def _subjects(self) -> ChatResponse:
        lines = [f"  {one_line(subject.name)}: {count:,}" for subject, count in self._index.subject_counts]
        return ChatResponse(Text("\n".join(lines)))


def _shown_article(reply: Reply) -> Article | None:
    if isinstance(reply, Answer):
        return reply.hit.article
    return reply.hits[0].article if isinstance(reply, Candidates) and reply.hits else None
