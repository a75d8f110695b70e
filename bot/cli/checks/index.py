"""Is there an index, is it whole, and does it fit this installation?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bootstrap import make_encoder, make_store, open_index_inspector
from bot.cli.checks.finding import Finding, Level
from embeddings.errors import EmbeddingError
from retrieval.errors import CurrentFileError, GenerationError, NoGenerationError, SearchEngineError

if TYPE_CHECKING:
    import datetime as dt

    from config.settings import Settings

BUILD = "run `quicktakes index build`"


def check_index(settings: Settings) -> Finding:
    """Is there an index, is it whole, and does it fit the model?"""
    topic = "index"
    try:
        store = make_store(settings)
        with store.current(make_encoder(settings), whole=True) as generation:
            damage = store.verify(generation.id)
        if damage and generation.id != store.current_id():
            return check_index(settings)  # it was replaced and removed meanwhile
    except NoGenerationError as error:
        return Finding(Level.PROBLEM, topic, f"{error.folder} holds no index yet", BUILD)
    except CurrentFileError as error:
        return Finding(Level.PROBLEM, topic, f"{error.path} {error.problem}", "run `quicktakes index rollback`")
    except (GenerationError, EmbeddingError, SearchEngineError) as error:
        advice = "see Milvus" if isinstance(error, SearchEngineError) else BUILD
        return Finding(Level.PROBLEM, topic, str(error), advice)
    if damage:
        advice = "run `quicktakes index rollback`, or `quicktakes index build --full`"
        text = "; ".join(f"{problem.file_name} {problem.problem}" for problem in damage)
        return Finding(Level.PROBLEM, topic, f"generation {generation.id}: {text}", advice)
    return Finding(Level.OK, topic, f"generation {generation.id}, every file as its checksum says")


def check_search_engine(settings: Settings) -> Finding:
    """Is Milvus there, and does it hold the index that serves?"""
    topic = "Milvus"
    try:
        store = make_store(settings)
        engine, current = store.copies.engine, store.current_id()
        held = engine is not None and current is not None and engine.holds(current)
    except CurrentFileError:
        return Finding(Level.WARNING, topic, "nobody can tell which generation it should hold", "see index")
    except SearchEngineError as error:
        advice = "start it, or mend milvus.uri, milvus.token and milvus.database; until then no question is answered"
        return Finding(Level.PROBLEM, topic, str(error), advice)
    if not held:
        text = f"{settings.milvus.uri} does not hold generation {current}" if current else "there is no index to hold"
        return Finding(Level.PROBLEM, topic, text, f"{BUILD}, which loads it")
    return Finding(Level.OK, topic, f"{settings.milvus.uri} holds generation {current}")


def check_builds(settings: Settings) -> Finding:
    """Did the last build end well, and can the journal of builds be read?"""
    topic = "builds"
    status = open_index_inspector(settings).status()
    if status.journal_problem:
        advice = "make it readable, or move it away: only the history is in it"
        return Finding(Level.WARNING, topic, status.journal_problem, advice)
    if status.holder is not None:
        return Finding(Level.OK, topic, f"the index is being changed by {status.holder.described()}")
    last = status.last_build
    if last is None:
        return Finding(Level.OK, topic, "none is known")
    text = f"the last one, at {last.at:%Y-%m-%d %H:%M} UTC: {last.outcome.value}"
    if last.outcome.value not in {"failed", "refused"}:
        return Finding(Level.OK, topic, text)
    advice = "`quicktakes index history` says why; until a build succeeds, articles are served as they were before"
    return Finding(Level.WARNING, topic, text, advice)


def newest_moment(settings: Settings) -> dt.datetime | None:
    """When the newest generation was made, UTC; ``None`` where there is none."""
    return max((each.manifest.created for each in make_store(settings).list() if each.manifest), default=None)
