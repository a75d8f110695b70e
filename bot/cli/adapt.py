"""`quicktakes adapt`: train an adapter of questions on judged questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.evaluate import load_files
from bot.cli.state import index_option
from bot.cli.views.json_output import json_option, print_json

if TYPE_CHECKING:
    from bot.cli.state import CommandState

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("files", type=_FILE, metavar="FILE.jsonl...", nargs=-1, required=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where to write it.")
@click.option("--minutes", type=click.FloatRange(0.1, 1440), default=60.0, show_default=True, help="Longest training.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="Another one gives another adapter.")
@click.option("--force", is_flag=True, help="Write it even where it makes answers no better.")
@json_option
@index_option
@click.pass_obj
def adapt(  # one for each option
    state: CommandState,
    *,
    files: tuple[Path, ...],
    output: Path,
    minutes: float,
    seed: int,
    force: bool,
    as_json: bool,
    index_dir: Path | None,
) -> int:
    """Train an adapter of questions, and tell what it changes (see docs/adapter.md).

    The figures are those of questions that it was not trained on. The index stays as it is, and so does what serves.
    """
    from bot.adaptation import open_adaptation
    from bot.cli.views.adaptation_view import adaptation_lines, next_steps
    from bot.cli.views.output import say
    from bot.cli.views.progress import progress, sigterm_as_interrupt
    from embeddings.adapters.adapter_file import check_writable, write_adapter
    from retrieval.adaptation.adaptation import is_better

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    judged = load_files(files)
    check_writable(output)
    with (
        sigterm_as_interrupt(),
        progress() as report,
        open_adaptation(settings, judged, seconds=minutes * 60, seed=seed, on_progress=report) as adaptation,
    ):
        compared = adaptation.compare()
        wanted = force or is_better(compared)
        if wanted:
            write_adapter(output, adaptation.train(compared))
    if as_json:
        print_json({"written": wanted, "files": {n: each.to_json() for n, each in compared.items()}})
    else:
        say(*adaptation_lines(compared))
    say(*next_steps(output if wanted else None), to_errors=True)
    return ExitCode.OK if wanted else ExitCode.PROBLEM
