"""Credentials of a repository reach its server, and nothing else."""

from __future__ import annotations

import base64
import logging
import os
import shutil
import textwrap
import traceback
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.sources.errors import SourceError
from bot.sources.git import GitSource
from tests.bot.sources.repositories import Repository, command_lines, serving

SECRET = "hunter2/:@é"  # noqa: S105  # opens nothing
QUOTED = "hunter2%2F%3A%40%C3%A9"
SPELLINGS = (SECRET, QUOTED, "hunter2")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder whose git keeps every password that it is given in a file."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / ".gitconfig").write_text("[credential]\n\thelper = store\n")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """A file with the command lines of every git that is started by its name."""
    real, log = shutil.which("git"), tmp_path / "recorded"
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {log}\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    return log


@pytest.fixture
def repository(tmp_path):
    found = Repository(tmp_path / "articles")
    found.write("learn/a.md", "one")
    return found


def texts_below(folder) -> str:
    return "\n".join(path.read_bytes().decode(errors="replace") for path in folder.rglob("*") if path.is_file())


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="the system does not show command lines in /proc")
@pytest.mark.parametrize(
    ("user", "password", "written"),
    [("ann", SECRET, f"ann:{QUOTED}"), (SECRET, "", QUOTED), ("ann", "", "ann:")],
)
def test_they_are_on_no_command_line_and_in_no_file(  # noqa: PLR0913, PLR0917  # fixtures
    repository, tmp_path, home, recorded, caplog, monkeypatch, user, password, written
):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "data" / "trace"))
    monkeypatch.setenv("GIT_TRACE_CURL", str(tmp_path / "data" / "trace"))
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    seen = []
    with serving(repository.folder / ".git", user, password) as server:
        server.asked = lambda _: seen.append(command_lines())
        source = GitSource(f"http://{written}@{server.host}/.git", "main", tmp_path / "data" / "source")
        source.sync()
        commit = repository.write("learn/b.md", "two")
        assert source.sync() == commit
    assert (tmp_path / "data/source/learn/b.md").read_text() == "two"
    assert any("git-remote-http" in lines or "remote-http" in lines for lines in seen)
    assert "fetch" in recorded.read_text()
    places = {
        "ps": "\n".join(seen),
        "git's command line": recorded.read_text(),
        "files": texts_below(tmp_path / "data"),
        "home": texts_below(home),
        "log": caplog.text,
        "name": repr(source),
    }
    for place, text in places.items():
        assert not any(spelling in text for spelling in SPELLINGS), place


def test_a_wrong_password_is_not_repeated(repository, tmp_path, home):
    with serving(repository.folder / ".git", "ann", "right") as server:
        source = GitSource(f"http://ann:{QUOTED}@{server.host}/.git", "main", tmp_path / "data" / "source")
        with pytest.raises(SourceError, match="Authentication failed") as caught:
            source.sync()
    assert not any(spelling in str(caught.value) for spelling in SPELLINGS)
    assert "hunter2" not in texts_below(home)


@pytest.mark.usefixtures("home")
def test_a_server_that_sends_elsewhere_sends_no_credentials_there(repository, tmp_path):
    with (
        serving(repository.folder / ".git", "ann", SECRET) as other,
        serving(repository.folder / ".git", "ann", SECRET) as server,
    ):
        given = []
        other.asked = given.append
        server.elsewhere = f"http://{other.host}"
        source = GitSource(f"http://ann:{QUOTED}@{server.host}/.git", "main", tmp_path / "data" / "source")
        with pytest.raises(SourceError):
            source.sync()
    assert given
    assert not any("Basic" in each for each in given)


def test_our_own_secrets_are_not_handed_to_git(repository, tmp_path, monkeypatch):
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    seen = tmp_path / "seen"
    wrapper.write_text(f'#!/bin/sh\nenv >> {seen}\nexec {shutil.which("git")} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("QUICKTAKES_DISCORD__TOKEN", "hunter2")
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -p 2222")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    GitSource(str(repository.folder), "main", tmp_path / "data" / "source").sync()
    assert "hunter2" not in seen.read_text()
    assert "GIT_SSH_COMMAND=ssh -p 2222" in seen.read_text()
    assert "GIT_CONFIG_VALUE_0=*" in seen.read_text()
    assert f"HOME={os.environ['HOME']}" in seen.read_text()


ECHOES = {
    "as it came": lambda given: f"you sent Authorization: {given}",
    "bare": lambda given: f"no: {given.removeprefix('Basic ')} is unknown",
    "without padding": lambda given: given.removeprefix("Basic ").rstrip("="),
    "decoded": lambda given: base64.b64decode(given.removeprefix("Basic ")).decode(),
    "percent-encoded": lambda given: quote(base64.b64decode(given.removeprefix("Basic ")).decode(), safe=""),
    "over lines": lambda given: "\n".join(textwrap.wrap(given.removeprefix("Basic "), 7)),
    "in base64 once more": lambda given: base64.b64encode(
        b"Authorization: " + base64.b64decode(given.removeprefix("Basic "))
    ).decode(),
    "in lower case": str.lower,
    "in an address": lambda given: f"http://{base64.b64decode(given.removeprefix('Basic ')).decode()}@x/",
    "behind much": lambda given: "x " * 100_000 + given,
}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
@pytest.mark.parametrize(("user", "password"), [("ann-b", SECRET), (SECRET, ""), (SECRET, "x-oauth-basic")])
def test_a_server_that_repeats_them_does_not_bring_them_into_messages(repository, tmp_path, echo, user, password):
    pair = f"{user}:{password}"
    with serving(repository.folder / ".git", user, password) as server:
        server.says = echo
        address = f"http://{quote(user, safe='')}:{quote(password, safe='')}@{server.host}/.git"
        with pytest.raises(SourceError) as caught:
            GitSource(address, "main", tmp_path / "data" / "source").sync()
    told = "".join(traceback.format_exception(caught.value))
    encoded = base64.b64encode(pair.encode()).decode().rstrip("=")
    assert "403" in str(caught.value)
    compact = told.lower().replace(" ", "").replace("remote:", "")
    for part in (*SPELLINGS, pair, encoded, encoded[4:14], base64.b64encode(SECRET.encode()).decode()[:8]):
        assert part.lower() not in compact


@pytest.mark.usefixtures("home")
def test_a_message_of_a_commit_that_holds_them_shows_none(repository, tmp_path):
    encoded = base64.b64encode(f"ann:{SECRET}".encode()).decode()
    with serving(repository.folder / ".git", "ann", SECRET) as server:
        source = GitSource(f"http://ann:{QUOTED}@{server.host}/.git", "main", tmp_path / "data" / "source")
        before = source.sync()
        after = repository.write("learn/b.md", "two", f"Fetched with {SECRET} ({QUOTED}, Basic {encoded}) from now on")
        assert source.sync() == after
        (commit,) = source.changes(before, after).commits
    assert commit.subject == "Fetched with … (…, Basic …==) from now on"


@pytest.mark.usefixtures("home")
def test_a_header_that_the_operator_has_git_send_is_not_repeated_either(repository, tmp_path, monkeypatch):
    encoded = base64.b64encode(f"ann:{SECRET}".encode()).decode()
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "http.extraHeader")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"Authorization: Basic {encoded}")
    with serving(repository.folder / ".git", "ann", SECRET) as server:
        server.says = lambda given: f"I was sent {given.split()[1]}"
        with pytest.raises(SourceError, match="I was sent …") as caught:
            GitSource(f"http://{server.host}/.git", "main", tmp_path / "data" / "source").sync()
    assert encoded not in str(caught.value)
