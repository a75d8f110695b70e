"""Values of a TOML file and the lines they stand on."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import SettingsError
from config.toml_file import _lines, read_toml


def read(folder, text: str):
    path = folder / "some.toml"
    path.write_text(text, encoding="utf-8")
    return read_toml(path)


def test_values_come_with_their_lines(tmp_path):
    text = 'a = 1\n\n[group] # of things\n  b = "x"\n"c" = true\n[ other ]\nd.e = 2\n'
    assert read(tmp_path, text) == [
        ("a", 1, 1),
        ("group.b", "x", 4),
        ("group.c", True, 5),
        ("other.d.e", 2, 7),
    ]


def test_a_value_in_an_inline_table_has_the_line_of_the_table(tmp_path):
    assert read(tmp_path, "\n\ngroup = { b = 1 }\n") == [("group.b", 1, 3)]


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path):
    path = tmp_path / "some.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(path) == [("a", 1, 1)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a = ", ": is not valid TOML: Invalid value (at end of document)"),
        (b"\xff = 1", ":1: is not UTF-8; save it as UTF-8 text"),
    ],
)
def test_a_file_that_is_no_toml_is_named(tmp_path, content, expected):
    path = tmp_path / "some.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_toml(path)
    assert str(caught.value) == f"{path}{expected}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a = " + "[" * 5_000 + "]" * 5_000, "nested too deeply"),
        ("a" + ".a" * 5_000 + " = 1", "nested too deeply"),
        ("a = " + "1" * 5_000, "is not valid TOML"),
    ],
)
def test_a_value_that_python_chokes_on_is_an_error_of_the_file(tmp_path, content, expected):
    with pytest.raises(SettingsError, match=expected):
        read(tmp_path, content)


def test_a_separator_that_is_not_seen_ends_no_line(tmp_path):
    assert read(tmp_path, "# a\u2028b\x85c\r\na = 1\r\n[b]\r\nc = 2\r\n") == [("a", 1, 2), ("b.c", 2, 4)]


@pytest.mark.parametrize("line", ["{}x", "[{}x", "[a{}#", "[a{}", "a{}", "'a'{}"])
def test_lines_of_blanks_are_read_in_no_time(line):
    began = time.process_time()
    _lines(line.format(" " * 100_000) + "\n")
    assert time.process_time() - began < 1


def test_a_folder_cannot_be_read(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        read_toml(tmp_path)


names = st.text("abcdefgh_", min_size=1, max_size=6)


@given(st.dictionaries(names, st.dictionaries(names, st.integers(0, 9), min_size=1), min_size=1))
def test_every_line_is_the_one_that_holds_the_key(tmp_path_factory, tree):
    text = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in values.items())
        for group, values in tree.items()
    )
    lines = text.splitlines()
    for name, value, line in read(tmp_path_factory.mktemp("toml"), text):
        assert lines[line - 1] == f"{name.split('.')[1]} = {value}"
