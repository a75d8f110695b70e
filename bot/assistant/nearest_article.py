"""Finds the article that a typed title, or a few words about it, refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import token_sort_ratio

from bot.live_index.title_words import title_words
from bot.member_errors import NothingTypedError
from retrieval.domain import Answer, Candidates

if TYPE_CHECKING:
    from bot.live_index.open_index import OpenIndex
    from retrieval.domain import Article

_LIKE_ENOUGH = 60.0  # of 100: what was typed is taken for a title
_MAX_COMPARED_LENGTH = 500  # characters; a title is shorter


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """The article that was found for a typed title.

    Attributes:
        article: The article; ``None`` where nothing fits.
        others: What comes after it, best first.
        confidence: How sure it is that the article answers; ``None`` where it was chosen, or named by its title.
        is_nearest: The text is not the article's title, but the article is what comes nearest to it.
    """

    article: Article | None
    others: tuple[Article, ...] = ()
    confidence: float | None = None
    is_nearest: bool = False


def find_by_title(index: OpenIndex, typed: str) -> TitleMatch:
    """The article that a suggestion stands for, whose title is near to what was typed, or that answers it best.

    Raises:
        NothingTypedError: The text has no words.
        ArticleGoneError: The suggestion is of another generation.
    """
    titles = index.titles
    url = titles.chosen_url(typed)
    if url is not None:
        return TitleMatch(index.known_article(url))
    words = title_words(typed)
    if not words:
        raise NothingTypedError
    first = next(iter(titles.search(typed, limit=1)), None)
    titled = index.known_article(titles.chosen_url(first.value) or "") if first else None
    if titled is not None and _is_title(typed, titled):
        return TitleMatch(titled)
    reply = index.ask(typed)
    if isinstance(reply, Answer):
        others = tuple(hit.article for hit in reply.others)
        return TitleMatch(reply.hit.article, others, reply.confidence, is_nearest=True)
    hits = reply.hits if isinstance(reply, Candidates) else reply.closest
    ranked = tuple(hit.article for hit in hits)
    if titled is not None and set(words) <= set(title_words(titled.question)):
        others = tuple(each for each in ranked if each.url != titled.url)
        return TitleMatch(titled, others, reply.confidence, is_nearest=True)
    if isinstance(reply, Candidates):
        return TitleMatch(ranked[0], ranked[1:], reply.confidence, is_nearest=True)
    return TitleMatch(None, ranked)


def _is_title(typed: str, article: Article) -> bool:
    typed = typed[:_MAX_COMPARED_LENGTH].casefold()
    return token_sort_ratio(typed, article.question[:_MAX_COMPARED_LENGTH].casefold()) >= _LIKE_ENOUGH
