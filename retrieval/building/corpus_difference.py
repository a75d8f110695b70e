"""Which articles came, changed, moved and went between two states of a corpus. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from retrieval.generations.rows import ListedArticle


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
        moved: Those that have another url: they ask the same question, or their file goes on from the old one.
    """

    added: tuple[ListedArticle, ...] = ()
    changed: tuple[ListedArticle, ...] = ()
    removed: tuple[ListedArticle, ...] = ()
    moved: tuple[MovedArticle, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.added or self.changed or self.removed or self.moved)


def compare(
    before: Mapping[str, ListedArticle],
    after: Mapping[str, ListedArticle],
    successors: Mapping[str, str] = MappingProxyType({}),
) -> CorpusDifference:
    """What became of the articles of one state in another.

    Args:
        before: Articles by url.
        after: Articles by url.
        successors: Path of a file before → path of the file that goes on from it, as far as the source knows.
    """
    came = {url: article for url, article in after.items() if url not in before}
    went = {url: article for url, article in before.items() if url not in after}
    changed = [each for url, each in after.items() if url in before and each.content_hash != before[url].content_hash]
    moved = []
    for pairs in (_same_question, _next_file):
        for old, new in pairs(_by_url(went.values()), _by_url(came.values()), successors):
            moved.append(MovedArticle(old.url, new.url, old.question))
            del came[new.url], went[old.url]
    moved.sort(key=lambda article: article.url)
    return CorpusDifference(_by_url(came.values()), _by_url(changed), _by_url(went.values()), tuple(moved))


_Pairs = list[tuple[ListedArticle, ListedArticle]]


def _same_question(went: Iterable[ListedArticle], came: Iterable[ListedArticle], _: Mapping[str, str]) -> _Pairs:
    """Those that went, with one that came and asks the same question."""
    asking: dict[int, list[ListedArticle]] = {}
    for article in came:
        asking.setdefault(article.question_key, []).append(article)
    return [(old, asking[old.question_key].pop(0)) for old in went if asking.get(old.question_key)]


def _next_file(went: Iterable[ListedArticle], came: Iterable[ListedArticle], successors: Mapping[str, str]) -> _Pairs:
    """Those that went, with the one that came from the file which goes on from theirs."""
    at = {article.path: article for article in came}
    found = [(old, at.pop(successors.get(old.path, ""), None)) for old in went]
    return [(old, new) for old, new in found if new is not None]


def _by_url(articles: Iterable[ListedArticle]) -> tuple[ListedArticle, ...]:
    return tuple(sorted(articles, key=lambda article: article.url))
