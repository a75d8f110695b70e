"""Which exit status each of our errors has, and the lines that tell of it."""

from __future__ import annotations

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.errors.unexpected import system_problem
from bot.cli.views.output import printable
from bot.client.startup_errors import GatewayLostError, MalformedTokenError, NoTokenError, StartupError, TokenFileError
from bot.live_index.open_index import UnknownSubjectError
from bot.sources.errors import SourceError
from bot.storage.errors import StorageError
from config.errors import SettingsError
from embeddings.errors import EmbeddingError
from retrieval.errors import GenerationError, RetrievalError
from retrieval.generations.lock import BuildRunningError
from retrieval.shown import shown

_CODES: tuple[tuple[type[Exception], ExitCode], ...] = (
    (SettingsError, ExitCode.USAGE),
    (UnknownSubjectError, ExitCode.USAGE),
    (BuildRunningError, ExitCode.PROBLEM),
    (GenerationError, ExitCode.NO_INDEX),
    (RetrievalError, ExitCode.PROBLEM),
    (EmbeddingError, ExitCode.PROBLEM),
    (SourceError, ExitCode.PROBLEM),
    (NoTokenError, ExitCode.USAGE),
    (MalformedTokenError, ExitCode.USAGE),
    (TokenFileError, ExitCode.USAGE),
    (GatewayLostError, ExitCode.DISCONNECTED),
    (StartupError, ExitCode.PROBLEM),
    (StorageError, ExitCode.PROBLEM),
    (OSError, ExitCode.PROBLEM),  # no permission, disk full …: its text names the file
)


def exit_code_of(error: BaseException) -> ExitCode | None:
    """The exit status for an error raised on purpose, ``None`` for a defect."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


def message_lines(error: BaseException) -> list[str]:
    """What to tell of an error raised on purpose: each problem on a line of its own, whatever names are in it."""
    if isinstance(error, SettingsError):
        return [shown(str(problem)) for problem in error.problems]
    if isinstance(error, SourceError):  # git's own words may be several lines
        return printable(str(error)).splitlines() or [type(error).__name__]
    return [shown(system_problem(error) if isinstance(error, OSError) else str(error) or type(error).__name__)]
