"""Commands with an argument in braces, found in LaTeX."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def with_arguments(latex: str, names: Sequence[str], replaced: Callable[[str, str], str]) -> str:
    r"""Replace each ``\name{argument}``; one whose brace is not closed stays.

    Args:
        names: Of the commands, without the backslash.
        replaced: Name and argument → what stands there instead.
    """
    command = _command(tuple(names))
    parts = []
    done = 0
    while match := command.search(latex, done):
        end = closing_brace(latex, match.end())
        if end is None:
            break
        parts += [latex[done : match.start()], replaced(match[1], latex[match.end() : end])]
        done = end + 1
    return "".join([*parts, latex[done:]])


def closing_brace(latex: str, start: int) -> int | None:
    """The place of the brace that closes the one before `start`, if there is one."""
    depth = 1
    place = start
    while place < len(latex):
        character = latex[place]
        depth += (character == "{") - (character == "}")
        if not depth:
            return place
        place += 2 if character == "\\" else 1
    return None


@lru_cache(maxsize=32)
def _command(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\\({'|'.join(map(re.escape, names))})(?![A-Za-z])\s*\{{")
