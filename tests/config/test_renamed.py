"""Settings under their old names."""

from pathlib import Path

import pytest

from config.errors import SettingsError
from config.known_settings import known_settings, variable_of
from config.loading import load_settings
from config.renamed import NEW_NAMES

VALUES = {"index.max_removed_share": 0.25, "index.min_golden_share": 0.75, "discord.queue_size": 7}


def value_of(settings, name: str) -> object:
    group, _, leaf = name.partition(".")
    return getattr(getattr(settings, group), leaf)


@pytest.mark.parametrize(("old", "new"), NEW_NAMES.items())
@pytest.mark.parametrize("source", ["file", "dotenv", "variable"])
def test_an_old_name_is_accepted_and_the_new_one_named(tmp_path, old, new, source):
    group, _, leaf = old.partition(".")
    environment = {}
    if source == "file":
        (tmp_path / "quicktakes.toml").write_text(f"[{group}]\n{leaf} = {VALUES[new]}\n", encoding="utf-8")
        origin, wanted = f"{tmp_path}/quicktakes.toml:2", new
    elif source == "dotenv":
        (tmp_path / ".env").write_text(f"{variable_of(old)}={VALUES[new]}\n", encoding="utf-8")
        origin, wanted = f"{tmp_path}/.env:1", variable_of(new)
    else:
        environment = {variable_of(old): str(VALUES[new])}
        origin, wanted = variable_of(old), variable_of(new)
    loaded = load_settings(environment=environment, working_folder=tmp_path)
    assert value_of(loaded.settings, new) == VALUES[new]
    assert loaded.origins[new] == origin
    (hint,) = loaded.hints
    assert str(hint) == f"{origin}: {old}: is now called {wanted}; the old name is accepted until the next version"


def test_the_new_name_wins_in_one_source_and_the_later_source_over_both(tmp_path):
    toml = "[index]\nmax_removed_share = 0.2\nmost_lost = 0.3\n"
    (tmp_path / "quicktakes.toml").write_text(toml, encoding="utf-8")
    both = load_settings(environment={}, working_folder=tmp_path)
    assert both.settings.index.max_removed_share == 0.2
    later = load_settings(environment={"QUICKTAKES_INDEX__MOST_LOST": "0.4"}, working_folder=tmp_path)
    assert later.settings.index.max_removed_share == 0.4


def test_a_wrong_value_under_an_old_name_is_named_where_it_stands(tmp_path):
    with pytest.raises(SettingsError) as caught:
        load_settings(environment={"QUICKTAKES_DISCORD__WAITING": "many"}, working_folder=tmp_path)
    assert str(caught.value).startswith("QUICKTAKES_DISCORD__WAITING: discord.queue_size: 'many' is not accepted: ")


def test_old_names_are_no_settings_any_more_and_documented():
    text = Path(__file__).parents[2].joinpath("docs", "configuration.md").read_text(encoding="utf-8")
    assert set(NEW_NAMES.values()) <= set(known_settings())
    for old, new in NEW_NAMES.items():
        assert old not in known_settings()
        assert f"| `{old}` | `{new}` |" in text


def test_without_old_names_there_is_no_hint(tmp_path):
    assert list(load_settings(environment={}, working_folder=tmp_path).hints) == []
