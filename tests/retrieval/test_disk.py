import hashlib
import os

from retrieval.disk import link_or_copy, replace_text, sha256_of


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


def test_replaced_text_leaves_nothing_beside_it(tmp_path):
    replace_text(tmp_path / "current", "one\n")
    replace_text(tmp_path / "current", "two\n")
    assert (tmp_path / "current").read_text() == "two\n"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]
