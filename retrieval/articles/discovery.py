"""Which article files lie below a content folder."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from retrieval.articles.article_files import is_article_name, is_left_alone, kind_name
from retrieval.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def discover_article_files(
    content_root: Path, on_error: Callable[[ArticleError], None] | None = None
) -> Iterator[Path]:
    """Every article file below the content root; files and folders in the order of their names.

    Links are followed as long as they stay inside the content root. A folder is entered once, so a loop of links ends.
    Hidden files and folders, and what editors leave beside a file, are left alone.

    Args:
        content_root: The folder that holds the subjects' folders, at any depth.
        on_error: Told of each folder that cannot be read, each link that is not followed, and what is no file at all
            though it is named like one; the rest goes on.
            Without it the first one is raised.

    Raises:
        ArticleError: The content root is no folder, or, without ``on_error``, the first error.
    """
    if not content_root.is_dir():
        raise ArticleError(content_root, "is no folder; name the folder that holds the articles")
    return _Walk(content_root.resolve(), on_error or _raise).files(content_root)


def _raise(error: ArticleError) -> None:
    raise error


class _Walk:
    def __init__(self, root: Path, report: Callable[[ArticleError], None]) -> None:
        self._root = root
        self._report = report
        self._entered: set[Path] = set()

    def files(self, folder: Path, depth: int = 0) -> Iterator[Path]:
        real = folder.resolve()
        if real in self._entered:
            return
        self._entered.add(real)
        if depth > MAX_FOLDER_DEPTH:
            problem = f"lies more than {MAX_FOLDER_DEPTH} folders deep and is not read; move it up"
            self._report(ArticleError(folder, problem))
            return
        try:
            with os.scandir(folder) as entries:
                found = sorted((each for each in entries if not is_left_alone(each.name)), key=lambda each: each.name)
        except OSError as error:
            self._report(ArticleError(folder, f"the folder cannot be read ({error.strerror}); check its permissions"))
            return
        for entry in found:
            yield from self._at(folder / entry.name, entry, depth)

    def _at(self, path: Path, entry: os.DirEntry[str], depth: int) -> Iterator[Path]:
        """What there is to read at an entry of a folder."""
        named_like_one = is_article_name(entry.name)
        try:
            if entry.is_symlink() and not self._may_follow(path, named_like_one=named_like_one):
                return
            if entry.is_dir():
                yield from self.files(path, depth + 1)
            elif named_like_one and entry.is_file():
                yield path
            elif named_like_one:
                kind = kind_name(stat.S_IFMT(entry.stat().st_mode))
                self._report(ArticleError(path, f"is {kind} and no file that could be read; remove or rename it"))
        except OSError as error:
            self._report(ArticleError(path, f"cannot be looked at ({error.strerror}); check its permissions"))

    def _may_follow(self, link: Path, *, named_like_one: bool) -> bool:
        """Whether a link stays inside; one that leads nowhere or out is told where an article or a folder is lost."""
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):
            if named_like_one:
                problem = "the link leads nowhere or to itself; remove it or point it at an article"
                self._report(ArticleError(link, problem))
            return False
        if target.is_relative_to(self._root):
            return True
        if named_like_one or target.is_dir():
            self._report(ArticleError(link, "the link leads out of the content folder; copy the articles into it"))
        return False


MAX_FOLDER_DEPTH = 100
"""Folders below each other; what lies deeper is no corpus, and no system could name it in one path for long."""
