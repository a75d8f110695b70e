"""Makes a generation's folder whole, and tells later whether it still is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.disk import flush_file, flush_folder, sha256_of
from retrieval.errors import GenerationDamagedError, GenerationError
from retrieval.generations.generation import read_manifest
from retrieval.generations.manifest import MANIFEST_NAME, FileEntry, Manifest
from retrieval.generations.second_vectors import SECOND_FILES
from retrieval.generations.unreadable import is_panic, refusal_of
from retrieval.indexes.lexical import LOCK_SUFFIX

_READABLE = 0o644
_UNEXPECTED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    SystemError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file of a generation that is not as it was written."""

    file_name: str
    problem: str


def seal(folder: Path, manifest: Manifest, unchanged: Mapping[str, FileEntry]) -> Manifest:
    """Write the manifest with the checksum of every file, and wait until all of it is on the disk.

    Args:
        folder: The folder, with every file of the generation but the manifest.
        manifest: What it states; its `files` are filled in here.
        unchanged: Files taken over from another generation, which are on the disk and have their checksum.

    Returns:
        The manifest with its files.
    """
    files = dict(unchanged)
    for lock in folder.rglob(f"*{LOCK_SUFFIX}"):
        lock.unlink()
    for name in file_names(folder):
        if name not in unchanged:
            (folder / name).chmod(_READABLE)  # tantivy makes files that only their owner can read
            flush_file(folder / name)
            files[name] = FileEntry((folder / name).stat().st_size, sha256_of(folder / name))
    finished = replace(manifest, files=files)
    (folder / MANIFEST_NAME).write_bytes(finished.to_bytes())
    flush_file(folder / MANIFEST_NAME)
    for inner in (path for path in folder.rglob("*") if path.is_dir()):
        flush_folder(inner)
    flush_folder(folder)
    return finished


def problems_of(folder: Path) -> tuple[FileProblem, ...]:
    """Compare every byte of a generation's folder with its checksums; empty for a sound generation."""
    try:
        manifest = read_manifest(folder)
    except GenerationError as error:
        return (FileProblem(MANIFEST_NAME, str(error)),)
    problems = []
    for name, entry in manifest.files.items():
        problem = _problem_of(folder / name, entry)
        if problem:
            problems.append(FileProblem(name, problem))
    strangers = set(file_names(folder)) - {*manifest.files, MANIFEST_NAME}
    problems += [FileProblem(name, "does not belong to the generation") for name in sorted(strangers)]
    return tuple(problems)


def _problem_of(path: Path, entry: FileEntry) -> str:
    """What is wrong with one file; empty where nothing is."""
    try:
        if not path.exists():
            return "is missing"
        if not path.is_file():
            return "is no file"
        return "" if sha256_of(path) == entry.sha256 else "differs from its checksum"
    except OSError as error:
        return refusal_of(error)


@contextmanager
def damage_named(folder: Path) -> Iterator[None]:
    """Where a generation's files turn out to be damaged while it is used, say so and name the first one.

    Readers of many formats meet damage in as many ways. Whatever they raise, the checksums tell whose fault it is.

    Args:
        folder: The generation's folder; where it was removed meanwhile, its files say nothing.

    Raises:
        GenerationDamagedError: Instead of an unexpected error in the block, where a file differs from its checksum.
    """
    try:
        yield
    except BaseException as error:  # native code gives up with what is no `Exception`; what is no damage goes on
        if not (is_panic(error) or isinstance(error, _UNEXPECTED)) or not folder.is_dir():
            raise
        problems = problems_of(folder)
        if not problems:
            raise
        raise GenerationDamagedError(folder.name, problems[0].file_name, problems[0].problem) from error


def check_every_byte(folder: Path) -> tuple[FileProblem, ...]:
    """Refuse a generation's folder in which a byte differs from its checksums; takes half a second for 350 MB.

    Returns:
        What is wrong with vectors of a second encoder, without which it can serve.

    Raises:
        GenerationDamagedError: A file differs, is missing or cannot be read.
        GenerationError: The manifest cannot be read, or is of another format version.
    """
    read_manifest(folder)  # says better by itself what is wrong with it
    problems = problems_of(folder)
    needed = [problem for problem in problems if problem.file_name not in SECOND_FILES]
    if needed:
        raise GenerationDamagedError(folder.name, needed[0].file_name, needed[0].problem)
    return problems


def file_names(folder: Path) -> tuple[str, ...]:
    """Every file below a generation's folder but lock files, relative to it, with ``/`` separators."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(LOCK_SUFFIX))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files))
