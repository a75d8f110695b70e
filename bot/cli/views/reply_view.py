"""A reply as rich renderables. Every text of the corpus passes `printable` on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cli.views.markdown import ArticleMarkdown, Quote
from bot.cli.views.output import one_line, percentage
from bot.messages.confidence import confidence_words
from bot.rendering.titles import plain_title
from retrieval.domain import Answer, Candidates, NoAnswer, NoAnswerReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from retrieval.domain import Article, Excerpt, Reply

QUESTION_STYLE = "bold"
ASIDE_STYLE = "dim"
LINK_STYLE = "underline"
_MARK_WIDTH = 4
_INDENT = (0, 0, 0, 2)
_KIND_LINES = {
    NoAnswerReason.NOTHING_ASKED: "That holds no question. Ask about something you study, in your own words.",
    NoAnswerReason.GREETING: "Hello! Ask about something you study, such as: What is osmosis?",
    NoAnswerReason.THANKS: "You are welcome! Ask whenever the next question comes up.",
    NoAnswerReason.FEELINGS: "Thank you for telling me. If something weighs on you, please talk to somebody you trust.",
    NoAnswerReason.COMPLAINT: "I am sorry. I do not always find the right article: please ask in other words.",
    NoAnswerReason.ABOUT_THE_BOT: "I am a program that answers study questions by quoting articles, word for word.",
    NoAnswerReason.CANNOT_DO: "That is nothing I can do: I only quote articles that answer study questions.",
    NoAnswerReason.NEEDS_CONTEXT: "I do not know what that refers to. Please ask in a whole sentence.",
}
_ENTRY_INDENT = _MARK_WIDTH + 1


def reply_view(reply: Reply, site_url: str) -> RenderableType:
    """The whole reply; matches that can be chosen by number are numbered from 1."""
    if isinstance(reply, Answer):
        return _answer_view(reply, site_url)
    if isinstance(reply, Candidates):
        return _candidates_view(reply, site_url)
    if isinstance(reply, NoAnswer):
        return _no_answer_view(reply, site_url)
    assert_never(reply)


def numbered_articles(reply: Reply) -> tuple[Article, ...]:
    """The articles behind the numbers of `reply_view`, in order."""
    if isinstance(reply, Answer):
        return tuple(hit.article for hit in reply.others)
    return tuple(hit.article for hit in (reply.hits if isinstance(reply, Candidates) else reply.closest))


def article_view(article: Article, site_url: str) -> RenderableType:
    """A whole article."""
    body = Padding(ArticleMarkdown(article.answer, site_url), _INDENT)
    return Group(_title(article), _aside(article.subject.name), Text(), body, Text(), _link(article, site_url))


def section_view(article: Article, excerpt: str, site_url: str) -> RenderableType:
    """One article with a quoted piece of it."""
    return Group(_title(article), _aside(article.subject.name), Text(), *_quoted(article, excerpt, "", (), site_url))


def article_list_view(heading: str, articles: Sequence[Article], site_url: str, *, numbered: bool) -> RenderableType:
    """Articles as a list with their links, one heading above; nothing where there is no article."""
    if not articles:
        return Group()
    lines = [
        Group(_entry(f"{number}." if numbered else "•", article), _link(article, site_url, indent=_ENTRY_INDENT))
        for number, article in enumerate(articles, start=1)
    ]
    return Group(Text(), Text(heading, style=QUESTION_STYLE), *lines)


def _answer_view(answer: Answer, site_url: str) -> RenderableType:
    article, excerpt = answer.hit.article, answer.excerpt
    facts = [
        article.subject.name,
        f"{confidence_words(answer.confidence)} the answer ({percentage(answer.confidence)})",
    ]
    if answer.hit.also_in:
        facts.append("also in " + ", ".join(_unique(other.subject.name for other in answer.hit.also_in)))
    return Group(
        _title(article),
        _aside(" · ".join(facts)),
        Text(),
        *_quoted(article, excerpt.text, excerpt.best_sentence, excerpt.heading_path, site_url),
        article_list_view("Related", answer.related, site_url, numbered=False),
        article_list_view("Other matches", numbered_articles(answer), site_url, numbered=True),
    )


def _candidates_view(reply: Candidates, site_url: str) -> RenderableType:
    head = "For each of your questions, the nearest article:" if reply.questions else "Possibly one of these:"
    blocks: list[RenderableType] = [Text(head, style=QUESTION_STYLE)]
    for number, (hit, excerpt) in enumerate(zip(reply.hits, reply.excerpts, strict=True), start=1):
        blocks.append(Text(one_line(reply.questions[number - 1]) if reply.questions else "", style="dim"))
        blocks += [_entry(f"{number}.", hit.article), *_short_quote(hit.article, excerpt, site_url)]
    return Group(*blocks)


def _no_answer_view(reply: NoAnswer, site_url: str) -> RenderableType:
    if reply.reason in _KIND_LINES:
        return Text(_KIND_LINES[reply.reason])
    head = Text("No article answers that.", style=QUESTION_STYLE)
    closest = article_list_view("The nearest articles", numbered_articles(reply), site_url, numbered=True)
    return Group(head, closest)


def _quoted(
    article: Article, markdown: str, best_sentence: str, heading_path: Sequence[str], site_url: str
) -> list[RenderableType]:
    source = " > ".join(["quoted from the article", *map(plain_title, heading_path)])
    return [
        _aside(source),
        Padding(Quote(markdown, best_sentence, site_url), _INDENT),
        Text(),
        _link(article, site_url),
    ]


def _short_quote(article: Article, excerpt: Excerpt, site_url: str) -> list[RenderableType]:
    """The best sentence alone: several whole excerpts would bury the choice."""
    quote = Padding(Quote(excerpt.best_sentence or excerpt.text, site_url=site_url), (0, 0, 0, _ENTRY_INDENT))
    return [quote, _link(article, site_url, indent=_ENTRY_INDENT)]


def _title(article: Article) -> Text:
    return Text(one_line(plain_title(article.question)), style=QUESTION_STYLE)


def _aside(text: str) -> Text:
    return Text(one_line(text), style=ASIDE_STYLE)


def _entry(mark: str, article: Article) -> Table:
    subject = (f"  ({one_line(article.subject.name)})", ASIDE_STYLE)
    entry = Table.grid(padding=(0, 1, 0, 0))  # a grid, so that a long question wraps beside its mark
    entry.add_column(width=_MARK_WIDTH, justify="right")
    entry.add_column()
    entry.add_row(mark, Text.assemble(one_line(plain_title(article.question)), subject))
    return entry


def _link(article: Article, site_url: str, *, indent: int = 0) -> Text:
    # Wrapping a link would break it where it is copied.
    address = (site_url + one_line(article.url), LINK_STYLE)
    return Text.assemble(" " * indent, address, no_wrap=True, overflow="ignore")


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
