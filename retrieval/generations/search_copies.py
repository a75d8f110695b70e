"""What a search engine outside of this process holds of an index: brought in line with the index folder.

The folder is the truth. A generation is copied before the folder names it, and shown to others afterwards; it is
removed from the engine before it is from the folder. So whenever a process may die, what the folder names can be
searched, the engine holds nothing that the folder does not, and what is shown is put right by whoever comes next.
"""

from __future__ import annotations

import logging

from retrieval.errors import SearchEngineError
from retrieval.generations.folder import IndexFolder
from retrieval.generations.generation import Generation
from retrieval.indexes.engine import SearchEngine

_TRIES = 5

_log = logging.getLogger(__name__)


class SearchCopies:
    """The copies of one index's generations in a search engine; without an engine nothing is done.

    Args:
        engine: The engine, if there is one.
        index: The index folder.

    Attributes:
        engine: See above.
    """

    def __init__(self, engine: SearchEngine | None, index: IndexFolder) -> None:
        self.engine = engine
        self._index = index

    def prepare(self, generation: Generation) -> None:
        """Have the engine hold a generation whole.

        Raises:
            SearchEngineError: The engine cannot be used.
        """
        if self.engine is not None:
            self.engine.prepare(generation.index_parts())

    def show_current(self) -> None:
        """Have the engine show others which generation serves, as the folder says it.

        Searches of this project never go by what is shown, so an engine that is away is only logged.
        """
        if self.engine is None:
            return
        try:
            for _ in range(_TRIES):  # the folder has the last word where another process changes it meanwhile
                current = self._index.known_current_id()
                if current is not None:
                    self.engine.point_to(current)
                if self._index.known_current_id() == current:
                    return
        except SearchEngineError as error:
            _log.warning("the search engine does not show yet which generation serves: %s", error)

    def remove(self, generation_id: str) -> None:
        """Remove a generation from the engine, and then from the folder.

        Raises:
            SearchEngineError: The engine cannot be used; the generation stays in the folder, too.
        """
        if self.engine is not None:
            self.engine.drop(generation_id)
        self._index.remove(generation_id)
