"""A file `.env` in the working folder, as one source of settings among the others."""

from pathlib import Path

import pytest

from config.dotenv_file import read_dotenv
from config.errors import SettingsError
from config.known_settings import known_settings
from config.loading import LoadedSettings, load_settings


def load(folder: Path, dotenv: str, environment: dict[str, str] | None = None) -> LoadedSettings:
    folder.joinpath(".env").write_text(dotenv, encoding="utf-8")
    return load_settings(environment=environment or {}, working_folder=folder)


def problems(folder: Path, dotenv: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, dotenv, environment)
    return [str(problem) for problem in caught.value.problems]


def test_it_wins_over_the_file_and_the_process_wins_over_it(tmp_path):
    (tmp_path / "quicktakes.toml").write_text("[answering]\nothers = 6\nexcerpt_length = 600\n", encoding="utf-8")
    dotenv = "# mine\nQUICKTAKES_ANSWERING__OTHERS=7\nQUICKTAKES_LOGGING__LEVEL=info\n"
    loaded = load(tmp_path, dotenv, {"QUICKTAKES_LOGGING__LEVEL": "error"})
    answering = loaded.settings.answering
    assert (answering.others, answering.excerpt_length, loaded.settings.logging.level) == (7, 600, "error")
    assert loaded.origins["answering.others"] == f"{tmp_path}/.env:2"
    assert loaded.origins["logging.level"] == "QUICKTAKES_LOGGING__LEVEL"


def test_it_holds_secrets_which_are_never_shown(tmp_path):
    loaded = load(tmp_path, "QUICKTAKES_DISCORD__TOKEN='hunter2'\n")
    assert loaded.settings.discord.token is not None
    assert loaded.settings.discord.token.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(loaded)
    assert "hunter2" not in "".join(problems(tmp_path, "QUICKTAKES_SOURCE__REPOSITORY=hunter2\n"))
    assert "hunter2" not in "".join(problems(tmp_path, "QUICKTAKES_DISCORD__TOKEN hunter2\n"))


def test_its_relative_paths_start_at_the_working_folder(tmp_path):
    loaded = load(tmp_path, "QUICKTAKES_INDEX__CONTENT_DIR=articles\n")
    assert loaded.settings.index.content_dir == tmp_path / "articles"


def test_it_can_name_the_settings_file_unless_the_process_does(tmp_path):
    for name, others in (("mine", 3), ("theirs", 4)):
        (tmp_path / f"{name}.toml").write_text(f"[answering]\nothers = {others}\n", encoding="utf-8")
    dotenv = "QUICKTAKES_CONFIG=mine.toml\n"
    assert load(tmp_path, dotenv).user_file == tmp_path / "mine.toml"
    assert load(tmp_path, dotenv, {"QUICKTAKES_CONFIG": "theirs.toml"}).settings.answering.others == 4
    assert load(tmp_path, dotenv, {"QUICKTAKES_CONFIG": ""}).user_file is None
    assert problems(tmp_path, "\nQUICKTAKES_CONFIG=gone.toml\n") == [
        f"{tmp_path}/.env:2: there is no file {tmp_path}/gone.toml; name an existing TOML file"
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("QUICKTAKES_ENCODER__THREADS=-1", "encoder.threads: '-1' is not accepted: input should be greater"),
        ("QUICKTAKES_ENCODER__THREDS=1", "encoder.threds: unknown setting; did you mean QUICKTAKES_ENCODER__THREADS?"),
        ("quicktakes_encoder__threads=1", "encoder.threads: write it in capitals: QUICKTAKES_ENCODER__THREADS"),
        ("QUICKTAKES_ENCODER__THREADS", "is no NAME=value"),
    ],
)
def test_a_problem_names_file_and_line(tmp_path, line, problem):
    (found,) = problems(tmp_path, f"OTHER_PROGRAM=x\n\n{line}\n")
    assert found.startswith(f"{tmp_path}/.env:3: {problem}")


def test_a_wrong_value_that_the_process_overrides_does_no_harm(tmp_path):
    loaded = load(tmp_path, "QUICKTAKES_ENCODER__THREADS=-1\n", {"QUICKTAKES_ENCODER__THREADS": "2"})
    assert loaded.settings.encoder.threads == 2


def test_only_the_file_in_the_working_folder_is_read(tmp_path):
    (tmp_path / ".env").write_text("QUICKTAKES_ANSWERING__OTHERS=7\n", encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    assert load_settings(environment={}, working_folder=below).settings.answering.others == 5


def test_a_folder_of_that_name_is_somebody_elses(tmp_path):
    (tmp_path / ".env").mkdir()  # as a virtual environment may be called
    assert load_settings(environment={}, working_folder=tmp_path).settings.answering.others == 5


def test_a_file_without_end_is_refused(tmp_path):
    assert problems(tmp_path, "#" * (1 << 20) + "\n") == [
        f"{tmp_path}/.env: is larger than 1 MB; it can hold no settings"
    ]


def test_the_example_names_settings_that_there_are():
    example = Path(__file__).parents[2] / ".env.example"
    lines = [line.removeprefix("#") for line in example.read_text(encoding="utf-8").splitlines()]
    named = {line.partition("=")[0] for line in lines if line.startswith("QUICKTAKES_")}
    assert named, "the example shows no setting"
    assert named <= {setting.variable for setting in known_settings().values()}
    assert read_dotenv(example, "QUICKTAKES_") == {}
