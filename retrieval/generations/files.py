"""What a derived generation takes over from the one it is derived from."""

from __future__ import annotations

import shutil
from pathlib import Path

from embeddings.disk import link_or_copy
from retrieval.generations.generation import ARTICLES, LEXICAL_FOLDER, Generation
from retrieval.generations.manifest import FileEntry
from retrieval.indexes.lexical import MUTABLE_FILES


def take_over(base: Generation | None, folder: Path) -> None:
    """Put the base's articles and words into an empty folder: copies of what will change, links to what never does."""
    (folder / LEXICAL_FOLDER).mkdir()
    if base is None:
        return
    shutil.copyfile(base.folder / ARTICLES, folder / ARTICLES)
    for source in (base.folder / name for name in base.manifest.files if name.startswith(f"{LEXICAL_FOLDER}/")):
        target = folder / LEXICAL_FOLDER / source.name
        if source.name in MUTABLE_FILES:
            shutil.copyfile(source, target)
        else:
            link_or_copy(source, target)


def unchanged_files(base: Generation | None, folder: Path) -> dict[str, FileEntry]:
    """The files of a folder that are the base's own files under a second name, with their checksums."""
    if base is None:
        return {}
    return {
        name: entry
        for name, entry in base.manifest.files.items()
        if all((each / name).exists() for each in (folder, base.folder))
        and (folder / name).samefile(base.folder / name)
    }
