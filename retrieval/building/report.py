"""What a build says while it works and when it is done."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from retrieval.building.base import FullBuildReason
from retrieval.building.corpus_difference import CorpusDifference
from retrieval.building.source_changes import SourceChanges
from retrieval.generations.rows import ArticleFailure, ArticleWarning
from retrieval.progress import OnProgress


class BuildStage(Enum):
    """The steps of a build, in their order: of files (find, read), texts (embed) and parts (index, save)."""

    FIND = "find"
    READ = "read"
    EMBED = "embed"
    INDEX = "index"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation_id: The generation that was built, or the one that serves where nothing had changed.
        is_new: False where nothing had changed and no generation was made.
        is_full: Whether everything was read anew, not only what had changed.
        full_build_reason: Why everything was read anew; ``None`` where it was not.
        added: Articles that came.
        changed: Articles whose file has other content.
        removed: Articles that went.
        unchanged: Articles that stayed as they were.
        failures: Every file that cannot be used, by path, known ones included.
        warnings: What was left out of articles that serve all the same, by path, known ones included.
        articles: Articles that can be found now.
        sections: Their sections.
        embedded: Texts that were embedded.
        from_cache: Texts whose vector was known.
        seconds: Time spent in each step.
        difference: What became of the articles since the generation that served when the build began.
        source: What their source says about the way from there to here.
        articles_before: How many articles that generation held.
        embedding_seconds: How much of the time of its step went into embedding texts.
    """

    generation_id: str
    is_new: bool = True
    is_full: bool = False
    full_build_reason: FullBuildReason | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: tuple[ArticleFailure, ...] = ()
    warnings: tuple[ArticleWarning, ...] = ()
    articles: int = 0
    sections: int = 0
    embedded: int = 0
    from_cache: int = 0
    seconds: Mapping[BuildStage, float] = field(default_factory=dict)
    difference: CorpusDifference = field(default_factory=CorpusDifference)
    source: SourceChanges = field(default_factory=SourceChanges)
    articles_before: int = 0
    embedding_seconds: float = 0.0


class BuildProgress:
    """The course of one build.

    Args:
        on_progress: Told how far the build is; what it raises stops the build.

    Attributes:
        seconds: Time spent in each stage so far.
    """

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self.seconds: dict[BuildStage, float] = {}

    @contextmanager
    def stage(self, stage: BuildStage) -> Iterator[None]:
        """A stage goes on while the block runs; it may be taken up again."""
        if stage not in self.seconds:
            self.seconds[stage] = 0.0
            self.tell(stage, 0, 0)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - started

    def tell(self, stage: BuildStage, done: int, total: int) -> None:
        """So many of a stage's units are done; 0 of 0 where nobody knows yet."""
        self._on_progress(stage.value, done, total)
