"""The secrets of the settings, which no log record may show."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bot.sources.git_command import Remote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import Settings


def secrets_of(settings: Settings) -> Iterator[str]:
    """What the settings hold that no log may show."""
    for secret in (settings.discord.token, settings.source.webhook_secret):
        if secret is not None:
            yield secret.get_secret_value()
    if settings.database.url is not None:
        url = settings.database.url.get_secret_value()
        yield url
        password = urlsplit(url).password
        if password:
            yield from (password, unquote(password))
    if settings.source.repository is not None:
        yield from Remote.parse(settings.source.repository.get_secret_value()).secrets()
