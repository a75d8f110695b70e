"""The content of a message in order: texts, and pictures between them. Knows no Discord objects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A piece of Discord Markdown that is not cut unless it is longer than a page.

    Attributes:
        markdown: The text; every code fence in it is closed.
        is_tight: Stands right below the text before it, without an empty line between them.
        is_heading: Belongs on the same page as what follows it.
    """

    markdown: str
    is_tight: bool = False
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """A picture of its own size, to be shown as an item of a media gallery.

    Attributes:
        name: File name, unique among the pictures of one article.
        png: The file.
        alt: What the picture shows, in words or LaTeX; within Discord's limit.
    """

    name: str
    png: bytes
    alt: str


Block = TextBlock | ImageBlock


@dataclass(frozen=True, slots=True)
class Page:
    """The content of one message; adjacent texts are joined, so that texts and pictures alternate."""

    blocks: tuple[Block, ...]

    @property
    def images(self) -> tuple[ImageBlock, ...]:
        """The pictures, which are the files of the message."""
        return tuple(block for block in self.blocks if isinstance(block, ImageBlock))
