"""The command `quicktakes`: options before the command, the commands, and what becomes of errors.

Modules of commands import only click at their top; what is heavy is imported when a command runs, so that
`quicktakes --help` answers at once.
"""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.exit_codes import ExitCode
from bot.cli.index import index
from bot.cli.output import printable
from bot.cli.run import run
from bot.cli.state import CommandState

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if wanted:
        from bot.version import version

        click.echo(f"quicktakes {version()}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Settings file (TOML). Default: QUICKTAKES_CONFIG, else quicktakes.toml in this folder.",
)
@click.option("-v", "--verbose", "verbosity", count=True, help="Log more, to standard error; -vv for everything.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(context: click.Context, config_path: Path | None, verbosity: int) -> None:
    """Answer study questions with quoted excerpts from articles."""
    context.obj = CommandState(config_path, verbosity)


for _command in (ask, chat, run, index, evaluate, doctor):
    cli.add_command(_command)


@cli.result_callback()
def _flush(status: object, **_options: object) -> object:
    # Written out here, where click still handles a reader that has left, as `head` does; at exit Python would complain.
    sys.stdout.flush()
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Words after the program's name; this process's when left out.

    Returns:
        The exit status, an `ExitCode`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows another, and no traceback
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(arguments, prog_name="quicktakes", standalone_mode=False)
    except click.Abort:  # Ctrl-C
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Exception as error:
        code = _exit_code(error)
        if code is None:  # a defect: its traceback is worth more than a message
            raise
        _log.debug("the command failed", exc_info=error)
        click.echo(printable(f"quicktakes: {error}"), err=True)
        return code
    return status if isinstance(status, int) else ExitCode.OK


def _exit_code(error: Exception) -> ExitCode | None:
    from bot.cli.failures import exit_code_of

    return exit_code_of(error)
