"""The composition root: settings in, wired objects out. The one place where settings meet the libraries.

What only one command needs is imported in the function that it calls: an answer from a cold start must not wait for
the builder, nor a build for the answerer.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.search_engine import make_search_engine, vector_indexes_of_builds
from bot.second_encoder import make_second_encoder, second_encoder_of_builds, second_evidence
from embeddings.devices import Device
from embeddings.errors import EmbeddingError
from embeddings.factory import Backend, open_encoder
from embeddings.processor import Precision, usable_cores
from retrieval.errors import NoGenerationError, RerankerTooSlowError
from retrieval.generations.store import GenerationStore
from retrieval.generations.verification import damage_named

# ruff: noqa: PLC0415  # see above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.live_index.open_index import OpenIndex
    from bot.storage.addresses import DatabasePlace
    from config.settings import Settings
    from embeddings.encoder import Encoder
    from retrieval.answering.answerer import Answerer
    from retrieval.answering.reranking import Reranker
    from retrieval.building.report import BuildReport
    from retrieval.generations.store import GenerationWriter
    from retrieval.lifecycle.inspection import IndexInspector
    from retrieval.lifecycle.operations import IndexOperations

_log = logging.getLogger(__name__)

TERMINAL = "terminal"
"""What the journal calls whoever uses the command line; it names no account of the machine."""


def make_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings describe."""
    wanted = settings.encoder
    return open_encoder(
        wanted.model,
        cache_dir=settings.encoder_cache_dir,
        backend=Backend(wanted.backend.value),
        precision=Precision(wanted.precision.value),
        device=Device(wanted.device.value),
        threads=wanted.threads or None,
        query_prompt=wanted.query_prompt,
        passage_prompt=wanted.passage_prompt,
        adapter=wanted.adapter,
    )


def open_reranker(settings: Settings, model: str) -> Reranker:
    """The reranker of this name or in this folder, ready for questions.

    Raises:
        EmbeddingError: The model is not there, is of another kind, or cannot be used.
        RerankerTooSlowError: It reads nothing in the time that the settings give it.
    """
    from embeddings.reranking.cross_encoder import open_cross_encoder
    from retrieval.answering.reranking import Reranker

    wanted = settings.encoder
    cross_encoder = open_cross_encoder(
        model,
        cache_dir=settings.encoder_cache_dir,
        backend=Backend(wanted.backend.value),
        precision=Precision(wanted.precision.value),
        threads=wanted.threads or None,
    )
    reranker = Reranker(cross_encoder, seconds=settings.retrieval.reranker_milliseconds / 1000)
    reranker.check_speed()
    return reranker


def make_reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings describe; ``None`` without one, or where it cannot be used, which the log says."""
    model = settings.retrieval.reranker
    if model is None:
        return None
    try:
        return open_reranker(settings, model)
    except (EmbeddingError, RerankerTooSlowError) as error:
        _log.warning("retrieval.reranker cannot be used, questions are answered without it: %s", error)
        return None


def database_place(settings: Settings) -> DatabasePlace:
    """Where the bot's database is: a file below the data folder, unless the settings name another."""
    from bot.storage.addresses import PostgresqlAddress

    url = settings.database.url
    return settings.database_path if url is None else PostgresqlAddress(url.get_secret_value())


def make_store(settings: Settings) -> GenerationStore:
    """The store of index generations; where the bot's processes share a server's database, they share its lock, too.

    Raises:
        SearchEngineError: The engine that finds articles needs a package that is not installed.
    """
    engine = make_search_engine(settings)
    if settings.database.url is None:
        return GenerationStore(settings.index_dir, engine)
    from bot.storage.build_lease import BuildLease

    return GenerationStore(settings.index_dir, engine, beyond=BuildLease(database_place(settings)))


@dataclass(frozen=True, slots=True)
class SettingsIndexBuilder:
    """`retrieval.lifecycle.outcomes.IndexBuilder` as the settings say."""

    settings: Settings

    def build(
        self, writer: GenerationWriter, *, full: bool, on_progress: Callable[[str, int, int], None]
    ) -> BuildReport:
        """Build a generation from the articles as they are now; it does not serve yet.

        Raises:
            RetrievalError: Nothing could be built; the index stays as it was.
            EmbeddingError: The model or the vector cache cannot be used.
            SourceError: The repository of the articles cannot be fetched, or another process uses the working copy.
        """
        from bot.sources.fetching import FETCH_STAGE, articles_of
        from embeddings.vector_cache import VectorCache
        from retrieval.articles.limits import ReadingLimits
        from retrieval.building.builder import BuildOptions, build

        settings = self.settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)  # found out now, not after a model was converted in vain
        with articles_of(settings, on_wait=lambda: on_progress(FETCH_STAGE, 0, 0)) as articles:
            encoder = make_encoder(settings)
            with (
                VectorCache(settings.vector_cache_path, encoder.fingerprint, encoder.dimension) as cache,
                second_encoder_of_builds(settings, encoder) as second,
            ):
                options = BuildOptions(
                    full=full,
                    activate=False,
                    processes=settings.index.build_cores or usable_cores(),
                    source_revision=articles.revision,
                    history=articles.history,
                    limits=ReadingLimits(**settings.index.model_dump(include=set(ReadingLimits.__slots__))),
                    second=second,
                    vectors=vector_indexes_of_builds(settings),
                )
                report = build(articles.folder, writer, encoder, cache, options=options, on_progress=on_progress)
        if not report.is_new:  # the engine may have been named, or lost it, since
            writer.store.prepare_search(report.generation_id)
        return report

    @contextmanager
    def open_answerer(self, generation_id: str) -> Iterator[Answerer]:
        """Open a generation for answering, whether or not it serves."""
        make_store(self.settings).prepare_search(generation_id)
        with open_index(self.settings, generation_id=generation_id) as index:
            yield index.answerer

    def prune_vectors(self, writer: GenerationWriter) -> None:
        """Forget vectors that no generation needs, unless an index that lies elsewhere may need them."""
        from embeddings.vector_cache import VectorCache
        from retrieval.building.vectors.vector_pruning import prune_vectors

        if self.settings.index_dir.parent != self.settings.vector_cache_path.parent:
            return
        with writer.store.current() as generation:
            encoders = generation.manifest.encoders
        for each in encoders:
            with VectorCache(self.settings.vector_cache_path, each.fingerprint, each.dimension) as cache:
                prune_vectors(writer, cache, each.fingerprint)


def open_index_operations(settings: Settings, *, keep: int | None = None) -> IndexOperations:
    """What admins do with the index that the settings name.

    Args:
        keep: How many generations are kept after a build; all without it.

    Raises:
        JudgedQuestionError: The file of golden questions cannot be used.
        OSError: It cannot be read.
    """
    from retrieval.evaluation.judged_questions import load_judged
    from retrieval.lifecycle.journal import Journal
    from retrieval.lifecycle.operations import IndexOperations
    from retrieval.lifecycle.outcomes import Policy
    from retrieval.lifecycle.rules import BuildRules

    wanted = settings.index
    golden = tuple(load_judged(wanted.golden_questions)) if wanted.golden_questions else ()
    policy = Policy(BuildRules(wanted.max_removed_share, wanted.min_golden_share), golden, keep)
    return IndexOperations(make_store(settings), Journal(settings.index_dir), SettingsIndexBuilder(settings), policy)


def open_index_inspector(settings: Settings) -> IndexInspector:
    """What tells how the index is that the settings name, and what was done to it."""
    from retrieval.lifecycle.inspection import IndexInspector
    from retrieval.lifecycle.journal import Journal

    return IndexInspector(make_store(settings), Journal(settings.index_dir))


@contextmanager
def open_index(  # noqa: PLR0913  # what several indexes share, and which one it is
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    reranker: Callable[[], Reranker | None] | None = None,
    second: Callable[[], Encoder | None] | None = None,
    generation_id: str | None = None,
    use_fit: bool = True,
) -> Iterator[OpenIndex]:
    """Open a generation for answering.

    Args:
        encoder: The encoder that the settings describe, if there is one already.
        reranker: Gives the reranker that the settings describe, where several indexes share it.
        second: Gives the second encoder that the settings name, if somebody keeps it already.
        generation_id: Which; the current one without it.
        use_fit: Whether it answers as fitted to judged questions, where that was done.

    Raises:
        GenerationError: There is no index, or it does not fit this installation.
        EmbeddingError: The model cannot be used.
    """
    from bot.live_index.open_index import OpenIndex
    from retrieval.answering.answerer import Answerer
    from retrieval.answering.reranking import RerankerEvidence
    from retrieval.ranking.model_choice import model_without_judged

    store = make_store(settings)
    if generation_id is None and store.current_id() is None:  # said before the model is loaded, which may take seconds
        raise NoGenerationError(settings.index_dir)
    encoder = encoder or make_encoder(settings)
    chosen = reranker() if reranker else make_reranker(settings)
    _use_one_core_for_each_question()
    opened = store.open(generation_id, encoder, whole=True) if generation_id else store.current(encoder, whole=True)
    with opened as generation, damage_named(generation.folder):
        model = None if use_fit else model_without_judged(encoder.query_fingerprint, generation.cosines).model
        reread = [] if chosen is None else [RerankerEvidence(generation, chosen)]
        second_read, problem = second_evidence(generation, second or partial(make_second_encoder, settings))
        yield OpenIndex(
            Answerer(generation, encoder, model=model, more_evidence=[*reread, *second_read]),
            generation,
            excerpt_length=settings.answering.excerpt_length,
            others=settings.answering.others,
            second_encoder_problem=problem,
        )


def _use_one_core_for_each_question() -> None:
    """Let NumPy's matrix library compute in the thread that asks.

    Its own threads gain nothing on matrices as small as a question's, but go on waiting in a loop for some milliseconds
    after each, on the core that encodes the next question.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
