"""Error → what a member reads, and what the log keeps."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from types import SimpleNamespace

import discord
import pytest
from discord import app_commands

from bot.client.error_messages import TABLE, explain, report
from bot.live_index.open_index import UnknownSubjectError
from bot.member_errors import (
    AnswerTooSlowError,
    BusyError,
    MemberBusyError,
    MemberCooldownError,
    NotYoursError,
    PressCooldownError,
    QuestionTooLongError,
)
from bot.messages.catalogue import Messages
from bot.storage.errors import StorageError
from embeddings.errors import EmbeddingError
from retrieval.errors import GenerationDamagedError, NoGenerationError

ENGLISH, FRENCH = Messages.for_locale("en-US"), Messages.for_locale("fr")
LOG = logging.getLogger("tests.error_messages")


def refused(status, kind=discord.HTTPException):
    return kind(SimpleNamespace(status=status, reason="no"), "no")


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (NotYoursError(), "not-yours"),
        (BusyError(100), "busy"),
        (MemberBusyError(), "busy-with-yours"),
        (AnswerTooSlowError(5.0), "answer-too-slow"),
        (PressCooldownError(1), "cooldown-press"),
        (UnknownSubjectError("Alchemy", ("Chemistry",)), "subject-unknown"),
        (NoGenerationError(Path("/srv/index")), "error-no-index"),
        (GenerationDamagedError("g1", "articles.sqlite", "is missing"), "error-index-damaged"),
        (EmbeddingError("no model in /srv/model"), "error-model"),
        (StorageError(Path("/srv/bot.sqlite"), "is locked"), "error-storage"),
        (TimeoutError(), "error-too-slow"),
        (refused(403, discord.Forbidden), "error-discord-permission"),
        (refused(404, discord.NotFound), "error-discord-gone"),
        (refused(503, discord.DiscordServerError), "error-discord"),
        (app_commands.NoPrivateMessage(), "server-only"),
        (app_commands.MissingPermissions(["manage_channels"]), "moderators-only"),
        (ZeroDivisionError("division by zero"), "error-unknown"),
        (KeyboardInterrupt(), "error-unknown"),
    ],
)
def test_each_error_has_its_text(error, key):
    assert explain(error).key == key


def test_what_the_member_needs_to_know_is_told_in_their_language():
    assert explain(MemberCooldownError(7)).text(FRENCH) == (
        "Quelle rapidité\N{NO-BREAK SPACE}! Attendez 7 secondes avant votre prochaine question."
    )
    assert "at most 2,000 characters" in explain(QuestionTooLongError(2000)).text(ENGLISH)


def test_what_a_member_typed_comes_back_harmless_and_short():
    text = explain(UnknownSubjectError("@everyone **[free](https://evil.example)** " + "x" * 6000, ())).text(ENGLISH)
    assert "@everyone" not in text
    assert not re.search(r"(?<!\\)[*\[\]]", text)
    assert len(text) < 500


def test_paths_and_traces_stay_in_the_log():
    for error in (StorageError(Path("/srv/secret/bot.sqlite"), "is locked"), RuntimeError("/srv/secret/key.py line 3")):
        text = explain(error).text(ENGLISH)
        assert "secret" not in text
        assert type(error).__name__ not in text


def test_a_reference_is_short_and_names_one_occurrence():
    error = RuntimeError("boom")
    first, second = explain(error), explain(error)
    assert re.fullmatch(r"[A-Z2-7]{8}", first.reference)
    assert first.reference != second.reference
    assert first.text(ENGLISH).endswith(first.reference)


def test_the_log_carries_the_reference_and_the_trace_of_a_defect(caplog):
    def broken():
        raise RuntimeError("boom")

    with caplog.at_level(logging.DEBUG), pytest.raises(RuntimeError) as caught:
        broken()
    message = report(caught.value, LOG)
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage() == f"reference {message.reference}: RuntimeError: boom"
    assert record.exc_info[2] is not None


def test_a_refusal_is_no_alarm(caplog):
    with caplog.at_level(logging.DEBUG):
        message = report(NotYoursError(), LOG)
    [record] = caplog.records
    assert (record.levelno, record.exc_info) == (logging.DEBUG, None)
    assert message.reference in record.getMessage()


def test_what_discord_py_wraps_is_unwrapped():
    @app_commands.command(name="ask")
    async def ask(interaction: discord.Interaction) -> None:
        """Ask."""

    wrapped = app_commands.CommandInvokeError(ask, BusyError(3))
    assert explain(wrapped).key == "busy"


def test_no_row_of_the_table_hides_another():
    for place, entry in enumerate(TABLE):
        hidden = [other.kind.__name__ for other in TABLE[place + 1 :] if issubclass(other.kind, entry.kind)]
        assert hidden == []
