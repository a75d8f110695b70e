"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

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
    help="Folder of the articles. Default: the setting index.content_dir, else the sample articles.",
)
