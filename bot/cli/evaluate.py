"""`quicktakes evaluate`: how well the replies fit judged questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.state import index_option

if TYPE_CHECKING:
    from bot.cli.state import CommandState
    from retrieval.answering.evaluation import EvaluationReport

BY_STYLE = "by_style"


@click.command()
@click.argument("questions", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Print the metrics as JSON.")
@click.option("--calibrate", is_flag=True, help="Fit the confidence to these questions and keep it with the index.")
@index_option
@click.pass_obj
def evaluate(state: CommandState, *, questions: Path, as_json: bool, calibrate: bool, index_dir: Path | None) -> None:
    """Measure replies on judged questions, one JSON object a line (see docs/command-line.md).

    With --calibrate the metrics are those after the fit: a new generation with it becomes the current one.
    """
    from bot.bootstrap import calibrate_index, open_index
    from bot.cli.views.progress import progress
    from retrieval.answering.evaluation import evaluate as measure
    from retrieval.answering.evaluation import load_judged
    from retrieval.shown import shown

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    judged = load_judged(questions)
    if not judged:
        raise click.BadParameter(f"{shown(questions)} holds no question")
    with progress() as report:
        if calibrate:
            generation_id = calibrate_index(settings, judged, lambda done, total: report("calibrate", done, total))
            click.echo(f"generation {generation_id} is current now", err=True)
        with open_index(settings) as index:
            measured = measure(index.answerer, judged, lambda done, total: report("evaluate", done, total))
    _show(measured, as_json=as_json)


def _show(measured: EvaluationReport, *, as_json: bool) -> None:
    from retrieval.shown import shown

    figures = measured.to_json()
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        if name != BY_STYLE:
            click.echo(f"{name:<32} {_figure(value)}")
    styles: dict[str, dict[str, Any]] = figures[BY_STYLE]
    for style, metrics in styles.items():
        click.echo(f"\n{shown(style) or 'no style'}")
        for name, value in metrics.items():
            if value is not None:
                click.echo(f"  {name:<30} {_figure(value)}")


def _figure(value: float | None) -> str:
    if value is None:
        return "    -"
    return f"{value:>5}" if isinstance(value, int) else f"{value:.3f}"
