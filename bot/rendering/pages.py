"""Blocks → pages, each of which fits into one message. Only a block longer than a page is cut inside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.rendering.blocks import Block, ImageBlock, Page, TextBlock
from bot.rendering.limits import MESSAGE_COMPONENTS, MESSAGE_FILES, MESSAGE_TEXT, text_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_IMAGE_COMPONENTS = 2  # a gallery and its item; whether Discord counts the item is not documented
_FENCE = re.compile(r"((?:> )?)```([A-Za-z0-9_+\-.#]*)$")
_SENTENCE_END = re.compile(r"[.!?:;][*_)\"'”]*[ \n]")
_ITEM = re.compile(r" +(?:-|\d+\.) ")
_LINK_END = re.compile(r"\]\([^)]*\)")
_LEAST_ROOM = 200


@dataclass(frozen=True, slots=True)
class Room:
    """What of a message is left for a page's blocks.

    Attributes:
        text: Characters (UTF-16 code units) of all texts together.
        components: Text displays and galleries.
        images: Pictures.
    """

    text: int = MESSAGE_TEXT
    components: int = MESSAGE_COMPONENTS
    images: int = MESSAGE_FILES

    def __post_init__(self) -> None:
        """Refuse a room in which nothing fits."""
        if self.text < _LEAST_ROOM or self.components < 1 + _IMAGE_COMPONENTS or self.images < 1:
            raise ValueError(
                f"{self} is too little for a page; leave {_LEAST_ROOM} characters, 3 components, 1 picture"
            )


def make_pages(blocks: Iterable[Block], room: Room | None = None) -> tuple[Page, ...]:
    """Put blocks on pages, in order, as many on each as fit.

    A heading stays with what follows it. A text longer than a page is cut between lines, sentences or words; a code
    block that is cut is closed, and opened again with its language.

    Args:
        blocks: What is to be shown.
        room: What fits on a page; a whole message without it.
    """
    room = room or Room()
    pages: list[Page] = []
    current: list[Block] = []
    for piece in _pieces(blocks, room.text):
        if current and not _fits([*current, piece], room):
            kept, moved = _without_last_headings(current)
            pages.append(Page(_merged(kept)))
            current = moved if _fits([*moved, piece], room) else []
            if moved and not current:
                pages.append(Page(_merged(moved)))
        current.append(piece)
    return (*pages, Page(_merged(current))) if current else tuple(pages)


def _pieces(blocks: Iterable[Block], limit: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, ImageBlock):
            yield block
        elif block.markdown.strip():
            first, *rest = split_text(block.markdown, limit)
            yield replace(block, markdown=first)
            yield from (TextBlock(text) for text in rest)


def _without_last_headings(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    place = len(blocks)
    while place > 0 and isinstance(block := blocks[place - 1], TextBlock) and block.is_heading:
        place -= 1
    return (blocks[:place], blocks[place:]) if place else (blocks, [])


def _fits(blocks: Sequence[Block], room: Room) -> bool:
    merged = _merged(blocks)
    images = sum(isinstance(block, ImageBlock) for block in merged)
    text = sum(text_length(block.markdown) for block in merged if isinstance(block, TextBlock))
    components = len(merged) - images + _IMAGE_COMPONENTS * images
    return images <= room.images and text <= room.text and components <= room.components


def _merged(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Texts that follow each other joined into one."""
    merged: list[Block] = []
    after_heading = False
    for block in blocks:
        last = merged[-1] if merged else None
        if isinstance(block, TextBlock) and isinstance(last, TextBlock):
            gap = "\n" if block.is_tight or after_heading else "\n\n"
            merged[-1] = TextBlock(last.markdown + gap + block.markdown)
        else:
            merged.append(_unindented(block))
        after_heading = isinstance(block, TextBlock) and block.is_heading
    return tuple(merged)


def _unindented(block: Block) -> Block:
    """A text without the indent that joined it to a list item, which is not right above it any more."""
    if isinstance(block, TextBlock) and block.markdown.startswith(" ") and not _ITEM.match(block.markdown):
        return replace(block, markdown=block.markdown.lstrip(" "))
    return block


def split_text(markdown: str, limit: int) -> list[str]:
    """Cut Discord Markdown into pieces of at most `limit` UTF-16 code units; code blocks are balanced in each."""
    pieces: list[str] = []
    while text_length(markdown) > limit:
        cut = _cut(markdown, limit - len("\n> ```"))
        piece, markdown = markdown[:cut].rstrip("\n"), markdown[cut:].lstrip("\n")
        fence, _ = _open_fence(piece)
        if fence:
            closing = _closing(fence)
            piece += f"\n{closing}"
            markdown = "" if markdown == closing else f"{fence}\n{markdown}"
        pieces.append(piece)
    return [*pieces, markdown] if markdown.strip() or not pieces else pieces


def _closing(fence: str) -> str:
    return "> ```" if fence.startswith("> ") else "```"


def _open_fence(text: str) -> tuple[str, int]:
    """The line that opens the code block in which the text ends, and where its code starts; else nothing, and 0."""
    opened, start, place = "", 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if _FENCE.fullmatch(line):
            opened, start = ("", 0) if opened else (line, place)
    return opened, start


def _cut(markdown: str, limit: int) -> int:
    """Where to cut so that at most `limit` code units are before it: the best kind of place in the second half."""
    longest = _units_to_characters(markdown, limit)
    head = markdown[: longest + 1]
    fence, least = _open_fence(head[:longest])
    if fence:
        places = [head.rfind("\n") + 1]
    else:
        ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() <= longest]
        places = [head.rfind("\n") + 1, *reversed([end for end in ends if _is_balanced(head[:end])][-1:])]
        blanks = [place + 1 for place, character in enumerate(head[:longest]) if character == " "]
        places += [next((end for end in reversed(blanks) if _is_balanced(head[:end])), 0), *blanks[-1:]]
        least = longest // 2
    for place in places:
        if least < place <= longest:
            return place
    return _outside_escape(markdown, longest)


def _units_to_characters(text: str, units: int) -> int:
    place = min(units, len(text))
    while text_length(text[:place]) > units:
        place -= 1
    return place


def _is_balanced(text: str) -> bool:
    bare = re.sub(r"\\.", "", text, flags=re.DOTALL)
    if bare.count("[") != len(_LINK_END.findall(bare)):
        return False
    return bare.count("`") % 2 == 0 and bare.count("**") % 2 == 0 and bare.replace("**", "").count("*") % 2 == 0


def _outside_escape(text: str, place: int) -> int:
    """A place that does not part a backslash from what it escapes."""
    backslashes = len(text[:place]) - len(text[:place].rstrip("\\"))
    return place - 1 if backslashes % 2 else place
