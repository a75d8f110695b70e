"""What the settings start builds by, wired together."""

from __future__ import annotations

import asyncio
import socket

import aiohttp

from bot.triggers.triggers import automatic_builds
from config.loading import load_settings
from tests.bot.triggers.webhook_events import SECRET, github, push


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_push_that_is_delivered_again_builds_where_its_build_failed(tmp_path):
    port = free_port()
    environment = {
        "QUICKTAKES_SOURCE__WEBHOOK_PORT": str(port),
        "QUICKTAKES_SOURCE__WEBHOOK_SECRET": SECRET,
        "QUICKTAKES_DATA_DIR": str(tmp_path),
    }
    settings = load_settings(environment=environment, working_folder=tmp_path).settings
    outcomes, built = [False, True], []

    async def build(reasons) -> bool:
        built.append(reasons)
        return outcomes.pop(0)

    async def scenario():
        async with automatic_builds(settings, build), aiohttp.ClientSession() as session:

            async def deliver() -> int:
                async with session.post(
                    f"http://127.0.0.1:{port}/webhook", data=push(), headers=github(push())
                ) as answer:
                    return answer.status

            assert [await deliver() for _ in range(4)] == [202, 202, 200, 200]

    asyncio.run(scenario())
    assert built == ["push", "push"]
