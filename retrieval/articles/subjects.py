"""One display name for each subject, whatever the case in the files."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
