"""Members who ask in every way there is, and who notice when they get no answer or two."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord_double.state import ADMIN, Channel, Message, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_double.discord_double import DiscordDouble
    from tests.discord_double.interaction_run import InteractionRun
    from tests.endurance.load_plan import LoadPlan
    from tests.endurance.tally import Tally

ASKED = (
    "what is osmosis",
    "why does ice float",
    "how does compound interest work",
    "what is opportunity cost",
    "what are the twelve labours of heracles",
    "how do vaccines create herd immunity",
    "what is a closure in javascript",
    "how do neurons talk to each other",
    "solve a quadratic equation",
    "what is it better to learn a bit each day",
    "who won the world cup 1998",
    "maxwell's equations",
    "why do cats purr",
)
KEPT_RECORDS = 200
_FLOOD = 8
_WHOLE = "Read the whole article"


class ReplyBoard(dict[str, Message]):
    """The messages of a double, which tells of the first reply to a message without looking through all of them."""

    def __init__(self, messages: dict[str, Message]) -> None:
        super().__init__(messages)
        self._waiting: dict[str, asyncio.Future[Message]] = {}

    def __setitem__(self, message_id: str, message: Message) -> None:
        super().__setitem__(message_id, message)
        waiting = self._waiting.get(message.reference_id or "")
        if waiting is not None and not waiting.done() and message.author.bot:
            waiting.set_result(message)

    async def reply_to(self, message: Message, seconds: float) -> Message:
        """The first reply of the bot."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[message.id] = waiting
        try:
            earlier = (m for m in self.values() if m.reference_id == message.id and m.author.bot)
            return next(earlier, None) or await asyncio.wait_for(waiting, seconds)
        finally:
            del self._waiting[message.id]


@dataclass(frozen=True, slots=True)
class Place:
    """A member, and where they ask."""

    member: User
    channel: Channel
    direct: Channel


class Members:
    """The members of a double.

    Attributes:
        session: Set while the bot has a session: what is asked without one reaches no bot, in Discord neither.
    """

    def __init__(self, double: DiscordDouble, plan: LoadPlan, tally: Tally) -> None:
        self.double, self._plan, self._tally = double, plan, tally
        self.session = asyncio.Event()
        self.session.set()
        self._random = random.Random(plan.seed)  # noqa: S311  # the same ones each time
        double.patience = plan.patience
        double.quiet = plan.patience
        self._board = ReplyBoard(double.service.world.messages)
        double.service.world.messages = self._board
        self._watched: deque[tuple[float, str, Message | InteractionRun]] = deque()
        guilds = [double.add_guild(f"Server {number}") for number in range(plan.servers)]
        self.channels = [double.add_channel(guild, "questions") for guild in guilds]
        self.moderators = [double.add_user(f"moderator{n}", guild, permissions=ADMIN) for n, guild in enumerate(guilds)]
        homes = itertools.cycle(zip(guilds, self.channels, strict=True))
        self.places = [
            Place(member, channel, double.open_dm(member))
            for number, (guild, channel) in zip(range(plan.members), homes, strict=False)
            for member in [double.add_user(f"member{number}", guild)]
        ]
        self._ways = {
            "slash": self._by_command,
            "mention": self._by_mention,
            "direct": self._in_direct_message,
            "press": self._by_press,
        }

    async def ask(self, number: int) -> None:
        """The question of this number, in the way and by the member whose turn it is."""
        place = self.places[number % len(self.places)]
        way = ("slash", "mention", "direct", "press")[self._random.randrange(4)]
        await self._noted(way, self._random.choice(ASKED), place, self._ways[way])

    async def flood(self) -> None:
        """One member asks many questions at once; some of them are refused."""
        place = self._random.choice(self.places)
        await asyncio.gather(
            *(self._noted("slash", self._random.choice(ASKED), place, self._by_command) for _ in range(_FLOOD))
        )

    async def change_setting(self, number: int) -> None:
        """A moderator switches a channel on, or off again."""
        which, is_off = divmod(number, 2)
        which %= len(self.channels)
        moderator, channel = self.moderators[which], self.channels[which]
        await self.session.wait()
        self._tally.asked["setting"] += 1
        option = {"off" if is_off else "on": {"channel": channel.id}}
        try:
            run = await self.double.slash(moderator, "channel", option, channel=channel)
        except AssertionError as failure:
            self._tally.lost.append(f"setting {number}: {failure!s:.300}")
            return
        wanted = "I no longer answer by myself" if is_off else "From now on I answer new questions"
        already = "I do not answer by myself" if is_off else "I already answer by myself"
        if not any(text in run.text for text in (wanted, already, "Discord did not accept")):
            self._tally.wrong.append(f"setting {number}: {run!r:.300}")

    async def _noted(self, way: str, question: str, place: Place, ask: Callable) -> None:
        started = time.monotonic()
        try:
            text = await ask(question, place)
        except (AssertionError, TimeoutError) as failure:
            self._tally.lost.append(f"{way} {question} {started:.1f}: {failure!r:.300}")
            return
        self._tally.answered(text, time.monotonic() - started)

    async def _by_command(self, question: str, place: Place) -> str:
        return (await self._commanded(question, place)).text

    async def _commanded(self, question: str, place: Place) -> InteractionRun:
        await self.session.wait()
        self._tally.asked["slash"] += 1
        run = await self.double.slash(place.member, "ask", {"question": question}, channel=place.channel)
        assert run.acknowledged_after is not None, "no first response"
        self._tally.acknowledged.append(run.acknowledged_after)
        self._watch(question, run)
        return run

    async def _by_mention(self, question: str, place: Place) -> str:
        self._tally.asked["mention"] += 1
        return await self._written(f"{self.double.bot.mention} {question}", place.member, place.channel)

    async def _in_direct_message(self, question: str, place: Place) -> str:
        self._tally.asked["direct"] += 1
        return await self._written(question, place.member, place.direct)

    async def _written(self, text: str, member: User, channel: Channel) -> str:
        await self.session.wait()
        asked = await self.double.send_message(member, text, channel=channel)
        reply = await self._board.reply_to(asked, self._plan.patience)
        self._watch(text, asked)
        return reply.text

    async def _by_press(self, question: str, place: Place) -> str:
        run = await self._commanded(question, place)
        if len(run.messages) != 1 or _WHOLE not in run.message.labels():
            return run.text
        await asyncio.sleep(self._plan.reading_seconds)
        await self.session.wait()
        self._tally.asked["press"] += 1
        pressed = await self.double.press(place.member, run.message, _WHOLE)
        assert pressed.acknowledged_after is not None, "no first response to a press"
        assert pressed.answered_after is not None, "nothing came of a press"
        self._tally.acknowledged.append(pressed.acknowledged_after)
        return pressed.text

    def _watch(self, question: str, asked: Message | InteractionRun) -> None:
        until = time.monotonic() + self._plan.double_check_seconds + self._plan.reading_seconds
        self._watched.append((until, question, asked))

    def look_for_second_answers(self, *, at_end: bool = False) -> None:
        """Count the answers to what was answered some time ago, and have the double forget both."""
        now = time.monotonic()
        replies: Counter[str | None] = Counter(m.reference_id for m in self._board.values() if m.author.bot)
        done: set[str] = set()
        while self._watched and (at_end or self._watched[0][0] <= now):
            _, question, asked = self._watched.popleft()
            if isinstance(asked, Message):
                count = replies[asked.id]
                done.add(asked.id)
            else:
                count = len([message for message in asked.messages if not message.loading])
                done.update(message.id for message in asked.messages)
            if count != 1:
                self._tally.twice.append(f"{question}: {count} answers: {asked!r:.400}")
        gone = [m.id for m in self._board.values() if m.id in done or m.reference_id in done]
        for message_id in gone:
            del self._board[message_id]
        self._forget()

    def _forget(self) -> None:
        """Have the double keep no more than it needs, so that it stays fast."""
        records = self.double.requests
        for record in records[:-KEPT_RECORDS]:
            self._tally.requests[record.status] += 1
        del records[:-KEPT_RECORDS]
        interactions = self.double.service.counter.interactions
        old = self.double.clock.now() - 2 * self._plan.patience
        for token in [token for token, found in interactions.items() if found.created < old]:
            del interactions[token]
