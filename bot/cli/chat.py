"""`quicktakes chat`: questions and replies until the user leaves or the input ends."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.state import index_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console

    from bot.cli.chat_session import ChatSession
    from bot.cli.state import CommandState

HISTORY_LENGTH = 1000
MAX_LINE = 4000
_BLOCK = 1 << 16
_BYTE_ORDER_MARK = "\ufeff"


@click.command()
@index_option
@click.pass_obj
def chat(state: CommandState, index_dir: Path | None) -> None:
    """Ask questions and read the replies, one after another.

    With standard input piped, each line is a question; the command ends with the input.
    """
    from bot.bootstrap import open_index
    from bot.cli.chat_session import ChatSession
    from bot.cli.views.output import results_console

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    console = results_console()
    with open_index(settings) as index:
        session = ChatSession(index, settings.index.site_url)
        if sys.stdin.isatty():
            with _history(settings.chat_history_path):
                _converse(session, console)
        else:
            _answer_lines(session, console)


def _converse(session: ChatSession, console: Console) -> None:
    from bot.cli.views.output import one_line, show

    show(console, session.greeting())
    while True:
        subject = session.subject_name
        try:
            line = input(f"\n{one_line(subject)}> ")
        except EOFError:
            click.echo()
            return
        except KeyboardInterrupt:
            click.echo("  (:quit or Ctrl-D to leave)")
            continue
        if len(line) > MAX_LINE:
            click.echo(_cut_off())
        turn = session.respond(line[:MAX_LINE])
        if turn.view is not None:
            click.echo()
            show(console, turn.view)
        if turn.ended:
            return


def _answer_lines(session: ChatSession, console: Console) -> None:
    from rich.text import Text

    from bot.cli.views.output import printable, show

    show(console, session.greeting())
    for line, is_whole in _lines(sys.stdin):
        if not line.strip():
            continue
        show(console, Text(f"\n> {printable(line.strip())}\n", style="bold"))
        if not is_whole:
            show(console, Text(_cut_off()))
        turn = session.respond(line)
        if turn.view is not None:
            show(console, turn.view)
        console.file.flush()
        if turn.ended:
            return


def _lines(stream: TextIO) -> Iterator[tuple[str, bool]]:
    """Each line, at most 4,000 characters of it, and whether that is all of it; without a mark before the first."""
    mark = _BYTE_ORDER_MARK
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while not rest.endswith("\n") and (rest := stream.readline(_BLOCK)):
            pass
        yield line[:MAX_LINE].removeprefix(mark), len(line.rstrip("\r\n")) <= MAX_LINE
        mark = ""


def _cut_off() -> str:
    return f"Only the first {MAX_LINE:,} characters of a line are read."


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
