"""Has the Discord bot what it needs: a token, its database, somebody who manages it?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bot.cli.checks.finding import Finding, Level
from bot.client.startup_errors import NoTokenError, StartupError
from bot.client.token import find_token
from bot.storage.errors import StorageError
from bot.storage.schema import check_file

if TYPE_CHECKING:
    from pathlib import Path

    from config.admin_settings import AdminSettings
    from config.discord_settings import DiscordSettings

_LOCK_SECONDS = 2.0


def check_token(settings: DiscordSettings) -> Finding:
    """Is there what can be a token? Whether Discord takes it shows when the bot starts."""
    topic = "token"
    try:
        find_token(settings.token, settings.token_file)
    except NoTokenError:
        text = "none: the terminal needs none, and `quicktakes run` does"
        return Finding(Level.OK, topic, text)
    except StartupError as error:
        return Finding(Level.PROBLEM, topic, str(error), "see docs/discord.md for where a token comes from")
    if settings.token is not None and settings.token_file is not None:
        text = "both discord.token and discord.token_file are set; the former is used"
        return Finding(Level.WARNING, topic, text, "unset one of them")
    return Finding(Level.OK, topic, "there is one")


def check_intent(settings: DiscordSettings) -> Finding:
    """May the bot read what members write?"""
    topic = "intent"
    if settings.message_content:
        text = (
            "Message Content is asked for; it must be switched on in Discord's developer portal, too (docs/discord.md)"
        )
        return Finding(Level.OK, topic, text)
    return Finding(Level.OK, topic, "Message Content is not asked for: question channels are not read")


def check_admins(settings: AdminSettings) -> Finding:
    """Who may manage the index from Discord?"""
    count = len(settings.members) + len(settings.roles)
    who = f"{len(settings.members)} members and {len(settings.roles)} roles" if count else "nobody"
    return Finding(Level.OK, "admins", f"{who} may manage the index from Discord")


def check_database(path: Path) -> Finding:
    """Is the database sound, of this version, and free to be written?"""
    topic = "database"
    if not path.exists():
        return Finding(Level.OK, topic, f"{path} is not there yet; `quicktakes run` makes it")
    try:
        check_file(path)
    except StorageError as error:
        return Finding(Level.PROBLEM, topic, str(error), "see above; `quicktakes run` does not start until then")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_LOCK_SECONDS)) as free:
            free.execute("BEGIN IMMEDIATE")
            free.execute("ROLLBACK")
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            text = f"{path} is kept locked by another program"
            return Finding(Level.PROBLEM, topic, text, f"end that program; `fuser {path}` says which it is")
        text = f"{path} cannot be written: {error}"
        return Finding(Level.PROBLEM, topic, text, "make it and its folder writable for the user that runs this")
    return Finding(Level.OK, topic, f"{path} is sound and can be written")
