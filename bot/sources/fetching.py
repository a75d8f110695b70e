"""Where article files come from, as the settings say."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sources.errors import SourceError
from bot.sources.git import GitSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from config.settings import Settings
    from retrieval.building.source_changes import History

SAMPLE_CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
"""The sample articles: beside the packages, in a checkout as in an installation."""

FETCH_STAGE = "fetch"
"""What progress calls the time in which articles are fetched."""


@dataclass(frozen=True, slots=True)
class ArticleFolder:
    """A folder of article files.

    Attributes:
        revision: The commit that it holds; ``None`` where articles come from no repository.
        history: Tells what has happened since another commit; ``None`` likewise.
    """

    folder: Path
    revision: str | None = None
    history: History | None = None


def content_dir(settings: Settings) -> Path:
    """Folder of the articles: in the working copy of a repository, else the setting's, else the sample articles."""
    if settings.source.repository is not None:
        return settings.repository_dir / settings.source.folder
    return settings.index.content_dir or SAMPLE_CONTENT


def git_source(settings: Settings) -> GitSource | None:
    """The repository that articles come from, if they come from one."""
    repository = settings.source.repository
    if repository is None:
        return None
    return GitSource(repository.get_secret_value(), settings.source.branch, settings.repository_dir)


@contextmanager
def articles_of(settings: Settings, *, on_wait: Callable[[], None] = lambda: None) -> Iterator[ArticleFolder]:
    """The articles as they are now; of a repository, brought in line with it, and kept so while the block runs.

    Args:
        on_wait: Called several times a second while they are fetched; what it raises stops that.

    Raises:
        SourceError: The repository cannot be fetched, lacks the folder, or another process uses the working copy.
    """
    source, folder = git_source(settings), content_dir(settings)
    if source is None:
        yield ArticleFolder(folder)
        return
    with source.synced(on_wait=on_wait) as commit:
        # A writer of the repository could make it a link to anything on this machine, or to itself.
        if not real_folder(folder).is_relative_to(real_folder(settings.repository_dir)) or not folder.is_dir():
            raise SourceError(f"source.folder: the repository has no folder {settings.source.folder!r} of its own")
        inside = settings.source.folder
        yield ArticleFolder(folder, commit, lambda before: source.changes(before, commit, inside))


def real_folder(folder: Path) -> Path:
    """Where a folder is without links; other than `Path.resolve`, this takes links that lead in a circle."""
    return Path(os.path.realpath(folder))
