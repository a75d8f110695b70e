"""`quicktakes compare` with the packaged model and a tiny one, over a few of the sample articles."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.bot.cli.conftest import ROOT
from tests.bot.small_index import ARTICLE, THREE
from tests.embeddings.conftest import make_model

__all__ = ["make_model"]

QUESTION = {"query": "who thickens nectar", "answerable": True, "grades": {"/learn/biology/bees": 2}}
ELSEWHERE = {"query": "what is heat", "answerable": True, "grades": {"/learn/physics/heat": 2}}


@pytest.fixture
def variables(encoder_cache, tmp_path):
    """The environment of three articles, with the packaged model converted already, and a temporary folder to watch."""
    data, content, scratch = tmp_path / "data", tmp_path / "content", tmp_path / "scratch"
    for folder in (data / "encoder", content / "biology", scratch):
        folder.mkdir(parents=True)
    for name, question, answer in THREE:
        text = ARTICLE.format(name=name, question=question, answer=answer)
        (content / "biology" / f"{name}.md").write_text(text)
    for converted in encoder_cache.glob("openvino-*"):
        (data / "encoder" / converted.name).symlink_to(converted, target_is_directory=True)
    return {
        "QUICKTAKES_DATA_DIR": str(data),
        "QUICKTAKES_INDEX__CONTENT_DIR": str(content),
        "TMPDIR": str(scratch),
    }


def test_encoders_are_measured_and_one_that_is_not_there_is_a_line(run_process, make_model, variables, tmp_path):
    folder = make_model("cls")
    (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    (tmp_path / "judged.jsonl").write_text(f"{json.dumps(QUESTION)}\n{json.dumps(ELSEWHERE)}\n")
    told = run_process(
        "compare", folder, "no-such-model", "--questions", tmp_path / "judged.jsonl", "--json", variables=variables
    )
    assert told.status == 1, told.err
    figures = json.loads(told.out)
    assert {name: figures[name] for name in figures if name != "encoders"} == {
        "schema": 1,
        "articles": 3,
        "corpus_articles": 3,
        "questions": 1,
        "judged": True,
        "left_out": 1,
    }
    packaged, tiny, missing = figures["encoders"]
    assert (packaged["name"], packaged["answer_1"], packaged["answer_3"]) == ("packaged", 1.0, 1.0)
    assert (packaged["dimension"], packaged["window"], packaged["licence"]) == (384, 256, "apache-2.0")
    assert (tiny["name"], tiny["dimension"], tiny["window"], tiny["licence"]) == (str(folder), 32, 24, "mit")
    for figure in (packaged, tiny):
        assert figure["corpus_seconds"] == figure["build_seconds"] > 0  # the sample is the whole corpus
        assert figure["question_seconds"] > 0
        assert 50_000_000 < figure["memory_bytes"] < 4_000_000_000
    assert missing["name"] == "no-such-model"
    assert (
        "neither a folder nor a model that was downloaded to this machine before; name a folder" in missing["problem"]
    )
    assert list((tmp_path / "scratch").iterdir()) == []
    assert not (tmp_path / "data" / "index").exists()


def heed_interrupts():
    """Undo what a shell does to what it starts in the background, where Ctrl-C reaches nobody."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_comparison_that_is_stopped_leaves_nothing_behind(stop, variables, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "compare", "packaged"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509  # no thread of a test runs meanwhile
    )
    scratch, deadline = tmp_path / "scratch", time.monotonic() + 60
    while not list(scratch.glob("*/*/index")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(scratch.glob("*/*/index")), "the build has begun"
    process.send_signal(stop)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert list(scratch.iterdir()) == []


def test_wrong_arguments_are_refused(run, variables, tmp_path):
    assert run("compare", variables=variables).status == 2
    assert run("compare", "packaged", "--sample", "0", variables=variables).status == 2
    (tmp_path / "judged.jsonl").write_text(json.dumps(ELSEWHERE))
    told = run("compare", "packaged", "--questions", tmp_path / "judged.jsonl", variables=variables)
    assert told.status == 1
    assert "no article in" in told.err
    assert "answers a judged question; name the folder of the articles" in told.err
    (tmp_path / "judged.jsonl").write_text("{}")
    told = run("compare", "packaged", "--questions", tmp_path / "judged.jsonl", variables=variables)
    assert told.status == 1
    assert "judged.jsonl:1: the field 'answerable' is missing" in told.err
