"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, gone when they end."""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.storage.addresses import PostgresqlAddress
from bot.storage.schema import migrate
from bot.storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = "/usr/lib/postgresql/*/bin"  # Debian and what comes of it
_USER = "quicktakes"
# Nothing of it has to outlive the tests, so that nothing has to reach the disk.
_OPTIONS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses= -c max_connections=100"


def find_binaries() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = [path.parent for path in Path("/").glob(f"{_FOLDERS[1:]}/initdb")]
    on_path = shutil.which("initdb")
    return max(found, default=Path(on_path).parent if on_path else None, key=lambda path: path.parent.name)


@dataclass(slots=True)
class PostgresqlServer:
    """A server that runs.

    Attributes:
        folder: Of its socket and its data.
    """

    folder: Path
    _programs: Path
    _names: Iterator[int] = field(default_factory=itertools.count)

    def address(self, name: str = "postgres") -> PostgresqlAddress:
        """The address of a database."""
        return PostgresqlAddress(f"postgresql://{_USER}@/{name}?host={self.folder}")

    def new_database(self) -> PostgresqlAddress:
        """A database of a test's own, without tables."""
        name = f"test_{os.getpid()}_{next(self._names)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def execute(self, statement: str, place: PostgresqlAddress | None = None) -> list[tuple[object, ...]]:
        """The rows that a statement gives."""

        async def run() -> list[tuple[object, ...]]:
            import asyncpg  # noqa: PLC0415  # only where there is a server

            connection = await asyncpg.connect((place or self.address()).url)
            try:
                return [tuple(row) for row in await connection.fetch(statement)]
            finally:
                await connection.close()

        return asyncio.run(run())

    def start(self) -> None:
        """Start it, and return when it takes connections."""
        options = f"{_OPTIONS} -k {self.folder}"
        self._control("start", "-l", str(self.folder / "log"), "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it."""
        self._control("stop", "-m", mode)

    def _control(self, action: str, *options: str) -> None:
        run_as_owner(self.folder, self._programs / "pg_ctl", "-D", self.folder / "data", "-w", *options, action)


def run_as_owner(folder: Path, program: Path, *options: str | Path) -> None:
    """Run a program of the server as the owner of a folder: the server refuses to run as root."""
    owner = folder.stat()
    command = [str(program), *map(str, options)]
    others = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder, **others)


@contextmanager
def running_server() -> Iterator[PostgresqlServer]:
    """Start a server, skipping the test where none is installed."""
    pytest.importorskip("asyncpg", reason="needs asyncpg: pip install 'quicktakes-bot[postgresql]'")
    programs = find_binaries()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="quicktakes-pg-") as name:  # pytest's own folders are too long for a socket
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        auth = ("--auth=trust", f"--username={_USER}", "--no-sync", "--encoding=UTF8", "--locale=C")
        run_as_owner(folder, programs / "initdb", "-D", folder / "data", *auth)
        server = PostgresqlServer(folder, programs)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_once(postgresql):
    """A database with up-to-date tables."""
    place = postgresql.new_database()
    migrate(place)
    return place


@pytest.fixture
def migrated(postgresql, migrated_once):
    """A database with up-to-date tables and nothing in them."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    postgresql.execute(f"TRUNCATE {names} RESTART IDENTITY", migrated_once)
    return migrated_once
