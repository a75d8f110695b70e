"""What is wrong with a generation's files is found and named, whatever it is and whoever meets it."""

from __future__ import annotations

import errno
import shutil

import pytest

from retrieval.errors import GenerationDamagedError
from retrieval.generations.unreadable import is_about_contents
from retrieval.generations.verification import damage_named, problems_of
from tests.retrieval.article_files import small_corpus
from tests.retrieval.unprivileged import give_away, open_folder, unprivileged


class PanicException(BaseException):  # what native code raises, which is no `Exception`
    pass


@pytest.fixture
def folder(tmp_path):
    """A generation's folder."""
    corpus = small_corpus(tmp_path)
    return corpus.store.folder / corpus.build().generation_id


def test_every_file_that_cannot_be_read_is_named():
    with open_folder() as place:
        corpus = small_corpus(place)
        folder = corpus.store.folder / corpus.build().generation_id
        give_away(place)
        unreadable = ["articles.sqlite", "lexical/meta.json", "vocabulary.tsv"]
        for name in unreadable:
            (folder / name).chmod(0)
        (folder / "article_token_offsets.npy").unlink()
        (folder / "stranger").touch()
        with unprivileged():
            problems = {problem.file_name: problem.problem for problem in problems_of(folder)}
    said = dict.fromkeys(unreadable, "cannot be read (Permission denied)")
    assert problems == said | {
        "article_token_offsets.npy": "is missing",
        "stranger": "does not belong to the generation",
    }


def test_a_manifest_that_is_nested_without_end_is_damaged(folder):
    (folder / "manifest.json").write_text("[" * 100_000)
    (problem,) = problems_of(folder)
    assert (problem.file_name, "differs from its checksum" in problem.problem) == ("manifest.json", True)


@pytest.mark.parametrize("error", [IndexError("odd"), PanicException("odd"), MemoryError()])
def test_an_error_over_a_damaged_file_names_the_file(folder, error):
    (folder / "article_token_offsets.npy").write_bytes(b"odd")
    with (
        pytest.raises(GenerationDamagedError, match=r"article_token_offsets\.npy: differs") as caught,
        damage_named(folder),
    ):
        raise error
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("error", [IndexError("odd"), PanicException("odd"), KeyboardInterrupt(), OSError("odd")])
@pytest.mark.parametrize("state", ["sound", "removed"])
def test_an_error_over_sound_files_or_none_stays_what_it_is(folder, error, state):
    if state == "removed":
        shutil.rmtree(folder)
    with pytest.raises(type(error)) as caught, damage_named(folder):
        raise error
    assert caught.value is error


def test_a_machine_that_lacks_something_is_no_damage():
    assert not is_about_contents(OSError(errno.EMFILE, "Too many open files"))
    assert not is_about_contents(KeyboardInterrupt())
    assert is_about_contents(OSError(errno.EIO, "Input/output error"))
    assert is_about_contents(PanicException())
