"""The bot as a process of its own: started, looked at from outside, stopped."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.words import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.discord_double.discord_double import DiscordDouble

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 120.0
_KIBIBYTE = 1024
DATABASE = "bot.sqlite"
_TRACKER = b"resource_tracker"

Metrics = dict[tuple[str, ...], float]
"""Samples by their name and the values of their labels, in the order of the labels' names."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process uses at a moment.

    Attributes:
        at: Seconds since the load began.
        resident_bytes: Memory, shared parts included.
        proportional_bytes: Memory, of shared parts its share.
        descriptors: Open files and sockets, but for those of the database.
        database: Files of the database that are open, for each connection anew.
        sockets: Of those, the sockets.
        threads: Threads, those of libraries included.
    """

    at: float
    resident_bytes: int
    proportional_bytes: int
    descriptors: int
    database: int
    sockets: int
    threads: int


@dataclass(frozen=True, slots=True)
class BotFolders:
    """Where a bot lives. Its temporary files are in a folder of its own, so that those left over are seen.

    Attributes:
        home: Everything is below it; `home/index` is the index, `home/content` the articles, `home/data` the rest.
    """

    home: Path

    @property
    def index(self) -> Path:
        """The index."""
        return self.home / "index"

    @property
    def content(self) -> Path:
        """The articles."""
        return self.home / "content"

    @property
    def data(self) -> Path:
        """Database, vectors, converted models."""
        return self.home / "data"

    @property
    def temporary(self) -> Path:
        """Temporary files."""
        return self.home / "temporary"

    @property
    def log(self) -> Path:
        """What it logs."""
        return self.home / "bot.log"

    def variables(self) -> dict[str, str]:
        """Settings of a process that lives there."""
        self.temporary.mkdir(exist_ok=True)
        return {
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.temporary),
            "QUICKTAKES_DATA_DIR": str(self.data),
            "QUICKTAKES_INDEX__DIR": str(self.index),
            "QUICKTAKES_INDEX__CONTENT_DIR": str(self.content),
            "QUICKTAKES_INDEX__SITE_URL": SITE,
            "QUICKTAKES_SOURCE__WATCH": "true",
            "QUICKTAKES_DISCORD__MESSAGE_CONTENT": "true",
            "QUICKTAKES_ENCODER__THREADS": "1",
        }


class BotProcess:
    """A bot that runs."""

    def __init__(self, folders: BotFolders, process: asyncio.subprocess.Process, port: int) -> None:
        self._said = folders.home / "runs.json"
        self._process = process
        self._port = port
        self._folder = Path("/proc") / str(process.pid)

    @classmethod
    async def start(
        cls, double: DiscordDouble, folders: BotFolders, variables: Mapping[str, str] | None = None
    ) -> BotProcess:
        """Start one, and return when it is connected."""
        port = _free_port()
        settings = {
            "QUICKTAKES_DISCORD__TOKEN": double.token,
            "QUICKTAKES_MONITORING__PORT": str(port),
            **folders.variables(),
            **(variables or {}),
        }
        with folders.log.open("a") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *(ROOT / "tests" / "endurance" / "run_bot.py", double.service.origin, folders.home / "runs.json"),
                "run",
                cwd=folders.home,
                env={**os.environ, **settings},
                stdout=log,
                stderr=log,
            )
        bot = cls(folders, process, port)
        async with asyncio.timeout(_PATIENCE):
            while await bot.status("/readyz") != 200:
                assert process.returncode is None, folders.log.read_text()[-2000:]
                await asyncio.sleep(0.05)
        return bot

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def stop(self) -> int:
        """Stop it as a supervisor does; its exit status."""
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), _PATIENCE)

    async def kill(self) -> None:
        """End it, if it runs still."""
        if self.is_running:
            self._process.kill()
            await self._process.wait()

    async def status(self, path: str) -> int | None:
        """How it answers a request; ``None`` where it takes none."""
        try:
            return (await self._get(path))[0]
        except (aiohttp.ClientError, OSError):
            return None

    async def metrics(self) -> Metrics:
        """Its metrics."""
        _, text = await self._get("/metrics")
        families = text_string_to_metric_families(text)
        return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}

    async def running_parts(self) -> dict[str, list[str]]:
        """Names of its `tasks` and `threads`."""
        self._said.unlink(missing_ok=True)
        self._process.send_signal(signal.SIGUSR1)
        async with asyncio.timeout(_PATIENCE):
            while not self._said.exists():  # noqa: ASYNC110  # another process tells nobody
                await asyncio.sleep(0.02)
        found: dict[str, list[str]] = json.loads(self._said.read_text())
        return found

    def usage(self, began: float) -> Usage:
        """What it uses now; `began` is when the load did, by the monotonic clock."""
        status = _fields(self._folder / "status")
        memory = _fields(self._folder / "smaps_rollup")
        links = []
        for entry in (self._folder / "fd").iterdir():
            try:
                links.append(str(entry.readlink()))
            except FileNotFoundError:  # closed meanwhile
                continue
        return Usage(
            time.monotonic() - began,
            status["VmRSS"] * _KIBIBYTE,
            memory["Pss"] * _KIBIBYTE,
            sum(DATABASE not in link for link in links),
            sum(DATABASE in link for link in links),
            sum(link.startswith("socket:") for link in links),
            status["Threads"],
        )

    def children(self) -> int:
        """How many processes it has started that run still; the one that Python keeps for all builds does not count."""
        files = (self._folder / "task").glob("*/children")
        ids = [number for file in files for number in file.read_text().split()]
        return sum(_TRACKER not in _command_of(number) for number in ids)

    async def _get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self._port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status, await answer.text()


def _fields(file: Path) -> dict[str, int]:
    """The lines of a file of /proc that hold a number."""
    lines = (line.split(":", 1) for line in file.read_text().splitlines() if ":" in line)
    values = ((name, value.split()) for name, value in lines)
    return {name: int(parts[0]) for name, parts in values if parts and parts[0].isdecimal()}


def _command_of(number: str) -> bytes:
    try:
        return Path("/proc", number, "cmdline").read_bytes()
    except OSError:  # ended meanwhile
        return _TRACKER


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
