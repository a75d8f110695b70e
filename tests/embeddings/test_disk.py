import hashlib
import os

import pytest

from embeddings.disk import atomic_write, link_or_copy, sha256_of


def test_sha256_is_that_of_the_bytes(tmp_path):
    data = bytes(range(256)) * 9_000
    (tmp_path / "f").write_bytes(data)
    assert sha256_of(tmp_path / "f") == hashlib.sha256(data).hexdigest()


def test_a_link_is_the_same_file(tmp_path):
    (tmp_path / "a").write_text("x")
    link_or_copy(tmp_path / "a", tmp_path / "deeper" / "b")
    assert (tmp_path / "deeper" / "b").samefile(tmp_path / "a")


def test_without_hard_links_the_bytes_are_copied(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a").write_text("x")
    link_or_copy(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "x"
    assert not (tmp_path / "b").samefile(tmp_path / "a")


def test_atomic_write_leaves_one_file_and_the_new_content(tmp_path):
    target = tmp_path / "new" / "file"
    atomic_write(target, b"one")
    atomic_write(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    (tmp_path / "a folder").mkdir()
    with pytest.raises(OSError, match="a folder"):
        atomic_write(tmp_path / "a folder", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["a folder"]
