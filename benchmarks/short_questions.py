"""Short questions made from articles' own, for `ranking.py`: members write "osmosis" as often as a sentence.

    python benchmarks/short_questions.py INDEX OUT.jsonl [--count 480]

"What is osmosis and how does it work?" gives "define osmosis" or "osmosis meaning"; only the article that it was made
from is known to answer. Which articles and which wording follows from their urls, so each run writes the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from common import settings_for

from bot.bootstrap import make_encoder, make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOPIC = r"(?P<topic>[^,?.]{3,40}?)"
_SHAPES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(rf"What (?:is|are) (?:the |an? )?{_TOPIC}(?:,? and (?:how|why|what|where)\b.*|\?)", re.IGNORECASE),
        ("what is {}?", "what is {}", "define {}", "{}", "{} definition", "explain {}", "whats {}", "{} meaning"),
    ),
    (
        re.compile(rf"How (?:does|do) (?:the |an? )?{_TOPIC} work\b.*", re.IGNORECASE),
        ("how does {} work?", "how does {} work", "explain {}", "{}"),
    ),
    (
        re.compile(rf"(?:Explain|Describe|Define) (?:the |an? )?{_TOPIC}(?:,? and .*|\.?)", re.IGNORECASE),
        ("explain {}", "what is {}?", "describe {}", "{}"),
    ),
)
_MAX_WORDS = 3
_SAYS_NOTHING = frozenset(
    [
        "key",
        "main",
        "some",
        "most",
        "different",
        "role",
        "importance",
        "significance",
        "major",
        "primary",
        "common",
        "differences",
        "difference",
        "types",
        "characteristics",
        "effects",
        "benefits",
        "impact",
        "purpose",
        "function",
        "structure",
        "components",
    ]
)


def main() -> None:
    """Make the questions, and write them."""
    arguments = _arguments()
    settings = settings_for(arguments.index, arguments.data_dir)
    with make_store(settings).current(make_encoder(settings)) as generation:
        articles = (generation.article(row) for row in generation.article_rows.tolist())
        made = sorted(_questions((article.url, article.question) for article in articles))
    lines = [_line(url, query) for _, url, query in made[: arguments.count]]
    arguments.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} of {len(made)} questions written")


def _questions(articles: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for url, title in articles:
        chance = hashlib.blake2b(url.encode(), digest_size=8).hexdigest()
        for shape, wordings in _SHAPES:
            match = shape.fullmatch(title.strip())
            if match is None:
                continue
            words = match["topic"].split()
            if len(words) <= _MAX_WORDS and words[0].lower() not in _SAYS_NOTHING:
                topic = " ".join(word if word.isupper() else word.lower() for word in words)
                yield chance, url, wordings[int(chance, 16) % len(wordings)].format(topic)
            break


def _line(url: str, query: str) -> str:
    judged = {"id": url.rsplit("/", 1)[-1], "query": query, "style": "short", "answerable": True, "source": url}
    return json.dumps({**judged, "grades": {url: 2}}, ensure_ascii=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("out", type=Path, help="file of judged questions that is written")
    parser.add_argument("--count", type=int, default=480, help="how many questions")
    parser.add_argument("--data-dir", type=Path, help="where converted models are kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
