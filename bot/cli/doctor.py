"""`quicktakes doctor`: is everything there that answering needs, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode

if TYPE_CHECKING:
    from bot.cli.checks import Finding
    from bot.cli.state import CommandState

_COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command()
@click.pass_obj
def doctor(state: CommandState) -> int:
    """Check Python, packages, settings, folders, model and index.

    Exits with 1 where there is a problem.
    """
    from bot.cli.checks import Level, run_checks

    worst = ExitCode.OK
    for finding in run_checks(state.load()):
        _show(finding)
        if finding.level is Level.PROBLEM:
            worst = ExitCode.PROBLEM
    return worst


def _show(finding: Finding) -> None:
    from retrieval.shown import shown

    mark = click.style(f"{finding.level.value:<8}", fg=_COLOURS[finding.level.value])
    click.echo(f"{mark} {finding.topic:<12} {shown(finding.text)}", color=_wants_colour())
    if finding.advice:
        click.echo(f"{'':<21} → {shown(finding.advice)}")


def _wants_colour() -> bool | None:
    """``False`` where NO_COLOR asks for none, else click's own choice: colours on a terminal only."""
    import os

    return False if os.environ.get("NO_COLOR") else None
