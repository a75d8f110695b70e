"""Every sample article, and the oddest of the real corpus, rendered for Discord and held against its limits."""

import re
import tarfile
import unicodedata
from pathlib import Path

import pytest

from bot.rendering.blocks import ImageBlock, TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.limits import ALT_TEXT, MESSAGE_COMPONENTS, MESSAGE_FILES, MESSAGE_TEXT, text_length
from bot.rendering.math.cache import FormulaCache
from bot.rendering.pages import Room, make_pages
from retrieval.articles.markdown.plain_text import plain_text
from retrieval.articles.parsing import read_article
from tests.bot.rendering.blocks_of import named

ROOM = Room(text=3_000, components=20, images=8)
ODD_SHAPES = (b"```", rb"|--", rb"| -", b"$$", rb"\\(", b"<su", b"<br", b"](", rb"\n> ", b"####", b"begin{", rb"\ce")
ODD_ARTICLES = 200


def check(article, draw):
    """Hold an article's pages against Discord's limits; returns its pictures."""
    pages = make_pages(render_markdown(article.answer, draw), ROOM)
    assert pages
    for page in pages:
        texts = [block.markdown for block in page.blocks if isinstance(block, TextBlock)]
        assert sum(map(text_length, texts)) <= ROOM.text <= MESSAGE_TEXT
        assert len(page.blocks) + len(page.images) <= ROOM.components <= MESSAGE_COMPONENTS
        assert len(page.images) <= ROOM.images <= MESSAGE_FILES
        assert all(text.strip() and text.count("```") % 2 == 0 for text in texts)
        assert not any(re.search(r"@everyone|@here|<@|<#", text) for text in texts)
        assert len({image.name for image in page.images}) == len(page.images)
        assert all(0 < text_length(image.alt) <= ALT_TEXT for image in page.images)
    assert words(plain_text(article.answer)) <= words(
        "\n".join(source(block) for page in pages for block in page.blocks)
    )
    return [image for page in pages for image in page.images]


def source(block):
    """What a block shows, formulas as LaTeX."""
    return block.alt if isinstance(block, ImageBlock) else re.sub(r"\\([^0-9A-Za-z\s])", r"\1", block.markdown)


def words(text):
    """Words of prose; those of formulas are shown in other letters."""
    return set(
        re.findall(r"[a-z]{5,}", re.sub(r"\$[^$]*\$|\\\(.*?\\\)|\\[a-z]+", " ", unicodedata.normalize("NFC", text)))
    )


def test_every_sample_article_is_shown_within_the_limits(sample_content):
    root = sample_content / "learn"
    paths = sorted(root.rglob("*.md"))
    assert paths
    draw = FormulaCache()
    images = [image for path in paths for image in check(read_article(path, sample_content), draw)]
    assert {image.png[:4] for image in images} == {b"\x89PNG"}


def odd_articles(archive, folder):
    """Unpack articles of odd shapes, the oddest kinds first come."""
    left = dict.fromkeys(ODD_SHAPES, ODD_ARTICLES // len(ODD_SHAPES) + 1)
    found = 0
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.name.endswith(".md") or (file := tar.extractfile(member)) is None:
                continue
            data = file.read()
            kind = next((kind for kind, count in left.items() if count and kind in data), None)
            if kind is None:
                continue
            left[kind] -= 1
            found += 1
            path = folder / Path(member.name).relative_to("content")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            if found == ODD_ARTICLES or not any(left.values()):
                return


@pytest.mark.long
def test_odd_articles_of_the_real_corpus_are_shown_within_the_limits(shared_dir, tmp_path):
    archive = shared_dir / "corpus" / "learn.tar.xz"
    if not archive.is_file():
        pytest.skip("needs the real corpus, corpus/learn.tar.xz in a folder `shared` beside the checkout")
    odd_articles(archive, tmp_path)
    paths = sorted(tmp_path.rglob("*.md"))
    assert len(paths) >= ODD_ARTICLES // 2  # not every shape is found that often
    for path in paths:
        check(read_article(path, tmp_path), named)
