"""The tables of docs/scaling.md: what an installation of any size takes, computed from what was measured at others.

    python benchmarks/scaling_arithmetic.py                    # the table of sizes as it is in the page
    python benchmarks/scaling_arithmetic.py --constants        # that of constants
    python benchmarks/scaling_arithmetic.py --articles 250000 --rate 3 --core-hour 0.04 --memory-month 3

Prices are yours to fill in, in any currency: of a core for an hour, and of a GiB of memory and of disk for a month.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields

HOURS_A_MONTH = 730
_GIB = 1 << 30
_MILLION = 1_000_000
_INVERTED_FROM = 10_000  # vectors; fewer are compared one by one
SIZES = (10**4, 10**5, 10**6, 10**7, 10**8)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, and nothing else; docs/scaling.md says where each is from.

    Attributes:
        sections_an_article: In the real corpus.
        article_bytes: Disk of an article but for its vectors: its text, its words, its tokens.
        vector_bytes: Of a vector of 384 numbers in the matrix.
        code_bytes: Of a vector in the inverted file.
        cached_bytes: Of a vector in the vector cache.
        fixed_mib: Memory of the bot's process without articles.
        own_bytes: By which that grows with an article.
        texts_a_core_second: Embedded on the newer processor.
        old_texts_a_core_second: The same on the older one.
        reading_core_ms: Reading an article file.
        index_core_s: Training and filling the inverted file, a million vectors.
        question_core_ms: A whole question over 35,915 articles.
        search_core_ms: Searching a million vectors more.
    """

    sections_an_article: float = 195_769 / 35_915
    article_bytes: int = 4_200
    vector_bytes: int = 768
    code_bytes: int = 107
    cached_bytes: int = 788
    fixed_mib: int = 192
    own_bytes: int = 1_233
    texts_a_core_second: float = 196.5
    old_texts_a_core_second: float = 34.5
    reading_core_ms: float = 1.56
    index_core_s: float = 33.0
    question_core_ms: float = 15.7
    search_core_ms: float = 3.1


@dataclass(frozen=True, slots=True)
class Prices:
    """What a core costs an hour, and a GiB of memory and of disk a month, in any currency."""

    core_hour: float = 0.0
    memory_month: float = 0.0
    disk_month: float = 0.0


@dataclass(frozen=True, slots=True)
class Demand:
    """What so many articles take.

    Attributes:
        articles: How many.
        vectors: Of questions and sections.
        disk_gib: One generation.
        cache_gib: The vector cache.
        memory_gib: The process, and every file of the index in memory.
        least_memory_gib: The process, and of the files the inverted files alone.
        embedding_core_hours: Embedding everything on the newer processor.
        old_embedding_core_hours: The same on the older one.
        other_core_hours: Reading the files and making the vector index.
        question_core_ms: One question.
        questions_a_core_second: So many of them keep a core busy.
    """

    articles: int
    vectors: float
    disk_gib: float
    cache_gib: float
    memory_gib: float
    least_memory_gib: float
    embedding_core_hours: float
    old_embedding_core_hours: float
    other_core_hours: float
    question_core_ms: float
    questions_a_core_second: float

    def month(self, rate: float, prices: Prices) -> float:
        """Cost of a month: cores for so many questions a second, memory, disk for three generations and the cache."""
        cores = rate * self.question_core_ms / 1e3 * HOURS_A_MONTH * prices.core_hour
        return cores + self.memory_gib * prices.memory_month + (3 * self.disk_gib + self.cache_gib) * prices.disk_month

    def build(self, prices: Prices) -> float:
        """What a build from nothing costs."""
        return (self.embedding_core_hours + self.other_core_hours) * prices.core_hour


def demand(articles: int, measured: Measured | None = None) -> Demand:
    """What so many articles take."""
    given = measured or Measured()
    sections = articles * given.sections_an_article
    vectors = articles + sections
    codes = given.code_bytes * sum(rows for rows in (articles, sections) if rows > _INVERTED_FROM)
    disk = articles * given.article_bytes + vectors * given.vector_bytes + codes
    own = given.fixed_mib * (1 << 20) + articles * given.own_bytes
    more = max(0.0, sections - 195_769) / _MILLION
    question = given.question_core_ms + more * given.search_core_ms
    other = articles * given.reading_core_ms / 1e3 + vectors / _MILLION * given.index_core_s
    return Demand(
        articles=articles,
        vectors=vectors,
        disk_gib=disk / _GIB,
        cache_gib=vectors * given.cached_bytes / _GIB,
        memory_gib=(own + disk) / _GIB,
        least_memory_gib=(own + codes) / _GIB,
        embedding_core_hours=vectors / given.texts_a_core_second / 3600,
        old_embedding_core_hours=vectors / given.old_texts_a_core_second / 3600,
        other_core_hours=other / 3600,
        question_core_ms=question,
        questions_a_core_second=1e3 / question,
    )


_ROWS = {
    "vectors": "vectors, millions",
    "disk_gib": "disk of a generation, GiB",
    "cache_gib": "disk of the vector cache, GiB",
    "memory_gib": "memory, every file held, GiB",
    "least_memory_gib": "memory, inverted files alone held, GiB",
    "embedding_core_hours": "embedding everything, core-hours, newer processor",
    "old_embedding_core_hours": "the same, older processor",
    "other_core_hours": "the rest of a build from nothing, core-hours",
    "question_core_ms": "a question, core-milliseconds",
    "questions_a_core_second": "questions a second and core",
}


_CONSTANTS = {
    "sections_an_article": ("sections an article", "195,769 sections of 35,915 articles"),
    "article_bytes": (
        "disk of an article without its vectors, bytes",
        "`scaling.py --index`, 3,592 articles",
    ),
    "vector_bytes": ("a vector, bytes", "384 numbers of 2 bytes"),
    "code_bytes": ("a vector in the inverted file, bytes", "`benchmarks/scaling.py`, a million vectors"),
    "cached_bytes": ("a vector in the cache, bytes", "its record: key, checksum, vector"),
    "fixed_mib": ("memory of the process, MiB", "benchmarks, 3,592 articles"),
    "own_bytes": ("the same, bytes more for an article", "benchmarks, 3,592 to 35,915 articles"),
    "texts_a_core_second": ("texts embedded a core-second", "benchmarks, newer processor, 2 cores"),
    "old_texts_a_core_second": ("the same, older processor", "benchmarks, others at work beside it"),
    "reading_core_ms": ("reading an article, core-milliseconds", "benchmarks, 28.0 s on 2 cores"),
    "index_core_s": ("indexing a million vectors, core-seconds", "`benchmarks/scaling.py`, a fifth of 5 million"),
    "question_core_ms": ("a question, milliseconds", "benchmarks, 35,915 articles"),
    "search_core_ms": ("searching a million vectors, core-milliseconds", "`benchmarks/scaling.py`, 1 and 5 million"),
}


def constant_table() -> list[str]:
    """The rows of the constants and where each is from, as lines of Markdown."""
    given = Measured()
    rows = ((title, getattr(given, name), source) for name, (title, source) in _CONSTANTS.items())
    return [f"| {title} | {value:,.4g} | {source} |" for title, value, source in rows]


def size_table(demands: list[Demand]) -> list[str]:
    """What each size takes, as lines of Markdown."""
    lines = [
        "| articles | " + " | ".join(f"{each.articles:,}" for each in demands) + " |",
        "|---" * (len(demands) + 1) + "|",
    ]
    for field in fields(Demand):
        if field.name in _ROWS:
            unit = _MILLION if field.name == "vectors" else 1
            cells = (shown(getattr(each, field.name) / unit) for each in demands)
            lines.append(f"| {_ROWS[field.name]} | " + " | ".join(cells) + " |")
    return lines


def shown(value: float) -> str:
    """A figure with two significant digits, as far as it has a fraction."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def main() -> None:
    """Print the table, and costs where there are prices."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=list(SIZES), help="how many")
    parser.add_argument("--rate", type=float, default=1.0, help="questions a second")
    for name in (field.name for field in fields(Prices)):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=0.0, help=f"price: {name}")
    parser.add_argument("--constants", action="store_true", help="print what the tables are computed from")
    arguments = parser.parse_args()
    if arguments.constants:
        print("\n".join(constant_table()))
        return
    prices = Prices(arguments.core_hour, arguments.memory_month, arguments.disk_month)
    demands = [demand(articles) for articles in arguments.articles]
    print("\n".join(size_table(demands)))
    if prices != Prices():
        for each in demands:
            month, build = each.month(arguments.rate, prices), each.build(prices)
            print(f"{each.articles:,} articles: {month:,.2f} a month, {build:,.2f} a build from nothing")


if __name__ == "__main__":
    main()
