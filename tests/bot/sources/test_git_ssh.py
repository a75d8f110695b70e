"""Repositories that git reaches over ssh: git is the real one, and in the place of ssh is one that stays here."""

from __future__ import annotations

import os
import shlex
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sources.errors import SourceError
from bot.sources.fetching import articles_of
from bot.sources.git import GitSource
from config.loading import load_settings
from tests.retrieval.article_files import Corpus, article_text

# What each call was told, and whether it could ask somebody, is written down; then the server's part begins here.
STAND_IN = """#!/bin/sh
{{ printf '%s\\n' "$@"; printf '%s\\n' "askpass=$SSH_ASKPASS_REQUIRE"
   if (: </dev/tty) 2>/dev/null; then echo "terminal"; fi; echo; }} >> {log}
while [ $# -gt 0 ]; do case "$1" in -o|-p|-i) shift 2 ;; -*) shift ;; *) break ;; esac; done
shift
{trouble}
cd {home} && exec sh -c "$*"
"""


@dataclass
class Ssh:
    """The program in the place of ssh.

    Attributes:
        program: Where it is.
        home: The folder in which the server's part begins.
        log: What it was told.
    """

    program: Path
    home: Path
    log: Path

    def install(self, trouble="") -> None:
        """Make it, with something that goes wrong before the server is reached."""
        self.program.parent.mkdir(exist_ok=True)
        places = {"log": shlex.quote(str(self.log)), "home": shlex.quote(str(self.home))}
        self.program.write_text(STAND_IN.format(trouble=trouble, **places))
        self.program.chmod(0o755)

    def calls(self) -> list[list[str]]:
        """What each call was told, and how it could have asked."""
        return [call.split("\n") for call in self.log.read_text().strip().split("\n\n")]


@pytest.fixture
def ssh(tmp_path, monkeypatch):
    found = Ssh(tmp_path / "bin" / "ssh", tmp_path, tmp_path / "told")
    found.install()
    for name in ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{found.program.parent}{os.pathsep}{os.environ['PATH']}")
    return found


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ssh://git@articles.example{folder}", ["git@articles.example"]),
        ("ssh://articles.example:2222{folder}", ["-p", "2222", "articles.example"]),
        ("ssh://git@articles.example/~/articles", ["git@articles.example"]),
        ("git@articles.example:{folder}", ["git@articles.example"]),
        ("git@articles.example:articles", ["git@articles.example"]),
    ],
)
def test_a_branch_is_cloned_and_followed(ssh, repository, tmp_path, address, told):
    source = GitSource(address.format(folder=repository.folder), "main", tmp_path / "data" / "source")
    assert source.sync() == repository.git("rev-parse", "HEAD")
    commit = repository.write("learn/b.md", "two")
    assert source.sync() == commit
    assert (tmp_path / "data/source/learn/b.md").read_text() == "two"
    calls = ssh.calls()
    assert len(calls) == 2
    for call in calls:
        place = call.index(told[-1])
        assert call[place + 1 - len(told) : place + 1] == told
        assert call[place + 1].startswith("git-upload-pack ")


def test_nobody_is_ever_asked_and_a_server_that_fell_silent_is_given_up(ssh, repository, tmp_path):
    GitSource(f"git@articles.example:{repository.folder}", "main", tmp_path / "data" / "source").sync()
    (call,) = ssh.calls()
    assert "terminal" not in call
    assert "askpass=never" in call
    options = {call[place + 1] for place, word in enumerate(call) if word == "-o"}
    assert {"BatchMode=yes", "ConnectTimeout=30", "ServerAliveInterval=15"} <= options


@pytest.mark.parametrize("how", ["GIT_SSH", "GIT_SSH_COMMAND", "core.sshCommand"])
def test_the_operators_own_ssh_is_used_as_it_is(ssh, repository, tmp_path, monkeypatch, how):
    own = ssh.program.with_name("own-ssh")
    shutil.copy(ssh.program, own)
    ssh.install(trouble="exit 1")
    if how == "core.sshCommand":
        (tmp_path / ".gitconfig").write_text(f"[core]\n\tsshCommand = {own} -i key\n")
    else:
        monkeypatch.setenv(how, str(own) if how == "GIT_SSH" else f"{own} -i key")
        monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")
    commit = repository.write("learn/b.md", "two")
    assert GitSource(f"git@articles.example:{repository.folder}", "main", tmp_path / "data" / "source").sync() == commit
    for call in ssh.calls():
        assert "BatchMode=yes" not in call
        assert "askpass=never" in call
        assert "terminal" not in call


@pytest.mark.usefixtures("ssh")
def test_the_commit_is_kept_with_what_was_built_from_it(repository, tmp_path):
    corpus = Corpus(tmp_path / "corpus")
    environment = {
        "QUICKTAKES_SOURCE__REPOSITORY": f"git@articles.example:{repository.folder}",
        "QUICKTAKES_DATA_DIR": str(tmp_path / "data"),
    }
    settings = load_settings(environment=environment).settings
    commit = repository.write("learn/b.md", article_text("What is ice", "Ice is water that has frozen.", "/ice"))
    with articles_of(settings) as articles:
        corpus.root = articles.folder
        corpus.build(source_revision=articles.revision, history=articles.history)
        with corpus.open() as generation:
            assert generation.manifest.source_revision == commit
    later = repository.write("learn/c.md", article_text("What is fog", "Fog is a cloud on the ground.", "/fog"), "Fog")
    with articles_of(settings) as articles:
        built = corpus.build(source_revision=articles.revision, history=articles.history)
    assert (built.source.after, [commit.subject for commit in built.source.commits]) == (later[:10], ["Fog"])


TROUBLES = {
    "the host is not known": "Host key verification failed.",
    "the key is none of theirs": "git@articles.example: Permission denied (publickey,password).",
    "there is no such host": "ssh: Could not resolve hostname articles.example: Name or service not known",
    "nobody listens": "ssh: connect to host articles.example port 22: Connection refused",
}


@pytest.mark.parametrize("said", TROUBLES.values(), ids=TROUBLES)
@pytest.mark.parametrize("address", ["ssh://hunter2@articles.example/articles", "hunter2@articles.example:articles"])
def test_what_ssh_says_is_passed_on_and_what_was_fetched_before_stays(ssh, repository, tmp_path, address, said):
    GitSource(str(repository.folder), "main", tmp_path / "data" / "source").sync()
    ssh.install(trouble=f"echo {shlex.quote(said)} >&2; exit 255")
    with pytest.raises(SourceError) as caught:
        GitSource(address, "main", tmp_path / "data" / "source").sync()
    text = str(caught.value)
    assert text.startswith(f"branch main cannot be fetched: {said} ")
    assert "Could not read from remote repository" in text
    assert "\n" not in text
    assert "hunter2" not in text
    assert (tmp_path / "data/source/learn/a.md").read_text() == "one"


def test_what_a_server_greets_with_does_not_push_out_what_went_wrong(ssh, repository, tmp_path):
    ssh.install(trouble=f"echo {'Welcome. ' * 90}>&2; echo git@articles.example: Permission denied. >&2; exit 255")
    with pytest.raises(SourceError, match=r"fetched: Welcome\. .* … .*Permission denied\. fatal: ") as caught:
        GitSource(f"git@articles.example:{repository.folder}", "main", tmp_path / "data" / "source").sync()
    assert len(str(caught.value)) < 400


@pytest.mark.skipif(shutil.which("ssh") is None, reason="there is no ssh")
def test_the_real_ssh_says_at_once_that_nobody_listens(repository, tmp_path):
    source = GitSource(f"ssh://git@127.0.0.1:1{repository.folder}", "main", tmp_path / "data" / "source")
    began = time.monotonic()
    with pytest.raises(SourceError, match=r"connect to host 127\.0\.0\.1 port 1: Connection refused"):
        source.sync()
    assert time.monotonic() - began < 30
