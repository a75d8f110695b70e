from __future__ import annotations

import logging

import pytest
from pydantic import SecretStr

from bot.client.startup_errors import MalformedTokenError, NoTokenError, TokenFileError
from bot.client.token import find_token
from bot.logs.records import SecretFilter
from bot.logs.redaction import Redactor

TOKEN = "MTE4.abc-DEF_123.xyzxyzxyzxyz"  # noqa: S105  # opens nothing


def test_the_setting_comes_before_the_file(tmp_path):
    file = tmp_path / "token"
    file.write_text("another-token-of-some-length")
    assert find_token(SecretStr(f" {TOKEN}\n"), file) == TOKEN


def test_a_file_may_begin_with_the_mark_that_some_editors_write(tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8-sig")
    assert find_token(None, file) == TOKEN


def test_a_file_that_others_can_read_is_warned_about(tmp_path, caplog):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o600)
    assert find_token(None, file) == TOKEN
    assert caplog.records == []
    file.chmod(0o644)
    assert find_token(None, file) == TOKEN
    assert "can be read by others than you" in caplog.text
    assert TOKEN not in caplog.text


def test_what_is_missing_or_cannot_be_a_token_is_told_without_showing_it(tmp_path):
    with pytest.raises(NoTokenError, match="QUICKTAKES_DISCORD__TOKEN"):
        find_token(None, None)
    with pytest.raises(TokenFileError, match="No such file"):
        find_token(None, tmp_path / "none")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(TokenFileError, match="it is not text"):
        find_token(None, tmp_path / "binary")
    for wrong in ("", "Bot abc", "sec ret", "ключ" * 10, "short"):
        with pytest.raises(MalformedTokenError, match=r"what discord\.token holds") as error:
            find_token(SecretStr(wrong), None)
        assert not wrong or wrong not in str(error.value)


def test_logs_never_show_the_token(caplog):
    caplog.handler.addFilter(SecretFilter(Redactor([TOKEN], "[token]")))
    log = logging.getLogger("tests.token")
    log.warning("login with %s failed", TOKEN)
    try:
        int(TOKEN)
    except ValueError:
        log.exception("defect")
    assert "login with [token] failed" in caplog.text
    assert TOKEN not in caplog.text
