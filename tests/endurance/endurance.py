"""The load itself: members ask, articles and settings change, Discord misbehaves, and the bot's process is watched."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.gateway import Intents
from tests.endurance.bot_process import BotProcess
from tests.endurance.disturbances import Disturbances
from tests.endurance.members import Members
from tests.endurance.tally import Tally, growth, report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.endurance.bot_process import BotFolders, Metrics
    from tests.endurance.load_plan import LoadPlan

_BUILD_PATIENCE = 60.0
_SURFACES = {"slash": "ask", "mention": "message", "direct": "message", "press": "button", "setting": "other_command"}
_EXPECTED_REFUSALS = {10008, 10062, 40060}
"""Discord's codes for what is gone or was answered already: what was lost on the way is sent again."""
_ARTICLE = """---
question: Why do cats purr?
answer: Cats purr with the muscles of their larynx, which move the glottis, as revision {revision} of this has it.
subject: Biology
url: /learn/biology/why-do-cats-purr
---
"""


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What must be as before once all is answered.

    Attributes:
        tasks: Names of the event loop's tasks, without their numbers.
        threads: Names of Python's threads.
        descriptors: Open files and sockets, but for those of the database.
        database: Files of the database that are open, for each connection anew.
        sockets: Of those, the sockets.
        children: Processes.
    """

    tasks: tuple[str, ...]
    threads: tuple[str, ...]
    descriptors: int
    database: int
    sockets: int
    children: int


@dataclass(slots=True)
class Endurance:
    """A load and what came of it.

    Attributes:
        revision: How often the articles were changed.
        builds: How many builds let their generation serve, by the bot's own count.
    """

    plan: LoadPlan
    folders: BotFolders
    tally: Tally
    revision: int = 0
    builds: int = 0
    before: Leftovers | None = None
    after: Leftovers | None = None
    exit_status: int | None = None
    temporary: tuple[str, ...] = ()
    index_entries: tuple[str, ...] = ()
    _began: float = 0.0

    def report(self) -> str:
        """A table of it."""
        return report(
            self.tally,
            self.plan.warm_up_seconds,
            {
                "seconds": round(self.plan.seconds),
                "questions a second, wanted": self.plan.rate,
                "articles changed": self.revision,
                "builds": self.builds,
                "before": self.before,
                "after": self.after,
                "wrong": self.tally.wrong,
            },
        )

    @property
    def growth(self) -> float:
        """By which share of the first third the last third's memory is above it."""
        return growth(self.tally, self.plan.warm_up_seconds)

    async def run(self) -> None:
        """Run it all."""
        how = {"validate": False, "first_response_seconds": self.plan.patience, "privileged": Intents.MESSAGE_CONTENT}
        async with DiscordDouble(**how) as double:
            members = Members(double, self.plan, self.tally)
            bot = await BotProcess.start(double, self.folders)
            try:
                await self._load(double, members, bot)
                self.exit_status = await bot.stop()
            finally:
                await bot.kill()
        self.temporary = tuple(sorted(path.name for path in self.folders.temporary.iterdir()))
        self.index_entries = tuple(sorted(path.name for path in self.folders.index.iterdir()))

    async def _load(self, double: DiscordDouble, members: Members, bot: BotProcess) -> None:
        await members.ask(0)
        self.before = await leftovers(bot)
        self._began = time.monotonic()
        disturbances = Disturbances(double, members, self.plan)
        beside = [
            asyncio.create_task(self._repeat(self.plan.rebuild_seconds, self._change_articles)),
            asyncio.create_task(self._repeat(self.plan.setting_seconds, members.change_setting)),
            asyncio.create_task(self._disturb(disturbances)),
            asyncio.create_task(self._watch(bot, members)),
        ]
        async with asyncio.TaskGroup() as group:
            await self._ask(group, members)
        for task in beside:
            await task
        double.service.faults.waiting.clear()
        await self._last_build_serves(double, members, bot)
        await asyncio.sleep(self.plan.double_check_seconds)
        members.look_for_second_answers(at_end=True)
        await self._compare(double, bot)

    async def _ask(self, group: asyncio.TaskGroup, members: Members) -> None:
        due = time.monotonic()
        for number in range(1, self.plan.questions):
            due += 1 / self.plan.rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if not members.session.is_set():
                await members.session.wait()
                due = time.monotonic()
            group.create_task(members.ask(number))

    def _is_over(self) -> bool:
        return time.monotonic() - self._began >= self.plan.seconds

    async def _repeat(self, seconds: float, do: Callable[[int], Awaitable[None]]) -> None:
        number = 0
        while not self._is_over():
            await do(number)
            number += 1
            await asyncio.sleep(seconds)

    async def _disturb(self, disturbances: Disturbances) -> None:
        for name in disturbances.names():
            if self._is_over() and self.tally.disturbed.keys() >= disturbances.kinds:
                return
            self.tally.disturbed[name] += 1
            await disturbances.happen(name)
            await asyncio.sleep(self.plan.disturbance_seconds)

    async def _change_articles(self, _number: int) -> None:
        self.revision += 1
        path = self.folders.content / "learn" / "biology" / "why-do-cats-purr.md"
        await asyncio.to_thread(path.write_text, _ARTICLE.format(revision=self.revision))

    async def _watch(self, bot: BotProcess, members: Members) -> None:
        while not self._is_over():
            await asyncio.sleep(self.plan.sample_seconds)
            if not bot.is_running:
                self.tally.wrong.append(f"the bot has ended: {self.folders.log.read_text()[-1000:]}")
                return
            self.tally.usage.append(bot.usage(self._began))
            members.look_for_second_answers()

    async def _last_build_serves(self, double: DiscordDouble, members: Members, bot: BotProcess) -> None:
        """The articles as they were changed last are what members read in the end."""
        places = itertools.cycle(members.places)  # nobody asks so often that they have to wait
        async with asyncio.timeout(_BUILD_PATIENCE):
            while True:
                place = next(places)
                self.tally.asked["slash"] += 1
                run = await double.slash(place.member, "ask", {"question": "why do cats purr"}, channel=place.channel)
                if f"as revision {self.revision} of" in run.text and not bot.children():
                    return
                await asyncio.sleep(1)

    async def _compare(self, double: DiscordDouble, bot: BotProcess) -> None:
        """What the bot has counted is what members have done, and it has kept nothing of it."""
        self.after = await leftovers(bot)
        metrics = await bot.metrics()
        self.builds = int(metrics["quicktakes_builds_total", "serves"])
        counted = _asked_by_surface(metrics)
        wanted: dict[str, int] = {}
        for way, count in self.tally.asked.items():
            wanted[_SURFACES[way]] = wanted.get(_SURFACES[way], 0) + count
        if counted != wanted:
            self.tally.wrong.append(f"the bot has counted {counted}, members have asked {wanted}")
        refused = [record for record in double.refused() if record.code not in _EXPECTED_REFUSALS]
        self.tally.wrong += [str(record) for record in refused]


async def leftovers(bot: BotProcess) -> Leftovers:
    """What a bot has open once it is at rest."""
    best: Leftovers | None = None
    for _ in range(20):  # what ends by itself may take a moment
        parts, usage = await bot.running_parts(), bot.usage(0.0)
        names = tuple(sorted({name.rstrip("0123456789") for name in parts["tasks"]}))
        found = Leftovers(
            names, tuple(parts["threads"]), usage.descriptors, usage.database, usage.sockets, bot.children()
        )
        if best is not None and (found.descriptors, found.children) == (best.descriptors, best.children):
            return found
        best = found
        await asyncio.sleep(0.3)
    assert best is not None
    return best


def _asked_by_surface(metrics: Metrics) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name, *labels in metrics:
        if name == "quicktakes_asked_total":
            _, surface = labels
            counted[surface] = counted.get(surface, 0) + int(metrics[name, *labels])
    return {surface: count for surface, count in counted.items() if count}
