"""What every end-to-end run says about itself."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.client.running import finish_work
from tests.bot.sample_settings import sample_settings
from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.validation import load_description
from tests.e2e.bot_running import BotParts, Limits, open_serving, reads_messages
from tests.e2e.hall import Hall
from tests.retrieval.sample_index import sample_index_dir

__all__ = ["sample_index_dir", "sample_settings"]

PATIENCE = 30.0
"""Seconds; a machine that is busy with something else must not fail a test that is right."""


LONGEST = 240.0
"""Seconds that a scenario may take: one that waits for what never comes fails, and does not hang."""


@pytest.fixture(scope="session")
def serving(sample_settings):
    """The index of the sample articles, opened once."""
    opened = open_serving(sample_settings)
    yield opened
    opened.close()


class PatientDouble(DiscordDouble):
    """A double in which people look at an answer for a moment, so that the bot has noted it down before they go on."""

    async def _use(self, use, data):
        run = await super()._use(use, data)
        await finish_work()
        return run

    async def answer_to(self, message):
        answer = await super().answer_to(message)
        await finish_work()
        return answer


@asynccontextmanager
async def open_hall(parts, *, first_response_seconds=PATIENCE, is_patient=True, **settings):
    """A double with a bot of these parts in it."""
    kind = PatientDouble if is_patient else DiscordDouble
    discord = kind(first_response_seconds=first_response_seconds, **settings)
    async with discord as double:
        double.patience = PATIENCE
        hall = Hall(double, parts, await parts.start(double, message_content=reads_messages(double)))
        try:
            yield hall
        finally:
            await hall.running.stop()


@pytest.fixture
def in_discord(serving, tmp_path):
    """Runs a scenario with the whole bot; afterwards every request must have been as Discord wants it.

    Named arguments: `expected` error codes, `limits` of the bot, another `index` to serve, `debug` of asyncio, and what
    the double takes.
    """

    def run(scenario, *, expected=(), limits=None, index=None, debug=True, **double):
        async def main():
            parts = BotParts(index or serving, tmp_path / "bot.sqlite", limits or Limits())
            async with asyncio.timeout(LONGEST), open_hall(parts, **double) as hall:
                await scenario(hall)
                hall.double.assert_all_valid(expected_refusals=expected)

        asyncio.run(main(), debug=debug)

    return run


def pytest_terminal_summary(terminalreporter):
    if load_description() is None:
        terminalreporter.write_line(
            "Discord's OpenAPI description is absent (shared/discord/openapi.json beside the checkout): "
            "the requests of the end-to-end tests were not checked against it."
        )
