"""One generation of the index, opened for the terminal or the bot."""

from __future__ import annotations

import difflib
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from bot.live_index.title_search import SubjectSearch, TitleSearch
from bot.member_errors import ArticleGoneError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from retrieval.answering.answerer import Answerer
    from retrieval.answering.rankings import Ranking, Reconsidered
    from retrieval.domain import Article, Reply, Subject
    from retrieval.generations.generation import Generation


_MAX_SHOWN_LENGTH = 100  # of what was asked for, enough to recognise it
_EXAMPLE_CHOICE = 5  # of so many neighbours, the one with the shortest question is the example


class UnknownSubjectError(Exception):
    """There is no such subject.

    Attributes:
        subject: What was asked for.
        close: Names of subjects that are spelled like it.
    """

    def __init__(self, subject: str, close: tuple[str, ...]) -> None:
        self.subject = subject
        self.close = close
        hint = f"did you mean {' or '.join(close)}?" if close else "`quicktakes index status` lists every subject"
        super().__init__(f"no subject is called {subject[:_MAX_SHOWN_LENGTH]}; {hint}")


class OpenIndex:
    """One generation of the index and everything that finds articles in it. Safe to use from several threads.

    Args:
        answerer: Answers questions from the generation.
        articles: The generation.
        excerpt_length: Most characters to quote.
        others: How many other matches an answer names.
        second_encoder_problem: Why it answers without the second encoder; empty where there is no reason.

    Attributes:
        resources: What `close` closes.
    """

    def __init__(
        self,
        answerer: Answerer,
        articles: Generation,
        *,
        excerpt_length: int,
        others: int,
        second_encoder_problem: str = "",
    ) -> None:
        self.answerer = answerer
        self.articles = articles
        self.second_encoder_problem = second_encoder_problem
        self.resources = ExitStack()
        self._excerpt_length = excerpt_length
        self._others = others

    @cached_property
    def titles(self) -> TitleSearch:
        """Finds articles by their questions."""
        return TitleSearch.of(self.articles)

    @cached_property
    def subjects(self) -> SubjectSearch:
        """Finds subjects by their names."""
        return SubjectSearch(self.subject_counts)

    @cached_property
    def subject_counts(self) -> tuple[tuple[Subject, int], ...]:
        """Every subject with its number of articles."""
        return tuple(self.articles.subjects())

    def close(self) -> None:
        """Close the generation, where `keep_open` has opened it."""
        self.resources.close()

    @property
    def generation_id(self) -> str:
        """Id of the generation."""
        return self.articles.id

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return sum(count for _, count in self.subject_counts)

    def ask(self, question: str, *, subject_key: str | None = None) -> Reply:
        """Answer a question."""
        return self.answerer.answer(
            question, subject_key=subject_key, excerpt_length=self._excerpt_length, others=self._others
        )

    def ranking(self, question: str, *, subject_key: str | None = None) -> Ranking:
        """The articles that fit a question best, as many as a reply names."""
        return self.answerer.ranking(question, subject_key=subject_key, others=self._others)

    def reply(self, ranking: Ranking) -> Reply:
        """The reply that a ranking makes."""
        return self.answerer.reply(ranking, excerpt_length=self._excerpt_length, others=self._others)

    def reconsider(self, question: str, article: Article, *, subject_key: str | None = None) -> Reconsidered:
        """One article as the answer to a question."""
        return self.answerer.reconsider(question, article, subject_key=subject_key, excerpt_length=self._excerpt_length)

    def article(self, url: str) -> Article | None:
        """The article with this url, ``None`` if there is none."""
        return self.articles.article_by_url(url)

    def known_article(self, url: str) -> Article:
        """The article with this url.

        Raises:
            ArticleGoneError: There is none.
        """
        article = self.article(url)
        if article is None:
            raise ArticleGoneError(url)
        return article

    def subject(self, key: str) -> Subject | None:
        """The subject with this key, ``None`` if there is none."""
        return next((subject for subject, _ in self.subject_counts if subject.key == key), None)

    def subject_key(self, name: str) -> str:
        """Key of the subject with this name or key, in any case.

        Raises:
            UnknownSubjectError: There is none.
        """
        subjects = [subject for subject, _ in self.subject_counts]
        keys = {subject.name.casefold(): subject.key for subject in subjects}
        keys |= {subject.key.casefold(): subject.key for subject in subjects}
        wanted = " ".join(name.split()).casefold()
        if wanted in keys:
            return keys[wanted]
        close = difflib.get_close_matches(wanted, keys, n=2, cutoff=0.6)
        names = {subject.key: subject.name for subject in subjects}
        raise UnknownSubjectError(name, tuple(dict.fromkeys(names[keys[match]] for match in close)))

    def example_questions(self, number: int) -> list[str]:
        """Short questions of articles, spread over the whole generation; the same ones each time."""
        rows = self.articles.article_rows
        if not len(rows):
            return []
        middles = [len(rows) * (2 * place + 1) // (2 * number) for place in range(number)]
        nearby = (rows[middle : middle + _EXAMPLE_CHOICE].tolist() for middle in middles)
        return list(
            dict.fromkeys(min((self.articles.article(row).question for row in some), key=len) for some in nearby)
        )

    def opening(self, article: Article) -> str:
        """The article's first sections, as many as an excerpt may hold, but one at the least."""
        row = self.articles.row_of(article.url)
        ends = [section.end for section in self.articles.sections(row)] if row is not None else []
        fitting = [end for end in ends if end <= self._excerpt_length]
        return article.answer[: (fitting or ends or [len(article.answer)])[-1 if fitting else 0]].rstrip()

    def related(self, article: Article) -> tuple[Article, ...]:
        """The articles that this one names as related and that exist."""
        found = (self.article(related.url) for related in article.related)
        return tuple(other for other in found if other is not None)


def keep_open(opened: AbstractContextManager[OpenIndex]) -> OpenIndex:
    """Open an index until it is closed by its `close`, with everything that a member would have to wait for."""
    with ExitStack() as stack:
        index = stack.enter_context(opened)
        index.articles.open_files()
        _ = index.titles, index.subjects
        index.resources = stack.pop_all()
    return index
