"""The articles of one generation and what answers from them: what a chat, a command or a bot works with."""

from __future__ import annotations

import difflib
from contextlib import ExitStack
from typing import TYPE_CHECKING

from bot.live_index.title_search import SubjectSearch, TitleSearch

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from config.settings import Settings
    from retrieval.answering.answerer import Answerer
    from retrieval.answering.retriever import Ranking, Reconsidered
    from retrieval.domain import Article, Reply, Subject
    from retrieval.generations.generation import Generation


_LONGEST_SHOWN = 100  # of what was asked for, enough to recognise it
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
        super().__init__(f"no subject is called {subject[:_LONGEST_SHOWN]}; {hint}")


class Library:
    """The articles of one generation and what answers from them.

    Attributes:
        settings: The settings it was opened with.
        generation: The articles.
        answerer: Answers questions from them.
    """

    def __init__(self, settings: Settings, generation: Generation, answerer: Answerer) -> None:
        self.settings = settings
        self.generation = generation
        self.answerer = answerer

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return sum(count for _, count in self.subjects())

    def subjects(self) -> list[tuple[Subject, int]]:
        """Every subject with its number of articles."""
        return list(self.generation.subjects())

    def ask(self, question: str, *, subject_key: str | None = None) -> Reply:
        """Answer a question as the settings say."""
        wanted = self.settings.answering
        return self.answerer.answer(
            question, subject_key=subject_key, excerpt_length=wanted.excerpt_length, others=wanted.others
        )

    def ranking(self, question: str, *, subject_key: str | None = None) -> Ranking:
        """The articles that fit a question best, as many as a reply names."""
        return self.answerer.ranking(question, subject_key=subject_key, others=self.settings.answering.others)

    def reply(self, ranking: Ranking) -> Reply:
        """The reply that a ranking makes, as the settings say."""
        wanted = self.settings.answering
        return self.answerer.reply(ranking, excerpt_length=wanted.excerpt_length, others=wanted.others)

    def reconsider(self, question: str, article: Article, *, subject_key: str | None = None) -> Reconsidered:
        """One article as the answer to a question."""
        length = self.settings.answering.excerpt_length
        return self.answerer.reconsider(question, article, subject_key=subject_key, excerpt_length=length)

    def subject_key(self, name: str) -> str:
        """Key of the subject with this name or key, in any case.

        Raises:
            UnknownSubjectError: There is none.
        """
        subjects = [subject for subject, _ in self.subjects()]
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
        rows = self.generation.article_rows
        if not len(rows):
            return []
        middles = [len(rows) * (2 * place + 1) // (2 * number) for place in range(number)]
        nearby = (rows[middle : middle + _EXAMPLE_CHOICE].tolist() for middle in middles)
        return list(
            dict.fromkeys(min((self.generation.article(row).question for row in some), key=len) for some in nearby)
        )

    def opening(self, article: Article) -> str:
        """The article's first sections, as many as an excerpt may hold, but one at the least."""
        row = self.generation.row_of(article.url)
        ends = [section.end for section in self.generation.sections(row)] if row is not None else []
        fitting = [end for end in ends if end <= self.settings.answering.excerpt_length]
        return article.answer[: (fitting or ends or [len(article.answer)])[-1 if fitting else 0]].rstrip()

    def related(self, article: Article) -> tuple[Article, ...]:
        """The articles that this one names as related and that exist."""
        found = (self.generation.article_by_url(related.url) for related in article.related)
        return tuple(other for other in found if other is not None)


class Serving:
    """The articles of one generation and everything that finds them. Safe to use from several threads.

    Args:
        opened: Opens the library when entered, and closes it at the end.

    Attributes:
        library: The articles and what answers from them.
        titles: Finds articles by their questions.
        subjects: Finds subjects by their names.
    """

    def __init__(self, opened: AbstractContextManager[Library]) -> None:
        self._stack = ExitStack()
        self.library = self._stack.enter_context(opened)
        self.library.generation.open_files()
        self.titles = TitleSearch.of(self.library.generation)
        self.subjects = SubjectSearch(self.library.subjects())
        self._by_key = {subject.key: subject for subject, _ in self.library.subjects()}

    @property
    def generation_id(self) -> str:
        """Id of the generation."""
        return self.library.generation.id

    def article(self, url: str) -> Article | None:
        """The article with this url, ``None`` if the generation has none."""
        return self.library.generation.article_by_url(url)

    def subject(self, key: str) -> Subject | None:
        """The subject with this key, ``None`` if there is none."""
        return self._by_key.get(key)

    def close(self) -> None:
        """Close the generation."""
        self._stack.close()
