"""`quicktakes settings`, and the documentation that it writes."""

import json

from tests.conftest import ROOT

REPOSITORY = "https://ann:hunter2@example.org/articles.git"


def test_every_setting_has_its_value_and_the_place_that_it_is_from(run, tmp_path):
    (tmp_path / "quicktakes.toml").write_text('[answering]\nothers = 7\n[index]\ncontent_dir = "mine"\n')
    variables = {"QUICKTAKES_ADMIN__MEMBERS": "12, 34", "QUICKTAKES_LOGGING__LEVEL": "INFO"}
    told = json.loads(run("settings", "--json", variables=variables).out)
    assert (told["schema"], told["file"]) == (1, f"{tmp_path}/quicktakes.toml")
    found = {setting["name"]: setting for setting in told["settings"]}
    assert found["answering.others"] | {"description": ""} == {
        "name": "answering.others",
        "variable": "QUICKTAKES_ANSWERING__OTHERS",
        "value": 7,
        "is_set": True,
        "is_secret": False,
        "origin": f"{tmp_path}/quicktakes.toml:2",
        "default": 5,
        "description": "",
        "choices": None,
    }
    assert found["index.content_dir"]["value"] == str(tmp_path / "mine")
    assert found["admin.members"]["value"] == [12, 34]
    assert (found["logging.level"]["value"], found["logging.level"]["choices"][0]) == ("info", "debug")
    assert (found["index.dir"]["value"], found["index.dir"]["origin"]) == (None, None)
    assert found["answering.excerpt_length"]["origin"] == "defaults.toml"


def test_people_see_what_is_set_and_what_holds_where_nothing_is(run, tmp_path):
    lines = run("settings", variables={"QUICKTAKES_ANSWERING__OTHERS": "7"}).lines
    assert f"data_dir = {tmp_path}/var" in lines
    assert "index.content_dir (unset: the sample articles)" in lines
    assert "source.schedule (unset: never)" in lines
    place = lines.index("answering.others = 7")
    assert lines[place + 1] == "    from QUICKTAKES_ANSWERING__OTHERS; default: 5"
    changed = run("settings", "--changed", variables={"QUICKTAKES_ANSWERING__OTHERS": "7"}).lines
    assert changed == lines[place : place + 2]


def test_secrets_are_not_shown(run):
    variables = {"QUICKTAKES_DISCORD__TOKEN": "hunter2hunter2", "QUICKTAKES_SOURCE__REPOSITORY": REPOSITORY}
    for arguments in ((), ("--json",), ("--changed",)):
        outcome = run("settings", *arguments, variables=variables)
        assert outcome.status == 0
        assert "hunter2" not in outcome.out + outcome.err
    assert "discord.token (set, not shown)" in run("settings", variables=variables).lines
    found = json.loads(run("settings", "--json", variables=variables).out)["settings"]
    (token,) = [setting for setting in found if setting["name"] == "discord.token"]
    assert (token["value"], token["is_set"], token["origin"]) == (None, True, "QUICKTAKES_DISCORD__TOKEN")


def test_the_documentation_has_the_table_of_the_definitions(run):
    table = run("settings", "--markdown").out
    assert "| `index.content_dir` | `QUICKTAKES_INDEX__CONTENT_DIR` | the sample articles | Folder of" in table
    assert table in (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8"), "run `make docs`"
