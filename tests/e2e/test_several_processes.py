"""Four processes that serve one bot's servers, as an operator starts them, with one database and one index."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bot.conftest import settings_in
from tests.bot.postgresql_server import migrated, migrated_once, postgresql
from tests.bot.small_index import ARTICLE, THREE, build, write
from tests.discord_double.discord_double import DiscordDouble
from tests.e2e.test_shards import SYNC, Place, events
from tests.e2e.words import SITE

__all__ = ["migrated", "migrated_once", "postgresql"]

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
COUNT = 4
PATIENCE = 120.0
TIDES = f"{SITE}/learn/biology/tides"
NEW = (
    "comets",
    "Why does a comet have a tail?",
    "A comet has a tail because the sun warms its ice until it streams off.",
)
COMETS = f"{SITE}/learn/biology/comets"
FOLLOWED_WITHIN = 5.0


class Processes:
    """Processes of the bot, each with its share, and what they log."""

    def __init__(self, origin, folder, variables):
        self._origin = origin
        self._folder = folder
        self.variables = variables
        self.running = {}

    def log(self, number):
        """What the process with this share has written, over all its lives."""
        return (self._folder / f"{number}.log").read_text()

    async def start(self, number):
        """Start the process that has the shard of this number."""
        with (self._folder / f"{number}.log").open("a") as log:
            self.running[number] = await asyncio.create_subprocess_exec(
                sys.executable,
                *(ROOT / "tests" / "e2e" / "run_at_double.py", self._origin),
                *("run", "--shards", f"{number}/{COUNT}"),
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self.variables},
                stdout=log,
                stderr=log,
            )

    async def end(self, number, how):
        """End one; its exit status."""
        self.running[number].send_signal(how)
        return await asyncio.wait_for(self.running.pop(number).wait(), PATIENCE)


async def until(is_so, seconds=PATIENCE):
    """Wait until something is so. Returns after how many seconds it was."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110  # other processes tell nobody
            await asyncio.sleep(0.02)
    return time.monotonic() - began


def place_of(double, shard_id):
    """A server of a shard, with a channel and a member."""
    guild = double.guild
    while (int(guild.id) >> 22) % COUNT != shard_id:
        double.clock.advance(0.001)
        guild = double.add_guild(f"Hall of shard {shard_id}")
    return Place(guild, double.add_channel(guild, "here"), double.add_user(f"m{shard_id}", guild))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def variables(request, sample_settings, tmp_path):
    """Settings of processes that share a database and an index of three articles."""
    settings = settings_in(tmp_path, sample_settings)
    for article in THREE:
        write(settings, *article)
    build(settings)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "encoder").symlink_to(sample_settings.encoder_cache_dir, target_is_directory=True)
    found = {
        "QUICKTAKES_DATA_DIR": str(tmp_path / "var"),
        "QUICKTAKES_INDEX__DIR": str(tmp_path / "index"),
        "QUICKTAKES_INDEX__CONTENT_DIR": str(tmp_path / "content"),
        "QUICKTAKES_INDEX__SITE_URL": SITE,
        "QUICKTAKES_SOURCE__WATCH": "true",
        "QUICKTAKES_ENCODER__THREADS": "1",
    }
    if request.param == "PostgreSQL":
        found["QUICKTAKES_DATABASE__URL"] = request.getfixturevalue("migrated").url
    return found


@asynccontextmanager
async def four_processes(folder, variables):
    """A double, and the four of them connected to it."""
    settings = {"shards": COUNT, "max_concurrency": 2, "first_response_seconds": PATIENCE}
    async with asyncio.timeout(500), DiscordDouble(**settings) as double:
        double.patience = PATIENCE
        secrets = {"QUICKTAKES_DISCORD__TOKEN": double.token}
        processes = Processes(double.service.origin, folder, variables | secrets)
        try:
            await asyncio.gather(*(processes.start(number) for number in range(COUNT)))
            async with asyncio.timeout(PATIENCE):
                await double.service.gateway.connected.wait()
            yield double, processes
        finally:
            for process in processes.running.values():
                process.kill()
                await process.wait()


async def answers(double, place, question, url):
    """Check that a member is answered with an article."""
    run = await double.slash(place.member, "ask", {"question": question}, channel=place.channel)
    assert url in run.text, run.text


def generations(log):
    """Ids of the generations that a process took up, in order."""
    return re.findall(r"generation (\S+) serves now", log)


def test_four_processes_share_servers_and_builds_and_one_that_is_killed_takes_up_its_share_again(tmp_path, variables):
    async def main():
        async with four_processes(tmp_path, variables) as (double, processes):
            places = [place_of(double, number) for number in range(COUNT)]
            for place in places:
                await answers(double, place, "What causes the tides?", TIDES)
            check_one_process_each(double, places)
            await check_one_build_reaches_all(double, processes, places)
            await check_a_killed_process(double, processes, places)
            statuses = [await processes.end(number, signal.SIGTERM) for number in range(COUNT)]
            assert statuses == [0] * COUNT
            assert double.service.gateway.starts.early == []
            double.assert_all_valid()

    async def check_a_killed_process(double, processes, places):
        builder = next(n for n in range(COUNT) if "this process has what starts builds" in processes.log(n))
        identifies = double.service.gateway.identifies
        assert await processes.end(builder, signal.SIGKILL) == -signal.SIGKILL
        others = [number for number in range(COUNT) if number != builder]
        for number in others:
            await answers(double, places[number], "How do bees make honey?", f"{SITE}/learn/biology/bees")
        await processes.start(builder)
        await until(double.service.gateway.connected.is_set)
        await answers(double, places[builder], "Why does a comet have a tail?", COMETS)
        assert double.service.gateway.identifies == identifies + 1  # the others noticed nothing
        # Another process, or the same one anew, starts builds by itself now.
        await until(
            lambda: sum(processes.log(n).count("this process has what starts builds") for n in range(COUNT)) == 2
        )

    asyncio.run(main())


def check_one_process_each(double, places):
    """Each server's events went to its own shard, which one process has, and commands were uploaded once."""
    for shard_id, place in enumerate(places):
        told = {data.get("guild_id") for data in events(double, shard_id, "INTERACTION_CREATE")}
        assert told == {place.guild.id}
    sessions = double.service.gateway.sessions.values()
    assert sorted(session.shard for session in sessions) == [(number, COUNT) for number in range(COUNT)]
    assert sum(record.route == SYNC for record in double.requests) == 1


async def check_one_build_reaches_all(double, processes, places):
    """A changed folder makes one build, in one process, and all serve what it built within seconds."""
    current = Path(processes.variables["QUICKTAKES_INDEX__DIR"]) / "current"
    before = current.stat().st_ino
    name, question, answer = NEW
    folder = Path(processes.variables["QUICKTAKES_INDEX__CONTENT_DIR"]) / "learn" / "biology"
    (folder / f"{name}.md").write_text(ARTICLE.format(name=name, question=question, answer=answer))
    await until(lambda: current.stat().st_ino != before)
    took = await until(lambda: all(generations(processes.log(number)) for number in range(COUNT)))
    assert took < FOLLOWED_WITHIN, f"the last process follows after {took:.2f} s"
    assert len({tuple(generations(processes.log(number))) for number in range(COUNT)}) == 1
    journal = (current.parent / "journal.jsonl").read_text().splitlines()
    assert sum('"watch"' in line or "changed files" in line for line in journal) == 1, journal
    for place in places:
        await answers(double, place, question, COMETS)
