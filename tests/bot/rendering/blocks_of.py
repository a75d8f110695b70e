"""Helpers to say in one line what was rendered."""

from bot.rendering.blocks import ImageBlock, TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.math.tree import parse_latex
from bot.rendering.pages import make_pages


def named(source):
    """A drawer that draws nothing: the picture's bytes are the formula; what cannot be parsed is refused as usual."""
    parse_latex(source)
    return source.encode()


def shown(markdown):
    """The rendered text as it stands on one page; a formula in angle brackets."""
    pages = make_pages(render_markdown(markdown, named))
    return "\n".join(
        block.markdown if isinstance(block, TextBlock) else f"<{block.png.decode()}>"
        for page in pages
        for block in page.blocks
    )


def text_of(page):
    """All text of a page."""
    return "\n".join(block.markdown for block in page.blocks if isinstance(block, TextBlock))


def images_of(blocks):
    """The pictures among blocks."""
    return [block for block in blocks if isinstance(block, ImageBlock)]
