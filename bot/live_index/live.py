"""What answers from one index generation, and its replacement by another one while members go on asking."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from bot.live_index.title_search import SubjectSearch, TitleSearch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from bot.live_index.open_index import Library
    from retrieval.domain import Article, Subject


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


class _Leased:
    """A serving, and how many use it."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.users = 0
        self.is_retired = False


class Served:
    """The serving that new questions are answered from. Safe to use from several threads.

    A question holds a lease on one serving from its beginning to its end; a serving that was replaced is closed when
    its last lease ends.

    Args:
        serving: What serves at first.
    """

    def __init__(self, serving: Serving) -> None:
        self._lock = threading.Lock()
        self._current = _Leased(serving)

    @property
    def generation_id(self) -> str:
        """Id of the generation that new questions are answered from."""
        return self._current.serving.generation_id

    @contextmanager
    def lease(self) -> Iterator[Serving]:
        """The present serving, which stays open inside of the block whatever is swapped meanwhile."""
        with self._lock:
            leased = self._current
            leased.users += 1
        try:
            yield leased.serving
        finally:
            with self._lock:
                leased.users -= 1
                is_last = leased.is_retired and leased.users == 0
            if is_last:
                leased.serving.close()

    def swap(self, serving: Serving) -> None:
        """Answer new questions from another serving; the one before is closed as soon as nothing uses it."""
        self._retire(_Leased(serving))

    def close(self) -> None:
        """Close what serves as soon as nothing uses it. Nothing may be leased afterwards."""
        self._retire(self._current)

    def _retire(self, successor: _Leased) -> None:
        with self._lock:
            before, self._current = self._current, successor
            before.is_retired = True
            is_idle = before.users == 0
        if is_idle:
            before.serving.close()
