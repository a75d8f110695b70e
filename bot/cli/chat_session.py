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

    from bot.live_index.open_index import Library
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
class Turn:
    """What one line led to.

    Attributes:
        view: What to show, or ``None``.
        ended: The chat is over.
    """

    view: RenderableType | None
    ended: bool = False


class ChatSession:
    """One conversation: remembers the last reply and the subject chosen."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._site_url = library.settings.index.site_url
        self._subject_key: str | None = None
        self._article: Article | None = None
        self._numbered: tuple[Article, ...] = ()
        self._commands: dict[str, Callable[[str], Turn]] = {
            ":help": lambda _: Turn(Text(HELP)),
            ":more": lambda _: self._more(),
            ":quit": lambda _: Turn(None, ended=True),
            ":related": lambda _: self._related(),
            ":subject": self._choose_subject,
            ":subjects": lambda _: self._subjects(),
        }

    def greeting(self) -> RenderableType:
        """The first lines: how much is known, and what one could ask."""
        articles = counted(self._library.article_count, "article")
        subjects = counted(len(self._library.subjects()), "subject")
        lines = [
            f"I know {articles} in {subjects}. Ask me a question; :help lists the rest.",
            "For example:",
            *(f"  {one_line(question)}" for question in self._library.example_questions(3)),
        ]
        return Text("\n".join(lines))

    @property
    def subject_name(self) -> str:
        """Name of the subject chosen, or an empty text."""
        return next((subject.name for subject, _ in self._library.subjects() if subject.key == self._subject_key), "")

    def respond(self, line: str) -> Turn:
        """Do what one typed line asks for."""
        line = printable(line).strip()
        if not line:
            return Turn(None)
        word, _, rest = line.partition(" ")
        if word.startswith(":") and word[1:].isalpha():
            command = self._commands.get(word.lower())
            return command(rest.strip()) if command else Turn(Text(f"There is no {word}. :help lists what there is."))
        if line.isascii() and line.isdigit() and self._numbered:
            return self._show_number(int(line))
        return self._ask(line)

    def _ask(self, question: str) -> Turn:
        reply = self._library.ask(question, subject_key=self._subject_key)
        self._article = _shown_article(reply)
        self._numbered = numbered_articles(reply)
        return Turn(reply_view(reply, self._site_url))

    def _show_number(self, number: int) -> Turn:
        if not 1 <= number <= len(self._numbered):
            return Turn(Text(f"The last reply has numbers 1 to {len(self._numbered)}."))
        self._article = self._numbered[number - 1]
        excerpt = self._library.opening(self._article)
        return Turn(section_view(self._article, excerpt, self._site_url))

    def _more(self) -> Turn:
        if self._article is None:
            return Turn(Text(_NO_ARTICLE))
        return Turn(article_view(self._article, self._site_url))

    def _related(self) -> Turn:
        if self._article is None:
            return Turn(Text(_NO_ARTICLE))
        related = self._library.related(self._article)
        if not related:
            return Turn(Text("This article names no related articles."))
        self._numbered = related
        return Turn(article_list_view("Related", related, self._site_url, numbered=True))

    def _choose_subject(self, name: str) -> Turn:
        if not name:
            self._subject_key = None
            return Turn(Text("Asking in all subjects."))
        try:
            self._subject_key = self._library.subject_key(name)
        except UnknownSubjectError as error:
            return Turn(Text(one_line(str(error))))
        return Turn(Text(f"Asking in {one_line(self.subject_name)} only. `:subject` alone asks in all again."))

    def _subjects(self) -> Turn:
        lines = [f"  {one_line(subject.name)}: {count:,}" for subject, count in self._library.subjects()]
        return Turn(Text("\n".join(lines)))


def _shown_article(reply: Reply) -> Article | None:
    if isinstance(reply, Answer):
        return reply.hit.article
    return reply.hits[0].article if isinstance(reply, Candidates) and reply.hits else None
