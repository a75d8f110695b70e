"""Opening the generation that serves while other processes build, let serve and remove generations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from retrieval.errors import GenerationError

_TRIES = 50

Opened = TypeVar("Opened")


def open_current(current_id: Callable[[], str | None], open_one: Callable[[str], Opened]) -> Opened | None:
    """Open the generation that serves; one replaced and removed before it is open gives way to its successor.

    Args:
        current_id: Tells which one serves; ``None`` where nothing was built.
        open_one: Opens one by its id.

    Returns:
        What was opened; ``None`` where nothing was built.

    Raises:
        GenerationError: The one that serves cannot be opened.
    """
    for _ in range(_TRIES - 1):
        wanted = current_id()
        if wanted is None:
            return None
        try:
            return open_one(wanted)
        except GenerationError:
            if current_id() == wanted:
                raise
    wanted = current_id()
    return None if wanted is None else open_one(wanted)
