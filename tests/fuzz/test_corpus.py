"""The kept inputs of the fuzz targets hold, and the fuzzer finds what does not."""

from __future__ import annotations

import random

import pytest

from tests.fuzz import run
from tests.fuzz.run import CORPUS, fuzz_by_mutation, kept_where_it_fails, mutated
from tests.fuzz.targets import TARGETS

INPUTS = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_kept_input_holds(path):
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_has_a_corpus_and_holds_on_mutations_of_it(name):
    source = random.Random(1)  # noqa: S311  # the same inputs each time
    inputs = [path.read_bytes() for path in INPUTS if path.parent.name == name]
    assert inputs
    for _ in range(60):
        TARGETS[name](mutated(source, inputs))


def test_an_input_that_fails_is_kept(tmp_path, monkeypatch, capsys):
    def fails_on_two_brackets(data: bytes) -> None:
        assert data.count(b"[") < 2

    (tmp_path / "brackets").mkdir()
    (tmp_path / "brackets" / "one").write_bytes(b"a [link](to) it")
    monkeypatch.setattr(run, "CORPUS", tmp_path)
    monkeypatch.setitem(TARGETS, "brackets", fails_on_two_brackets)
    assert kept_where_it_fails("brackets", fails_on_two_brackets, b"[")
    assert fuzz_by_mutation("brackets", 30, seed=1) == 1
    (kept,) = tmp_path.joinpath("brackets").glob("failed-*")
    assert kept.read_bytes().count(b"[") >= 2
    assert str(kept) in capsys.readouterr().err
