"""Every check of `quicktakes doctor`, in the order in which they are told."""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.checks.articles import check_content, check_golden_questions, check_repository, folder_count
from bot.cli.checks.discord import check_admins, check_database, check_intent, check_token
from bot.cli.checks.finding import Finding, Level
from bot.cli.checks.folders import check_folder, check_private_files, check_space, check_temporary_folder
from bot.cli.checks.index import check_builds, check_index, check_search_engine, newest_moment
from bot.cli.checks.installation import check_encoding, check_git, check_packages, check_python
from bot.cli.checks.machine import (
    available_memory,
    check_clock,
    check_files,
    check_memory,
    check_processor,
    check_watches,
    file_limit,
)
from bot.cli.checks.models import check_model, check_reranker, check_second_encoder
from bot.cli.checks.webhook import check_webhook
from bot.cli.errors.failures import exit_code_of, message_lines
from bot.cli.errors.unexpected import system_problem, unexpected_problem
from config.known_settings import known_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from config.errors import SettingsError
    from config.loading import LoadedSettings
    from config.settings import Settings

    Check = Callable[[], Finding]

LOCK_FILE = Path(__file__).resolve().parents[3] / "requirements.lock"


def run_checks(loaded: LoadedSettings | SettingsError, lock_file: Path = LOCK_FILE) -> Iterator[Finding]:
    """All findings, as they are made; a check that fails does not keep the next from running.

    Args:
        loaded: The settings, or why there are none: then what needs none is looked at.
        lock_file: The versions that should be installed.
    """
    yield from _run(_installation(lock_file), None)
    if isinstance(loaded, Exception):
        for problem in loaded.problems:
            yield Finding(Level.PROBLEM, "settings", str(problem), "mend it; docs/configuration.md lists every setting")
        return
    settings = loaded.settings
    checks = (
        lambda: _settings_finding(loaded),
        *_folders(loaded),
        *_articles(settings),
        *_models(settings),
        *_bot(settings),
    )
    yield from _run(checks, settings.data_dir)


def _installation(lock_file: Path) -> tuple[Check, ...]:
    return (
        check_python,
        lambda: check_packages(lock_file),
        lambda: check_encoding(sys.getfilesystemencoding(), sys.stdout.encoding),
        lambda: check_memory(available_memory()),
        lambda: check_files(file_limit()),
        check_temporary_folder,
    )


def _folders(loaded: LoadedSettings) -> tuple[Check, ...]:
    settings = loaded.settings
    own_index = (
        () if settings.index.dir is None else (partial(check_folder, settings.index.dir, "index folder", "index.dir"),)
    )
    return (
        lambda: check_processor(settings.encoder.threads),
        lambda: check_folder(settings.data_dir),
        *own_index,
        lambda: check_space(settings.data_dir),
        lambda: check_private_files(_files_of_secrets(loaded)),
        lambda: check_clock(dt.datetime.now(dt.UTC), newest_moment(settings)),
    )


def _articles(settings: Settings) -> tuple[Check, ...]:
    golden = settings.index.golden_questions
    return (
        *((check_git, lambda: check_repository(settings)) if settings.source.repository is not None else ()),
        lambda: check_content(settings),
        *((lambda: check_watches(folder_count(settings)),) if settings.source.watch else ()),
        *((partial(check_golden_questions, golden),) if golden is not None else ()),
    )


def _models(settings: Settings) -> tuple[Check, ...]:
    reranker = settings.retrieval.reranker
    return (
        lambda: check_model(settings),
        *((partial(check_reranker, settings, reranker),) if reranker else ()),
        *((lambda: check_search_engine(settings),) if settings.milvus.uri is not None else ()),
        lambda: check_index(settings),
        lambda: check_builds(settings),
        *((lambda: check_second_encoder(settings),) if settings.retrieval.second_encoder is not None else ()),
    )


def _bot(settings: Settings) -> tuple[Check, ...]:
    return (
        lambda: check_token(settings.discord),
        lambda: check_intent(settings.discord),
        lambda: check_admins(settings.admin),
        lambda: check_database(settings.database_path),
        lambda: check_webhook(settings.source),
    )


def _run(checks: Iterable[Check], data_dir: Path | None) -> Iterator[Finding]:
    for check in checks:
        try:
            yield check()
        except OSError as error:
            advice = "see above; give yourself permission to read it"
            yield Finding(Level.PROBLEM, "system", system_problem(error), advice)
        except Exception as error:  # noqa: BLE001  # whatever is wrong, the other checks are wanted all the more
            if exit_code_of(error) is not None:
                yield Finding(Level.PROBLEM, "system", "; ".join(message_lines(error)), "see above")
            else:
                text = unexpected_problem(error, data_dir, is_verbose=False)
                yield Finding(Level.PROBLEM, "system", text, "report it with those details")


def _settings_finding(loaded: LoadedSettings) -> Finding:
    """Where do the settings come from? That they are valid is known by now."""
    changed = [f"{name} ({origin})" for name, origin in loaded.origins.items() if origin != "defaults.toml"]
    text = f"changed: {', '.join(changed)}" if changed else "all defaults"
    if loaded.hints:
        old = "; ".join(str(hint) for hint in loaded.hints)
        return Finding(Level.WARNING, "settings", f"{text}; {old}", "write the new names")
    return Finding(Level.OK, "settings", text)


def _files_of_secrets(loaded: LoadedSettings) -> Iterator[Path]:
    """The files that a secret was read from, or will be."""
    if loaded.settings.discord.token_file is not None:
        yield loaded.settings.discord.token_file
    origins = {loaded.origins.get(name, "") for name, setting in known_settings().items() if setting.is_secret}
    yield from (Path(origin.rpartition(":")[0]) for origin in sorted(origins) if ":" in origin)
