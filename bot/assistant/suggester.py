"""Suggestions while a member types, made in threads of their own."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.live_index.open_index import UnknownSubjectError
from bot.live_index.title_search import Choice, make_label
from bot.member_errors import MemberError
from bot.messages.catalogue import Messages
from bot.workload.worker_threads import WorkerThreads, WorkLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.live_index.live import LiveIndex
    from bot.live_index.open_index import OpenIndex
    from bot.workload.worker_threads import Abandoned

_LIMITS = WorkLimits(threads=2, waiting=50, seconds=2.0, of_one=4)  # what comes later is not shown any more
_log = logging.getLogger(__name__)


class Suggester:
    """Suggests articles and subjects from the live index. Belongs to one event loop.

    Suggestions must not wait behind answers: Discord drops them after three seconds, and typists much sooner.
    """

    def __init__(self, live: LiveIndex) -> None:
        self._live = live
        self._workers = WorkerThreads("suggest", _LIMITS)

    async def articles(
        self, typed: str, subject: str | None = None, *, member_id: int | None = None
    ) -> Sequence[Choice]:
        """Articles whose questions fit what was typed; empty where anything goes wrong.

        Args:
            member_id: Who types; of each only a few suggestions are looked for at once.
        """

        def suggest(index: OpenIndex) -> Sequence[Choice]:
            try:
                key = index.subject_key(subject) if subject else None
            except UnknownSubjectError:  # still being typed, or a mistake that is told when it is sent
                key = None
            return index.titles.search(typed, subject_key=key)

        return await self._suggest(suggest, member_id)

    async def subjects(self, typed: str, locale: str | None, *, member_id: int | None = None) -> Sequence[Choice]:
        """Subjects whose names fit what was typed, with their counts in the member's language."""
        messages = Messages.for_locale(locale)

        def suggest(index: OpenIndex) -> Sequence[Choice]:
            return [
                Choice(make_label(messages.t("suggestion-subject", subject=subject.name, count=count)), subject.key)
                for subject, count in index.subjects.search(typed)
            ]

        return await self._suggest(suggest, member_id)

    async def close(self, seconds: float) -> Abandoned:
        """Finish running work and accept no more; returns what was given up after so many seconds."""
        return await self._workers.close(seconds)

    async def _suggest(
        self, suggest: Callable[[OpenIndex], Sequence[Choice]], member_id: int | None
    ) -> Sequence[Choice]:
        def work() -> Sequence[Choice]:
            with self._live.lease() as index:
                return suggest(index)

        try:
            return await asyncio.wrap_future(self._workers.submit(work, member_id))
        except MemberError as error:
            _log.debug("no suggestions: %s", type(error).__name__)
            return ()
        except Exception:  # noqa: BLE001  # a member who types has no use for any error
            _log.exception("no suggestions")
            return ()
