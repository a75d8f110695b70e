"""One display name for each subject, whatever the case in the files."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from retrieval.domain import Article, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def subject_key(name: str) -> str:
    """The folder key that a subject's name would have: ``Health Studies`` gives ``health-studies``."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def display_name(key: str, spellings: Mapping[str, int]) -> str:
    """The name to show for a subject: of the spellings that its articles use, the one written most like a title.

    Names that differ in more than case are first decided by majority. Without spellings the key is made a title.

    Args:
        key: The subject's folder name.
        spellings: How many articles use each spelling; may be counted up article by article.
    """
    counts = Counter({name: count for name, count in spellings.items() if name.strip() and count > 0})
    if not counts:
        return _titled(key.replace("-", " ").replace("_", " "))
    by_name: Counter[str] = Counter()
    for name, count in counts.items():
        by_name[name.casefold()] += count
    return min(counts, key=lambda name: (-by_name[name.casefold()], -_titled_words(name), -counts[name], name))


def unify_subjects(articles: Iterable[Article]) -> list[Article]:
    """The same articles, each with the one display name of its subject's key."""
    kept: Sequence[Article] = list(articles)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in kept:
        spellings[article.subject.key][article.subject.name] += 1
    subjects = {key: Subject(key, display_name(key, counts)) for key, counts in spellings.items()}
    return [dataclasses.replace(article, subject=subjects[article.subject.key]) for article in kept]


def _titled(words: str) -> str:
    return " ".join(
        word if place and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for place, word in enumerate(words.split())
    )


def _titled_words(name: str) -> float:
    """Share of the words that are written as in a title: small words small, others with one capital in front."""
    words = name.split()
    titled = [
        word.islower() if place and word.lower() in _SMALL_WORDS else word[:1].isupper() and not word[1:].isupper()
        for place, word in enumerate(words)
    ]
    return sum(titled) / len(words)
