"""`quicktakes chat`: questions and replies until the user leaves or the input ends."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from bot.cli.options import index_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console

    from bot.cli.chat_session import ChatSession
    from bot.cli.state import CommandState

HISTORY_LENGTH = 1000


@click.command()
@index_option
@click.pass_obj
def chat(state: CommandState, index_dir: Path | None) -> None:
    """Ask questions and read the replies, one after another.

    With standard input piped, each line is a question; the command ends with the input.
    """
    from bot.bootstrap import open_library
    from bot.cli.chat_session import ChatSession
    from bot.cli.output import results_console

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    console = results_console()
    with open_library(settings) as library:
        session = ChatSession(library)
        if sys.stdin.isatty():
            with _history(settings.chat_history_path):
                _converse(session, console)
        else:
            _answer_lines(session, console)


def _converse(session: ChatSession, console: Console) -> None:
    from bot.cli.output import show

    show(console, session.greeting())
    while True:
        subject = session.subject_name
        try:
            line = input(f"\n{subject}> ")
        except EOFError:
            click.echo()
            return
        except KeyboardInterrupt:
            click.echo("  (:quit or Ctrl-D to leave)")
            continue
        turn = session.respond(line)
        if turn.view is not None:
            click.echo()
            show(console, turn.view)
        if turn.ended:
            return


def _answer_lines(session: ChatSession, console: Console) -> None:
    from rich.text import Text

    from bot.cli.output import printable, show

    show(console, session.greeting())
    # Undecodable bytes are somebody's typing too; they must not end the chat.
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper wherever it is not a tty
    for line in sys.stdin:
        if not line.strip():
            continue
        show(console, Text(f"\n> {printable(line.strip())}\n", style="bold"))
        turn = session.respond(line)
        if turn.view is not None:
            show(console, turn.view)
        console.file.flush()
        if turn.ended:
            return


@contextlib.contextmanager
def _history(path: Path) -> Iterator[None]:
    """Line editing with the lines of earlier chats, kept in a file that only its owner can read."""
    try:
        import readline
    except ImportError:  # Python may be built without it; input() works all the same
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(HISTORY_LENGTH)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # a chat must not end in an error because its history cannot be kept
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            readline.write_history_file(path)
