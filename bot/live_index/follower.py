"""Keeps the live index in step with the index folder, whichever process builds, rolls back or prunes there."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from bot.live_index.memory import return_free_memory
from embeddings.errors import EmbeddingError
from retrieval.errors import CurrentFileError, GenerationError, NoGenerationError, RetrievalError
from retrieval.generations.current import open_current
from retrieval.lifecycle.inspection import ServesInstead

if TYPE_CHECKING:
    from pathlib import Path

    from bot.live_index.live import LiveIndex
    from bot.live_index.open_index import OpenIndex

POLL_SECONDS = 1.0
"""Seconds between two checks of the folder; a check reads one small file."""

REOPEN_SECONDS = 60.0
"""Seconds until opening a generation is tried again after it failed."""

_log = logging.getLogger(__name__)


class Generations(Protocol):
    """The generations of an index folder, as the follower needs them; a `GenerationStore` is one."""

    @property
    def folder(self) -> Path:
        """The index folder."""
        ...

    def current_id(self) -> str | None:
        """Id of the generation that should serve, ``None`` where nothing was built.

        Raises:
            CurrentFileError: The file that names it is damaged.
        """
        ...

    def served_ids(self) -> tuple[str, ...]:
        """Ids of all generations that serve or have served, newest first."""
        ...


OpenOne = Callable[[str], "OpenIndex"]
"""Opens a generation by its id; raises `GenerationError` where it is gone, damaged, or for another model or version."""


def open_newest_sound(generations: Generations, open_one: OpenOne, tries: int = 50) -> OpenIndex:
    """Open the current generation; where that fails, log it and open the newest one that can be opened.

    Where nobody can tell which one should, it is the newest one that can be opened and has served.

    Args:
        tries: How often it is begun anew because the one that should serve was replaced and removed meanwhile.

    Raises:
        GenerationError: Nothing was built yet, or nothing can be opened; it is about the one that should serve.
    """
    problem: GenerationError | None = None
    wanted: str | None = None
    try:
        wanted = generations.current_id()
        if wanted is None:
            raise NoGenerationError(generations.folder)
    except CurrentFileError as error:
        problem = error
        _log.error("%s", error)  # the text says it all
    for generation_id in dict.fromkeys((*([wanted] if wanted else []), *generations.served_ids())):
        try:
            index = open_one(generation_id)
        except GenerationError as error:
            if generation_id == wanted and tries > 1 and _is_replaced(generations, wanted):
                return open_newest_sound(generations, open_one, tries - 1)
            problem = problem or error
            _log.error("generation %s cannot serve: %s", generation_id, error)  # the text says it all
            continue
        if generation_id != wanted:
            instead = wanted or "the one that should"
            _log.error("generation %s serves instead of %s until that is mended", generation_id, instead)
        _log.info("generation %s serves: %s articles", generation_id, f"{index.article_count:,}")
        return index
    raise problem or NoGenerationError(generations.folder)


def _is_replaced(generations: Generations, generation_id: str) -> bool:
    """Whether another generation than this one should serve now."""
    with suppress(CurrentFileError):
        return generations.current_id() != generation_id
    return False


class IndexFollower:
    """Swaps the live index whenever the index folder names another generation as current."""

    def __init__(self, live: LiveIndex, generations: Generations, open_one: OpenOne) -> None:
        self._live = live
        self._generations = generations
        self._open_one = open_one
        self._tried = ""  # the generation that could not be opened, and when it is tried again
        self._again = 0.0
        self._said = ""

    def instead(self) -> ServesInstead | None:
        """What serves instead of the generation that should; ``None`` where that one serves."""
        return ServesInstead(self._live.generation_id, self._said) if self._said else None

    def second_encoder_problem(self) -> str:
        """Why what serves goes without the second encoder; empty where there is no reason."""
        return self._live.second_encoder_problem

    async def run(self) -> None:
        """Check the folder again and again, until cancelled."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                await asyncio.to_thread(self.check)
            except Exception:  # noqa: BLE001  # a defect; but who no longer looks serves what is outdated for good
                _log.exception("still serving generation %s", self._live.generation_id)

    def check(self) -> bool:
        """Check the folder once; blocks while a generation is opened. Returns whether another one serves now.

        What cannot be opened leaves the one before serving, is said once, and is tried again now and then: it may have
        been mended, or the machine lacked something.
        """
        try:
            wanted = self._generations.current_id()
            if wanted is None:
                raise NoGenerationError(self._generations.folder)
            if wanted == self._live.generation_id:
                self._tried = self._said = ""
                return False
            if wanted == self._tried and time.monotonic() < self._again:
                return False
            self._tried, self._again = wanted, time.monotonic() + REOPEN_SECONDS
            index = open_current(self._generations.current_id, self._open_one)
        except (RetrievalError, EmbeddingError, OSError) as error:
            if str(error) != self._said:
                _log.error("still serving generation %s: %s", self._live.generation_id, error)  # as above
            self._said = str(error)
            return False
        if index is None:  # all of it was removed since
            return False
        self._tried = self._said = ""
        before = self._live.generation_id
        self._live.swap(index)
        return_free_memory()
        _log.info("generation %s serves now, after %s", index.generation_id, before)
        return True
