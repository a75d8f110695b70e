"""The whole real bot over an index that is opened once: started against the double, stopped, and started again."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.assistant.asker import Asker, AskerOptions
from bot.bootstrap import open_index
from bot.client.client import QuicktakesBot
from bot.client.running import serve
from bot.cogs.all_cogs import all_cogs
from bot.live_index.live import LiveIndex
from bot.live_index.open_index import OpenIndex, keep_open
from bot.rendering.math.cache import FormulaCache
from bot.storage.storage import Storage
from bot.workload.admission import Admission
from bot.workload.answer_queue import AnswerQueue
from bot.workload.cooldowns import Allowance, Cooldowns
from tests.discord_double.gateway import Intents
from tests.e2e.words import SITE

if TYPE_CHECKING:
    from pathlib import Path

    from config.settings import Settings
    from tests.discord_double.discord_double import DiscordDouble

NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What the bot allows members; by default as good as everything, so that tests need not wait."""

    threads: int = 2
    waiting: int = 1_000
    member_burst: int = NO_LIMIT
    member_seconds: float = 1.0
    server_burst: int = NO_LIMIT
    server_seconds: float = 1.0
    press_burst: int = NO_LIMIT
    press_seconds: float = 1.0
    posts_burst: int = NO_LIMIT
    posts_seconds: float = 1.0
    answer_seconds: float = 60.0


class PromptBot(QuicktakesBot):
    """The bot, but it identifies again at once; Discord wants five seconds between, which a test need not wait."""

    async def before_identify_hook(self, shard_id, *, initial=False) -> None:
        pass


@dataclass(slots=True)
class RunningBot:
    """A bot that is connected.

    Attributes:
        bot: The client.
        assistant: What answers.
        storage: What is remembered.
        queue: The threads that answer.
    """

    bot: QuicktakesBot
    assistant: Asker
    storage: Storage
    queue: AnswerQueue
    _stack: AsyncExitStack
    _stopping: asyncio.Event
    _life: asyncio.Task[None]

    async def stop(self) -> None:
        """Stop it as a signal would."""
        self._stopping.set()
        await self._life
        await self._stack.aclose()


@dataclass(frozen=True, slots=True)
class BotParts:
    """What a bot is made of; what is remembered is in the file, so that the next bot finds it.

    Attributes:
        serving: The index, opened.
        database: The file.
        limits: What members are allowed.
    """

    serving: OpenIndex
    database: Path
    limits: Limits = field(default_factory=Limits)

    async def start(self, double: DiscordDouble, *, message_content: bool) -> RunningBot:
        """Start a bot, and return when it is connected."""
        limits, stack = self.limits, AsyncExitStack()
        storage = await stack.enter_async_context(Storage.open(self.database))
        queue = AnswerQueue(limits.threads, limits.waiting, limits.answer_seconds)
        member = Allowance(limits.member_burst, limits.member_seconds)
        server = Allowance(limits.server_burst, limits.server_seconds)
        options = AskerOptions(SITE, "1.2.3", volunteer_confidence=0.9)
        # Never closed: the index stays open for the next test.
        admission = Admission(
            Cooldowns(member, server),
            Cooldowns(Allowance(limits.press_burst, limits.press_seconds), Allowance(NO_LIMIT, 1.0)),
            Cooldowns(member, Allowance(limits.posts_burst, limits.posts_seconds)),
        )
        assistant = Asker(LiveIndex(self.serving), storage, queue, admission, draw=FormulaCache(), options=options)
        bot = PromptBot(
            assistant,
            storage.state,
            lambda client: all_cogs(client, assistant, storage),
            message_content=message_content,
        )
        stopping = asyncio.Event()
        life = asyncio.create_task(serve(bot, double.token, stopping, assistant.close))
        connected = asyncio.create_task(double.connected())
        await asyncio.wait({life, connected}, return_when=asyncio.FIRST_COMPLETED)
        if life.done():
            connected.cancel()
            await life
        await connected
        return RunningBot(bot, assistant, storage, queue, stack, stopping, life)


def open_serving(settings: Settings) -> OpenIndex:
    """The current generation, opened for a bot."""
    return keep_open(open_index(settings))


def reads_messages(double: DiscordDouble) -> bool:
    """Whether the developer portal of a double allows to read all messages; then the bot of a test asks for it."""
    return Intents.MESSAGE_CONTENT in double.service.portal.privileged
