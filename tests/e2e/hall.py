"""A study hall: the double with the whole real bot in it, and what tests want to know of both."""

from __future__ import annotations

import asyncio
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.live_index.title_search import token_of
from tests.discord_double.components import BUTTON, STRING_SELECT
from tests.e2e.bot_running import reads_messages
from tests.e2e.words import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.discord_double.discord_double import DiscordDouble
    from tests.e2e.bot_running import BotParts, RunningBot

LINKS = re.compile(r"(?<!\\)\[(?:[^\[\]]|\\.)*\]\((https?://[^)\s]+)\)")
NOT_ESCAPED_URL = re.compile(r"(?<![\\(<])https?://evil")


class Hall:
    """A double and a bot that is connected to it.

    Attributes:
        double: Discord, with one server, one channel and one member.
        running: The bot, as it runs now.
    """

    def __init__(self, double: DiscordDouble, parts: BotParts, running: RunningBot) -> None:
        self.double = double
        self.running = running
        self._parts = parts

    @property
    def bot(self):
        """The client."""
        return self.running.bot

    @property
    def storage(self):
        """What the bot remembers."""
        return self.running.storage

    async def restart(self) -> None:
        """Stop the bot and start another one that finds what the first one has left."""
        await self.running.stop()
        self.running = await self._parts.start(self.double, message_content=reads_messages(self.double))

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """While inside, the bot's threads are busy with something else, so that questions wait."""
        release = threading.Event()
        queue = self.running.queue
        original = queue.run

        async def run(work, owner=None):
            return await original(lambda: (release.wait(30), work())[1], owner)

        queue.run = run
        try:
            yield
        finally:
            queue.run = original
            release.set()

    @property
    def generation(self) -> str:
        """Id of the generation that answers."""
        return self._parts.serving.generation_id

    @property
    def article_count(self) -> int:
        """How many articles it has."""
        return self._parts.serving.article_count

    def articles(self):
        """All of its articles."""
        generation = self._parts.serving.articles
        return [generation.article(row) for row in generation.article_rows]

    def related_to(self, article):
        """The articles that an article names as related, and that exist."""
        return self._parts.serving.related(article)

    @staticmethod
    def token_of(url: str) -> str:
        """The value of the suggestion of an article."""
        return token_of(url)

    def command(self, name: str) -> dict:
        """A synced command."""
        return next(command for command in self.double.service.world.commands_for(None) if command["name"] == name)

    def command_id(self, name: str) -> str:
        """The id of a synced command."""
        return self.command(name)["id"]

    def enabled(self, message) -> list[str]:
        """Labels of the buttons that can be pressed now."""
        found = self.double.current(message).controls()
        return [c["label"] for c in found if c["type"] == BUTTON and not c.get("disabled") and "url" not in c]

    def options(self, message, placeholder: str) -> list[dict]:
        """What a select offers."""
        selects = [c for c in self.double.current(message).controls() if c["type"] == STRING_SELECT]
        return next(select["options"] for select in selects if select["placeholder"] == placeholder)

    def option(self, run, words: str) -> str:
        """Value of the option, in any select of a run's message, whose label holds these words."""
        for control in run.message.controls():
            for option in control.get("options", ()):
                if words in option["label"]:
                    return option["value"]
        raise AssertionError(f"no option with {words!r} in {run.message.controls()}")

    @staticmethod
    def article_of(message) -> str:
        """The url of the article that a message shows."""
        found = re.search(re.escape(SITE) + r"(/learn/[^)\s>]+)", message.text)
        assert found is not None, message.text
        return found[1]

    async def reply_to(self, message):
        """The bot's reply to a message."""
        found = self.double.service.world.in_channel
        return await self.double.wait_for(
            lambda: next((m for m in found(message.channel_id) if m.reference_id == message.id), None)
        )

    async def remembered(self, message):
        """What the bot remembers of a message."""
        return await self.storage.answered.get(int(message.id))

    async def is_forgotten(self, message, seconds: float = 10.0) -> None:
        """Wait until the bot has forgotten a message."""
        async with asyncio.timeout(seconds):
            while await self.remembered(message) is not None:  # noqa: ASYNC110  # nobody tells when
                await asyncio.sleep(0.02)

    async def ratings(self, url: str) -> tuple[int, int]:
        """How often an article was found helpful, and how often not."""
        counts = await self.storage.feedback.counts(url)
        return counts.helpful, counts.not_helpful

    async def stays_silent(self, message, seconds: float = 0.4) -> None:
        """Check that nothing is said after a message."""
        await asyncio.sleep(seconds)
        later = self.double.service.world.in_channel(message.channel_id)
        said = [m.text for m in later if m.author == self.double.bot and int(m.id) > int(message.id)]
        assert said == []

    def check_harmless(self) -> None:
        """Check that nothing the bot has sent can ping anybody, or leads elsewhere than to the site or into Discord."""
        self.check_pings()
        for text in (text for message in self._sent() for text in message.texts()):
            assert all(url.startswith((SITE, "https://discord.com/")) for url in LINKS.findall(text)), text
            assert NOT_ESCAPED_URL.search(text) is None, text
            assert "\u202e" not in text

    def check_pings(self) -> None:
        """Check that nothing the bot has sent can ping anybody, and that it asked Discord to see to that."""
        for record in self.double.requests:
            body = record.body.get("data") or record.body if isinstance(record.body, dict) else {}
            if not isinstance(body, dict) or not {"content", "components"} & set(body):
                continue
            assert body.get("allowed_mentions", {}).get("parse") == [], record
            assert not body["allowed_mentions"].get("replied_user"), record
        for message in self._sent():
            assert message.mentions == (), message.text
            assert not message.mention_everyone, message.text

    def _sent(self):
        return [m for m in self.double.service.world.messages.values() if m.author == self.double.bot]
