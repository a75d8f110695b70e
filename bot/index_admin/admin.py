"""What admins may do with the index from Discord, and who they are. Knows no Discord."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.index_admin.build_process import BuildFailedError, BuildProcess, BuildRequest, BuildStep
from bot.member_errors import AdminsOnlyError, AlreadyRunningError, BuildEndedError
from bot.monitoring.outcomes import BuildOutcome
from retrieval.errors import BuildCancelledError
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.outcomes import Preview, Rebuild

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from bot.callers import Caller
    from config.settings import Settings
    from retrieval.generations.lock import LockHolder
    from retrieval.lifecycle.inspection import ArticleIndexing, IndexInspector, IndexStatus, ServesInstead
    from retrieval.lifecycle.journal import Event
    from retrieval.lifecycle.operations import IndexOperations

_EVENTS = 15
_log = logging.getLogger(__name__)
_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Admins:
    """Who may manage the index, wherever they are: it serves every server, so no server's own roles count.

    Attributes:
        members: Ids of members.
        roles: Ids of roles; a role's id belongs to one server.
    """

    members: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()

    def check(self, member_id: int, role_ids: Iterable[int]) -> None:
        """Let admins pass.

        Raises:
            AdminsOnlyError: The member is none.
        """
        if member_id not in self.members and self.roles.isdisjoint(role_ids):
            raise AdminsOnlyError


@dataclass(slots=True)
class RunningBuild:
    """A build of this process that is under way.

    Attributes:
        process: Builds.
        key: Tells this build from all others, those before a restart too.
        stage_started: When its stage began, by a clock that only grows, in seconds.
        link: Address of the message that shows it; empty before there is one.
    """

    process: BuildProcess
    key: str
    _step: BuildStep = field(default_factory=BuildStep)
    stage_started: float = field(default_factory=time.monotonic)
    link: str = ""

    def take(self, step: BuildStep) -> None:
        """Take note of a step."""
        if step.stage != self._step.stage:
            self.stage_started = time.monotonic()
        self._step = step

    @property
    def step(self) -> BuildStep:
        """How far it is, and how fast at this moment."""
        return replace(self._step, rate=self._step.done / max(time.monotonic() - self.stage_started, 1e-3))


class IndexAdmin:
    """What admins may do with the index. For one event loop.

    Args:
        recent: Gives recently asked questions, so many at most.
        instead: Tells what this bot serves because it cannot serve what it should, if that is so.
        second_encoder_problem: Tells why this bot answers without the second encoder; empty where there is no reason.
        on_end: Told how each build of this process has ended.
    """

    def __init__(  # noqa: PLR0913  # what admins work with, each with its own maker
        self,
        settings: Settings,
        operations: IndexOperations,
        inspector: IndexInspector,
        recent: Callable[[int], Awaitable[Sequence[str]]],
        *,
        instead: Callable[[], ServesInstead | None],
        second_encoder_problem: Callable[[], str] = str,
        on_end: Callable[[BuildOutcome], None] = lambda _: None,
    ) -> None:
        self.admins = Admins(frozenset(settings.admin.members), frozenset(settings.admin.roles))
        self.running: RunningBuild | None = None
        self._settings = settings
        self._operations = operations
        self._inspector = inspector
        self._recent = recent
        self._instead = instead
        self._second_encoder_problem = second_encoder_problem
        self._on_end = on_end

    async def status(self) -> IndexStatus:
        """How the index is, and what this bot serves of it."""
        return replace(
            await asyncio.to_thread(self._inspector.status),
            instead=self._instead(),
            second_encoder_problem=self._second_encoder_problem(),
        )

    async def holder(self) -> LockHolder | None:
        """Who is changing the index right now, here or in another process."""
        return await asyncio.to_thread(self._inspector.holder)

    async def events(self, *, every: bool) -> Sequence[Event]:
        """What was done, newest first: builds and rollbacks, or with `every` all there is."""
        actions = None if every else (StoreAction.BUILD, StoreAction.ROLLBACK)
        return await asyncio.to_thread(self._inspector.history, _EVENTS, actions)

    async def article(self, url: str) -> ArticleIndexing:
        """How one article is indexed, or why it is not."""
        return await asyncio.to_thread(self._inspector.article, url)

    async def rollback(self, caller: Caller, to: str | None) -> tuple[str | None, str]:
        """Let another generation serve; ids of the one before and the one now."""
        return await asyncio.to_thread(self._operations.rollback, actor_of(caller), to)

    async def preview(self, caller: Caller) -> Preview:
        """What a build would change; the questions that members asked of late are asked before and after.

        Raises:
            AlreadyRunningError: This process is building.
            AlreadyBuildingError: Another process is.
            BuildFailedError: Nothing could be built.
        """
        questions = tuple(await self._recent(_QUESTIONS))
        result = await self._run(BuildRequest(actor_of(caller), is_preview=True, questions=questions), new_build_key())
        if not isinstance(result, Preview):
            raise TypeError(result)
        return result

    async def rebuild(self, caller: Caller, key: str, *, full: bool) -> Rebuild:
        """Build, and let what was built serve unless the rules object; the running bot then takes it up by itself.

        Args:
            key: What this build can be cancelled by; see `new_build_key`.
            full: Read every article anew.

        Raises:
            AlreadyRunningError: This process is building.
            AlreadyBuildingError: Another process is.
            BuildCancelledError: It was cancelled.
            BuildFailedError: Nothing could be built.
        """
        result = await self._run(BuildRequest(actor_of(caller), full=full), key)
        if not isinstance(result, Rebuild):
            raise TypeError(result)
        return result

    async def build_automatically(self, reason: str) -> bool:
        """Build because of a schedule, a push or changed files; how it ends is logged, and kept in the journal.

        Returns:
            Whether what was built serves.

        Raises:
            AlreadyRunningError: This process is building.
            AlreadyBuildingError: Another process is.
        """
        try:
            built = await self._run(BuildRequest(reason), new_build_key())
        except (BuildFailedError, BuildCancelledError) as error:
            _log.error("the build wanted by %s came to nothing: %s", reason, error)  # the text says it all
            return False
        if isinstance(built, Rebuild) and built.objections:
            _log.warning("generation %s does not serve: %s", built.report.generation_id, "; ".join(built.objections))
            return False
        return True

    def cancel(self, key: str) -> None:
        """Stop the build that has this key, and no other.

        Raises:
            BuildEndedError: It has ended already.
        """
        if self.running is None or self.running.key != key:
            raise BuildEndedError
        self.running.process.cancel()

    async def _run(self, request: BuildRequest, key: str) -> Preview | Rebuild:
        if self.running is not None:
            raise AlreadyRunningError(self.running.link)
        running = RunningBuild(BuildProcess(self._settings, request), key)
        self.running = running
        try:
            result = await running.process.run(running.take)
        except (BuildFailedError, BuildCancelledError) as error:
            self._on_end(BuildOutcome.FAILED if isinstance(error, BuildFailedError) else BuildOutcome.CANCELLED)
            raise
        finally:
            self.running = None
        if isinstance(result, Rebuild):
            self._on_end(BuildOutcome.NOT_CONFIRMED if result.objections else BuildOutcome.SERVES)
        return result


def new_build_key() -> str:
    """A key for one build: 16 hexadecimal digits that no other build has."""
    return secrets.token_hex(8)


def actor_of(caller: Caller) -> str:
    """What the journal calls a member: ids alone, which mean nothing outside of Discord."""
    place = f"server {caller.guild_id}" if caller.guild_id is not None else "direct messages"
    return f"Discord member {caller.member_id} in {place}"
