"""Blocks → pages, each of which fits into one message. Only a block longer than a page is cut inside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.rendering.blocks import Block, ImageBlock, Page, TextBlock
from bot.rendering.limits import MESSAGE_COMPONENTS, MESSAGE_FILES, MESSAGE_TEXT, beginning, text_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_IMAGE_COMPONENTS = 2  # a gallery and its item; whether Discord counts the item is not documented
_FENCE = re.compile(r"((?:> )?)```([A-Za-z0-9_+\-.#]*)$")
_SENTENCE_END = re.compile(r"[.!?:;][*_)\"'”]*[ \n]")
_ITEM = re.compile(r" +(?:-|\d+\.) ")
_MARK = re.compile(r"\\.|\[|\]\([^)]{0,600}\)|`|\*\*?", re.DOTALL)
_MIN_ROOM = 200


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
        if self.text < _MIN_ROOM or self.components < 1 + _IMAGE_COMPONENTS or self.images < 1:
            raise ValueError(f"{self} is too little for a page; leave {_MIN_ROOM} characters, 3 components, 1 picture")


def make_pages(blocks: Iterable[Block], room: Room | None = None) -> tuple[Page, ...]:
    """Put blocks on pages, in order, as many on each as fit.

    A heading stays with what follows it. A text longer than a page is cut between lines, sentences or words; a code
    block that is cut is closed, and opened again with its language.

    Args:
        room: What fits on a page; a whole message without it.
    """
    room = room or Room()
    pages: list[Page] = []
    current: list[Block] = []
    used = _Used()
    for piece in _pieces(blocks, room.text):
        if current and not used.added(piece).fits(room):
            kept, moved = _without_last_headings(current)
            pages.append(Page(_merged(kept)))
            used = _used_by(moved)
            current = moved if used.added(piece).fits(room) else []
            if moved and not current:
                pages.append(Page(_merged(moved)))
            used = used if current else _Used()
        used = used.added(piece)
        current.append(piece)
    return (*pages, Page(_merged(current))) if current else tuple(pages)


@dataclass(frozen=True, slots=True)
class _Used:
    """What blocks take of a page once texts that follow each other are joined, see `_merged`."""

    text: int = 0
    components: int = 0
    images: int = 0
    ends_in_text: bool = False
    ends_in_heading: bool = False

    def added(self, block: Block) -> _Used:
        if isinstance(block, ImageBlock):
            return _Used(self.text, self.components + _IMAGE_COMPONENTS, self.images + 1)
        if self.ends_in_text:
            length = text_length(block.markdown) + _gap_after(block, after_heading=self.ends_in_heading)
            return replace(self, text=self.text + length, ends_in_heading=block.is_heading)
        length = text_length(_unindented(block).markdown)
        return _Used(self.text + length, self.components + 1, self.images, True, block.is_heading)

    def fits(self, room: Room) -> bool:
        return self.images <= room.images and self.text <= room.text and self.components <= room.components


def _used_by(blocks: Iterable[Block]) -> _Used:
    used = _Used()
    for block in blocks:
        used = used.added(block)
    return used


def _gap_after(block: TextBlock, *, after_heading: bool) -> int:
    """How many line feeds part a text from the one above it."""
    return 1 if block.is_tight or after_heading else 2


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


def _merged(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Texts that follow each other joined into one."""
    merged: list[Block] = []
    after_heading = False
    for block in blocks:
        last = merged[-1] if merged else None
        if isinstance(block, TextBlock) and isinstance(last, TextBlock):
            gap = "\n" * _gap_after(block, after_heading=after_heading)
            merged[-1] = TextBlock(last.markdown + gap + block.markdown)
        else:
            merged.append(_unindented(block) if isinstance(block, TextBlock) else block)
        after_heading = isinstance(block, TextBlock) and block.is_heading
    return tuple(merged)


def _unindented(block: TextBlock) -> TextBlock:
    """A text without the indent that joined it to a list item, which is not right above it any more."""
    if block.markdown.startswith(" ") and not _ITEM.match(block.markdown):
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
    longest = len(beginning(markdown, limit))
    head = markdown[: longest + 1]
    fence, least = _open_fence(head[:longest])
    if fence:
        places = [head.rfind("\n") + 1]
    else:
        ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() <= longest]
        blanks = [place + 1 for place, character in enumerate(head[:longest]) if character == " "]
        balanced = (_last_balanced(head, ends), _last_balanced(head, blanks))
        places = [head.rfind("\n") + 1, *balanced, *blanks[-1:]]
        least = longest // 2
    for place in places:
        if least < place <= longest:
            return place
    return _outside_escape(markdown, longest)


def _last_balanced(text: str, places: Sequence[int]) -> int:
    """The last of the ordered places before which all emphasis, code and links are closed; 0 if there is none."""
    last = brackets = next_place = 0
    odd = {"`": False, "**": False, "*": False}
    marks = [*_MARK.finditer(text), None]
    for mark in marks:
        until = mark.end() if mark else len(text) + 1
        while next_place < len(places) and places[next_place] < until:
            if not brackets and not any(odd.values()):
                last = places[next_place]
            next_place += 1
        if mark and mark[0] in odd:
            odd[mark[0]] = not odd[mark[0]]
        elif mark and not mark[0].startswith("\\"):
            brackets += 1 if mark[0] == "[" else -1
    return last


def _outside_escape(text: str, place: int) -> int:
    """A place that does not part a backslash from what it escapes."""
    backslashes = len(text[:place]) - len(text[:place].rstrip("\\"))
    return place - 1 if backslashes % 2 else place
