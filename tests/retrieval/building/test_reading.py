import multiprocessing
import os
from pathlib import Path

import pytest

from retrieval.articles.limits import ReadingLimits
from retrieval.building import reading, worker_processes
from retrieval.building.reading import UNSETTLED, SameFile, SoundFile, _lost, find_files, read_file, read_files
from retrieval.building.worker_processes import LossReason
from retrieval.errors import ArticleError
from retrieval.generations.rows import ArticleFailure, FileStamp
from tests.retrieval.article_files import article_text, write_file


def write_many(root, count):
    for number in range(count):
        text = article_text(f"What is item {number}", f"It is thing {number}.", f"/learn/items/{number}")
        write_file(root / "items" / f"{number:03}.md", text)


def test_files_are_found_by_path_with_size_and_time(tmp_path):
    for name in ("b/z.md", "a/y.md", "a.md", "a-b/x.md", "a/note.txt"):
        write_file(tmp_path / name, "12345")
    files, failures = find_files(tmp_path)
    assert [file.path for file in files] == ["a-b/x.md", "a.md", "a/y.md", "b/z.md"]
    assert {(file.size, file.changed_ns) for file in files} == {(5, UNSETTLED)}
    assert failures == []


def test_a_folder_may_be_named_from_where_one_stands(tmp_path, monkeypatch):
    write_many(tmp_path, 2)
    for place, root in ((tmp_path, "."), (tmp_path.parent, tmp_path.name), (tmp_path / "items", "..")):
        monkeypatch.chdir(place)
        files, _ = find_files(Path(root))
        assert [file.path for file in files] == ["items/000.md", "items/001.md"]
        assert isinstance(read_file(files[0], Path(root)), SoundFile)


def test_a_link_that_leads_nowhere_is_a_failure(tmp_path):
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    files, (failure,) = find_files(tmp_path)
    assert files == []
    assert failure.path == "gone.md"


def test_a_name_that_is_not_utf_8_is_a_failure_that_can_be_shown(tmp_path):
    name = os.fsdecode(b"caf\xe9.md")
    try:
        write_file(tmp_path / name, "---\n---\n")
    except OSError:
        pytest.skip("this file system knows no such names")
    files, (failure,) = find_files(tmp_path)
    assert files == []
    assert failure.path.encode() == b"caf\\udce9.md"
    assert "rename" in failure.problem


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(ArticleError, match="missing"):
        find_files(tmp_path / "missing")


def test_a_sound_file_gives_article_words_and_stamp(tmp_path):
    write_many(tmp_path, 1)
    (file,), _ = find_files(tmp_path)
    read = read_file(file, tmp_path)
    assert isinstance(read, SoundFile)
    assert read.article.question == "What is item 0"
    assert {"item", "thing"} <= read.words
    assert read.section_count == 1
    again = read_file(file, tmp_path, read.stamp.content_hash)
    assert again == SameFile("items/000.md", read.stamp)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("---\nquestion: Why\n---\n", "answer"),
        ('---\nquestion: "\\ud800"\nanswer: b\nurl: /u\n---\n', "Unicode"),
        ("---\nquestion: Why\nanswer: '\\n \\n'\nurl: /u\n---\n", "answer"),
    ],
)
def test_a_file_that_is_no_article_is_a_failure_that_says_why(tmp_path, text, said):
    write_file(tmp_path / "a.md", text)
    (file,), _ = find_files(tmp_path)
    read = read_file(file, tmp_path)
    assert isinstance(read, ArticleFailure)
    assert said in read.problem
    assert read.stamp.content_hash


def test_a_file_that_vanished_is_a_failure(tmp_path):
    write_many(tmp_path, 1)
    (file,), _ = find_files(tmp_path)
    (tmp_path / file.path).unlink()
    read = read_file(file, tmp_path)
    assert isinstance(read, ArticleFailure)
    assert read.stamp.content_hash == b""


def test_several_processes_read_in_the_same_order(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 10)
    write_many(tmp_path, 100)
    files, _ = find_files(tmp_path)
    known = {files[7].path: FileStamp(read_file(files[7], tmp_path).stamp.content_hash, 0, 0)}
    alone = list(read_files(files, tmp_path, known, processes=1))
    together = list(read_files(files, tmp_path, known, processes=2))
    assert together == alone
    assert [type(read) for read in alone].index(SameFile) == 7


def test_processes_are_started_only_for_files_that_must_be_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 10)
    write_many(tmp_path, 100)
    files, _ = find_files(tmp_path)
    known = {file.path: read_file(file, tmp_path).stamp for file in files}
    same = read_files(files, tmp_path, known, processes=2)
    assert all(isinstance(next(same), SameFile) for _ in files[:-1])
    assert multiprocessing.active_children() == []
    assert [read.path for read in same] == [files[-1].path]
    for file in files[20:80]:
        write_file(tmp_path / file.path, article_text("What is new", "It is new.", f"/learn/{file.path}"))
    changed = read_files(files, tmp_path, known, processes=2)
    first = [next(changed) for _ in range(30)]
    assert multiprocessing.active_children() == []
    rest = list(changed)
    assert [read.path for read in [*first, *rest]] == [file.path for file in files]
    assert [isinstance(read, SoundFile) for read in [*first, *rest]] == [20 <= number < 80 for number in range(100)]


def test_a_process_that_dies_leaves_its_work_to_another(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 10)
    write_many(tmp_path, 300)
    files, _ = find_files(tmp_path)
    reads = read_files(files, tmp_path, {}, processes=2)
    first = next(reads)
    children = multiprocessing.active_children()
    assert children
    for child in children:
        os.kill(child.pid, 9)
    rest = list(reads)
    assert [read.path for read in [first, *rest]] == [file.path for file in files]
    assert all(isinstance(read, SoundFile) for read in rest)


def test_a_large_file_is_read_by_a_process_that_can_be_stopped(tmp_path):
    write_many(tmp_path, 3)
    large = article_text("What is large", "It is so. " * 8_000, "/learn/large")
    write_file(tmp_path / "items" / "001.md", large)
    files, _ = find_files(tmp_path)
    reads = read_files(files, tmp_path, {}, processes=1)
    assert [next(reads).path, next(reads).path] == ["items/000.md", "items/001.md"]
    assert len(multiprocessing.active_children()) == 1
    assert [read.path for read in reads] == ["items/002.md"]


def test_a_file_that_takes_too_long_is_a_failure_and_the_others_are_read(tmp_path, monkeypatch):
    # No process starts in a tenth of a second, so that this one is too slow whatever the machine.
    monkeypatch.setattr(worker_processes, "_PATIENCE_SECONDS", 0.0)
    write_many(tmp_path, 2)
    write_file(tmp_path / "items" / "002.md", article_text("What is large", "It is so. " * 8_000, "/learn/large"))
    files, _ = find_files(tmp_path)
    first, second, large = read_files(files, tmp_path, {}, processes=2, limits=ReadingLimits(max_read_seconds=0.1))
    assert isinstance(first, SoundFile)
    assert isinstance(second, SoundFile)
    assert isinstance(large, ArticleFailure)
    assert large.path == "items/002.md"
    assert large.problem.startswith("reading it takes longer than 0.1 s (index.max_read_seconds)")
    assert multiprocessing.active_children() == []


def test_a_file_that_kills_its_readers_is_named(tmp_path):
    write_many(tmp_path, 1)
    (file,), _ = find_files(tmp_path)
    lost = _lost(2.5, (file, b""), LossReason.KILLED_ITS_PROCESS)
    assert lost.path == "items/000.md"
    assert "killed twice" in lost.problem


def test_whatever_reading_a_file_brings_about_is_a_failure_of_that_file(tmp_path, monkeypatch):
    def fail(*_):
        raise RecursionError("too deep\nfor this")

    write_many(tmp_path, 1)
    (file,), _ = find_files(tmp_path)
    monkeypatch.setattr(reading, "split_article", fail)
    read = read_file(file, tmp_path)
    assert isinstance(read, ArticleFailure)
    assert "RecursionError: too deep\\nfor this" in read.problem


def test_a_pipe_that_took_the_place_of_a_file_is_a_failure(tmp_path):
    write_many(tmp_path, 1)
    (file,), _ = find_files(tmp_path)
    (tmp_path / file.path).unlink()
    os.mkfifo(tmp_path / file.path)
    read = read_file(file, tmp_path)
    assert isinstance(read, ArticleFailure)
    assert "named pipe" in read.problem


def test_what_is_left_out_of_an_article_comes_with_it(tmp_path):
    write_file(tmp_path / "a.md", article_text("Why", "So.", "/a", date="someday", id="x"))
    (file,), _ = find_files(tmp_path)
    assert [(each.path, each.line) for each in read_file(file, tmp_path).warnings] == [("a.md", 7), ("a.md", 6)]
