"""`quicktakes settings`: every setting, its value, and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.views.json_output import json_option, print_json

if TYPE_CHECKING:
    from bot.cli.state import CommandState


@click.command()
@json_option
@click.option("--markdown", is_flag=True, help="Print the table of docs/configuration.md.")
@click.option("--changed", is_flag=True, help="Only settings whose value is no default.")
@click.pass_obj
def settings(state: CommandState, *, as_json: bool, markdown: bool, changed: bool) -> None:
    """Show every setting, its value, where that comes from, and its default; secrets are not shown."""
    from bot.cli.views.output import say
    from bot.cli.views.settings_view import setting_json, setting_lines, setting_values, settings_table

    if markdown:
        say(*settings_table())
        return
    loaded = state.load()
    values = [value for value in setting_values(loaded) if value.is_changed or not changed]
    if as_json:
        file = str(loaded.user_file) if loaded.user_file else None
        print_json({"file": file, "settings": [setting_json(value) for value in values]})
    else:
        say(*(line for value in values for line in setting_lines(value)))
