"""What a member reads when something goes wrong: one table, error → text. Nothing of the error itself is shown."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands

from bot import member_errors as members
from bot.live_index.open_index import UnknownSubjectError
from bot.logs.events import current_reference
from bot.rendering.escaping import escape_line
from bot.rendering.limits import shorten
from bot.storage.errors import StorageError
from embeddings.errors import EmbeddingError
from retrieval.errors import GenerationError, NoGenerationError, RetrievalError, SearchEngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.messages.catalogue import Argument, Messages

_MAX_TYPED_LENGTH = 100  # of what a member typed, enough to recognise it


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table.

    Attributes:
        kind: Errors of this class and its subclasses; of several rows that fit, the first counts.
        key: The text.
        fields: Attributes of the error that the text tells.
        level: How the log records it.
    """

    kind: type[BaseException]
    key: str
    fields: tuple[str, ...] = ()
    level: int = logging.DEBUG


@dataclass(frozen=True, slots=True)
class MemberMessage:
    """What to tell a member about an error.

    Attributes:
        key: The text.
        arguments: What the text leaves open.
        reference: Names this one occurrence, here and in the log: eight characters.
        level: How the log records it.
    """

    key: str
    arguments: Mapping[str, Argument]
    reference: str
    level: int

    def text(self, messages: Messages) -> str:
        """The text in the member's language; what a member typed is made harmless in it."""
        safe = {name: _harmless(value) if isinstance(value, str) else value for name, value in self.arguments.items()}
        return messages.t(self.key, **safe)


_UNKNOWN = Entry(BaseException, "error-unknown", level=logging.ERROR)

TABLE = (
    Entry(members.NotYoursError, "not-yours"),
    Entry(members.NotYoursToDeleteError, "not-yours-delete"),
    Entry(members.ModeratorsOnlyError, "moderators-only"),
    Entry(members.AdminsOnlyError, "admins-only", level=logging.WARNING),
    Entry(members.AlreadyRunningError, "index-running"),
    Entry(members.AlreadyBuildingError, "index-running"),
    Entry(members.BuildEndedError, "index-build-ended"),
    Entry(members.ServerOnlyError, "server-only"),
    Entry(members.AnswerExpiredError, "answer-expired"),
    Entry(members.QuestionTooLongError, "question-too-long", ("limit",)),
    Entry(members.NothingTypedError, "none-nothing-asked"),
    Entry(members.ArticleGoneError, "article-gone"),
    Entry(members.BusyError, "busy", level=logging.WARNING),
    Entry(members.MemberBusyError, "busy-with-yours", level=logging.INFO),
    Entry(members.AnswerTooSlowError, "answer-too-slow", ("seconds",), level=logging.WARNING),
    Entry(members.MemberCooldownError, "cooldown-member", ("seconds",)),
    Entry(members.PressCooldownError, "cooldown-press", ("seconds",)),
    Entry(members.ServerCooldownError, "cooldown-server", ("seconds",), level=logging.INFO),
    Entry(UnknownSubjectError, "subject-unknown", ("subject",)),
    Entry(NoGenerationError, "error-no-index", level=logging.ERROR),
    Entry(GenerationError, "error-index-damaged", level=logging.ERROR),
    Entry(SearchEngineError, "error-search-engine", level=logging.WARNING),
    Entry(RetrievalError, "error-unknown", level=logging.ERROR),
    Entry(EmbeddingError, "error-model", level=logging.ERROR),
    Entry(StorageError, "error-storage", level=logging.ERROR),
    Entry(TimeoutError, "error-too-slow", level=logging.WARNING),
    Entry(app_commands.NoPrivateMessage, "server-only"),
    Entry(app_commands.MissingPermissions, "moderators-only"),
    Entry(app_commands.BotMissingPermissions, "error-discord-permission", level=logging.WARNING),
    Entry(discord.Forbidden, "error-discord-permission", level=logging.WARNING),
    Entry(discord.NotFound, "error-discord-gone", level=logging.INFO),
    Entry(discord.HTTPException, "error-discord", level=logging.ERROR),
    Entry(aiohttp.ClientError, "error-discord", level=logging.WARNING),
    _UNKNOWN,
)
"""More special errors stand above more general ones."""


def explain(error: BaseException) -> MemberMessage:
    """What to tell a member about an error, whatever it is.

    The reference is that of what was asked, where this task answers something; else two calls give two references.
    """
    cause = _cause(error)
    entry = next(entry for entry in TABLE if isinstance(cause, entry.kind))
    reference = current_reference()
    arguments: dict[str, Any] = {name: getattr(cause, name) for name in entry.fields}
    return MemberMessage(entry.key, {**arguments, "reference": reference}, reference, entry.level)


def report(error: BaseException, log: logging.Logger) -> MemberMessage:
    """As `explain`, and write a log line that carries the reference; a traceback only where somebody must look."""
    message = explain(error)
    cause = _cause(error)
    trace = cause if message.level >= logging.ERROR else None
    log.log(message.level, "reference %s: %s: %s", message.reference, type(cause).__name__, cause, exc_info=trace)
    return message


@contextmanager
def reported(log: logging.Logger) -> Iterator[None]:
    """Run a step that nobody waits for: an error, whatever it is, is reported and goes no further."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # the log has it, and nobody is to be told
        report(error, log)


def _cause(error: BaseException) -> BaseException:
    """The error that discord.py has wrapped."""
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return error.__cause__
    return error


def _harmless(typed: str) -> str:
    return escape_line(shorten(typed, _MAX_TYPED_LENGTH))
