"""The two hundred oddest articles of the real corpus, read to the last page, and accepted by Discord."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from config.loading import load_settings
from tests.bot.small_index import build
from tests.e2e.bot_running import open_serving
from tests.e2e.words import link
from tests.odd_articles import oddest

ODDEST = 200
READERS = 4


@pytest.fixture(scope="session")
def odd_articles(shared_dir, data_dir, tmp_path_factory):
    archive = shared_dir / "corpus" / "learn.tar.xz"
    if not archive.is_file():
        pytest.skip("needs the real corpus, corpus/learn.tar.xz in a folder `shared` beside the checkout")
    folder = tmp_path_factory.mktemp("odd-articles")
    for name, data in oddest(archive, ODDEST).items():
        path = folder / Path(name).relative_to("content")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    environment = {
        "QUICKTAKES_DATA_DIR": str(data_dir),
        "QUICKTAKES_INDEX__DIR": str(tmp_path_factory.mktemp("odd-index")),
        "QUICKTAKES_INDEX__CONTENT_DIR": str(folder),
    }
    settings = load_settings(environment=environment, working_folder=folder).settings
    build(settings)
    opened = open_serving(settings)
    yield opened
    opened.close()


@pytest.mark.long
def test_the_oddest_articles_are_accepted_page_by_page(in_discord, odd_articles):
    async def scenario(hall):
        articles = hall.articles()
        assert len(articles) >= ODDEST * 0.9  # some of them are broken, or are one article
        double, failed = hall.double, []
        readers = [double.add_user(f"reader{number}", double.guild) for number in range(READERS)]

        async def read(reader, article):
            run = await double.slash(reader, "article", {"title": hall.token_of(article.url)})
            if link(article.url) not in run.text:
                failed.append((article.url, run.text[:200]))
                return
            await double.press(reader, run.message, "Read the whole article")
            seen = [double.current(run.message).text]
            while "Next page" in hall.enabled(run.message):
                await double.press(reader, run.message, "Next page")
                seen.append(double.current(run.message).text)
            if len(set(seen)) != len(seen):
                failed.append((article.url, f"{len(seen)} pages, {len(set(seen))} differ"))

        async def read_some(number, reader):
            for article in articles[number::READERS]:
                await read(reader, article)

        await asyncio.gather(*(read_some(number, reader) for number, reader in enumerate(readers)))
        assert failed == []
        hall.check_pings()

    in_discord(scenario, index=odd_articles, debug=False)
