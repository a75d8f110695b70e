"""`quicktakes evaluate`: how well the replies fit judged questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

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
    save: Path | None,
    against: Path | None,
    index_dir: Path | None,
) -> None:
    """Measure replies on judged questions, one JSON object a line (see docs/evaluation.md).

    With --fit the metrics are those of cross-validation: no question is judged by what it was fitted to. A new
    generation with the fit becomes the current one.
    """
    from bot.cli.views.evaluation import comparison_lines, report_lines
    from retrieval.evaluation.saved_run import compared, load_run, save_run

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    judged = load_files(files)
    before = load_run(against) if against else {}
    reports = _fit(settings, judged) if fit else _measure(settings, judged)
    if save:
        save_run(save, reports)
    differences = compared(before, reports)
    if not as_json:
        for line in (*report_lines(reports), *comparison_lines(differences)):
            click.echo(line)
        return
    figures = {name: report.to_json() for name, report in reports.items()}
    for name, difference in differences.items():
        figures[name]["against"] = difference.to_json()
    print_json({"files": figures} if len(figures) > 1 else next(iter(figures.values())))


def _fit(settings: Settings, judged: Mapping[str, Sequence[JudgedQuestion]]) -> Mapping[str, EvaluationReport]:
    from bot.bootstrap import fit_index
    from bot.cli.views.progress import progress

    with progress() as report:
        generation_id, fitted = fit_index(settings, judged, lambda done, total: report("fit", done, total))
    click.echo(f"generation {generation_id} is current now", err=True)
    return fitted.reports


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
