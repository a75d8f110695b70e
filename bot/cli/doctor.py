"""`quicktakes doctor`: is everything there that answering needs, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.views.json_output import json_option, print_json

if TYPE_CHECKING:
    from bot.cli.checks.finding import Finding
    from bot.cli.state import CommandState
    from config.loading import LoadedSettings

_COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command()
@json_option
@click.pass_obj
def doctor(state: CommandState, *, as_json: bool) -> int:
    """Look for everything that keeps the program from answering, and say what to do about it.

    Exits with 1 where there is a problem, and with 2 where settings are wrong.
    """
    from bot.cli.checks.all_checks import run_checks
    from bot.cli.checks.finding import Level
    from config.errors import SettingsError

    loaded: LoadedSettings | SettingsError
    try:
        loaded = state.load()
    except SettingsError as error:
        loaded = error
    found = []
    for finding in run_checks(loaded):
        found.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        print_json({"findings": [_finding_json(finding) for finding in found]})
    if isinstance(loaded, SettingsError):
        return ExitCode.USAGE
    return ExitCode.PROBLEM if any(finding.level is Level.PROBLEM for finding in found) else ExitCode.OK


def _finding_json(finding: Finding) -> dict[str, str | None]:
    return {
        "level": finding.level.value,
        "topic": finding.topic,
        "text": finding.text,
        "advice": finding.advice or None,
    }


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
