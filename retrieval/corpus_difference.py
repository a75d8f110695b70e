"""Which articles came, changed, moved and went between two states of a corpus. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a list of a generation names it.

    Attributes:
        url: Its key.
        question: Its question.
        path: Its file, relative to the content root.
        question_key: Equal for questions that differ only in case, punctuation and white space.
        content_hash: SHA-256 of its file.
    """

    url: str
    question: str
    path: str
    question_key: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class MovedArticle:
    """An article that has another url now.

    Attributes:
        url: What it was.
        successor: What it is.
        question: Its question.
    """

    url: str
    successor: str
    question: str


@dataclass(frozen=True, slots=True)
class CorpusDifference:
    """What became of the articles, each list by url.

    Attributes:
        added: Those that came, but for those that only moved.
        changed: Those whose file has other content.
        removed: Those that went, but for those that only moved.
        moved: Those that ask the same question under another url.
    """

    added: tuple[ListedArticle, ...] = ()
    changed: tuple[ListedArticle, ...] = ()
    removed: tuple[ListedArticle, ...] = ()
    moved: tuple[MovedArticle, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.added or self.changed or self.removed or self.moved)


def compare(before: Mapping[str, ListedArticle], after: Mapping[str, ListedArticle]) -> CorpusDifference:
    """What became of the articles of one state in another; both by url."""
    came = {url: article for url, article in after.items() if url not in before}
    went = {url: article for url, article in before.items() if url not in after}
    changed = [each for url, each in after.items() if url in before and each.content_hash != before[url].content_hash]
    successors: dict[int, list[ListedArticle]] = {}
    for article in _by_url(came.values()):
        successors.setdefault(article.question_key, []).append(article)
    moved = []
    for article in _by_url(went.values()):
        same = successors.get(article.question_key)
        if same:
            successor = same.pop(0)
            moved.append(MovedArticle(article.url, successor.url, article.question))
            del came[successor.url], went[article.url]
    return CorpusDifference(_by_url(came.values()), _by_url(changed), _by_url(went.values()), tuple(moved))


def _by_url(articles: Iterable[ListedArticle]) -> tuple[ListedArticle, ...]:
    return tuple(sorted(articles, key=lambda article: article.url))
