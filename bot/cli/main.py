"""The command `quicktakes`: global options, commands, and how errors end it.

Modules of commands import only click at their top; what is heavy is imported when a command runs, so that
`quicktakes --help` answers at once.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.adapt import adapt
from bot.cli.ask import ask, question_hint
from bot.cli.backup import backup, restore
from bot.cli.chat import chat
from bot.cli.compare import compare
from bot.cli.doctor import doctor
from bot.cli.errors.exit_codes import ExitCode
from bot.cli.errors.unexpected import unexpected_problem
from bot.cli.evaluate import evaluate
from bot.cli.index import index
from bot.cli.run import run
from bot.cli.settings import settings
from bot.cli.state import CommandState
from bot.cli.views.json_output import print_error, wants_json
from bot.cli.views.output import printable
from bot.cli.views.streams import prepare_streams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    state = context.ensure_object(CommandState)
    state.config_path, state.verbosity = config_path, verbosity


for _command in (ask, chat, run, index, evaluate, compare, adapt, doctor, settings, backup, restore):
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
    prepare_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = wants_json(words)
    state = CommandState()
    try:
        status = cli.main(words, prog_name="quicktakes", standalone_mode=False, obj=state)
    except (click.Abort, KeyboardInterrupt):  # Ctrl-C
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        with suppress(OSError):  # nobody reads standard error any more
            if as_json:
                print_error([error.format_message()], error.exit_code)
            else:
                error.show()
                _say(question_hint(error))
        return error.exit_code
    except (SystemExit, GeneratorExit):  # click's own way to end where the reader of a pipe has left
        raise
    except BaseException as error:  # noqa: BLE001  # the one place that no error passes; native code raises its own kinds
        return _fail(error, state, as_json=as_json)
    return status if isinstance(status, int) else ExitCode.OK


def _fail(error: BaseException, state: CommandState, *, as_json: bool) -> ExitCode:
    """Tell of an error, and give its exit status."""
    try:
        from bot.cli.errors.failures import exit_code_of, message_lines

        code = exit_code_of(error)
    except ImportError:  # what is missing from the installation may be what the error is about
        code = None
    if code is None:
        code, lines = ExitCode.PROBLEM, [unexpected_problem(error, state.data_dir, is_verbose=state.verbosity > 0)]
    else:
        _log.debug("the command failed", exc_info=error)
        lines = message_lines(error)
    if as_json:
        with suppress(OSError):
            print_error(lines, code)
    else:
        _say([f"quicktakes: {lines[0]}", *lines[1:]])
    return code


def _say(lines: Iterable[str]) -> None:
    with suppress(OSError):
        for line in lines:
            click.echo(printable(line), err=True)
