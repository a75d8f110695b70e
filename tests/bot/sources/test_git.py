"""Articles from real Git repositories on this machine."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs.redaction import without_credentials
from bot.sources.errors import SourceError
from bot.sources.fetching import articles_of, content_dir
from bot.sources.git import GitSource
from config.loading import load_settings
from config.repository import check_branch, check_repository
from retrieval.articles.discovery import discover_article_files
from tests.bot.sources.repositories import Repository

SECRET = "hunter2"  # noqa: S105  # opens nothing


@pytest.fixture
def source(repository, tmp_path):
    return GitSource(str(repository.folder), "main", tmp_path / "data" / "source")


def copy(tmp_path, name="learn/a.md"):
    return tmp_path / "data" / "source" / name


def test_a_branch_is_cloned_and_followed(repository, source, tmp_path):
    assert source.sync() == repository.git("rev-parse", "HEAD")
    assert copy(tmp_path).read_text() == "one"
    before = copy(tmp_path).stat().st_mtime_ns
    commit = repository.write("learn/b.md", "two")
    assert source.sync() == commit
    assert copy(tmp_path, "learn/b.md").read_text() == "two"
    assert copy(tmp_path).stat().st_mtime_ns == before
    (repository.folder / "learn/a.md").unlink()
    repository.commit()
    source.sync()
    assert not copy(tmp_path).exists()


def test_a_rewritten_branch_and_a_meddled_copy_are_mended(repository, source, tmp_path):
    source.sync()
    copy(tmp_path).write_text("meddled")
    copy(tmp_path, "learn/stray.md").write_text("stray")
    repository.git("commit", "--quiet", "--amend", "--message", "Another story")
    assert source.sync() == repository.git("rev-parse", "HEAD")
    assert copy(tmp_path).read_text() == "one"
    assert not copy(tmp_path, "learn/stray.md").exists()


def test_a_damaged_copy_is_made_anew(repository, source, tmp_path):
    source.sync()
    shutil.rmtree(copy(tmp_path, ".git") / "objects")
    assert source.sync() == repository.git("rev-parse", "HEAD")
    assert copy(tmp_path).read_text() == "one"


def test_what_cannot_be_fetched_leaves_the_copy_alone(repository, source, tmp_path):
    source.sync()
    repository.folder.rename(tmp_path / "away")
    with pytest.raises(SourceError, match="branch main cannot be fetched"):
        source.sync()
    assert copy(tmp_path).read_text() == "one"
    with pytest.raises(SourceError, match="branch nowhere"):
        GitSource(str(tmp_path / "away"), "nowhere", tmp_path / "other").sync()


def test_what_git_says_steers_no_terminal(source, tmp_path, monkeypatch):
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(
        "#!/bin/sh\nprintf 'remote: no\\033]0;x\\007\\r\\342\\200\\256 entry\\302\\233here\\n' >&2\nexit 128\n"
    )
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(SourceError, match=r"^branch main cannot be fetched: remote: no\]0;x entryhere$"):
        source.sync()


def test_hooks_and_submodules_of_a_repository_are_not_run(repository, source, tmp_path):
    hook = tmp_path / "ran"
    template = repository.folder / ".git" / "hooks" / "post-checkout"
    template.parent.mkdir(exist_ok=True)
    template.write_text(f"#!/bin/sh\ntouch {hook}\n")
    template.chmod(0o755)
    source.sync()
    assert not hook.exists()


def test_credentials_are_never_shown(tmp_path):
    address = f"https://writer:{SECRET}@127.0.0.1:1/articles.git"
    source = GitSource(address, "main", tmp_path / "source")
    assert SECRET not in repr(source)
    with pytest.raises(SourceError) as caught:
        source.sync()
    assert SECRET not in str(caught.value)
    assert without_credentials(f"fatal: {address}: no") == "fatal: https://…@127.0.0.1:1/articles.git: no"


@pytest.mark.parametrize("password", [f"p@{SECRET}", f"p/{SECRET}", f"{SECRET}@", f"p:{SECRET}/@x"])
def test_passwords_with_marks_of_addresses_in_them_are_refused_and_never_shown(password):
    address = f"https://writer:{password}@127.0.0.1:1/articles.git"
    assert SECRET not in without_credentials(f"fatal: unable to access '{address}/': no")
    with pytest.raises(ValueError, match="%40") as caught:
        check_repository(address)
    assert SECRET not in str(caught.value)


def test_a_damaged_copy_is_never_taken_for_a_repository_that_it_lies_in(repository, tmp_path):
    outer = Repository(tmp_path / "checkout")
    outer.write("program.py", "print()")
    (outer.folder / "program.py").write_text("unsaved work")
    (outer.folder / "notes.txt").write_text("not added yet")
    source = GitSource(str(repository.folder), "main", outer.folder / "var" / "source")
    source.sync()
    shutil.rmtree(outer.folder / "var/source/.git/objects")
    before = outer.git("rev-parse", "HEAD")
    assert source.sync() == repository.git("rev-parse", "HEAD")
    assert (outer.folder / "program.py").read_text() == "unsaved work"
    assert (outer.folder / "notes.txt").read_text() == "not added yet"
    assert outer.git("rev-parse", "HEAD") == before


def test_a_tag_with_the_name_of_the_branch_is_not_taken_for_it(repository, source):
    repository.git("tag", "main")
    source.sync()
    commit = repository.write("learn/b.md", "two")
    assert source.sync() == commit


def test_credentials_are_not_kept_in_the_copy(repository, source, tmp_path):
    source.sync()
    assert str(repository.folder) not in (tmp_path / "data/source/.git/config").read_text()


@pytest.mark.parametrize(
    "address",
    [
        "--upload-pack=touch /tmp/x",
        "-oProxyCommand=x",
        "ext::sh -c touch% /tmp/x",
        "https://example.org/a b",
        "articles",
        "",
        "git@host::x",
        "https://example.org/\nx",
        "ssh://-oProxyCommand=x/a",
        "ssh://git@-oProxyCommand=x/a",
        "git@-oProxyCommand=x:a",
    ],
)
def test_addresses_that_are_more_than_addresses_are_refused(address):
    with pytest.raises(ValueError, match="expected https"):
        check_repository(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.git",
        "git@example.org:team/a.git",
        "ssh://git@example.org/a",
        "/srv/a",
        "file:///a",
        "https://u:p%40x@example.org:8443/a",
    ],
)
def test_addresses_are_accepted(address):
    assert check_repository(address) == address


@given(st.text(max_size=30))
def test_no_branch_can_be_taken_for_an_option_or_a_path(name):
    try:
        check_branch(name)
    except ValueError:
        return
    assert not name.startswith("-")
    assert ".." not in name
    assert name.isprintable()
    assert not any(character in name for character in " ~^:?*[\\")


def test_usual_branches_are_accepted():
    assert [check_branch(name) for name in ("main", "release/1.2", "feature_x")] == ["main", "release/1.2", "feature_x"]


def settings_of(repository, tmp_path, folder):
    environment = {
        "QUICKTAKES_DATA_DIR": str(tmp_path / "data"),
        "QUICKTAKES_SOURCE__REPOSITORY": str(repository.folder),
        "QUICKTAKES_SOURCE__FOLDER": folder,
    }
    return load_settings(environment=environment, working_folder=tmp_path).settings


def fetch(settings) -> str | None:
    with articles_of(settings) as articles:
        return articles.revision


def test_a_folder_of_the_repository_that_links_out_of_it_is_refused(repository, tmp_path):
    (tmp_path / "private").mkdir()
    (repository.folder / "docs").symlink_to(tmp_path / "private")
    repository.commit()
    with pytest.raises(SourceError, match=r"source\.folder"):
        fetch(settings_of(repository, tmp_path, "docs"))
    commit = repository.git("rev-parse", "HEAD")
    assert fetch(settings_of(repository, tmp_path, "learn")) == commit


def test_a_folder_of_the_repository_that_links_to_itself_is_refused(repository, tmp_path):
    (repository.folder / "docs").symlink_to("docs")
    repository.commit()
    with pytest.raises(SourceError, match=r"source\.folder"):
        fetch(settings_of(repository, tmp_path, "docs"))


def test_a_folder_that_the_repository_lacks_is_named(repository, tmp_path):
    with pytest.raises(SourceError, match=r"source\.folder: .*nowhere"):
        fetch(settings_of(repository, tmp_path, "nowhere"))


def test_an_article_that_links_out_of_the_repository_is_not_read(repository, tmp_path):
    (tmp_path / "private.md").write_text("secret")
    (repository.folder / "learn" / "b.md").symlink_to(tmp_path / "private.md")
    repository.commit()
    settings = settings_of(repository, tmp_path, "")
    fetch(settings)
    problems = []
    found = [path.name for path in discover_article_files(content_dir(settings), problems.append)]
    assert found == ["a.md"]
    assert [problem.path.name for problem in problems] == ["b.md"]
