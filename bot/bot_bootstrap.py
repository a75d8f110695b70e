"""The composition root's part for the Discord bot: settings in, the wired bot out.

What only the bot needs is imported in the functions here, as in `bot.bootstrap`.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.bootstrap import (
    database_place,
    make_encoder,
    make_reranker,
    make_store,
    open_index,
    open_index_inspector,
    open_index_operations,
)
from bot.second_encoder import make_second_encoder, unless_damaged
from bot.version import version

# ruff: noqa: PLC0415  # see above

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.assistant.asker import Asker
    from bot.client.client import QuicktakesBot
    from bot.index_admin.admin import IndexAdmin
    from bot.live_index.follower import IndexFollower
    from bot.live_index.live import LiveIndex
    from bot.live_index.open_index import OpenIndex
    from bot.monitoring.monitor import Monitor
    from bot.monitoring.state import BuildState, IndexState
    from bot.storage.storage import Storage
    from bot.workload.admission import Admission
    from config.discord_settings import DiscordSettings
    from config.settings import Settings


AUTOMATIC_BUILDS = "what starts builds by itself"


def index_opener(settings: Settings) -> Callable[[str], OpenIndex]:
    """What opens a generation by its id with everything that a bot finds articles by; all share their models.

    Every byte of it is checked first; a second encoder whose vectors are damaged is left out. It raises
    `GenerationError` where the generation is gone, damaged, or made for another model or version, and `EmbeddingError`
    where the model cannot be used.
    """
    from bot.live_index.open_index import keep_open
    from retrieval.generations.verification import check_every_byte

    encoder = cache(partial(make_encoder, settings))
    reranker = cache(partial(make_reranker, settings))
    second = cache(partial(make_second_encoder, settings))

    def open_one(generation_id: str) -> OpenIndex:
        damaged = check_every_byte(settings.index_dir / generation_id)
        sound = partial(unless_damaged, second, generation_id, damaged)
        opened = open_index(settings, encoder=encoder(), reranker=reranker, second=sound, generation_id=generation_id)
        return keep_open(opened)

    return open_one


@asynccontextmanager
async def open_monitor(settings: Settings) -> AsyncIterator[Monitor]:
    """What observes a bot that is opened with it; it answers requests for health and metrics, if the settings say so.

    Raises:
        OSError: Something else listens at that port.
    """
    from bot.monitoring.endpoints import monitoring_routes
    from bot.monitoring.monitor import Monitor

    monitor, wanted = Monitor(logs_questions=settings.logging.questions), settings.monitoring
    async with AsyncExitStack() as stack:
        if wanted.port:
            routes = monitoring_routes(monitor.metrics)
            await stack.enter_async_context(
                monitor.servers.serving(routes, wanted.host, wanted.port, name="monitoring")
            )
        yield monitor


@asynccontextmanager
async def open_bot(
    settings: Settings, *, guild_id: int | None = None, monitor: Monitor | None = None
) -> AsyncIterator[tuple[QuicktakesBot, Asker]]:
    """Open the whole Discord bot, not connected yet, and what answers in it.

    Args:
        guild_id: Offer the commands in this server alone; for development.
        monitor: What observes it; one of its own unless another is given.

    Raises:
        GenerationError: There is no index, or it does not fit this installation.
        EmbeddingError: The model cannot be used.
        StorageError: The database cannot be used.
    """
    from bot.client.client import QuicktakesBot
    from bot.client.observation import observe_client
    from bot.client.shards import ShardCoordinator
    from bot.cogs.all_cogs import all_cogs
    from bot.monitoring.monitor import Monitor
    from bot.storage.leadership import one_process_has
    from bot.storage.lease_keeper import LeaseKeeper
    from bot.storage.storage import Storage
    from bot.triggers.triggers import automatic_builds

    monitor = monitor or Monitor(logs_questions=settings.logging.questions)
    async with (
        Storage.open(database_place(settings)) as storage,
        _open_asker(settings, storage, monitor) as (asker, follower),
        LeaseKeeper.open(storage.leases) as keeper,
    ):
        admin = _index_admin(settings, storage, follower, monitor)
        has_admins = settings.admin.members or settings.admin.roles
        client = QuicktakesBot(
            asker,
            storage.state,
            lambda client: all_cogs(client, asker, storage, admin if has_admins else None),
            message_content=settings.discord.message_content,
            guild_id=guild_id,
            shards=ShardCoordinator(keeper, storage.identify_slots, settings.discord.shards),
        )
        observe_client(client, monitor)
        duty = partial(automatic_builds, settings, admin.build_automatically, monitor.servers)
        async with one_process_has(duty, AUTOMATIC_BUILDS, keeper):
            yield client, asker


def _index_admin(settings: Settings, storage: Storage, follower: IndexFollower, monitor: Monitor) -> IndexAdmin:
    from bot.index_admin.admin import IndexAdmin

    admin = IndexAdmin(
        settings,
        open_index_operations(settings),
        open_index_inspector(settings),
        storage.answered.recent_questions,
        instead=follower.instead,
        second_encoder_problem=follower.second_encoder_problem,
        on_end=monitor.metrics.build_ended,
    )
    monitor.build = partial(_build_state, admin)
    return admin


@asynccontextmanager
async def open_assistant(settings: Settings) -> AsyncIterator[Asker]:
    """Open everything that answers members, but Discord itself; what was begun is finished at the end.

    Raises:
        GenerationError: There is no index, or it does not fit this installation.
        EmbeddingError: The model cannot be used.
        StorageError: The database cannot be used.
    """
    from bot.monitoring.monitor import Monitor
    from bot.storage.storage import Storage

    place = database_place(settings)
    async with Storage.open(place) as storage, _open_asker(settings, storage, Monitor()) as (asker, _):
        yield asker


@asynccontextmanager
async def _open_asker(
    settings: Settings, storage: Storage, monitor: Monitor
) -> AsyncIterator[tuple[Asker, IndexFollower]]:
    from bot.assistant.asker import Asker, AskerOptions
    from bot.live_index.follower import IndexFollower, open_newest_sound
    from bot.live_index.live import LiveIndex
    from bot.monitoring.state import QueueState
    from bot.rendering.math.cache import FormulaCache
    from bot.workload.answer_queue import AnswerQueue

    wanted = settings.discord
    store, open_one = make_store(settings), index_opener(settings)
    live = LiveIndex(await asyncio.to_thread(open_newest_sound, store, open_one))
    follower = IndexFollower(live, store, open_one)
    following = asyncio.create_task(follower.run(), name="index follower")
    queue = AnswerQueue(wanted.threads, wanted.queue_size, wanted.answer_seconds)
    asker = Asker(
        live,
        storage,
        queue,
        _admission(wanted),
        draw=FormulaCache(folder=settings.formula_dir),
        options=AskerOptions(settings.index.site_url, version(), wanted.volunteer_confidence),
        monitor=monitor.asked,
    )
    monitor.index = partial(_index_state, live, follower)
    monitor.queue = lambda: QueueState(queue.waiting, wanted.queue_size)
    try:
        yield asker, follower
    finally:
        await asker.close()
        monitor.index = lambda: None
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        live.close()


def _admission(wanted: DiscordSettings) -> Admission:
    from bot.workload.admission import Admission
    from bot.workload.cooldowns import Allowance, Cooldowns

    member = Allowance(wanted.member_burst, wanted.member_seconds)
    return Admission(
        Cooldowns(member, Allowance(wanted.server_burst, wanted.server_seconds)),
        Cooldowns(
            Allowance(wanted.member_press_burst, wanted.member_press_seconds),
            Allowance(wanted.server_press_burst, wanted.server_press_seconds),
        ),
        Cooldowns(member, Allowance(wanted.volunteer_burst, wanted.volunteer_seconds)),
    )


def _index_state(live: LiveIndex, follower: IndexFollower) -> IndexState:
    from bot.monitoring.state import IndexState

    with live.lease() as index:
        created, articles = index.articles.manifest.created.timestamp(), index.article_count
        return IndexState(index.generation_id, created, articles, is_substitute=follower.instead() is not None)


def _build_state(admin: IndexAdmin) -> BuildState | None:
    from bot.monitoring.state import BuildState

    running = admin.running
    return BuildState(running.step.done, running.step.total) if running is not None else None
