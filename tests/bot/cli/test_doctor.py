"""`quicktakes doctor`: each finding, and what to do."""

import pytest

from bot.cli.checks import Level, check_content, check_folder, check_git, check_packages, check_space
from config.loading import load_settings
from tests.small_cross_encoder import save_cross_encoder


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
        "processor",
        "settings",
        "data folder",
        "disk space",
        "articles",
        "model",
        "index",
    ]
    assert "problem" not in levels.values(), outcome.out
    assert outcome.status == 0


def test_a_missing_index_is_a_problem_and_says_what_to_run(run, data_dir, tmp_path):
    outcome = run("doctor", variables={"QUICKTAKES_DATA_DIR": str(data_dir), "QUICKTAKES_INDEX__DIR": "none"})
    assert outcome.status == 1
    assert topics(outcome.lines)["index"] == "problem"
    assert outcome.lines[-2:] == [
        f"problem  index        {tmp_path}/none holds no index yet",
        f"{'':<21} → run `quicktakes index build`",
    ]


def test_a_missing_model_is_a_problem_and_the_other_checks_go_on(run, settings_variables):
    outcome = run("doctor", variables={**settings_variables, "QUICKTAKES_ENCODER__MODEL": "/no/such/model"})
    levels = topics(outcome.lines)
    assert outcome.status == 1
    assert (levels["model"], levels["index"], levels["articles"]) == ("problem", "problem", "ok")


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
    place = next(place for place, line in enumerate(outcome.lines) if line.startswith("warning"))
    assert "cross-encoder 'nobody/gone': neither a folder nor a model that was downloaded" in outcome.lines[place]
    assert outcome.lines[place + 1].endswith(
        "→ questions are answered without it; mend it, or unset retrieval.reranker"
    )


def test_a_repository_that_was_not_fetched_yet_is_no_missing_folder(tmp_path):
    variables = {"QUICKTAKES_SOURCE__REPOSITORY": "https://ann:hunter2@example.org/a.git"}
    finding = check_content(load_settings(environment=variables, working_folder=tmp_path).settings)
    assert finding.level is Level.PROBLEM
    assert "the repository was not fetched" in finding.text
    assert "quicktakes index build" in finding.advice
    assert "hunter2" not in str(finding)


@pytest.mark.parametrize(
    ("said", "level", "text"),
    [
        ("git version 2.39.5 (Apple Git-154)", Level.OK, "2.39.5"),
        ("git version 3.0.1", Level.OK, "3.0.1"),
        ("git version 2.30.9", Level.PROBLEM, "2.30.9 is too old"),
        (None, Level.PROBLEM, "not installed"),
    ],
)
def test_git_must_be_there_and_new_enough(tmp_path, monkeypatch, said, level, text):
    monkeypatch.setenv("PATH", str(tmp_path))
    if said is not None:
        (tmp_path / "git").write_text(f"#!/bin/sh\necho '{said}'\n")
        (tmp_path / "git").chmod(0o755)
    finding = check_git()
    assert finding.level is level
    assert text in finding.text


def test_changed_settings_are_listed_with_their_place_but_no_value(run, settings_variables):
    variables = {**settings_variables, "QUICKTAKES_DISCORD__TOKEN": "hunter2"}
    outcome = run("doctor", variables=variables)
    assert "discord.token (QUICKTAKES_DISCORD__TOKEN)" in outcome.out
    assert "hunter2" not in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("lock", "level", "text"),
    [
        ("# header\nclick==0.0.1\n", Level.WARNING, "instead of 0.0.1"),
        ("no-such-package==1.0\nclick==0.0.1\n", Level.PROBLEM, "missing: no-such-package"),
    ],
)
def test_packages_are_compared_with_the_lock(tmp_path, lock, level, text):
    path = tmp_path / "requirements.lock"
    path.write_text(lock, encoding="utf-8")
    finding = check_packages(path)
    assert finding.level is level
    assert text in finding.text
    assert finding.advice


def test_without_a_lock_there_is_nothing_to_compare(tmp_path):
    assert check_packages(tmp_path / "none").level is Level.OK


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    finding = check_folder(blocked / "below")
    assert finding.level is Level.PROBLEM
    assert "data_dir" in finding.advice
    assert check_folder(tmp_path / "new" / "folder").level is Level.OK


def test_space_is_measured_even_where_the_folder_is_not_made_yet(tmp_path):
    assert f"GiB free at {tmp_path}" in check_space(tmp_path / "not" / "yet").text


def test_a_content_folder_must_hold_articles(tmp_path):
    def check(folder: str):
        environment = {"QUICKTAKES_INDEX__CONTENT_DIR": folder}
        return check_content(load_settings(environment=environment, working_folder=tmp_path).settings)

    tmp_path.joinpath("empty").mkdir()
    assert "there is no folder" in check("gone").text
    assert "holds no .md file" in check("empty").text
    tmp_path.joinpath("empty", "a.md").touch()
    assert check("empty").level is Level.OK
