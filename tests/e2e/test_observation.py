"""What is known of a client's connections to Discord, and of what Discord's API answers."""

from __future__ import annotations

import asyncio

from bot.client.observation import observe_client
from bot.client.running import serve
from bot.cogs.all_cogs import all_cogs
from bot.monitoring.monitor import Monitor
from bot.storage.storage import Storage
from tests.bot.fake_assistant import FakeAssistant
from tests.discord_double.discord_double import DiscordDouble
from tests.e2e.bot_running import PromptBot

PATIENCE = 30.0
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
DISCONNECTS = "quicktakes_gateway_disconnects_total"


async def becomes(gateway, *connected) -> None:
    """Wait until exactly these shards are connected."""
    async with asyncio.timeout(PATIENCE):
        while gateway.connected != set(connected):  # noqa: ASYNC110  # nobody tells when
            await asyncio.sleep(0.01)


def observed(scenario, tmp_path, *, shards=1):
    """Run `scenario(double, monitor)` with a bot that a monitor observes."""

    async def main():
        discord, monitor, stop = (
            DiscordDouble(first_response_seconds=PATIENCE, shards=shards),
            Monitor(),
            asyncio.Event(),
        )
        async with discord as double, Storage.open(tmp_path / "bot.sqlite") as storage:
            double.patience = PATIENCE
            assistant = FakeAssistant()
            bot = PromptBot(assistant, storage.state, lambda client: all_cogs(client, assistant, storage))
            observe_client(bot, monitor)

            async def nothing_to_refuse():
                pass

            life = asyncio.create_task(serve(bot, double.token, stop, nothing_to_refuse))
            await scenario(double, monitor)
            stop.set()
            await life

    asyncio.run(main())


def test_each_shard_is_connected_by_itself_and_all_of_them_are_needed(tmp_path):
    async def scenario(double, monitor):
        gateway, count = monitor.gateway, monitor.metrics.registry.get_sample_value
        assert not gateway.is_connected
        await becomes(gateway, 0, 1)
        assert gateway.is_connected
        assert gateway.expected == 2
        gateway_of_discord = double.service.gateway
        gateway_of_discord.is_closed = True
        double.drop_gateway(1)
        await becomes(gateway, 0)
        assert not gateway.is_connected
        assert monitor.state().problems[0] == "gateway: 1 of 2 shards are connected"
        gateway_of_discord.is_closed = False
        await becomes(gateway, 0, 1)
        assert count(DISCONNECTS) == 1.0

    observed(scenario, tmp_path, shards=2)


def test_a_session_that_discord_ends_is_another_connection(tmp_path):
    async def scenario(double, monitor):
        await becomes(monitor.gateway, 0)
        await double.service.gateway.invalidate()
        await becomes(monitor.gateway)
        await becomes(monitor.gateway, 0)
        assert monitor.metrics.registry.get_sample_value(DISCONNECTS) == 1.0

    observed(scenario, tmp_path)


def test_what_discord_answers_is_counted_by_its_kind(tmp_path):
    async def scenario(double, monitor):
        def counted(result):
            return monitor.metrics.registry.get_sample_value("quicktakes_discord_requests_total", {"result": result})

        await becomes(monitor.gateway, 0)
        good = counted("2xx")
        assert good > 0.0
        assert (counted("4xx"), counted("unreachable")) == (0.0, 0.0)
        double.cut_next(CALLBACK)
        run = await double.slash(double.member, "ask", {"question": "why"})
        assert run.texts()[1:] == ["ask why None"]
        assert counted("unreachable") == 1.0
        double.fail_next("PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original", 403, times=1)
        await double.slash(double.member, "ask", {"question": "why"})
        assert counted("4xx") == 1.0
        assert counted("2xx") >= good + 4.0

    observed(scenario, tmp_path)
