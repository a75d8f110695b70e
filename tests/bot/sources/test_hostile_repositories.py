"""Whoever writes in the repository runs no program, and fills no disk and no memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from bot.sources import process_output
from bot.sources.errors import SourceError, SourceTimeoutError
from bot.sources.fetching import articles_of, content_dir
from bot.sources.git import GitSource
from bot.sources.git_command import GitCommand, Remote
from bot.sources.process_output import MAX_ERROR_OUTPUT, read_output
from config.loading import load_settings
from retrieval.articles.discovery import discover_article_files


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """A file that is there once a program was run that nobody should run; the operator's git knows such programs."""
    found = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {found}\ncat\n")
    program.chmod(0o755)
    home = tmp_path / "home"
    (home / "template" / "hooks").mkdir(parents=True)
    (home / "template" / "hooks" / "post-checkout").write_text(program.read_text())
    (home / "template" / "hooks" / "post-checkout").chmod(0o755)
    (home / ".gitconfig").write_text(
        f"""[filter "lfs"]
        smudge = {program}
        clean = {program}
        required = true
[filter "any"]
        process = {program}
        smudge = {program}
[diff "any"]
        command = {program}
        textconv = {program}
[merge "any"]
        driver = {program}
[core]
        fsmonitor = {program}
        hooksPath = {home}/template/hooks
[init]
        templateDir = {home}/template
[submodule]
        recurse = true
[protocol "ext"]
        allow = always
"""
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return found


def test_attributes_hooks_and_settings_run_nothing(repository, tmp_path, ran):
    (repository.folder / ".git" / "info" / "attributes").write_text("* -filter\n")  # for who writes it
    repository.git("config", "core.hooksPath", "/dev/null")
    repository.git("config", "core.fsmonitor", "false")
    repository.write(".gitattributes", "*.md filter=any diff=any merge=any\n*.png filter=lfs\n")
    (repository.folder / ".lfsconfig").write_text("[lfs]\n\turl = http://127.0.0.1:1/\n")
    repository.write("learn/picture.png", "version https://git-lfs.github.com/spec/v1\n")
    source = GitSource(str(repository.folder), "main", tmp_path / "data" / "source")
    before = source.sync()
    assert not ran.exists()
    repository.write("learn/picture.png", "version https://git-lfs.github.com/spec/v2\n")
    after = repository.write("learn/a.md", "two", "--upload-pack=touch x")
    assert source.sync() == after
    changes = source.changes(before, after)
    assert source.is_as_synced()
    assert not ran.exists()
    assert (tmp_path / "data/source/learn/a.md").read_text() == "two"
    assert changes.commits[0].subject == "--upload-pack=touch x"


def test_a_copy_of_before_runs_no_filter_either(repository, tmp_path, ran):
    source = GitSource(str(repository.folder), "main", tmp_path / "data" / "source")
    source.sync()
    (tmp_path / "data/source/.git/info/attributes").unlink()
    (repository.folder / ".git" / "info" / "attributes").write_text("* -filter\n")
    repository.git("config", "core.hooksPath", "/dev/null")
    repository.git("config", "core.fsmonitor", "false")
    repository.write(".gitattributes", "* filter=any\n")
    repository.write("learn/a.md", "two")
    ran.unlink(missing_ok=True)
    source.sync()
    assert not ran.exists()


def test_submodules_are_not_fetched(repository, tmp_path, ran):
    (repository.folder / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch {ran}"\n'
        f'[submodule "../y"]\n\tpath = y\n\turl = -u./touch {ran}\n'
    )
    commit = repository.git("rev-parse", "HEAD")
    repository.git("-c", "core.fsmonitor=false", "update-index", "--add", "--cacheinfo", f"160000,{commit},x")
    repository.git("-c", "core.hooksPath=/dev/null", "add", ".gitmodules")
    repository.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", "Submodules")
    ran.unlink(missing_ok=True)
    source = GitSource(str(repository.folder), "main", tmp_path / "data" / "source")
    source.sync()
    source.sync()
    assert not ran.exists()
    assert list((tmp_path / "data/source/x").iterdir()) == []


@pytest.mark.parametrize("scheme", ["ext", "foreign"])
def test_git_starts_no_program_for_an_address(tmp_path, ran, monkeypatch, scheme):
    helper = tmp_path / "bin" / "git-remote-foreign"
    helper.parent.mkdir()
    helper.write_text(f"#!/bin/sh\ntouch {ran}\n")
    helper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{helper.parent}{os.pathsep}{os.environ['PATH']}")
    git = GitCommand(Remote("https://example.org/a.git"))
    with pytest.raises(SourceError, match="not allowed"):
        git.run("ls-remote", f"{scheme}::touch {ran}")
    assert not ran.exists()


def test_a_folder_of_this_machine_is_read_only_where_the_address_is_one(repository):
    assert b"refs/heads/main" in GitCommand(Remote(f"file://{repository.folder}")).run(
        "ls-remote", str(repository.folder)
    )
    for address in ("https://example.org/a.git", "git@example.org:a"):
        with pytest.raises(SourceError, match="transport 'file' not allowed"):
            GitCommand(Remote(address)).run("ls-remote", str(repository.folder))


def test_odd_names_and_links_that_lead_nowhere_stop_no_fetch(repository, tmp_path):
    names = ["line\nbreak.md", "-rf.md", "\udcff.md", "\u202egnp.md", "quo\"te'.md", "tab\t.md", "a\\b.md"]
    for name in names:
        repository.write(f"learn/{name}", "x")
    (repository.folder / "learn" / "loop").symlink_to(".")
    (repository.folder / "learn" / "self.md").symlink_to("self.md")
    (repository.folder / "learn" / "nowhere.md").symlink_to("/nowhere")
    commit = repository.commit()
    environment = {
        "QUICKTAKES_DATA_DIR": str(tmp_path / "data"),
        "QUICKTAKES_SOURCE__REPOSITORY": str(repository.folder),
    }
    settings = load_settings(environment=environment, working_folder=tmp_path).settings
    with articles_of(settings) as articles:
        assert articles.revision == commit
        assert articles.history is not None
        found = {path.name for path in discover_article_files(content_dir(settings), lambda _: None)}
    assert found == {"a.md", *names}


def test_a_fetch_ends_before_the_disk_is_full(repository, tmp_path):
    source = GitSource(str(repository.folder), "main", tmp_path / "data" / "source")
    before = source.sync()
    full = GitSource(str(repository.folder), "main", tmp_path / "data" / "source", min_free_bytes=1 << 62)
    with pytest.raises(SourceError, match="MiB are free where"):
        _with_slow_git(tmp_path, full.sync)
    assert source.sync() == before


def _with_slow_git(tmp_path, act) -> None:
    """Act while git needs half a second for everything."""
    wrapper = tmp_path / "slow" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nPATH="{os.environ["PATH"]}"\nsleep 0.5\nexec git "$@"\n')
    wrapper.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
        act()


def started(program) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_what_a_program_writes_is_read_whole():
    program = "import sys; sys.stdout.write('a' * 300_000); sys.stderr.write('b' * 300); sys.stdout.write('c')"
    with started(program) as process:
        output, complaints = read_output(process, seconds=60, on_wait=lambda: None)
    assert output == b"a" * 300_000 + b"c"
    assert complaints == b"b" * 300
    assert process.returncode == 0


def test_a_program_that_writes_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(process_output, "MAX_OUTPUT", 1 << 20)
    with started("while True: print('x' * 10_000)") as process:
        with pytest.raises(SourceError, match="more than 1 MiB"):
            read_output(process, seconds=60, on_wait=lambda: None)
        process.kill()


def test_of_many_complaints_both_ends_are_kept():
    program = "import sys; sys.stderr.write('first\\n' + 'word ' * 200_000 + '\\n' + 'y\\n' * 200_000 + 'last\\n')"
    with started(program) as process:
        _, complaints = read_output(process, seconds=60, on_wait=lambda: None)
    assert complaints.startswith(b"first\n")
    assert complaints.endswith(b"last\n")
    assert len(complaints) <= 3 * MAX_ERROR_OUTPUT


@pytest.mark.parametrize("program", ["while True: print('x', flush=True)", "import time; time.sleep(60)"])
def test_a_program_that_does_not_end_is_given_up(program):
    asked = []
    with started(program) as process:
        began = time.monotonic()
        with pytest.raises(SourceTimeoutError):
            read_output(process, seconds=0.5, on_wait=lambda: asked.append(1))
        assert time.monotonic() - began >= 0.5
        process.kill()
    assert asked
