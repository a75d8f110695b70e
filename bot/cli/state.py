"""The global options, and the settings that they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.loading import LoadedSettings
    from config.settings import Settings


@dataclass(slots=True)
class CommandState:
    """The options that every command shares.

    Attributes:
        config_path: The settings file given by ``--config``.
        verbosity: How often ``-v`` was given.
        data_dir: Where the program writes; ``None`` until settings are loaded.
    """

    config_path: Path | None = None
    verbosity: int = 0
    data_dir: Path | None = None

    def load(self, options: Mapping[str, tuple[str, object]] | None = None) -> LoadedSettings:
        """Settings of all sources, and logging set up by them; tells of old names in the sources.

        Args:
            options: The command's own options that override a setting: dotted name → (option, value).

        Raises:
            SettingsError: A setting is unknown or not accepted.
        """
        # Imported here: pydantic alone would triple the time that `--help` takes.
        from bot.logs.setup import configure_logging
        from bot.sources.secrets import secrets_of
        from config.loading import load_settings
        from retrieval.shown import shown

        loaded = load_settings(config_path=self.config_path, options=options)
        for hint in loaded.hints if self.data_dir is None else ():  # once, however often a command loads them
            click.echo(f"quicktakes: {shown(str(hint))}", err=True)
        self.data_dir = loaded.settings.data_dir
        configure_logging(loaded.settings.logging, self.verbosity, secrets=secrets_of(loaded.settings))
        return loaded


index_option = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the index. Default: the setting index.dir, else `index` below data_dir.",
)

content_option = click.option(
    "--content",
    "content_dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of the articles. Default: what the settings say, else the sample articles.",
)


def with_content_dir(settings: Settings, content_dir: Path | None) -> Settings:
    """The settings, but with articles from a folder that was given, even where a repository is set.

    Args:
        content_dir: The folder; ``None`` where none was given.
    """
    if content_dir is None or settings.source.repository is None:
        return settings
    return settings.model_copy(update={"source": settings.source.model_copy(update={"repository": None})})
