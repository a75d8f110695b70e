"""`quicktakes adapt` on an index of a tiny model's own."""

from __future__ import annotations

import json

import pytest

from embeddings.adapters.adapter_file import read_adapter
from embeddings.adapters.training.requirements import check_can_train
from embeddings.errors import TrainingUnavailableError
from tests.retrieval.article_files import article_text, write_file
from tests.small_encoder import save_encoder

_NAMES = (
    "agate basalt chalk diamond emerald feldspar granite hematite ivory jasper kaolin limestone marble nephrite "
    "obsidian pumice quartz ruby sandstone topaz ulexite variscite wulfenite zircon"
)
STONES = _NAMES.split()


@pytest.fixture(scope="module")
def stones(tmp_path_factory):
    """Articles about stones, questions about them, and a model that knows their words."""
    try:
        check_can_train()
    except TrainingUnavailableError as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("stones")
    questions = []
    for stone in STONES:
        url = f"/learn/geology/{stone}"
        text = article_text(f"What is {stone}", f"All {stone} is dug up in a quarry of {stone}.", url)
        write_file(folder / "content" / "geology" / f"{stone}.md", text)
        asked = {"query": f"where is {stone} dug up", "answerable": True, "source": url, "grades": {url: 2}}
        questions.append(json.dumps(asked))
    (folder / "asked.jsonl").write_text("\n".join(questions), encoding="utf-8")
    save_encoder(folder / "model", f"what is all dug up in a quarry of where {' '.join(STONES)}")
    return folder


@pytest.fixture
def adapt(stones, run, monkeypatch):
    """Runs commands on them."""
    monkeypatch.setenv("QUICKTAKES_DATA_DIR", str(stones / "data"))
    monkeypatch.setenv("QUICKTAKES_INDEX__CONTENT_DIR", str(stones / "content"))
    monkeypatch.setenv("QUICKTAKES_ENCODER__MODEL", str(stones / "model" / "whole"))
    assert run("index", "build").status == 0
    return run


@pytest.mark.long
def test_an_adapter_is_trained_compared_written_and_used(adapt, stones, tmp_path, monkeypatch):
    output = tmp_path / "own.safetensors"
    outcome = adapt("adapt", stones / "asked.jsonl", "--output", output, "--force", "--json")
    assert outcome.status == 0, outcome.err
    told = json.loads(outcome.out)
    figures = told["files"]["asked"]
    assert told["written"]
    assert figures["questions"] == figures["difference"]["questions"] == len(STONES)
    assert set(figures["before"]) == set(figures["after"]) == {"answer_1", "answer_3", "nDCG_10", "dense_answer_1"}
    assert f'adapter = "{output}"' in outcome.err
    adapter = read_adapter(output)
    assert adapter.provenance["questions"] == len(STONES)
    assert adapter.provenance["files"]["asked"] == figures

    status = adapt("index", "status").out
    assert "adapter of questions none" in status
    monkeypatch.setenv("QUICKTAKES_ENCODER__ADAPTER", str(output))
    assert "adapter of questions own (" in adapt("index", "status").out
    assert "Adapter of questions: own (" in adapt("ask", "--explain", "where is agate dug up").out
    assert "adapter own (" in adapt("doctor").out


@pytest.mark.long
def test_what_is_no_better_is_not_written(adapt, stones, tmp_path, monkeypatch):
    monkeypatch.setattr("retrieval.adaptation.adaptation.is_better", lambda _files: False)
    outcome = adapt("adapt", stones / "asked.jsonl", "--output", tmp_path / "own.safetensors")
    assert outcome.status == 1
    assert "not written: answers are no better with it" in outcome.err
    assert "asked: 24 questions" in outcome.out
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_at_once(run, tmp_path):
    (tmp_path / "asked.jsonl").write_text('{"query": "why", "answerable": false}', encoding="utf-8")
    outcome = run("adapt", "asked.jsonl", "--output", "missing/own.safetensors")
    assert outcome.status == 1
    assert "missing/own.safetensors cannot be written" in outcome.err


def test_without_the_extra_one_line_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setattr("embeddings.adapters.training.requirements._PACKAGES", ("no_such_package",))
    (tmp_path / "asked.jsonl").write_text('{"query": "why", "answerable": false}', encoding="utf-8")
    outcome = run("adapt", "asked.jsonl", "--output", "own.safetensors")
    assert outcome.status == 1
    assert outcome.err.startswith("quicktakes: training an adapter needs no_such_package; install them with `pip")
    assert len(outcome.err.splitlines()) == 1
