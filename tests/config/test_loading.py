"""Sources, their order, and what a wrong setting says."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.encoder_settings import EncoderBackend
from config.errors import SettingsError
from config.known_settings import known_settings
from config.loading import LoadedSettings, load_settings
from config.logging_settings import LogFormat, LogLevel


def load(folder: Path, toml: str | None = None, environment: dict[str, str] | None = None, **options) -> LoadedSettings:
    if toml is not None:
        folder.joinpath("quicktakes.toml").write_text(toml, encoding="utf-8")
    return load_settings(environment=environment or {}, working_folder=folder, **options)


def problems(folder: Path, *arguments, **keywords) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, *arguments, **keywords)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem) for problem in caught.value.problems]


def test_defaults_need_no_file_and_no_environment(tmp_path):
    loaded = load(tmp_path)
    assert loaded.user_file is None
    assert loaded.settings.index.site_url == "https://quicktakes.io"
    assert loaded.settings.encoder.backend is EncoderBackend.AUTO
    assert loaded.settings.logging.level is LogLevel.WARNING
    assert loaded.settings.data_dir == tmp_path / "var"
    assert loaded.settings.index_dir == tmp_path / "var" / "index"
    assert loaded.settings.index.content_dir is None
    assert loaded.origins["answering.others"] == "defaults.toml"


def test_each_source_wins_over_the_one_before(tmp_path):
    toml = "[answering]\nothers = 6\n"
    environment = {"QUICKTAKES_ANSWERING__OTHERS": "7"}
    option = {"answering.others": ("-k", 8)}
    assert load(tmp_path).settings.answering.others == 5
    assert load(tmp_path, toml).settings.answering.others == 6
    assert load(tmp_path, toml, environment).settings.answering.others == 7
    loaded = load(tmp_path, toml, environment, options=option)
    assert loaded.settings.answering.others == 8
    assert loaded.origins["answering.others"] == "-k"


def test_an_option_that_was_not_given_overrides_nothing(tmp_path):
    loaded = load(tmp_path, "[answering]\nothers = 6\n", options={"answering.others": ("-k", None)})
    assert loaded.settings.answering.others == 6


def test_settings_are_frozen(tmp_path):
    settings = load(tmp_path).settings
    with pytest.raises(ValidationError, match="frozen"):
        settings.answering.others = 1


def test_relative_paths_start_where_their_source_is(tmp_path):
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    project.joinpath("my.toml").write_text('data_dir = "data"\n[index]\ncontent_dir = "articles"\n', encoding="utf-8")
    loaded = load_settings(
        config_path=project / "my.toml",
        environment={"QUICKTAKES_INDEX__CONTENT_DIR": "other"},
        options={"index.dir": ("--index", Path("here"))},
        working_folder=elsewhere,
    )
    assert loaded.settings.data_dir == project / "data"
    assert loaded.settings.index.content_dir == elsewhere / "other"
    assert loaded.settings.index_dir == elsewhere / "here"


def test_home_is_expanded(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert load(tmp_path, 'data_dir = "~/data"').settings.data_dir == tmp_path / "home" / "data"


@pytest.mark.parametrize("by", ["option", "environment"])
def test_the_file_can_be_named(tmp_path, by):
    named = tmp_path / "named.toml"
    named.write_text("[answering]\nothers = 9\n", encoding="utf-8")
    if by == "option":
        loaded = load(tmp_path, "[answering]\nothers = 1\n", config_path=Path("named.toml"))
    else:
        loaded = load(tmp_path, "[answering]\nothers = 1\n", {"QUICKTAKES_CONFIG": "named.toml"})
    assert (loaded.settings.answering.others, loaded.user_file) == (9, named)


def test_a_named_file_must_exist(tmp_path):
    assert problems(tmp_path, config_path=Path("gone.toml")) == [
        f"--config: there is no file {tmp_path / 'gone.toml'}; name an existing TOML file"
    ]
    assert problems(tmp_path, None, {"QUICKTAKES_CONFIG": "gone.toml"})[0].startswith("QUICKTAKES_CONFIG: there is no")


def test_a_wrong_value_names_setting_place_and_accepted_values(tmp_path):
    toml = '# mine\n[logging]\nlevel = "info"\n\n[encoder]\nthreads = -1\nbackend = "gpu"\n'
    backend, threads = sorted(problems(tmp_path, toml), reverse=True)
    assert backend == (
        f"{tmp_path}/quicktakes.toml:7: encoder.backend: 'gpu' is not accepted: "
        "input should be 'auto', 'openvino' or 'torch'"
    )
    assert threads == (
        f"{tmp_path}/quicktakes.toml:6: encoder.threads: -1 is not accepted: input should be greater than or equal to 0"
    )


def test_a_wrong_value_of_the_environment_names_the_variable(tmp_path):
    assert problems(tmp_path, None, {"QUICKTAKES_LOGGING__FORMAT": "xml"}) == [
        "QUICKTAKES_LOGGING__FORMAT: logging.format: 'xml' is not accepted: input should be 'auto', 'text' or 'json'"
    ]


def test_a_wrong_value_of_an_option_names_the_option(tmp_path):
    assert problems(tmp_path, options={"answering.others": ("-k", 99)}) == [
        "-k: answering.others: 99 is not accepted: input should be less than or equal to 50"
    ]


def test_unknown_settings_in_a_file_are_errors_with_the_likely_name(tmp_path):
    assert problems(tmp_path, "[answering]\nother = 3\n") == [
        f"{tmp_path}/quicktakes.toml:2: answering.other: unknown setting; did you mean answering.others?"
    ]


def test_unknown_variables_are_errors_with_the_likely_name(tmp_path):
    assert problems(tmp_path, None, {"QUICKTAKES_ENCODER__THREDS": "2"}) == [
        "QUICKTAKES_ENCODER__THREDS: encoder.threds: unknown setting; did you mean QUICKTAKES_ENCODER__THREADS?"
    ]


def test_a_setting_like_no_other_points_to_the_list(tmp_path):
    assert problems(tmp_path, "zzzzzz = 1\n") == [
        f"{tmp_path}/quicktakes.toml:1: zzzzzz: unknown setting; see docs/configuration.md for every setting"
    ]


def test_a_group_is_no_setting(tmp_path):
    assert "is a group" in problems(tmp_path, 'encoder = "fast"\n')[0]


def test_every_problem_is_listed_at_once(tmp_path):
    found = problems(tmp_path, "[answering]\nothers = 999\nx = 1\n", {"QUICKTAKES_LOGGING__LEVEL": "loud"})
    assert [problem.split(": ")[1] for problem in found] == ["answering.x", "answering.others", "logging.level"]


def test_values_of_the_environment_are_text_and_may_be_in_any_case(tmp_path):
    environment = {"QUICKTAKES_LOGGING__LEVEL": "DEBUG", "QUICKTAKES_LOGGING__FORMAT": "Json"}
    logging = load(tmp_path, None, environment).settings.logging
    assert (logging.level, logging.format) == (LogLevel.DEBUG, LogFormat.JSON)


@pytest.mark.parametrize(
    "address", ["ftp://example.org", "example.org", "https://", "https://a.org/?q=1", "https://a\x1b.org"]
)
def test_the_site_address_must_be_a_web_address(tmp_path, address):
    assert "https://example.org" in problems(tmp_path, None, {"QUICKTAKES_INDEX__SITE_URL": address})[0]


def test_the_site_address_loses_its_last_slash(tmp_path):
    settings = load(tmp_path, None, {"QUICKTAKES_INDEX__SITE_URL": "https://example.org/docs/"}).settings
    assert settings.index.site_url == "https://example.org/docs"


def test_a_secret_is_never_shown(tmp_path):
    settings = load(tmp_path, None, {"QUICKTAKES_DISCORD__TOKEN": "hunter2"}).settings
    assert settings.discord.token is not None
    assert settings.discord.token.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in settings.model_dump_json()
    assert "12345678" not in "".join(problems(tmp_path, "[discord]\ntoken = 12345678\n"))


def test_every_setting_is_documented_with_its_variable():
    text = Path(__file__).parents[2].joinpath("docs", "configuration.md").read_text(encoding="utf-8")
    for setting in known_settings().values():
        assert f"`{setting.name}`" in text
        assert f"`{setting.variable}`" in text
        assert setting.description in text


@pytest.mark.parametrize("expression", ["at noon", "61 * * * *", "0 0 31 2 *", "* * * *"])
def test_a_schedule_that_never_comes_true_is_refused(tmp_path, expression):
    assert "expected five fields" in "".join(problems(tmp_path, f'[source]\nschedule = "{expression}"\n'))


def test_a_webhook_needs_a_secret_and_a_folder_stays_inside(tmp_path):
    assert "source.webhook_secret" in "".join(problems(tmp_path, "[source]\nwebhook_port = 8080\n"))
    assert "inside the repository" in "".join(problems(tmp_path, '[source]\nfolder = "a/../../b"\n'))
    environment = {"QUICKTAKES_SOURCE__REPOSITORY": "https://ann:hunter2@example.org/a.git"}
    settings = load(tmp_path, '[source]\nschedule = "0 4 * * *"\n', environment).settings
    assert settings.source.schedule == "0 4 * * *"
    assert "hunter2" not in repr(settings)


def test_ids_are_a_list_or_a_text(tmp_path):
    assert load(tmp_path, "[admin]\nmembers = [7, 8]\n", {}).settings.admin.members == (7, 8)
    assert load(tmp_path, None, {"QUICKTAKES_ADMIN__ROLES": "7, 8 9"}).settings.admin.roles == (7, 8, 9)
    assert "admin.members" in "".join(problems(tmp_path, '[admin]\nmembers = "ann"\n'))


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("--upload-pack=touch /tmp/hunter2", "https://…, ssh://…, git@host:path, file://…"),
        ("-hunter2", "https://…, ssh://…"),
        ("ext::sh -c hunter2", "https://…, ssh://…"),
        ("articles/hunter2", "https://…, ssh://…"),
        ("", "https://…, ssh://…"),
        ("https://example.org/hunter2\x1b[2J", "https://…, ssh://…"),
        ("https://ann:hunter2@x@example.org/a", "%40"),
        ("https://ann:hunter2/x@example.org/a", "%2F"),
        ("https://ann:hunter2%0Ahost=example.com@example.org/a", "without line breaks"),
        ("https://example.org/a?private_token=hunter2", "https://token@host/…"),
        ("ssh://ann:hunter2@example.org/a", "ssh:// goes with a key"),
        ("ssh://-oProxyCommand=hunter2/a", "https://host/…"),
    ],
)
def test_a_repository_is_checked_when_settings_load_and_never_shown(tmp_path, address, accepted):
    found = problems(tmp_path, None, {"QUICKTAKES_SOURCE__REPOSITORY": address})
    assert len(found) == 1
    assert found[0].startswith("QUICKTAKES_SOURCE__REPOSITORY: source.repository: expected ")
    assert accepted in found[0]
    assert "hunter2" not in found[0]


@pytest.mark.parametrize(
    "name", ["--upload-pack=x", "-b", "", "a b", "a..b", "a/", "a.lock", "a.lock/b", "a/.b", "a\x07"]
)
def test_a_branch_is_checked_when_settings_load(tmp_path, name):
    (found,) = problems(tmp_path, None, {"QUICKTAKES_SOURCE__BRANCH": name})
    assert found.startswith(f"QUICKTAKES_SOURCE__BRANCH: source.branch: {name!r} is not accepted: expected the name of")
    assert found.endswith("such as main or release/2; letters, digits and . _ / + @ # = -")


def test_a_repository_with_credentials_and_a_branch_are_accepted(tmp_path):
    environment = {"QUICKTAKES_SOURCE__REPOSITORY": "https://ann:p%40ss@example.org/a.git"}
    source = load(tmp_path, '[source]\nbranch = "release/2#x"\n', environment).settings.source
    assert source.repository is not None
    assert source.repository.get_secret_value() == "https://ann:p%40ss@example.org/a.git"
    assert source.branch == "release/2#x"
