"""What has changed between the content folder and a generation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from retrieval.building.reading import UNSETTLED, FileRead, FoundFile, SameFile, SoundFile
from retrieval.generations.generation import Generation
from retrieval.generations.rows import ArticleFailure, FileStamp


class Difference:
    """Compares the files that were found with those that a generation was made from.

    Args:
        base: The generation.
        files: The files in the content folder.
        blocked: What could not be looked into.

    Attributes:
        to_read: Files that may have changed, by path; if there are any, also those whose url another file has, since
            that may have changed too.
        gone: Paths of files that are no longer there.
        known: Stamps of the generation's files, by path, without those whose url another file has.
    """

    def __init__(
        self,
        base: Generation,
        files: Sequence[FoundFile],
        blocked: Sequence[ArticleFailure],
    ) -> None:
        stamps = base.stamps()
        self._failures = {failure.path: failure for failure in base.failures()}
        repeated = {path for path, failure in self._failures.items() if failure.claimed_url is not None}
        self.gone = sorted(stamps.keys() - {file.path for file in files} - {failure.path for failure in blocked})
        self._differs = bool(self.gone) or any(self._is_news(failure) for failure in blocked)
        suspects = {file.path for file in files if not _same(file, stamps.get(file.path))}
        if suspects or self._differs:
            suspects |= repeated
        self.to_read = [file for file in files if file.path in suspects]
        self.known = {path: stamp for path, stamp in stamps.items() if path not in repeated}
        self._stamps = stamps

    def until_change(self, reads: Iterator[FileRead]) -> list[FileRead] | None:
        """Take reads up to the first that differs from the generation; ``None`` if nothing differs at all."""
        taken = []
        for read in reads:
            taken.append(read)
            if self._differs or self._is_news(read):
                return taken
        return taken if self._differs else None

    def _is_news(self, read: FileRead) -> bool:
        if isinstance(read, SameFile):
            return False
        if isinstance(read, SoundFile):
            stamp = self._stamps.get(read.path)
            return stamp is None or stamp.content_hash != read.stamp.content_hash
        known = self._failures.get(read.path)
        return known is None or (known.line, known.problem) != (read.line, read.problem)


def corpus_hash(stamps: Iterable[tuple[str, bytes]]) -> str:
    """Hash over path and content of article files, which come by path; hexadecimal."""
    digest = hashlib.sha256()
    for path, content_hash in stamps:
        digest.update(f"{path}\0{content_hash.hex()}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _same(file: FoundFile, stamp: FileStamp | None) -> bool:
    """Whether a file is the one that was read, going by size and time; files that could not be read never are."""
    return (
        stamp is not None
        and bool(stamp.content_hash)
        and file.changed_ns != UNSETTLED
        and (file.size, file.changed_ns) == (stamp.size, stamp.changed_ns)
    )
