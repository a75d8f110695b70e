"""Which generation a build goes on from, what it takes over of it, and what was there before."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from embeddings.disk import link_or_copy
from embeddings.encoder import Encoder
from retrieval.building.corpus_difference import CorpusDifference, compare
from retrieval.building.source_changes import History, SourceChanges
from retrieval.errors import CurrentFileError, GenerationDamagedError, GenerationError, GenerationMismatchError
from retrieval.generations.generation import ARTICLES, LEXICAL_FOLDER, Generation, read_manifest
from retrieval.generations.manifest import FileEntry
from retrieval.generations.reader import ArticleReader
from retrieval.generations.rows import GoneArticle, ListedArticle
from retrieval.generations.second_vectors import SECOND_FILES
from retrieval.generations.store import GenerationStore
from retrieval.generations.writer import ArticleWriter
from retrieval.indexes.lexical import MUTABLE_FILES

_DEAD_SHARE = 0.15


def choose_base(
    store: GenerationStore, encoder: Encoder, recipe: str, *, full: bool
) -> tuple[Generation | None, FullBuildReason | None]:
    """The generation whose unchanged articles can be taken over; if there is none, why not.

    Args:
        store: The index.
        encoder: Must be the one that its vectors are from.
        recipe: The code that reads articles now, see `retrieval.building.recipe`.
        full: Nothing shall be taken over.
    """
    try:
        if store.current_id() is None:
            return None, FullBuildReason(FullBuildCause.NO_INDEX, "there is no index yet")
        base = store.current()
    except GenerationError as error:
        return None, reason_of_error(error)
    reason = _reason_not_to_fit(base, encoder, recipe, full=full)
    if reason is None:
        return base, None
    base.close()
    return None, reason


def _reason_not_to_fit(base: Generation, encoder: Encoder, recipe: str, *, full: bool) -> FullBuildReason | None:
    try:
        base.check_encoder(encoder)
    except GenerationMismatchError as error:
        return FullBuildReason(FullBuildCause.MODEL, f"generation {base.id} {error.problem}")
    if full:
        return FullBuildReason(FullBuildCause.ASKED, "a full build was asked for")
    if base.manifest.recipe != recipe:
        return FullBuildReason(FullBuildCause.READING, "this version reads articles differently")
    return None


def reason_for_full_build(store: GenerationStore, base: Generation) -> FullBuildReason | None:
    """Why nothing should be taken over from a generation that fits; ``None`` where it should.

    Damage in the vectors of a second encoder is no reason: they alone are made anew.
    """
    problems = [problem for problem in store.verify(base.id) if problem.file_name not in SECOND_FILES]
    if problems:
        first = problems[0]
        return reason_of_error(GenerationDamagedError(base.id, first.file_name, first.problem))
    counts = base.manifest.counts
    dead_articles = counts.article_rows - counts.articles
    dead_sections = counts.section_rows - counts.sections
    if dead_articles > _DEAD_SHARE * counts.article_rows or dead_sections > _DEAD_SHARE * counts.section_rows:
        text = "many articles were changed or removed since the last full build"
        return FullBuildReason(FullBuildCause.MANY_CHANGES, text)
    return None


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


@dataclass(frozen=True, slots=True)
class ChangesSinceLast:
    """What became of the articles that served until now.

    Attributes:
        difference: Which came, changed, moved and went.
        articles_before: How many there were.
        source: What their source says about the way from there to here.
    """

    difference: CorpusDifference
    articles_before: int
    source: SourceChanges


def changes_since_last(store: GenerationStore, articles: ArticleWriter, history: History | None) -> ChangesSinceLast:
    """See what became of the articles that served until now, and remember those that went by their urls.

    Where what serves cannot be read, the newest generation that can, and has served, stands for it.

    Args:
        store: The index.
        articles: Those of the new generation.
        history: Tells what has happened since a revision.
    """
    before, gone, revision = _served_until_now(store)
    source = history(revision) if history and revision else SourceChanges()
    difference = compare(before, articles.listed(), source.successors)
    moment = dt.datetime.now(dt.UTC).isoformat()
    went = [GoneArticle(each.url, each.question, None, moment) for each in difference.removed]
    moved = [GoneArticle(each.url, each.question, each.successor, moment) for each in difference.moved]
    articles.remember_gone((*gone, *went, *moved))
    return ChangesSinceLast(difference, len(before), source)


def _served_until_now(
    store: GenerationStore,
) -> tuple[Mapping[str, ListedArticle], tuple[GoneArticle, ...], str | None]:
    """The articles that served, those that were gone, and the revision; nothing where no generation can be read."""
    current: list[str] = []
    with suppress(GenerationError):
        current = [found] if (found := store.current_id()) else []
    for folder in (store.folder / each for each in dict.fromkeys((*current, *store.served_ids()))):
        with suppress(GenerationError):
            manifest = read_manifest(folder)
            with ArticleReader(folder / ARTICLES) as articles:  # whatever became of the other files
                return articles.listed(), articles.gone(), manifest.source_revision
    return {}, (), None


class FullBuildCause(Enum):
    """What kind of reason it is."""

    NO_INDEX = "no-index"
    """There is no index yet."""
    CURRENT = "current"
    """Nobody can tell which generation serves."""
    DAMAGED = "damaged"
    """The generation that serves is damaged."""
    FORMAT = "format"
    """It is of another format version."""
    MODEL = "model"
    """It was made with another encoder."""
    READING = "reading"
    """This version reads articles differently."""
    MANY_CHANGES = "many-changes"
    """So much has changed since everything was read that what is left of it is in the way."""
    ASKED = "asked"
    """Somebody wants it so."""


@dataclass(frozen=True, slots=True)
class FullBuildReason:
    """A reason.

    Attributes:
        cause: What kind it is.
        text: In words, for people.
    """

    cause: FullBuildCause
    text: str


def reason_of_error(error: GenerationError) -> FullBuildReason:
    """The reason that an error is which kept a generation from being opened; the build mends it."""
    match error:
        case CurrentFileError():
            return FullBuildReason(FullBuildCause.CURRENT, f"{error.path} {error.problem}")
        case GenerationMismatchError():
            return FullBuildReason(FullBuildCause.FORMAT, f"generation {error.generation_id} {error.problem}")
        case GenerationDamagedError():
            damage = f"{error.file_name} {error.problem}"
            return FullBuildReason(FullBuildCause.DAMAGED, f"generation {error.generation_id} is damaged: {damage}")
    return FullBuildReason(FullBuildCause.DAMAGED, str(error))
