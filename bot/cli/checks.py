"""What `quicktakes doctor` looks at. Each check says what it found and, where something is amiss, what to do."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from enum import Enum
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bootstrap import make_encoder, make_store, open_reranker
from bot.cli.errors.unexpected import system_problem
from bot.query_adapter import adapter_name, identified_encoder
from bot.second_encoder import make_second_encoder, open_second_encoder
from bot.sources.fetching import content_dir
from embeddings.errors import EmbeddingError
from embeddings.processor import has_native_bfloat16, usable_cores
from retrieval.errors import CurrentFileError, GenerationError, NoGenerationError, RerankerTooSlowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from config.loading import LoadedSettings
    from config.settings import Settings

LOCK_FILE = Path(__file__).resolve().parents[2] / "requirements.lock"
OLDEST_PYTHON = (3, 11)
OLDEST_GIT = (2, 31)
"""The first that takes settings, and so credentials, from its environment."""
SECOND_ENCODER = "2nd encoder"
GIBIBYTE = 2**30
SCARCE_SPACE = 2 * GIBIBYTE
MIN_SPACE = GIBIBYTE // 4
_PIN = re.compile(r"^([\w.\-]+)==(\S+)$")


class Level(Enum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        level: How it ended.
        topic: What was looked at.
        text: What was found.
        advice: What to do; empty where nothing needs doing.
    """

    level: Level
    topic: str
    text: str
    advice: str = ""


def run_checks(loaded: LoadedSettings, lock_file: Path = LOCK_FILE) -> Iterator[Finding]:
    """All findings, as they are made; a check that fails does not keep the next from running."""
    settings = loaded.settings
    reranker = settings.retrieval.reranker
    checks: tuple[Callable[[], Finding], ...] = (
        check_python,
        lambda: check_packages(lock_file),
        check_processor,
        lambda: check_settings(loaded),
        lambda: check_folder(settings.data_dir),
        lambda: check_space(settings.data_dir),
        *((check_git,) if settings.source.repository is not None else ()),
        lambda: check_content(settings),
        lambda: check_model(settings),
        *((partial(check_reranker, settings, reranker),) if reranker else ()),
        lambda: check_index(settings),
        *((lambda: check_second_encoder(settings),) if settings.retrieval.second_encoder is not None else ()),
    )
    for check in checks:
        try:
            yield check()
        except OSError as error:
            yield Finding(
                Level.PROBLEM, "system", system_problem(error), "see above; give yourself permission to read it"
            )


def check_python() -> Finding:
    """Is this Python new enough?"""
    text = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info < OLDEST_PYTHON:
        return Finding(Level.PROBLEM, "Python", text, "install Python 3.11 or newer")
    return Finding(Level.OK, "Python", text)


def check_packages(lock_file: Path) -> Finding:
    """Are the locked versions installed?"""
    topic = "packages"
    if not lock_file.is_file():
        return Finding(Level.OK, topic, "installed without the lock file; versions are as pip chose them")
    pins = [
        match.groups() for line in lock_file.read_text(encoding="utf-8").splitlines() if (match := _PIN.match(line))
    ]
    installed = {name: _installed_version(name) for name, _ in pins}
    missing = [name for name, _ in pins if installed[name] is None]
    other = [f"{name} {installed[name]} instead of {version}" for name, version in pins if installed[name] != version]
    advice = "install the locked versions: pip install -r requirements.lock"
    if missing:
        return Finding(Level.PROBLEM, topic, f"missing: {', '.join(missing)}", advice)
    if other:
        return Finding(Level.WARNING, topic, f"not the locked versions: {'; '.join(other)}", advice)
    return Finding(Level.OK, topic, f"all {len(pins)} as locked")


def check_processor() -> Finding:
    """What does the processor offer to embedding?"""
    numbers = "bfloat16 in hardware" if has_native_bfloat16() else "no bfloat16 in hardware, embedding uses float32"
    return Finding(Level.OK, "processor", f"{platform.machine()}, {usable_cores()} cores, {numbers}")


def check_settings(loaded: LoadedSettings) -> Finding:
    """Where do the settings come from? That they are valid is known by now."""
    changed = [f"{name} ({origin})" for name, origin in loaded.origins.items() if origin != "defaults.toml"]
    return Finding(Level.OK, "settings", f"changed: {', '.join(changed)}" if changed else "all defaults")


def check_folder(folder: Path) -> Finding:
    """Can the data folder be written?"""
    topic = "data folder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(Level.OK, topic, f"{folder} can be written")
    except OSError as error:
        advice = "make it writable, or set data_dir to a folder that is"
        return Finding(Level.PROBLEM, topic, f"{folder} cannot be written: {error.strerror}", advice)


def check_space(folder: Path) -> Finding:
    """Is there room for an index?"""
    topic = "disk space"
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    text = f"{free / GIBIBYTE:.1f} GiB free at {existing}"
    advice = "make room, or set data_dir to a folder on a larger disk; `quicktakes index prune` removes old generations"
    if free < MIN_SPACE:
        return Finding(Level.PROBLEM, topic, text, advice)
    return Finding(Level.WARNING, topic, text, advice) if free < SCARCE_SPACE else Finding(Level.OK, topic, text)


def check_content(settings: Settings) -> Finding:
    """Is there an article to index?"""
    topic = "articles"
    folder = content_dir(settings)
    if settings.source.repository is not None and not folder.is_dir():
        text = f"there is no {folder} yet: the repository was not fetched, or has no such folder"
        return Finding(Level.PROBLEM, topic, text, "run `quicktakes index build`, which fetches it or says why not")
    if not folder.is_dir():
        return Finding(Level.PROBLEM, topic, f"there is no folder {folder}", "set index.content_dir to your articles")
    if not os.access(folder, os.R_OK | os.X_OK):
        return Finding(Level.PROBLEM, topic, f"{folder} cannot be read", "give yourself permission to read it")
    if next(folder.rglob("*.md"), None) is None:
        return Finding(Level.PROBLEM, topic, f"{folder} holds no .md file", "set index.content_dir to your articles")
    return Finding(Level.OK, topic, f"in {folder}")


def check_git() -> Finding:
    """Can the repository of the articles be fetched with this git?"""
    topic = "git"
    try:
        said = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return Finding(Level.PROBLEM, topic, "git is not installed", "install it, or unset source.repository")
    found = re.search(r"(\d+)\.(\d+)", said)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_GIT:
        wanted = ".".join(map(str, OLDEST_GIT))
        return Finding(Level.PROBLEM, topic, f"{said.strip()} is too old", f"install git {wanted} or later")
    return Finding(Level.OK, topic, said.strip())


def check_model(settings: Settings) -> Finding:
    """Can the model embed?"""
    topic = "model"
    started = time.perf_counter()
    try:
        encoder = make_encoder(settings)
        encoder.encode_query("What is osmosis?")
    except EmbeddingError as error:
        return Finding(Level.PROBLEM, topic, str(error), "see above; a reinstalled package or another model helps")
    took = time.perf_counter() - started
    adapter = adapter_name(identified_encoder(settings).adapter)
    said = f"{encoder.fingerprint}, dimension {encoder.dimension}, adapter {adapter}, first vector in {took:.1f} s"
    return Finding(Level.OK, topic, said)


def check_reranker(settings: Settings, model: str) -> Finding:
    """Can the reranker score, and quickly enough?"""
    topic = "reranker"
    try:
        reranker = open_reranker(settings, model)
    except (EmbeddingError, RerankerTooSlowError) as error:
        advice = "questions are answered without it; mend it, or unset retrieval.reranker"
        return Finding(Level.WARNING, topic, str(error), advice)
    sections, milliseconds = reranker.check_speed(), settings.retrieval.reranker_milliseconds
    return Finding(Level.OK, topic, f"{reranker.name}, reads about {sections:.0f} sections in {milliseconds:g} ms")


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
        return Finding(Level.PROBLEM, topic, f"{error.folder} holds no index yet", "run `quicktakes index build`")
    except CurrentFileError as error:
        return Finding(Level.PROBLEM, topic, f"{error.path} {error.problem}", "run `quicktakes index rollback`")
    except (GenerationError, EmbeddingError) as error:
        return Finding(Level.PROBLEM, topic, str(error), "run `quicktakes index build`")
    if damage:
        advice = "run `quicktakes index rollback`, or `quicktakes index build --full`"
        text = "; ".join(f"{problem.file_name} {problem.problem}" for problem in damage)
        return Finding(Level.PROBLEM, topic, f"generation {generation.id}: {text}", advice)
    return Finding(Level.OK, topic, f"generation {generation.id}, every file as its checksum says")


def check_second_encoder(settings: Settings) -> Finding:
    """Can the second encoder be used? Where it cannot, answers go on without it."""
    try:
        with make_store(settings).current() as generation:
            evidence, problem = open_second_encoder(generation, partial(make_second_encoder, settings))
            held = generation.manifest.second
    except GenerationError as error:
        return Finding(Level.WARNING, SECOND_ENCODER, str(error), "see above")
    if evidence is None or held is None:
        advice = "answers go on without it; mend the setting, or run `quicktakes index build`"
        return Finding(Level.WARNING, SECOND_ENCODER, problem, advice)
    return Finding(Level.OK, SECOND_ENCODER, f"{held.fingerprint}, dimension {held.dimension}")


def _installed_version(name: str) -> str | None:
    try:
        return metadata.version(name).partition("+")[0]  # a local part such as +cpu names a build, not a version
    except metadata.PackageNotFoundError:
        return None
