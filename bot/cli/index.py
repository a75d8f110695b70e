"""`quicktakes index …`: make, look after and switch generations of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.index_embedding import embed
from bot.cli.index_reports import audit, history, preview, show
from bot.cli.state import content_option, index_option, with_content_dir
from bot.cli.views.json_output import json_option, print_json
from bot.cli.views.output import say

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.state import CommandState
    from retrieval.generations.store import GenerationStore
    from retrieval.lifecycle.outcomes import Rebuild


@click.group()
def index() -> None:
    """Build the index from articles, check it, switch between its generations."""


@index.command()
@content_option
@index_option
@click.option("--full", is_flag=True, help="Read every article again, whatever its date and size say.")
@click.option("--strict", is_flag=True, help="Exit with 1 where an article file cannot be used, or only in part.")
@click.option("--confirm", is_flag=True, help="Let the new index serve even if it lost many articles.")
@json_option
@click.pass_obj
def build(
    state: CommandState,
    *,
    content_dir: Path | None,
    index_dir: Path | None,
    full: bool,
    strict: bool,
    confirm: bool,
    as_json: bool,
) -> int:
    """Make the index from the articles, or bring it up to date.

    The generation in use goes on serving until the new one is complete. A file that cannot be used is
    named and left out; of what an article can do without, such as a date, only that is left out,
    with a warning. A new generation that lost more than index.max_removed_share of its articles, or answers
    fewer golden questions than index.min_golden_share, does not serve until you say so with --confirm.
    """
    from bot.bootstrap import TERMINAL, open_index_operations
    from bot.cli.views.index_json import build_json
    from bot.cli.views.progress import progress, sigterm_as_interrupt

    options = {"index.content_dir": ("--content", content_dir), "index.dir": ("--index", index_dir)}
    settings = with_content_dir(state.load(options).settings, content_dir)
    with sigterm_as_interrupt(), progress() as report:
        built = open_index_operations(settings).rebuild(TERMINAL, full=full, confirmed=confirm, on_progress=report)
    if as_json:
        print_json(build_json(built))
    else:
        _tell_build(built)
    if built.objections:
        return ExitCode.PROBLEM
    return ExitCode.PROBLEM if strict and (built.report.failures or built.report.warnings) else ExitCode.OK


def _tell_build(built: Rebuild) -> None:
    from bot.cli.views.index_view import failure_lines, report_lines, warning_lines

    say(*failure_lines(built.report.failures), to_errors=True)
    say(*warning_lines(built.report.warnings), to_errors=True)
    say(*report_lines(built.report, serves=not built.objections))
    for objection in built.objections:
        say(f"generation {built.report.generation_id} does not serve: {objection}", to_errors=True)
    if built.objections:
        again = f"quicktakes index rollback {built.report.generation_id}"
        say(f"if that is as it should be, run `{again}`; it lets that generation serve", to_errors=True)


@index.command()
@index_option
@json_option
@click.pass_obj
def status(state: CommandState, *, index_dir: Path | None, as_json: bool) -> None:
    """Show the current generation: articles, subjects, files that could not be used; and who is building."""
    from bot.bootstrap import make_store, open_index_inspector
    from bot.cli.views.index_json import generation_json, status_json
    from bot.cli.views.index_view import generation_lines, running_lines
    from bot.query_adapter import query_encoder_of
    from bot.second_encoder import second_encoder_lines
    from retrieval.errors import NoGenerationError
    from retrieval.generations.verification import damage_named
    from retrieval.ranking.model_choice import choose_model

    settings = state.load({"index.dir": ("--index", index_dir)}).settings
    found = open_index_inspector(settings).status()
    if not as_json:
        say(*running_lines(found))  # said also while the first index is being built
    try:
        with make_store(settings).current() as generation, damage_named(generation.folder):
            query_fingerprint, adapter = query_encoder_of(settings, generation.manifest)
            chosen = choose_model(query_fingerprint, generation.calibration, generation.cosines)
            if as_json:
                facts = {**generation_json(generation, chosen), "adapter": adapter}
                print_json({**status_json(found), "generation": facts})
            else:
                encoders = (adapter, *second_encoder_lines(settings, generation))
                say(*generation_lines(generation, chosen, encoders))
    except NoGenerationError:
        if as_json:
            print_json({**status_json(found), "generation": None})
        raise


@index.command()
@index_option
@click.argument("generation_id", required=False, metavar="[ID]")
@json_option
@click.pass_obj
def verify(state: CommandState, *, index_dir: Path | None, generation_id: str | None, as_json: bool) -> int:
    """Compare every file of the current generation, or of the one named, with its checksum."""
    store = _store(state, index_dir)
    if generation_id is not None:
        _known(store, generation_id)
    wanted = generation_id or _current_id(store)
    problems = store.verify(wanted)
    while problems and generation_id is None and wanted != (now := _current_id(store)):  # replaced meanwhile
        wanted, problems = now, store.verify(now)
    if as_json:
        damage = [{"file": each.file_name, "problem": each.problem} for each in problems]
        print_json({"generation": wanted, "is_sound": not problems, "problems": damage})
        return ExitCode.PROBLEM if problems else ExitCode.OK
    say(*(f"{problem.file_name}: {problem.problem}" for problem in problems))
    if problems:
        say("run `quicktakes index rollback`, or `quicktakes index build --full`", to_errors=True)
        return ExitCode.PROBLEM
    say(f"generation {wanted} is sound: every file as its checksum says")
    return ExitCode.OK


@index.command()
@index_option
@click.argument("generation_id", required=False, metavar="[ID]")
@json_option
@click.pass_obj
def rollback(state: CommandState, *, index_dir: Path | None, generation_id: str | None, as_json: bool) -> None:
    """Make the sound generation before the current one, or the one named, the current one."""
    from bot.bootstrap import TERMINAL, open_index_operations

    operations = open_index_operations(state.load({"index.dir": ("--index", index_dir)}).settings)
    before, now = operations.rollback(TERMINAL, generation_id)
    if as_json:
        print_json({"generation": now, "before": before})
    else:
        say(f"generation {now} is current now")


@index.command("list")
@index_option
@json_option
@click.pass_obj
def list_generations(state: CommandState, *, index_dir: Path | None, as_json: bool) -> None:
    """List all generations, newest first; a star marks the current one."""
    from bot.cli.views.index_json import summary_json
    from bot.cli.views.index_view import summary_line
    from retrieval.errors import CurrentFileError, NoGenerationError

    store = _store(state, index_dir)
    summaries = store.list()
    if not summaries:
        raise NoGenerationError(store.folder)
    if as_json:
        print_json({"generations": [summary_json(summary) for summary in summaries]})
    else:
        say(*map(summary_line, summaries))
    try:
        store.current_id()
    except CurrentFileError as error:
        say(f"none of them is known to be current: {error}", to_errors=True)


@index.command()
@index_option
@click.option("--keep", type=click.IntRange(1, 1000), help="How many to keep, the current one among them.")
@json_option
@click.pass_obj
def prune(state: CommandState, *, index_dir: Path | None, keep: int | None, as_json: bool) -> None:
    """Remove all but the newest generations; the current one always stays."""
    from bot.bootstrap import TERMINAL, open_index_operations
    from bot.cli.views.output import counted

    options = {"index.dir": ("--index", index_dir), "index.keep_generations": ("--keep", keep)}
    settings = state.load(options).settings
    removed = open_index_operations(settings).prune(TERMINAL, settings.index.keep_generations)
    if as_json:
        print_json({"removed": list(removed)})
        return
    say(*(f"removed {generation_id}" for generation_id in removed))
    say(f"{counted(len(removed), 'generation')} removed")


for _command in (embed, preview, history, audit, show):
    index.add_command(_command)


def _store(state: CommandState, index_dir: Path | None) -> GenerationStore:
    from bot.bootstrap import make_store

    return make_store(state.load({"index.dir": ("--index", index_dir)}).settings)


def _current_id(store: GenerationStore) -> str:
    from retrieval.errors import NoGenerationError

    current = store.current_id()
    if current is None:
        raise NoGenerationError(store.folder)
    return current


def _known(store: GenerationStore, generation_id: str) -> None:
    from retrieval.shown import shown

    ids = [summary.id for summary in store.list()]
    if generation_id not in ids:
        known = ", ".join(ids) or "none"
        raise click.BadParameter(f"there is no generation {shown(generation_id)}; there are: {known}")
