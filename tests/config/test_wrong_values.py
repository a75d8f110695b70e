"""Whatever kind of setting is wrong, and wherever: the message names the source, the value and what is accepted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from config.errors import SettingsError
from config.known_settings import known_settings
from config.loading import load_settings

LONG = "9" * 400
WRONG = [
    # setting, as TOML writes the value, what the message says is accepted
    ("source.watch", "'maybe'", "valid boolean"),
    ("source.watch", "7", "valid boolean"),
    ("encoder.threads", "'many'", "valid integer"),
    ("encoder.threads", "1.5", "valid integer"),
    ("encoder.threads", "-1", "greater than or equal to 0"),
    ("encoder.threads", "1000000000", "less than or equal to 1024"),
    ("encoder.threads", f"'{LONG}'", "less than or equal to 1024"),
    ("encoder.threads", "''", "valid integer"),
    ("encoder.threads", "[]", "valid integer"),
    ("source.webhook_port", "70000", "less than or equal to 65535"),
    ("index.max_removed_share", "'half'", "valid number"),
    ("index.max_removed_share", "nan", "input should be"),
    ("index.max_removed_share", "inf", "less than or equal to 1"),
    ("index.max_removed_share", "1e999", "less than or equal to 1"),
    ("index.max_removed_share", "-0.5", "greater than or equal to 0"),
    ("discord.member_seconds", "nan", "input should be"),
    ("discord.member_seconds", "inf", "less than or equal to 3600"),
    ("encoder.backend", "'gpu'", "'auto', 'openvino' or 'torch'"),
    ("logging.level", "''", "'debug', 'info', 'warning' or 'error'"),
    ("data_dir", "''", "expected a path"),
    ("data_dir", "' '", "expected a path"),
    ("data_dir", "5", "path"),
    ("index.dir", '"a\\u0000b"', "expected a path without"),
    ("index.dir", '"a\\nb"', "expected a path without"),
    ("index.dir", "'~nobody-of-this-name/index'", "no such user's home"),
    ("encoder.model", "''", "at least 1 character"),
    ("admin.members", "'ann'", "numbers above 0 with commas or blanks between them"),
    ("admin.members", "'[1, 2'", "as JSON, [12, 34]"),
    ("admin.members", "'[{}]'", "as JSON, [12, 34]; '{}' is no id"),
    ("admin.members", "'7, ann'", "'ann' is no id"),
    ("admin.members", "[0]", "'0' is no id"),
    ("admin.members", "[true]", "'True' is no id"),
    ("admin.members", "'-7'", "'-7' is no id"),
    ("admin.members", "'1.5'", "'1.5' is no id"),
    ("admin.members", "'²'", "'²' is no id"),
    ("admin.members", f"'{LONG}'", "is no id"),
    ("admin.members", f"'{'[' * 5000}'", "as JSON, [12, 34]"),
    ("admin.roles", "9223372036854775808", "is no id"),
    ("source.schedule", "'at noon'", "expected five fields"),
    ("source.branch", "'-b'", "expected the name of a branch"),
    ("source.webhook_secret", "'short'", "at least 16"),
    ("discord.token", "8675309042", "valid string"),
    ("milvus.uri", "'localhost:19530'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'./milvus.db'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'unix:/run/milvus'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'http://'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'http://[::1'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'http://milvus:70000'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'http://mil vus:19530'", "an address such as http://localhost:19530"),
    ("milvus.uri", "'http://root:hunter2@milvus:19530'", "put them into milvus.token"),
    ("milvus.uri", "'http://milvus:19530/articles'", "named by milvus.database"),
    ("milvus.collection_prefix", "'a-b'", "pattern"),
    ("milvus.collection_prefix", "''", "pattern"),
    ("milvus.database", "'a or b'", "pattern"),
    ("milvus.vector_index", "'diskann'", "'hnsw', 'ivf_flat', 'ivf_sq8', 'autoindex' or 'flat'"),
    ("milvus.search_seconds", "0", "greater than 0"),
    ("index.site_url", "'ftp://example.org'", "begins with https:// or http://"),
    ("index.site_url", "'example.org'", "begins with https:// or http://"),
    ("index.site_url", "'javascript:alert(1)'", "begins with https:// or http://"),
    ("index.site_url", "'https://'", "with a host's name"),
    ("index.site_url", "'https:///path'", "with a host's name"),
    ("index.site_url", "'https://site@evil.example'", "without a user before the host"),
    ("index.site_url", "'https://ann:hunter2@example.org'", "without a user before the host"),
    ("index.site_url", "'https://example.org\\@evil.example'", "without a user before the host"),
    ("index.site_url", "'https://example.org\\evil'", "none of"),
    ("index.site_url", "'https://example.org?'", "without query or fragment"),
    ("index.site_url", "'https://example.org/?q=1'", "without query or fragment"),
    ("index.site_url", "'https://example.org/#top'", "without query or fragment"),
    ("index.site_url", "'https://exa mple.org'", "without blanks and control characters"),
    ("index.site_url", '"https://example.org\\u0007"', "without blanks and control characters"),
    ("index.site_url", '"https://example.org\\u202e"', "without blanks and control characters"),
    ("index.site_url", "'https://[::1'", "with a port up to 65535"),
    ("index.site_url", "'https://example.org:70000'", "with a port up to 65535"),
    ("index.site_url", "'https://example..org'", "with a host's name"),
    ("index.site_url", "''", "expected an address such as https://example.org"),
]


def problem_of(**sources) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(**sources)
    (problem,) = caught.value.problems
    return str(problem)


def is_secret(name: str) -> bool:
    return known_settings()[name].is_secret


def shown_in(message: str, name: str, value: object) -> bool:
    """Whether a message shows the value, or the beginning of a long one; of a secret or a password nothing."""
    if is_secret(name):
        return repr(value) not in message
    if isinstance(value, str) and "@" in value:
        return "hunter2" not in message and "…@" in message
    return repr(value)[:60] in message


@pytest.mark.parametrize(("name", "written", "accepted"), WRONG)
@pytest.mark.parametrize("source", ["file", "variable", "option"])
def test_a_wrong_value_is_named_with_its_source_and_what_is_accepted(tmp_path, name, written, accepted, source):
    value = tomllib.loads(f"value = {written}")["value"]
    sources: dict[str, object] = {"environment": {}, "working_folder": tmp_path}
    if source == "file":
        group, _, leaf = name.rpartition(".")
        table = f"[{group}]\n" if group else "\n"
        tmp_path.joinpath("quicktakes.toml").write_text(f"{table}{leaf} = {written}\n", encoding="utf-8")
        origin = f"{tmp_path}/quicktakes.toml:2"
    elif source == "variable":
        value = value if isinstance(value, str) else written
        if "\0" in value:
            pytest.skip("no variable can hold a NUL")
        origin = known_settings()[name].variable
        sources["environment"] = {origin: value}
    else:
        origin = "--some-option"
        sources["options"] = {name: (origin, value)}
    if (name, source) == ("discord.token", "variable") or (name, written, source) == ("data_dir", "5", "variable"):
        pytest.skip("a text, which a variable is, may be one")
    message = problem_of(**sources)
    assert message.startswith(f"{origin}: {name}: ")
    assert shown_in(message, name, value), message
    assert accepted in message
    assert len(message) < 500


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ()),
        ("  ", ()),
        ("[]", ()),
        ("7", (7,)),
        ("7,8", (7, 8)),
        (" 7 , 8 ,", (7, 8)),
        ("7 8", (7, 8)),
        ("[7, 8]", (7, 8)),
        (' ["7", " 8 "] ', (7, 8)),
        ('["1"]', (1,)),
    ],
)
def test_a_list_in_a_variable_has_commas_or_is_json(tmp_path, text, ids):
    loaded = load_settings(environment={"QUICKTAKES_ADMIN__MEMBERS": text}, working_folder=tmp_path)
    assert loaded.settings.admin.members == ids


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[encoder.threads]\nmost = 3\n", ":2: encoder.threads: is a table here; it takes one value"),
        (b"[encoder]\nthreads = { most = 3 }\n", ":2: encoder.threads: is a table here; it takes one value"),
        (b"[encoder.threads]\n", ":1: encoder.threads: {} is not accepted: input should be a valid integer"),
        (b"[[index]]\ndir = 'a'\n", ":1: index: is a group of settings; write [index] and its settings"),
        (b"\n\n[encoder\nthreads = 1\n", ":3: is not valid TOML"),
        (b"threads = \n", ":1: is not valid TOML"),
        (b"a = 1\na = 2\n", ":2: is not valid TOML"),
        (b"\n\xff = 1\n", ":2: is not UTF-8; save it as UTF-8 text"),
        (b"a = " + b"[" * 100_000, ": is not valid TOML: it is nested too deeply"),
        (b"a = " + b"9" * 10_000, ": is not valid TOML"),
        (b"# " + b"x" * (1 << 20), ": is larger than 1 MB"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_the_line(tmp_path, content, expected):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    assert problem_of(config_path=path, environment={}).startswith(f"{path}{expected}")


def test_a_byte_order_mark_and_other_line_ends_are_no_problem(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf[answering]\r\nothers = 3\r\n")
    assert load_settings(config_path=path, environment={}).settings.answering.others == 3


@pytest.mark.parametrize("how", ["named", "usual"])
def test_a_folder_is_no_settings_file(tmp_path, how):
    tmp_path.joinpath("quicktakes.toml").mkdir()
    named = {"config_path": Path("quicktakes.toml")} if how == "named" else {}
    origin = "--config" if how == "named" else "quicktakes.toml"
    message = problem_of(environment={}, working_folder=tmp_path, **named)
    assert message == f"{origin}: {tmp_path}/quicktakes.toml is no file; name an existing TOML file"


@pytest.mark.parametrize("name", ["quicktakes_encoder__threads", "QUICKTAKES_Encoder__Threads", "Quicktakes_Config"])
def test_a_variable_in_other_letters_is_named(tmp_path, name):
    message = problem_of(environment={name: "2"}, working_folder=tmp_path)
    assert message.startswith(f"{name}: ")
    assert message.endswith(f"write it in capitals: {name.upper()}")


def test_variables_of_others_are_left_alone(tmp_path):
    environment = {"quicktakes_of_mine": "1", "QUICKTAKE": "2", "OTHER_QUICKTAKES_X": "3"}
    assert load_settings(environment=environment, working_folder=tmp_path).settings.encoder.threads == 0


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://localhost:8000", "https://[::1]:8443/docs", "https://bücher.example/a%20b/~c_(d)"],
)
def test_addresses_of_sites_are_accepted(tmp_path, address):
    environment = {"QUICKTAKES_INDEX__SITE_URL": f"{address}/"}
    assert load_settings(environment=environment, working_folder=tmp_path).settings.index.site_url == address
