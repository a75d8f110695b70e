"""Article files → a generation of the index. What has not changed since the last one is taken over."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from embeddings.disk import link_or_copy, sha256_of
from embeddings.encoder import Encoder
from embeddings.vector_cache import VectorCache
from retrieval.articles.limits import ReadingLimits
from retrieval.articles.subjects import display_name
from retrieval.building.base import (
    FullBuildReason,
    changes_since_last,
    choose_base,
    reason_for_full_build,
    reason_of_error,
    take_over,
    unchanged_files,
)
from retrieval.building.changes import ArticleChanges
from retrieval.building.file_difference import Difference, corpus_hash
from retrieval.building.reading import FileRead, FoundFile, find_files, read_files
from retrieval.building.recipe import recipe
from retrieval.building.report import BuildProgress, BuildReport, BuildStage
from retrieval.building.source_changes import History
from retrieval.building.vectors.cosine_measuring import write_cosines
from retrieval.building.vectors.embedding import Embedders
from retrieval.building.vectors.matrices import MatrixSizes, write_vector_indexes
from retrieval.building.vectors.second_vectors import SecondEncoder, has_second_vectors
from retrieval.errors import GenerationError, NoArticlesError
from retrieval.generations.generation import ARTICLES, CALIBRATION, LEXICAL_FOLDER, VOCABULARY, Generation
from retrieval.generations.manifest import Counts, Manifest
from retrieval.generations.rows import ArticleFailure, FileStamp
from retrieval.generations.store import GenerationWriter
from retrieval.generations.writer import ArticleWriter
from retrieval.indexes.faiss_index import VectorIndexOptions
from retrieval.indexes.lexical import LexicalWriter
from retrieval.indexes.spelling import Vocabulary
from retrieval.indexes.token_files import TokenWriter
from retrieval.progress import OnProgress, ignore_progress

_REPORT_EVERY = 64


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build.

    Attributes:
        full: Read every file anew and take nothing over but vectors from the cache.
        processes: How many processes may read articles.
        vectors: Which vector index to write.
        source_revision: What to call this state of the content.
        limits: What an article file may hold, and how long reading it may take.
        history: Tells what has happened since the revision of the generation that serves.
        activate: Let the new generation serve. Otherwise it only lies there, to be looked at, activated or discarded.
        second: A second encoder whose vectors the generation shall hold, too.
    """

    full: bool = False
    processes: int = field(default_factory=lambda: os.cpu_count() or 1)
    vectors: VectorIndexOptions = field(default_factory=VectorIndexOptions)
    source_revision: str | None = None
    limits: ReadingLimits = field(default_factory=ReadingLimits)
    history: History | None = None
    activate: bool = True
    second: SecondEncoder | None = None


def build(  # noqa: PLR0913  # where from, where to, with what
    content_root: Path,
    writer: GenerationWriter,
    encoder: Encoder,
    cache: VectorCache,
    *,
    options: BuildOptions | None = None,
    on_progress: OnProgress = ignore_progress,
) -> BuildReport:
    """Bring the index in line with the article files, and let the new generation serve.

    A file that cannot be used is recorded and does not stop the build. If nothing has changed, nothing is written.
    However the build may end, the generation that served goes on serving until the new one is complete.

    Args:
        content_root: Folder of article files, in folders by subject.
        writer: Changes the index.
        encoder: Embeds questions and sections.
        cache: The encoder's vector cache.
        options: How to build.
        on_progress: Told how far the build is. If it raises, the build stops there and leaves nothing behind but
            vectors, which the next build need not compute again.

    Raises:
        ArticleError: The content root is no folder.
        NoArticlesError: Not one file can be used.
        IndexWriteError: The disk is full, or the index folder cannot be written.
    """
    options = options or BuildOptions()
    progress = BuildProgress(on_progress)
    task = _Build(content_root, writer, encoder, cache, options=options, progress=progress)
    base, reason = choose_base(writer.store, encoder, task.recipe, full=options.full)
    with base or nullcontext():
        return task.run(base, reason)


@dataclass(frozen=True, slots=True)
class _FileChanges:
    """What has become of the files.

    Attributes:
        gone: Paths of those that are no longer there.
        reads: What reading the others gave, by path; those that cannot have changed are missing.
        blocked: What could not be looked into.
    """

    gone: Iterable[str]
    reads: Iterable[FileRead]
    blocked: Iterable[ArticleFailure]


class _Build:
    def __init__(  # noqa: PLR0913  # as `build`
        self,
        content_root: Path,
        writer: GenerationWriter,
        encoder: Encoder,
        cache: VectorCache,
        *,
        options: BuildOptions,
        progress: BuildProgress,
    ) -> None:
        self._content_root = content_root
        self._store = writer.store
        self._writer = writer
        self._encoder = encoder
        self._embedders = Embedders(encoder, cache, options.second)
        self._options = options
        self._progress = progress
        self._window = encoder.passage_window()
        self.recipe = recipe(options.limits, self._window.max_tokens, encoder.fingerprint)

    def run(self, base: Generation | None, reason: FullBuildReason | None) -> BuildReport:
        """Compare, and build if anything differs."""
        with self._progress.stage(BuildStage.FIND):
            files, blocked = find_files(self._content_root)
            self._progress.tell(BuildStage.FIND, len(files), len(files))
        difference = None
        if base is not None:
            try:
                difference = Difference(base, files, blocked)
            except GenerationError as error:  # which the build mends
                reason = reason_of_error(error)
        if base is not None and difference is not None:
            with self._progress.stage(BuildStage.READ):
                reads = self._read(difference.to_read, difference.known)
                first = difference.until_change(reads)
            if first is None and has_second_vectors(base, self._options.second):
                return self._nothing_new(base)
            reason = reason_for_full_build(self._store, base)
            if reason is None:
                return self._write(base, None, _FileChanges(difference.gone, chain(first or (), reads), blocked))
        return self._write(None, reason, _FileChanges((), self._read(files, {}), blocked))

    def _read(self, files: list[FoundFile], known: Mapping[str, FileStamp]) -> Iterator[FileRead]:
        processes, limits, window = self._options.processes, self._options.limits, self._window
        reads = read_files(files, self._content_root, known, processes=processes, limits=limits, window=window)
        for done, read in enumerate(reads, start=1):
            if done % _REPORT_EVERY == 0 or done == len(files):
                self._progress.tell(BuildStage.READ, done, len(files))
            yield read

    def _nothing_new(self, base: Generation) -> BuildReport:
        counts = base.manifest.counts
        return BuildReport(
            generation_id=base.id,
            is_new=False,
            unchanged=counts.articles,
            failures=base.failures(),
            warnings=base.warnings(),
            articles=counts.articles,
            sections=counts.sections,
            seconds=dict(self._progress.seconds),
            articles_before=counts.articles,
        )

    def _write(self, base: Generation | None, reason: FullBuildReason | None, files: _FileChanges) -> BuildReport:
        with self._writer.unfinished() as (generation_id, folder):
            return replace(self._fill(generation_id, folder, base, files), full_build_reason=reason)

    def _fill(self, generation_id: str, folder: Path, base: Generation | None, files: _FileChanges) -> BuildReport:
        take_over(base, folder)
        with ArticleWriter(folder / ARTICLES) as articles:
            with self._progress.stage(BuildStage.READ):
                changes = self._apply(base, folder, articles, files)
            sizes = MatrixSizes(changes.next_row, changes.next_section)
            with self._progress.stage(BuildStage.EMBED):
                tokens = TokenWriter(folder, base.folder if base else None, self._encoder)
                new = tokens.added(changes.new_articles())  # one pass: an article is decoded once
                tell = partial(self._progress.tell, BuildStage.EMBED)
                texts = self._embedders.write(folder, base, articles, new, sizes, on_progress=tell)
            rows = articles.rows()
            counts, content = articles.counts(), corpus_hash(articles.stamps())
            failures, warnings = articles.failures(), articles.warnings()
            since_last = changes_since_last(self._store, articles, self._options.history)
        with self._progress.stage(BuildStage.INDEX):
            tokens.save(rows)
            trained = self._write_indexes(base, folder, changes)
            write_cosines(base, folder, changes, self._encoder)
        every = Counts(*counts, sizes.articles, sizes.sections, trained.articles, trained.sections)
        manifest = self._save(base, folder, self._manifest(generation_id, base, content, every))
        return BuildReport(
            generation_id=manifest.id,
            is_full=base is None,
            added=changes.added,
            changed=changes.changed,
            removed=changes.removed,
            unchanged=counts[0] - changes.added - changes.changed,
            failures=failures,
            warnings=warnings,
            articles=manifest.counts.articles,
            sections=manifest.counts.sections,
            embedded=texts.embedded,
            from_cache=texts.from_cache,
            seconds=dict(self._progress.seconds),
            difference=since_last.difference,
            source=since_last.source,
            articles_before=since_last.articles_before,
            embedding_seconds=texts.seconds,
        )

    def _manifest(self, generation_id: str, base: Generation | None, content: str, counts: Counts) -> Manifest:
        return Manifest(
            id=generation_id,
            created=dt.datetime.now(dt.UTC),
            recipe=self.recipe,
            fingerprint=self._encoder.fingerprint,
            dimension=self._encoder.dimension,
            corpus_hash=content,
            counts=counts,
            files={},
            parent=base.id if base else None,
            second=self._options.second.identity if self._options.second else None,
            source_revision=self._options.source_revision,
        )

    def _apply(
        self, base: Generation | None, folder: Path, articles: ArticleWriter, files: _FileChanges
    ) -> ArticleChanges:
        rows, section_rows = (base.manifest.counts.article_rows, base.manifest.counts.section_rows) if base else (0, 0)
        with LexicalWriter(folder / LEXICAL_FOLDER) as lexical:
            changes = ArticleChanges(articles, lexical, rows, section_rows)
            changes.forget(files.gone)
            for read in files.reads:
                changes.apply(read)
            changes.settle()
        for failure in files.blocked:
            articles.fail(failure)
        count, _, failed = articles.counts()
        if not count:
            raise NoArticlesError(self._content_root, failed)
        articles.name_subjects(display_name)
        return changes

    def _write_indexes(self, base: Generation | None, folder: Path, changes: ArticleChanges) -> MatrixSizes:
        tell = partial(self._progress.tell, BuildStage.INDEX, total=3)
        tell(1)
        words = base.vocabulary if base else Vocabulary({}, self._encoder.known_words())
        words.updated(changes.words).save(folder / VOCABULARY)
        tell(2)
        trained = write_vector_indexes(folder, base, self._options.vectors)
        tell(3)
        return trained

    def _save(self, base: Generation | None, folder: Path, manifest: Manifest) -> Manifest:
        with self._progress.stage(BuildStage.SAVE):
            self._keep_calibration(folder)
            unchanged = unchanged_files(base, folder)
            saved = self._writer.publish(folder, manifest, unchanged, activate=self._options.activate)
            self._progress.tell(BuildStage.SAVE, 1, 1)
        return saved

    def _keep_calibration(self, folder: Path) -> None:
        """A sound calibration holds as long as encoder and recipe do, whether or not articles were read anew."""
        try:
            with self._store.current(self._encoder) as current:
                entry = current.manifest.files.get(CALIBRATION)
                path = current.folder / CALIBRATION
                if entry and current.manifest.recipe == self.recipe and sha256_of(path) == entry.sha256:
                    link_or_copy(path, folder / CALIBRATION)
        except GenerationError:
            return  # a generation that cannot be opened has no calibration to trust
