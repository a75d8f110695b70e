"""Every display formula of a corpus drawn: python benchmarks/math_images.py CONTENT_DIR [--sheet FILE.png] [--first N].

Prints how many were drawn, how long each took, and which were refused and why. Processor time is given beside the time
that passed, for on a busy machine only the former tells what a formula costs. With ``--sheet``, a hundred formulas
drawn by lot are put on one picture beside their source, to be looked at (needs Pillow).
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image, ImageDraw

from bot.rendering.inline_markdown import is_display, is_prose
from bot.rendering.math.images import draw_formula
from bot.rendering.math.tree import FormulaError
from bot.rendering.math.unicode import unicode_math
from retrieval.articles.discovery import discover_article_files
from retrieval.articles.markdown.parser import all_tokens
from retrieval.articles.parsing import read_article
from retrieval.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

_COLUMNS = 2
_COLUMN_WIDTH = 800
_TALLEST = 260
_CAPTION = 34
_DRAWN_BAR = 0.999
_TIME_BAR_MS = 150


@dataclass(frozen=True, slots=True)
class Drawn:
    """One formula that was drawn, with seconds of processor time and of time that passed."""

    source: str
    png: bytes
    processor: float
    passed: float


def formulas(tokens: Iterable[Token]) -> tuple[Counter[str], Counter[str]]:
    """How often each display formula and each inline formula occurs."""
    display: Counter[str] = Counter()
    inline: Counter[str] = Counter()
    for token in tokens:
        for found, part in zip((display, inline), formulas(token.children or ()), strict=True):
            found.update(part)
        if is_display(token):
            display[token.content.strip()] += 1
        elif token.type.startswith("math") and not is_prose(token.content):
            inline[token.content.strip()] += 1
    return display, inline


def corpus_formulas(content: Path) -> tuple[Counter[str], Counter[str]]:
    """The formulas of all articles below a folder."""
    display: Counter[str] = Counter()
    inline: Counter[str] = Counter()
    for path in discover_article_files(content):
        try:
            answer = read_article(path, content).answer
        except ArticleError as error:
            print(error, file=sys.stderr)
            continue
        if any(mark in answer for mark in ("$", r"\(", r"\[")):
            for found, part in zip((display, inline), formulas(all_tokens(answer)), strict=True):
                found.update(part)
    return display, inline


def draw_all(sources: Sequence[str]) -> tuple[list[Drawn], list[FormulaError]]:
    """Draw each formula."""
    draw_formula("x")  # loads the font
    drawn: list[Drawn] = []
    refused: list[FormulaError] = []
    for source in sources:
        processor, passed = time.process_time(), time.perf_counter()
        try:
            png = draw_formula(source)
        except FormulaError as error:
            refused.append(error)
        else:
            drawn.append(Drawn(source, png, time.process_time() - processor, time.perf_counter() - passed))
    return drawn, refused


def quantiles(seconds: Sequence[float]) -> str:
    """Median, 95 % and 99 % in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"


def sheet(drawn: Sequence[Drawn], target: Path) -> None:
    """Put pictures with their sources on one picture."""
    cells = []
    for formula in drawn:
        picture = Image.open(io.BytesIO(formula.png)).convert("RGB")
        picture.thumbnail((_COLUMN_WIDTH - 10, _TALLEST))
        cells.append((picture, " ".join(formula.source.split()).encode("ascii", "replace").decode()))
    rows = [cells[start : start + _COLUMNS] for start in range(0, len(cells), _COLUMNS)]
    heights = [max(picture.height for picture, _ in row) + _CAPTION for row in rows]
    page = Image.new("RGB", (_COLUMN_WIDTH * _COLUMNS, sum(heights)), "#313338")
    pen = ImageDraw.Draw(page)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for column, (picture, source) in enumerate(row):
            page.paste(picture, (column * _COLUMN_WIDTH, top))
            for line in range(2):
                caption = source[line * 125 : (line + 1) * 125]
                pen.text((column * _COLUMN_WIDTH + 4, top + height - _CAPTION + 2 + 14 * line), caption, fill="#dbdee1")
        top += height
    page.save(target)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("content", type=Path, help="folder of articles")
    parser.add_argument("--sheet", type=Path, help="PNG to write with a hundred formulas and their sources")
    parser.add_argument("--seed", type=int, default=20240611, help="which hundred formulas --sheet shows")
    parser.add_argument("--first", type=int, help="draw only so many, spread over the corpus")
    wanted = parser.parse_args()
    display, inline = corpus_formulas(wanted.content)
    sources = sorted(display)
    if wanted.first:
        sources = sources[:: max(1, len(sources) // wanted.first)]
    drawn, refused = draw_all(sources)
    for error in refused:
        print(f"refused: {error.problem}: {' '.join(error.source.split())}")
    share = len(drawn) / len(sources)
    print(f"display formulas: {len(display):,} distinct, {sum(display.values()):,} uses")
    print(f"drawn: {len(drawn):,} of {len(sources):,} ({share:.2%}; wanted {_DRAWN_BAR:.1%})")
    print(f"processor time each: {quantiles([one.processor for one in drawn])} (wanted p95 {_TIME_BAR_MS} ms)")
    print(f"time passed each: {quantiles([one.passed for one in drawn])}")
    print(f"size: median {statistics.median(len(one.png) for one in drawn) / 1024:.1f} KiB")
    unreadable = [source for source in inline if not _is_readable(source)]
    print(f"inline formulas: {len(inline):,} distinct, {len(inline) - len(unreadable):,} readable as Unicode")
    for source in unreadable:
        print(f"shown as source: {source}")
    if wanted.sheet:
        by_lot = random.Random(wanted.seed).sample(sources, min(100, len(sources)))  # noqa: S311  # no secret
        pictures = {one.source: one for one in drawn}
        sheet([pictures[source] for source in by_lot if source in pictures], wanted.sheet)


def _is_readable(source: str) -> bool:
    try:
        unicode_math(source)
    except FormulaError:
        return False
    return True


if __name__ == "__main__":
    main()
