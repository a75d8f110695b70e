"""The questions that encoders are compared by: judged ones, or ones made of what articles say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from retrieval.domain import Article
from retrieval.evaluation.judged_questions import JudgedQuestion

MAX_MADE_QUESTIONS = 1_000
"""Made questions that are asked at most: one standard error of a share is 0.016 at the largest."""

_ANSWERS = 2  # the grade of an article that answers
_MAX_LENGTH = 300  # characters; members write less
_KEYWORDS = 6


def answerable_within(judged: Iterable[JudgedQuestion], urls: Collection[str]) -> tuple[JudgedQuestion, ...]:
    """The questions that an article among these answers."""
    return tuple(question for question in judged if any(url in urls for url in answering_urls(question)))


def answering_urls(question: JudgedQuestion) -> tuple[str, ...]:
    """Urls of the articles that answer a question."""
    if not question.answerable:
        return ()
    return tuple(url for url, grade in question.grades.items() if grade == _ANSWERS)


def urls_by_use(judged: Sequence[JudgedQuestion]) -> tuple[str, ...]:
    """Urls of judged articles: those that answer, those that are related, the others; each once."""
    graded = [(grade, url) for question in judged for url, grade in question.grades.items()]
    return tuple(dict.fromkeys(url for _, url in sorted(graded, key=lambda each: -each[0])))


def made_questions(articles: Sequence[Article]) -> tuple[JudgedQuestion, ...]:
    """One question an article, in its own other words, evenly chosen where there are many articles.

    Its own question would be found by any encoder, for that is what is indexed. Description, keywords and title take
    turns, as far as an article has them; one that has nothing but its question is asked by that.
    """
    count = min(len(articles), MAX_MADE_QUESTIONS)
    chosen = [articles[place * len(articles) // count] for place in range(count)]
    return tuple(_made(article, turn) for turn, article in enumerate(chosen))


def _made(article: Article, turn: int) -> JudgedQuestion:
    wordings = list(_wordings(article)) or [("question", article.question)]
    style, text = wordings[turn % len(wordings)]
    return JudgedQuestion(
        id=f"{style}-{turn}",
        query=_shortened(text),
        style=style,
        answerable=True,
        source=article.url,
        evidence=None,
        grades={article.url: _ANSWERS},
    )


def _wordings(article: Article) -> Iterator[tuple[str, str]]:
    """What an article is called other than by its question: kind and text."""
    for kind, wording in _KINDS.items():
        text = " ".join(wording(article).split())
        if text and text.casefold() != " ".join(article.question.split()).casefold():
            yield kind, text


_KINDS: Mapping[str, Callable[[Article], str]] = MappingProxyType(
    {
        "description": lambda article: article.seo.page_description,
        "keywords": lambda article: " ".join(article.seo.page_keywords[:_KEYWORDS]),
        "title": lambda article: article.title or article.article_title,
    }
)


def _shortened(text: str) -> str:
    """The text's beginning, whole words."""
    if len(text) <= _MAX_LENGTH:
        return text
    head = text[:_MAX_LENGTH]
    return head.rsplit(" ", 1)[0] if " " in head else head
