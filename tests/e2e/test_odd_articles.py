"""The two hundred oddest articles of the real corpus, read to the last page, and accepted by Discord."""

from __future__ import annotations

import heapq
import re
import tarfile
from functools import partial
from pathlib import Path

import pytest

from bot.bootstrap import build_index
from config.loading import load_settings
from tests.e2e.bot_running import open_serving
from tests.e2e.words import link

ODDEST = 200
SHAPES = {
    "code": rb"```",
    "table": rb"\|\s*:?-{2,}",
    "display math": rb"\$\$",
    "inline math": rb"\\\\\(|\$[^$ ]",
    "environments": rb"begin\{",
    "chemistry": rb"\\ce\{",
    "html": rb"<su[bp]|<br|&[a-z]+;",
    "links": rb"\]\(",
    "quotes": rb"\\n> ",
    "deep headings": rb"#{4,}",
    "deep lists": rb"\\n {4,}[-*\d]",
    "strange letters": rb"[\xe0-\xf4][\x80-\xbf]{2,3}",
    "backslashes": rb"\\\\\\\\",
    "pings": rb"@everyone|@here|<@",
}
MEASURES = {
    "long": len,
    "long lines": lambda data: max(map(len, data.replace(rb"\n", b"\n").split(b"\n"))),
}
PER_SHAPE = 26  # many articles are odd in several ways


def count(pattern: re.Pattern[bytes], data: bytes) -> int:
    """How often a pattern is found."""
    return sum(1 for _ in pattern.finditer(data))


def oddest(archive: Path) -> dict[str, bytes]:
    """Of each shape the articles that have most of it, by path."""
    measures = {shape: partial(count, re.compile(pattern)) for shape, pattern in SHAPES.items()} | MEASURES
    best: dict[str, list[tuple[int, str, bytes]]] = {shape: [] for shape in measures}
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.name.endswith(".md") or (file := tar.extractfile(member)) is None:
                continue
            data = file.read()
            for shape, measure in measures.items():
                if found := measure(data):
                    push = heapq.heappush if len(best[shape]) < PER_SHAPE else heapq.heappushpop
                    push(best[shape], (found, member.name, data))
    chosen: dict[str, bytes] = {}
    ranked = [sorted(entries, reverse=True) for entries in best.values()]
    for rank in range(PER_SHAPE):
        for entries in ranked:
            if rank < len(entries) and len(chosen) < ODDEST:
                chosen.setdefault(entries[rank][1], entries[rank][2])
    return chosen


@pytest.fixture(scope="session")
def odd_articles(shared_dir, data_dir, tmp_path_factory):
    archive = shared_dir / "corpus" / "learn.tar.xz"
    if not archive.is_file():
        pytest.skip("needs the real corpus, corpus/learn.tar.xz in a folder `shared` beside the checkout")
    folder = tmp_path_factory.mktemp("odd-articles")
    for name, data in oddest(archive).items():
        path = folder / Path(name).relative_to("content")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    environment = {
        "QUICKTAKES_DATA_DIR": str(data_dir),
        "QUICKTAKES_INDEX__DIR": str(tmp_path_factory.mktemp("odd-index")),
        "QUICKTAKES_INDEX__CONTENT_DIR": str(folder),
    }
    settings = load_settings(environment=environment, working_folder=folder).settings
    build_index(settings, full=False, on_progress=lambda *_: None)
    opened = open_serving(settings)
    yield opened
    opened.close()


def test_the_oddest_articles_are_accepted_page_by_page(in_discord, odd_articles):
    async def scenario(hall):
        double, member = hall.double, hall.double.member
        articles = hall.articles()
        assert len(articles) >= ODDEST * 0.9
        failed = []
        for article in articles:
            run = await double.slash(member, "article", {"title": hall.token_of(article.url)})
            if link(article.url) not in run.text:
                failed.append((article.url, run.text[:200]))
                continue
            await double.press(member, run.message, "Read the whole article")
            seen = [double.current(run.message).text]
            while "Next page" in hall.enabled(run.message):
                await double.press(member, run.message, "Next page")
                seen.append(double.current(run.message).text)
            if len(set(seen)) != len(seen):
                failed.append((article.url, f"{len(seen)} pages, {len(set(seen))} differ"))
        assert failed == []
        hall.check_pings()

    in_discord(scenario, index=odd_articles, debug=False)
