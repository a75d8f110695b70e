"""`quicktakes evaluate`: how well the replies fit judged questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.state import index_option
from bot.cli.views.json_output import json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.cli.state import CommandState
    from config.settings import Settings
    from retrieval.evaluation.evaluation import EvaluationReport
    from retrieval.evaluation.judged_questions import JudgedQuestion

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("files", type=_FILE, metavar="FILE.jsonl...", nargs=-1, required=True)
@json_option
@click.option(
    "--fit",
    "--calibrate",
    is_flag=True,
    help="Fit ranking and confidence to these questions and keep both with the index.",
)
@click.option("--force", is_flag=True, help="With --fit: keep the fit even where what serves is better.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Keep every result in this file.")
@click.option("--against", type=_FILE, help="Tell what has changed since the results in this file were kept.")
@index_option
@click.pass_obj
def evaluate(  # one for each option
    state: CommandState,
    *,
    files: tuple[Path, ...],
    as_json: bool,
    fit: bool,
    force: bool,
    save: Path | None,
    against: Path | None,
    index_dir: Path | None,
) -> int:
    """Measure replies on judged questions, one JSON object a line (see docs/evaluation.md).

    With --fit the metrics are those of cross-validation: no question is judged by what it was fitted to. A new
    generation with the fit becomes the current one, unless what serves answers the same questions better: then nothing
    changes, and it exits with 1.
    """
    from bot.cli.views.evaluation import comparison_lines, report_lines
    from retrieval.evaluation.saved_run import compared, load_run, save_run

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    judged = load_files(files)
    before = load_run(against) if against else {}
    if force and not fit:
        raise click.UsageError("--force is for --fit")
    reports, is_kept = _fit(settings, judged, keeps_worse=force) if fit else (_measure(settings, judged), True)
    if save:
        save_run(save, reports)
    differences = compared(before, reports)
    status = ExitCode.OK if is_kept else ExitCode.PROBLEM
    if not as_json:
        for line in (*report_lines(reports), *comparison_lines(differences)):
            click.echo(line)
        return status
    figures = {name: report.to_json() for name, report in reports.items()}
    for name, difference in differences.items():
        figures[name]["against"] = difference.to_json()
    print_json({"files": figures} if len(figures) > 1 else next(iter(figures.values())))
    return status


def _fit(
    settings: Settings, judged: Mapping[str, Sequence[JudgedQuestion]], *, keeps_worse: bool
) -> tuple[Mapping[str, EvaluationReport], bool]:
    """The metrics, and whether the fit was kept."""
    from bot.cli.views.evaluation import fit_lines
    from bot.cli.views.progress import progress
    from bot.fitting import fit_index

    with progress() as report:
        generation_id, fitted = fit_index(
            settings, judged, lambda done, total: report("fit", done, total), keeps_worse=keeps_worse
        )
    for line in fit_lines(generation_id, fitted.changes):
        click.echo(line, err=True)
    return fitted.reports, generation_id is not None


def _measure(settings: Settings, judged: Mapping[str, Sequence[JudgedQuestion]]) -> Mapping[str, EvaluationReport]:
    from bot.bootstrap import open_index
    from bot.cli.views.progress import progress
    from retrieval.evaluation.evaluation import evaluate_files

    with progress() as report, open_index(settings) as index:
        return evaluate_files(index.answerer, judged, lambda done, total: report("evaluate", done, total))


def load_files(files: tuple[Path, ...]) -> dict[str, list[JudgedQuestion]]:
    """The questions of each file by the file's name; a file without any is an error of usage."""
    from retrieval.evaluation.judged_questions import load_judged
    from retrieval.shown import shown

    judged = {}
    for path in files:
        name = path.stem if path.stem not in judged else str(path)
        judged[name] = load_judged(path)
        if not judged[name]:
            raise click.BadParameter(f"{shown(path)} holds no question")
    return judged
