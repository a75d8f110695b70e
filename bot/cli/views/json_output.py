"""Facts for programs: what `--json` prints, in one way for every command; docs/command-line.md lists the keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCHEMA_VERSION = 1
"""Grows when a key is removed or changes its meaning, not when one is added."""

JSON_FLAG = "--json"

json_option = click.option(JSON_FLAG, "as_json", is_flag=True, help="Print JSON (see docs/command-line.md).")


def print_json(facts: Mapping[str, Any]) -> None:
    """Print facts as one JSON object; whatever is no ASCII is escaped, so that nothing in it can steer a terminal."""
    click.echo(json.dumps({"schema": SCHEMA_VERSION, **facts}, indent=2))


def print_error(lines: Sequence[str], exit_status: int) -> None:
    """Print what went wrong as a JSON object on one line of standard error, which logs and progress share with it."""
    error = {"messages": list(lines), "exit_status": exit_status}
    click.echo(json.dumps({"schema": SCHEMA_VERSION, "error": error}), err=True)


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, be it right otherwise or not."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return JSON_FLAG in options
