"""Repositories in which tests write, and a server that gives them out."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Repository:
    """A repository in which articles are written."""

    def __init__(self, folder) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "user.email", "writer@example.org")
        self.git("config", "user.name", "A writer")

    def git(self, *arguments) -> str:
        done = subprocess.run(["git", "-C", str(self.folder), *arguments], check=True, capture_output=True, text=True)  # noqa: S607
        return done.stdout.strip()

    def write(self, name, text, message="Articles") -> str:
        """Write a file and commit it; the commit."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return self.commit(message)

    def commit(self, message="Articles") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")


class GitServer(ThreadingHTTPServer):
    """Gives out a repository over http to those who know user and password.

    Attributes:
        asked: Called with each request's ``Authorization`` before it is answered.
        elsewhere: Send everybody to this address instead.
        says: Makes of each request's ``Authorization`` a text that refuses it.
    """

    daemon_threads = True

    def __init__(self, folder, user, password) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.expected = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.asked = lambda _: None
        self.elsewhere = ""
        self.says = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: GitServer

    def log_message(self, *_) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:  # the name that the library calls
        given = self.headers.get("Authorization", "")
        self.server.asked(given)
        path, _, query = self.path.partition("?")
        if self.server.elsewhere:
            self._say(302, {"Location": self.server.elsewhere + self.path})
        elif given and self.server.says is not None:
            self._say(403, {"Content-Type": "text/plain"}, self.server.says(given).encode())
        elif given != self.server.expected:
            self._say(401, {"WWW-Authenticate": 'Basic realm="articles"'})
        else:
            self._pass_on(path, query)

    do_POST = do_GET  # noqa: N815

    def _say(self, status, headers, body=b"") -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _pass_on(self, path, query) -> None:
        """What git's own program for servers says."""
        variables = {
            "GIT_PROJECT_ROOT": str(self.server.folder.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        variables["CONTENT_LENGTH"] = str(len(body))
        command = ["git", "http-backend"]
        done = subprocess.run(command, input=body, env=os.environ | variables, capture_output=True, check=True)
        head, _, answer = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self._say(int(headers.pop("Status", "200").split()[0]), headers, answer)


@contextmanager
def serving(folder, user, password):
    """A server, running while the block runs."""
    with GitServer(folder, user, password) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def command_lines() -> str:
    """The command lines of all processes, as everybody on this machine can read them."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue  # it has ended
    return "\n".join(lines)
