"""`quicktakes evaluate` on an index of its own, made without a model."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from retrieval.generations.lock import StoreAction
from retrieval.generations.store import GenerationStore
from retrieval.lifecycle.journal import ActionOutcome, Journal
from retrieval.ranking.fitted_model import FittedModel
from tests.bot.cli.damaged_index import ARTICLES, make_index
from tests.hashing_encoder import HashingEncoder


@pytest.fixture(scope="module")
def colours(tmp_path_factory):
    """Articles about colours and an index of them, to be copied."""
    folder = tmp_path_factory.mktemp("colours")
    make_index(folder)
    return folder


@pytest.fixture
def index(colours, tmp_path, monkeypatch):
    """The index in the working folder, that the settings point to, beside two files of judged questions."""
    monkeypatch.setattr("bot.bootstrap.make_encoder", lambda _settings: HashingEncoder())
    monkeypatch.setenv("QUICKTAKES_DATA_DIR", str(tmp_path))
    shutil.copytree(colours / "index", tmp_path / "index")
    asked = [question(number) for number in range(ARTICLES)]
    other = [question(number, answerable=False, query=f"Who sells tickets in town {number}?") for number in range(12)]
    write(tmp_path / "dev.jsonl", [*asked[:28], *other])
    write(tmp_path / "hard.jsonl", [*asked[28:], question(3, query="What is the colour number 4?")])
    return tmp_path / "index"


def question(number, *, answerable=True, **fields):
    url = f"/learn/colours/{number}"
    return {
        "id": f"q{number}{'' if answerable else '-other'}",
        "query": f"What is the colour number {number}?",
        "answerable": answerable,
        "source": url if answerable else None,
        "grades": {url: 2, "/learn/colours/0": 2 * (number == 0)} if answerable else {},
        **fields,
    }


def write(path, questions):
    path.write_text("".join(f"{json.dumps(each)}\n" for each in questions), encoding="utf-8")


def model_of(index):
    with GenerationStore(index).current(HashingEncoder()) as generation:
        return FittedModel.from_json(generation.calibration)


def test_one_file_is_measured(index, run):
    outcome = run("evaluate", "dev.jsonl", "--json")
    assert outcome.status == 0, outcome.err
    figures = json.loads(outcome.out)
    assert (figures["questions"], figures["answerable"]) == (40, 28)
    assert figures["answer_1"] > 0.9
    assert figures["unanswerable_no_answer"] == 1.0
    assert "against" not in figures
    assert len(GenerationStore(index).served_ids()) == 2


@pytest.mark.usefixtures("index")
def test_several_files_are_measured_each_by_itself(run):
    outcome = run("evaluate", "dev.jsonl", "hard.jsonl", "--json")
    figures = json.loads(outcome.out)["files"]
    assert {name: each["questions"] for name, each in figures.items()} == {"dev": 40, "hard": 13}
    assert figures["hard"]["answer_1"] == pytest.approx(12 / 13)  # one asks for another colour than it is judged by
    table = run("evaluate", "dev.jsonl", "hard.jsonl").lines
    heads = [line for line in table if line.startswith("==")]
    assert heads == ["== dev ==", "== hard =="]
    error = (12 / 13 * 1 / 13 / 13) ** 0.5
    assert f"{'answer_1':<32} {12 / 13:.3f}  ± {error:.3f}" in table
    alone = run("evaluate", "hard.jsonl").lines
    assert not any(line.startswith("==") for line in alone)
    assert f"{'questions':<32} {13:>5}" in alone


@pytest.mark.usefixtures("index")
def test_files_of_one_name_are_told_apart_by_their_folders(run, tmp_path):
    (tmp_path / "more").mkdir()
    shutil.copy(tmp_path / "hard.jsonl", tmp_path / "more" / "hard.jsonl")
    figures = json.loads(run("evaluate", "hard.jsonl", "more/hard.jsonl", "--json").out)["files"]
    assert list(figures) == ["hard", "more/hard.jsonl"]
    assert figures["hard"] == figures["more/hard.jsonl"]


@pytest.mark.usefixtures("index")
def test_a_run_is_kept_and_compared_with(run, tmp_path):
    assert run("evaluate", "dev.jsonl", "hard.jsonl", "--save", "before.json").status == 0
    write(tmp_path / "hard.jsonl", [question(number) for number in range(28, 40)] + [question(3)])
    outcome = run("evaluate", "hard.jsonl", "--against", "before.json", "--json")
    before = json.loads((tmp_path / "before.json").read_text(encoding="utf-8"))
    assert {name: len(results) for name, results in before.items()} == {"dev": 40, "hard": 13}
    assert json.loads(outcome.out)["against"] == pytest.approx(
        {"questions": 13, "difference": 1 / 13, "standard_error": 1 / 13, "gained": 1, "lost": 0}
    )
    lines = run("evaluate", "hard.jsonl", "--against", "before.json").lines
    assert lines[-1] == "hard: answer_1 +0.077 ± 0.077 on 13 questions (1 gained, 0 lost)"


@pytest.mark.parametrize("option", ["--fit", "--calibrate"])
def test_a_fit_serves_from_then_on_and_tells_its_figures_by_cross_validation(index, run, option):
    before = GenerationStore(index).current_id()
    outcome = run("evaluate", "dev.jsonl", "hard.jsonl", option, "--json")
    assert outcome.status == 0, outcome.err
    serves = GenerationStore(index).current_id()
    assert serves != before
    assert f"generation {serves} is current now" in outcome.err
    fitted = model_of(index)
    assert fitted.encoder == HashingEncoder().fingerprint
    figures = json.loads(outcome.out)["files"]
    kept = fitted.provenance["files"]
    assert {name: (each["questions"], each["answerable"]) for name, each in kept.items()} == {
        "dev": (40, 28),
        "hard": (13, 13),
    }
    for name, each in kept.items():
        assert each["answer_1"] == pytest.approx(figures[name]["answer_1"], abs=1e-3)
        assert each["calibration_error"] == pytest.approx(figures[name]["calibration_error"], abs=1e-3)
    newest = Journal(index).events()[0]
    assert (newest.action, newest.outcome) == (StoreAction.CALIBRATE, ActionOutcome.DONE)


def write_odd_mix(path):
    """Questions for one colour each that say another is right: what a mix-up of two columns makes of a file."""
    wrong = [f"/learn/colours/{(number + 7) % ARTICLES}" for number in range(ARTICLES)]
    write(
        path,
        [
            question(number, id=f"odd{number}-{again}", source=url, grades={url: 2}, query=f"{words} number {number}?")
            for again, words in enumerate(("What is the colour", "Which colour has the"))
            for number, url in enumerate(wrong)
        ],
    )


def test_a_fit_that_is_worse_than_what_serves_is_refused_by_how_much_and_forced(index, run, tmp_path):
    write_odd_mix(tmp_path / "odd.jsonl")
    before = GenerationStore(index).current_id()
    refused = run("evaluate", "dev.jsonl", "odd.jsonl", "--fit", "--json", "--save", "run.json")
    assert refused.status == 1
    assert GenerationStore(index).current_id() == before
    (said,) = [line for line in refused.err.splitlines() if line.startswith("the fit was not kept")]
    change = re.search(r"calibration_error of odd (\S+) instead of (\S+) \((\S+) ± (\S+)\)", said)
    after, served, difference, error = map(float, change.groups())
    measured = json.loads(run("evaluate", "odd.jsonl", "--json").out)["calibration_error"]
    assert served == pytest.approx(measured, abs=1e-3)
    assert after == pytest.approx(json.loads(refused.out)["files"]["odd"]["calibration_error"], abs=1e-3)
    assert difference == pytest.approx(after - served, abs=2e-3)
    assert difference > 2 * error > 0
    assert "--force keeps the fit all the same" in refused.err
    assert set(json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))) == {"dev", "odd"}

    forced = run("evaluate", "dev.jsonl", "odd.jsonl", "--fit", "--force")
    assert forced.status == 0
    serves = GenerationStore(index).current_id()
    assert serves != before
    assert f"generation {serves} is current now" in forced.err
    assert "kept by --force, though worse: " in forced.err

    mended = run("evaluate", "dev.jsonl", "hard.jsonl", "--fit")  # beside what serves now, any is better
    assert mended.status == 0
    assert "beside what serves: answer_1 " in mended.err
    assert "--force" not in mended.err


@pytest.mark.usefixtures("index")
def test_force_without_fit_is_a_wrong_argument(run):
    outcome = run("evaluate", "dev.jsonl", "--force")
    assert outcome.status == 2
    assert "--force is for --fit" in outcome.err


@pytest.mark.usefixtures("index")
def test_what_was_fitted_answers(run):
    assert run("evaluate", "dev.jsonl", "--fit").status == 0
    asked = run("ask", "What is the colour number 3?", "--json")
    assert asked.status == 0, asked.err
    again = json.loads(run("evaluate", "dev.jsonl", "--json").out)
    assert again["answerable_answer"] >= 0.5
    assert again["unanswerable_answer"] == 0.0


def test_too_few_questions_change_nothing(index, run, tmp_path):
    before = GenerationStore(index).current_id()
    write(tmp_path / "few.jsonl", [question(number) for number in range(19)])
    outcome = run("evaluate", "few.jsonl", "--fit")
    assert outcome.status == 1
    assert "needs at least 20 questions" in outcome.err
    assert "judge more questions" in outcome.err
    assert GenerationStore(index).current_id() == before


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("empty.jsonl",), "empty.jsonl holds no question"),
        (("dev.jsonl", "--against", "dev.jsonl"), "dev.jsonl:1: is no saved run"),
        (("dev.jsonl", "--against", "nowhere.json"), "nowhere.json"),
        (("odd.jsonl", "--fit"), "odd.jsonl:1: `source` must be a text"),
        ((), "FILE.jsonl"),
    ],
)
def test_files_that_cannot_be_used_are_named(run, tmp_path, arguments, said):
    write(tmp_path / "empty.jsonl", [])
    write(tmp_path / "odd.jsonl", [question(1, source={"url": "/learn/colours/1"})])
    outcome = run("evaluate", *arguments)
    assert outcome.status in (1, 2)
    assert said in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.usefixtures("index")
def test_a_run_that_cannot_be_kept_is_said_so(run):
    outcome = run("evaluate", "hard.jsonl", "--save", "dev.jsonl/run.json")
    assert outcome.status == 1
    assert "dev.jsonl" in outcome.err
    assert "Traceback" not in outcome.err
