"""`quicktakes doctor`: each finding, and what to do."""

import datetime as dt
import json
import re

import pytest

from bot.cli.checks import all_checks
from bot.cli.checks.all_checks import run_checks
from bot.cli.checks.finding import Finding, Level
from bot.cli.checks.index import check_builds
from config.loading import load_settings
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.journal import ActionOutcome, Event, Journal
from tests.small_cross_encoder import save_cross_encoder

NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def topics(lines: list[str]) -> dict[str, str]:
    """Topic → level of each finding."""
    found = [line for line in lines if not line.startswith(" ")]
    return {line[9:21].strip(): line[:8].strip() for line in found}


def test_all_is_well_with_an_index(run, settings_variables):
    outcome = run("doctor", variables=settings_variables)
    levels = topics(outcome.lines)
    assert list(levels) == [
        "Python",
        "packages",
        "encoding",
        "memory",
        "open files",
        "temporary",
        "settings",
        "processor",
        "data folder",
        "index folder",
        "disk space",
        "secrets",
        "clock",
        "articles",
        "model",
        "index",
        "builds",
        "token",
        "intent",
        "admins",
        "database",
        "webhook",
    ]
    assert "problem" not in levels.values(), outcome.out
    assert outcome.status == 0


def test_a_missing_index_is_a_problem_and_says_what_to_run(run, data_dir, tmp_path):
    variables = {"QUICKTAKES_DATA_DIR": str(data_dir), "QUICKTAKES_INDEX__DIR": "none"}
    outcome = run("doctor", "--json", variables=variables)
    assert outcome.status == 1
    told = json.loads(outcome.out)
    assert told["schema"] == 1
    assert [finding for finding in told["findings"] if finding["level"] == "problem"] == [
        {
            "level": "problem",
            "topic": "index",
            "text": f"{tmp_path}/none holds no index yet",
            "advice": "run `quicktakes index build`",
        }
    ]


def test_a_missing_model_is_a_problem_and_the_other_checks_go_on(run, settings_variables):
    outcome = run("doctor", variables={**settings_variables, "QUICKTAKES_ENCODER__MODEL": "/no/such/model"})
    levels = topics(outcome.lines)
    assert outcome.status == 1
    assert (levels["model"], levels["index"], levels["articles"]) == ("problem", "problem", "ok")
    place = next(place for place, line in enumerate(outcome.lines) if re.match(r"problem +model", line))
    assert outcome.lines[place + 1].startswith(f"{'':<21} → ")


def test_a_reranker_that_is_set_is_named_with_what_it_reads_in_its_time(run, settings_variables, tmp_path):
    folder = save_cross_encoder(tmp_path / "model", favourite="iron")
    variables = {
        **settings_variables,
        "QUICKTAKES_RETRIEVAL__RERANKER": str(folder),
        "QUICKTAKES_RETRIEVAL__RERANKER_MILLISECONDS": "5000",
    }
    outcome = run("doctor", variables=variables)
    (line,) = [line for line in outcome.lines if line[9:].startswith("reranker")]
    assert line.startswith(f"ok       reranker     {folder} on OpenVINO, reads about ")
    assert line.endswith(" sections in 5000 ms")


def test_a_reranker_that_cannot_be_used_is_a_warning_that_says_what_to_do(run, settings_variables):
    outcome = run("doctor", variables={**settings_variables, "QUICKTAKES_RETRIEVAL__RERANKER": "nobody/gone"})
    levels = topics(outcome.lines)
    assert (levels["reranker"], levels["index"]) == ("warning", "ok")
    assert outcome.status == 0
    place = next(place for place, line in enumerate(outcome.lines) if re.match(r"warning +reranker", line))
    assert "cross-encoder 'nobody/gone': neither a folder nor a model that was downloaded" in outcome.lines[place]
    assert outcome.lines[place + 1].endswith(
        "→ questions are answered without it; mend it, or unset retrieval.reranker"
    )


def test_changed_settings_are_listed_with_their_place_but_no_value(run, settings_variables):
    variables = {**settings_variables, "QUICKTAKES_DISCORD__TOKEN": "hunter2", "QUICKTAKES_DISCORD__WAITING": "7"}
    outcome = run("doctor", variables=variables)
    assert "discord.token (QUICKTAKES_DISCORD__TOKEN)" in outcome.out
    assert "hunter2" not in outcome.out + outcome.err
    levels = topics(outcome.lines)
    assert (levels["settings"], levels["token"]) == ("warning", "problem")  # an old name, and no token
    assert "is now called QUICKTAKES_DISCORD__QUEUE_SIZE" in outcome.out


def test_wrong_settings_are_each_a_problem_and_what_needs_none_is_looked_at(run):
    variables = {"QUICKTAKES_DISCORD__THREADS": "0", "QUICKTAKES_INDEX__FOO": "1"}
    outcome = run("doctor", "--json", variables=variables)
    assert outcome.status == 2
    findings = json.loads(outcome.out)["findings"]
    texts = [finding["text"] for finding in findings if finding["topic"] == "settings"]
    assert any("discord.threads: '0' is not accepted" in text for text in texts)
    assert any("index.foo" in text for text in texts)
    assert findings[0]["topic"] == "Python"


def test_a_check_that_fails_unexpectedly_keeps_no_other_from_running(monkeypatch, tmp_path):
    def surprise(_settings):
        raise RuntimeError("nobody foresaw this")

    stopped = Finding(Level.OK, "x", "not looked at here")
    monkeypatch.setattr(all_checks, "check_content", surprise)
    for name in ("check_model", "check_index"):
        monkeypatch.setattr(all_checks, name, lambda _settings: stopped)
    loaded = load_settings(environment={}, working_folder=tmp_path)
    findings = list(run_checks(loaded, tmp_path / "none"))
    (problem,) = [finding for finding in findings if finding.level is Level.PROBLEM]
    assert "something unexpected went wrong (RuntimeError, reference " in problem.text
    assert findings[-1].topic == "webhook"


@pytest.mark.parametrize(
    ("outcome", "level"),
    [
        (ActionOutcome.DONE, Level.OK),
        (ActionOutcome.NOTHING_NEW, Level.OK),
        (ActionOutcome.FAILED, Level.WARNING),
        (ActionOutcome.REFUSED, Level.WARNING),
    ],
)
def test_a_build_that_failed_is_told(tmp_path, outcome, level):
    settings = load_settings(environment={}, working_folder=tmp_path).settings
    assert check_builds(settings).text == "none is known"
    moment = Event(NOW, "terminal", StoreAction.BUILD, outcome)
    Journal(settings.index_dir).append(moment)
    finding = check_builds(settings)
    assert (finding.level, outcome.value in finding.text) == (level, True)
    assert ("index history" in finding.advice) == (level is Level.WARNING)


def test_a_journal_that_cannot_be_read_is_told(tmp_path):
    settings = load_settings(environment={}, working_folder=tmp_path).settings
    (settings.index_dir / "journal.jsonl").mkdir(parents=True)
    assert check_builds(settings).level is Level.WARNING


def test_a_file_that_the_token_is_in_and_that_others_may_read_is_named(tmp_path):
    env = tmp_path / ".env"
    env.write_text(f"QUICKTAKES_DISCORD__TOKEN={'a' * 50}\n")
    env.chmod(0o644)
    loaded = load_settings(environment={}, working_folder=tmp_path)
    assert list(all_checks._files_of_secrets(loaded)) == [env]
