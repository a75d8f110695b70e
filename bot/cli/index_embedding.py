"""`quicktakes index embed`: embeds ahead of a build, on this machine or on many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.state import content_option, index_option, with_content_dir
from bot.cli.views.json_output import json_option, print_json
from bot.cli.views.output import counted, say

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.state import CommandState

_HERE = "local"


@click.command()
@content_option
@index_option
@click.option(
    "--ray",
    "address",
    is_flag=False,
    flag_value=_HERE,
    metavar="[ADDRESS]",
    help="Spread the work over the workers of the Ray cluster at ADDRESS; without ADDRESS over some on this machine.",
)
@click.option(
    "--workers", type=click.IntRange(1, 100_000), help="How many. Default: all that the cluster has room for."
)
@json_option
@click.pass_obj
def embed(
    state: CommandState,
    *,
    content_dir: Path | None,
    index_dir: Path | None,
    address: str | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Embed what the next build will need, and change no index.

    Vectors are kept as they come: the command can be stopped at any time, and goes on where it ended. The next
    build, by whatever process, finds them and embeds nothing more. With --ray, which needs the extra `ray`,
    other machines help.
    """
    from bot.cli.views.progress import progress, sigterm_as_interrupt
    from bot.embedding_ahead import embed_for_next_build
    from embeddings.distributed.ray_embedding import ClusterOptions

    if workers is not None and address is None:
        raise click.UsageError("--workers needs --ray")
    options = {"index.content_dir": ("--content", content_dir), "index.dir": ("--index", index_dir)}
    settings = with_content_dir(state.load(options).settings, content_dir)
    cluster = None if address is None else ClusterOptions(None if address == _HERE else address, workers)
    with sigterm_as_interrupt(), progress() as report:
        done = embed_for_next_build(settings, cluster, report)
    if as_json:
        print_json({"embedded": done.embedded, "from_cache": done.known})
    else:
        say(f"{counted(done.embedded, 'text')} embedded, {done.known:,} in the cache before")
