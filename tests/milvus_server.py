"""A real Milvus server over gRPC, that of milvus-lite, in a process of its own."""

from __future__ import annotations

import itertools
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from retrieval.indexes.milvus.engine import MilvusEngine
from retrieval.indexes.milvus.options import MilvusOptions

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 60.0  # seconds; a machine that is busy with something else must not fail a test that is right


class MilvusServer:
    """Starts, kills and starts again a server that keeps its data.

    Args:
        folder: Of its data.

    Attributes:
        uri: Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.uri = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1"]
        command += ["--data-dir", str(self._folder / "data"), "--port", str(self._port)]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + _PATIENCE
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError((self._folder / "server.log").read_text())
            time.sleep(0.05)

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
        except OSError:
            return False
        return True


_numbers = itertools.count(1)


def own_options(server: MilvusServer, **changes) -> MilvusOptions:
    """Options whose collections no other test knows."""
    given = {"prefix": f"test{next(_numbers)}", "timeout": 30.0, "load_timeout": 60.0} | changes
    return MilvusOptions(server.uri, **given)


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory):
    """A server for all tests of this process; one that kills it starts it again."""
    server = MilvusServer(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def milvus_engine(milvus_server):
    """An engine of its own on that server."""
    engine = MilvusEngine(own_options(milvus_server))
    yield engine
    engine.close()
