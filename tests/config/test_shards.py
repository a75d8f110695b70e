"""Which shards a setting names."""

from __future__ import annotations

import pytest

from config.errors import SettingsError
from config.loading import load_settings
from config.shards import Shards, read_shards


@pytest.mark.parametrize(
    ("value", "advised", "expected"),
    [
        ("auto", 3, (range(3), 3)),
        (" AUTO ", 1, (range(1), 1)),
        (4, 1, (range(4), 4)),
        ("16384", 1, (range(16_384), 16_384)),
        ("0-15/64", 1, (range(16), 64)),
        ("63/64", 1, (range(63, 64), 64)),
        ("0/1", 9, (range(1), 1)),
    ],
)
def test_a_setting_names_shards(value, advised, expected):
    shards = read_shards(value)
    assert shards.of(advised) == expected
    assert read_shards(str(shards)) == shards
    assert read_shards(shards) is shards


@pytest.mark.parametrize(
    "value",
    [
        "",
        "0",
        "-1",
        "16385",
        "4/4",
        "3-2/8",
        "0-8/8",
        "0-1",
        "/4",
        "1/0",
        "1.5",
        "a/b",
        "0-1/99999",
        "²",
        True,
        1.5,
        None,
    ],
)
def test_what_names_none_is_refused_and_says_what_is_accepted(value):
    with pytest.raises(ValueError, match="expected auto, a number of shards such as 4, or a share such as 0-15/64"):
        read_shards(value)


def test_a_variable_and_an_option_name_shards(tmp_path):
    environment = {"QUICKTAKES_DISCORD__SHARDS": "2-3/4"}
    assert load_settings(environment=environment, working_folder=tmp_path).settings.discord.shards == Shards(4, 2, 3)
    options = {"discord.shards": ("--shards", "1/4")}
    loaded = load_settings(environment=environment, options=options, working_folder=tmp_path)
    assert str(loaded.settings.discord.shards) == "1-1/4"
    with pytest.raises(SettingsError, match=r"--shards: discord\.shards: '4/4' is not accepted"):
        load_settings(options={"discord.shards": ("--shards", "4/4")}, environment={}, working_folder=tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:secret-word@h/db",
        "postgres://u@h1:5432,h2:5433/db?sslmode=require",
        "postgresql://u@/db?host=/var/run/postgresql",
        "postgresql://u:p%40ss@[::1]:5432/db",
    ],
)
def test_an_address_of_a_database_is_kept_and_never_shown(tmp_path, url):
    settings = load_settings(environment={"QUICKTAKES_DATABASE__URL": url}, working_folder=tmp_path).settings
    assert settings.database.url.get_secret_value() == url
    assert url not in f"{settings!r} {settings.database} {settings.model_dump()}"


@pytest.mark.parametrize("port", ["0", "65536", "x", "١٢"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    environment = {"QUICKTAKES_DATABASE__URL": f"postgresql://u:secret-word@h:{port}/db"}
    with pytest.raises(SettingsError, match="expected an address such as") as raised:
        load_settings(environment=environment, working_folder=tmp_path)
    assert "secret-word" not in str(raised.value)
