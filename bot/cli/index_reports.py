"""`quicktakes index preview|history|audit|show`: what a build would do, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.state import content_option, index_option, with_content_dir
from bot.cli.views.json_output import json_option, print_json
from bot.cli.views.output import say

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.state import CommandState
    from retrieval.lifecycle.inspection import ArticleIndexing, IndexInspector
    from retrieval.lifecycle.journal import Event

_SHOWN = 10


@click.command()
@content_option
@index_option
@click.option(
    "--questions",
    "questions_file",
    type=click.Path(dir_okay=False, exists=True),
    help="Questions to ask before and after, one a line.",
)
@json_option
@click.pass_obj
def preview(
    state: CommandState,
    *,
    content_dir: Path | None,
    index_dir: Path | None,
    questions_file: str | None,
    as_json: bool,
) -> None:
    """Show what a build would change, without letting it serve.

    Articles that would come, change, move and go, files that fail, and which of the given and the golden
    questions would get another first answer. What has to be embedded is embedded and kept.
    """
    from pathlib import Path

    from bot.bootstrap import TERMINAL, open_index_operations
    from bot.cli.views.index_view import preview_lines
    from bot.cli.views.progress import progress, sigterm_as_interrupt
    from bot.index_admin.preview_json import preview_json

    options = {"index.content_dir": ("--content", content_dir), "index.dir": ("--index", index_dir)}
    settings = with_content_dir(state.load(options).settings, content_dir)
    # What is no UTF-8 in a question is somebody's question all the same.
    text = Path(questions_file).read_bytes().decode("utf-8-sig", errors="replace") if questions_file else ""
    with sigterm_as_interrupt(), progress() as report:
        found = open_index_operations(settings).preview(
            TERMINAL, [line for line in text.splitlines() if line.strip()], on_progress=report
        )
    if as_json:
        print_json(preview_json(found))
        return
    say(*preview_lines(found, _SHOWN))


@click.command()
@index_option
@click.option("-n", "--number", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many.")
@json_option
@click.pass_obj
def history(state: CommandState, *, index_dir: Path | None, number: int, as_json: bool) -> None:
    """List builds and rollbacks, newest first: when, what came of it, how long it took."""
    from retrieval.generations.lock import StoreAction

    actions = (StoreAction.BUILD, StoreAction.ROLLBACK, StoreAction.CALIBRATE)
    _tell(_inspector(state, index_dir).history(number, actions), as_json=as_json)


@click.command()
@index_option
@click.option("-n", "--number", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many.")
@json_option
@click.pass_obj
def audit(state: CommandState, *, index_dir: Path | None, number: int, as_json: bool) -> None:
    """List everything that was done to the index and by whom, newest first."""
    _tell(_inspector(state, index_dir).history(number), as_json=as_json)


@click.command()
@index_option
@click.argument("url")
@json_option
@click.pass_obj
def show(state: CommandState, *, index_dir: Path | None, url: str, as_json: bool) -> int:
    """Show how one article is indexed, by its url or file: its sections, or why it is not there."""
    from bot.cli.errors.exit_codes import ExitCode
    from bot.cli.views.index_json import article_json
    from bot.cli.views.index_view import article_lines

    found: ArticleIndexing = _inspector(state, index_dir).article(url)
    if as_json:
        print_json(article_json(found))
    else:
        say(*article_lines(found))
    return ExitCode.OK if found.article is not None else ExitCode.PROBLEM


def _inspector(state: CommandState, index_dir: Path | None) -> IndexInspector:
    from bot.bootstrap import open_index_inspector

    return open_index_inspector(state.load({"index.dir": ("--index", index_dir)}).settings)


def _tell(events: tuple[Event, ...], *, as_json: bool) -> None:
    from bot.cli.views.index_json import event_json
    from bot.cli.views.index_view import event_line

    if as_json:
        print_json({"events": [event_json(event) for event in events]})
        return
    say(*(map(event_line, events) if events else ["nothing is written down yet"]))
