"""What building takes, and what comes of it: the words that builds, previews and their readers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from retrieval.building.source_changes import SourceChanges
from retrieval.lifecycle.rules import BuildRules

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from retrieval.answering.answerer import Answerer
    from retrieval.building.base import FullBuildReason
    from retrieval.building.corpus_difference import CorpusDifference
    from retrieval.building.report import BuildReport
    from retrieval.evaluation.judged_questions import JudgedQuestion
    from retrieval.generations.rows import ArticleFailure, ArticleWarning
    from retrieval.generations.store import GenerationWriter
    from retrieval.progress import OnProgress


class IndexBuilder(Protocol):
    """What builds and opens generations, as the settings say."""

    def build(self, writer: GenerationWriter, *, full: bool, on_progress: OnProgress) -> BuildReport:
        """Build a generation from the articles as they are now; it does not serve yet.

        What `on_progress` raises stops it.
        """
        ...

    def open_answerer(self, generation_id: str) -> AbstractContextManager[Answerer]:
        """What answers from a generation."""
        ...

    def prune_vectors(self, writer: GenerationWriter) -> None:
        """Forget vectors that no generation needs."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """How builds are judged and what is kept.

    Attributes:
        rules: What must hold before a generation may serve unasked.
        golden: Judged questions that a new generation is asked.
        keep: How many generations are kept after a build; ``None`` keeps all.
    """

    rules: BuildRules = field(default_factory=BuildRules)
    golden: tuple[JudgedQuestion, ...] = ()
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """How a build ended.

    Attributes:
        report: What it did.
        before: Id of the generation that served before, if any.
        objections: Why the new generation does not serve until somebody says so; empty where it serves.
        seconds: How long it took.
    """

    report: BuildReport
    before: str | None
    objections: tuple[str, ...]
    seconds: float

    @property
    def serves(self) -> bool:
        """Whether what was built serves now."""
        return self.report.is_new and not self.objections


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that gets another first article.

    Attributes:
        question: What was asked.
        before: Url of the article that answers it now; ``None`` where none was found.
        after: Url of the article that would.
    """

    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a build would do.

    Attributes:
        difference: What would become of the articles.
        failures: Files that could not be used and were not known as such.
        articles: How many articles there would be.
        answers: Questions that would get another first article.
        asked: How many questions were asked; 0 where nothing served that they could be asked of.
        objections: Why the new generation would not serve unasked.
        estimate: How long the build will take.
        source: What the articles' source says about its changes.
        full_build_reason: Why everything would be read anew; ``None`` where it would not.
        warnings: What would be left out of articles that would serve all the same, known ones included.
    """

    difference: CorpusDifference
    failures: tuple[ArticleFailure, ...]
    articles: int
    answers: tuple[AnswerChange, ...]
    asked: int
    objections: tuple[str, ...]
    estimate: BuildEstimate
    source: SourceChanges = field(default_factory=SourceChanges)
    full_build_reason: FullBuildReason | None = None
    warnings: tuple[ArticleWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildEstimate:
    """How long a build will take.

    Attributes:
        seconds: All of it.
        embedding: How much longer it would take had the preview not embedded what is new.
    """

    seconds: float
    embedding: float


def estimate(building: float, judging: float, embedding: float) -> BuildEstimate:
    """How long a build will take that finds what a preview has found.

    Args:
        building: Seconds that the preview's build took.
        judging: Seconds that it took to hold its generation against the rules, as the build will do, too.
        embedding: Seconds of `building` in which texts were embedded.
    """
    return BuildEstimate(max(building - embedding, 0.0) + judging, embedding)
