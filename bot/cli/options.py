"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from config.settings import Settings

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


def from_folder(settings: Settings, content_dir: Path | None) -> Settings:
    """The settings, but with articles from a folder that was given, even where a repository is set.

    Args:
        settings: The settings, with the folder in them.
        content_dir: The folder; ``None`` where none was given.
    """
    if content_dir is None or settings.source.repository is None:
        return settings
    return settings.model_copy(update={"source": settings.source.model_copy(update={"repository": None})})
