"""What others wrote, on one line of a message."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ArticleError
from retrieval.shown import shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sea/why salt.md", "sea/why salt.md"),
        ("Größe – 水, 👩‍🎓.md", "Größe – 水, 👩‍🎓.md"),
        ("a.md\nb.md: is sound", "a.md\\nb.md: is sound"),
        ("a\r\x1b[2Jb", "a\\r\\x1b[2Jb"),
        ("a\u202egnp.md", "a\\u202egnp.md"),
        ("a\u2028b\x85c", "a\\u2028b\\x85c"),
        ("caf\udce9.md", "caf\\udce9.md"),
        ("a\nb\x1b[2J\u202e\u2028\udcff é", "a\\nb\\x1b[2J\\u202e\\u2028\\udcff é"),
        ("5\u00a0µm, 5\u202fµm", "5\u00a0µm, 5\u202fµm"),
        ("\ufeffa\u200bb\u00adc", "\\ufeffa\\u200bb\\xadc"),
    ],
)
def test_what_could_mislead_is_an_escape(text, line):
    assert shown(text) == line
    assert shown(Path(text)) == line


@given(st.text())
def test_there_is_one_line_which_no_terminal_obeys(text):
    assert len(shown(text).splitlines()) <= 1
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown(text))
    shown(text).encode()


def test_an_error_names_its_file_on_one_line():
    error = ArticleError(Path("/content/a.md\n/content/b.md:1: fine"), "the url\nis odd", 3)
    assert str(error) == "/content/a.md\\n/content/b.md:1: fine:3: the url\\nis odd"
