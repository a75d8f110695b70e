import hashlib
import os

import pytest

from embeddings.file_hashes import FileHashes


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "weights.bin"
    path.write_bytes(b"first")
    return path


def sha(data):
    return hashlib.sha256(data).hexdigest()


def test_hash_is_the_sha256_of_the_content(file, tmp_path):
    assert FileHashes(tmp_path / "stamps.json").sha256([file]) == [sha(b"first")]


def test_an_unchanged_file_is_not_read_again(file, tmp_path):
    stamps = tmp_path / "stamps.json"
    FileHashes(stamps).sha256([file])
    status = file.stat()
    with file.open("r+b") as opened:  # same size, inode and, put back, time: only reading would tell
        opened.write(b"other")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert FileHashes(stamps).sha256([file]) == [sha(b"first")]


@pytest.mark.parametrize("change", ["size", "time", "inode"])
def test_a_changed_file_is_read_again(change, file, tmp_path):
    stamps = tmp_path / "stamps.json"
    FileHashes(stamps).sha256([file])
    before = file.stat()
    data = b"longer than before" if change == "size" else b"other"
    if change == "inode":
        fresh = tmp_path / "fresh"
        fresh.write_bytes(data)
        fresh.replace(file)
    else:
        file.write_bytes(data)
    moment = before.st_mtime_ns + (1_000_000 if change == "time" else 0)
    os.utime(file, ns=(before.st_atime_ns, moment))
    assert FileHashes(stamps).sha256([file]) == [sha(data)]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 1}', b"\xff\xfe"])
def test_a_damaged_stamp_file_is_ignored_and_mended(content, file, tmp_path):
    stamps = tmp_path / "stamps.json"
    stamps.write_bytes(content)
    assert FileHashes(stamps).sha256([file]) == [sha(b"first")]
    assert sha(b"first") in stamps.read_text()


def test_hashing_works_where_nothing_can_be_remembered(file, tmp_path):
    (tmp_path / "occupied").write_text("a file, so no folder can be made here")
    assert FileHashes(tmp_path / "occupied" / "stamps.json").sha256([file]) == [sha(b"first")]


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"gone\.bin"):
        FileHashes(tmp_path / "stamps.json").sha256([tmp_path / "gone.bin"])
