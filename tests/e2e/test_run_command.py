"""What `quicktakes run` runs, from settings to an answer and to the signal that ends it."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal

import pytest

from bot.cli.run import serve_members
from tests.discord_double.discord_double import DiscordDouble
from tests.e2e.words import ICE, link

PATIENCE = 30.0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_until_a_signal_ends_it_cleanly(sample_settings, tmp_path, caplog, number):
    settings = sample_settings.model_copy(update={"data_dir": tmp_path})
    (tmp_path / "encoder").symlink_to(sample_settings.encoder_cache_dir, target_is_directory=True)
    caplog.set_level(logging.INFO, "bot")

    async def main():
        async with DiscordDouble(first_response_seconds=PATIENCE) as double:
            double.patience = PATIENCE
            life = asyncio.create_task(serve_members(settings, double.token, guild_id=None))
            await double.connected()
            run = await double.slash(double.member, "ask", {"question": "why does ice float"})
            assert link(ICE) in run.text
            async with asyncio.timeout(PATIENCE):
                while "ready as" not in caplog.text:  # noqa: ASYNC110  # the log tells nobody
                    await asyncio.sleep(0.05)
            os.kill(os.getpid(), number)
            await asyncio.wait_for(life, PATIENCE)
            double.assert_all_valid()
            assert double.token not in caplog.text

    asyncio.run(main())
    assert re.search(r"generation \S+ serves: \d+ articles", caplog.text)
    assert "ready as quicktakes; servers: 1; to invite it: " in caplog.text
    assert "https://discord.com/oauth2/authorize?client_id=" in caplog.text
    assert (tmp_path / "bot.sqlite").is_file()
