from __future__ import annotations

import pytest

from config.dotenv_file import read_dotenv
from config.errors import SettingsError

PREFIX = "QUICKTAKES_"


def test_variables_of_ours_are_read_with_their_lines(tmp_path):
    path = tmp_path / ".env"
    path.write_text(
        "\ufeff# here\n\nOTHER=1\n\nexport QUICKTAKES_DATA_DIR='my data'\nQUICKTAKES_LOGGING__LEVEL=info # x\n",
        encoding="utf-8",
    )
    assert read_dotenv(path, PREFIX) == {
        "QUICKTAKES_DATA_DIR": ("my data", 5),
        "QUICKTAKES_LOGGING__LEVEL": ("info", 6),
    }


def test_the_last_of_two_wins_and_nothing_is_put_in_for_dollars(tmp_path):
    path = tmp_path / ".env"
    path.write_text('QUICKTAKES_A=1\nQUICKTAKES_A="a${HOME}b"\n', encoding="utf-8")
    assert read_dotenv(path, PREFIX) == {"QUICKTAKES_A": ("a${HOME}b", 2)}


@pytest.mark.parametrize("line", ["QUICKTAKES_A", "QUICKTAKES_A='open", "export QUICKTAKES_A", "QUICKTAKES_A: 1"])
def test_a_line_of_ours_that_sets_nothing_is_named(tmp_path, line):
    path = tmp_path / ".env"
    path.write_text(f"OTHER STUFF\nX=1\n\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"\.env:4: is no NAME=value"):
        read_dotenv(path, PREFIX)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingsError, match=r"\.env: cannot be read"):
        read_dotenv(tmp_path / ".env", PREFIX)
    (tmp_path / "env").write_bytes(b"QUICKTAKES_A=\xff")
    with pytest.raises(SettingsError, match="is not UTF-8"):
        read_dotenv(tmp_path / "env", PREFIX)
