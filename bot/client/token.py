"""The bot's token: where it is found, and how it is kept out of logs."""

from __future__ import annotations

import logging
import re
import stat
from typing import TYPE_CHECKING

from bot.client.startup_errors import MalformedTokenError, NoTokenError, TokenFileError
from bot.logs.records import SecretFilter
from bot.logs.redaction import Redactor

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

_log = logging.getLogger(__name__)

_SHAPE = re.compile(r"[A-Za-z0-9_.\-]{16,200}")
_HIDDEN = "[token]"


def find_token(token: SecretStr | None, token_file: Path | None) -> str:
    """The token of the settings, else that of the file.

    Raises:
        NoTokenError: There is neither.
        TokenFileError: The file cannot be read.
        MalformedTokenError: It cannot be a token.
    """
    if token is not None:
        found, source = token.get_secret_value(), "discord.token"
    elif token_file is not None:
        found, source = _read(token_file), str(token_file)
    else:
        raise NoTokenError
    found = found.strip()
    if not _SHAPE.fullmatch(found):
        raise MalformedTokenError(source)
    return found


def hide_in_logs(token: str) -> None:
    """Have every handler of the root logger take the token out of what it writes."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(SecretFilter(Redactor([token], _HIDDEN)))


def _read(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not text"
        raise TokenFileError(path, reason) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        _log.warning("%s can be read by others than you: chmod 600 %s", path, path)
    return text
