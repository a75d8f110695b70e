"""`quicktakes ask`: one question, one reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.state import index_option
from bot.cli.views.json_output import json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.cli.state import CommandState
    from retrieval.answering.explanation import Explanation


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option("--subject", metavar="SUBJECT", help="Only articles of this subject: its name or its folder.")
@json_option
@click.option("--explain", is_flag=True, help="Show why: the evidence of the first articles, and what it adds up to.")
@click.option("-k", "others", type=click.IntRange(0, 50), help="How many other matches to list.")
@index_option
@click.pass_obj
def ask(  # one for each option
    state: CommandState,
    *,
    words: tuple[str, ...],
    subject: str | None,
    as_json: bool,
    explain: bool,
    others: int | None,
    index_dir: Path | None,
) -> int:
    """Answer one QUESTION with an excerpt from an article.

    Exits with 3 where no article answers.
    """
    from bot.bootstrap import open_index
    from bot.query_adapter import adapter_name, identified_encoder
    from retrieval.domain import NoAnswer

    settings = state.load({"index.dir": ("--index", index_dir), "answering.others": ("-k", others)}).settings
    with open_index(settings) as index:
        subject_key = index.subject_key(subject) if subject is not None else None
        question = " ".join(words)
        if explain:
            adapter = adapter_name(identified_encoder(settings).adapter)
            return _explain(index.answerer.explain(question, subject_key=subject_key), adapter, as_json=as_json)
        reply = index.ask(question, subject_key=subject_key)
    if as_json:
        from bot.cli.views.reply_json import reply_json

        print_json(reply_json(reply, settings.index.site_url))
    else:
        from bot.cli.views.output import results_console, show
        from bot.cli.views.reply_view import reply_view

        show(results_console(), reply_view(reply, settings.index.site_url))
    return ExitCode.NO_ANSWER if isinstance(reply, NoAnswer) else ExitCode.OK


def _explain(explanation: Explanation, adapter: str, *, as_json: bool) -> int:
    from retrieval.domain import Outcome

    if as_json:
        print_json({"adapter": adapter, **explanation.to_json()})
    else:
        from bot.cli.views.explanation_view import explanation_view
        from bot.cli.views.output import results_console, show

        show(results_console(), explanation_view(explanation, adapter))
    return ExitCode.NO_ANSWER if explanation.ranking.outcome is Outcome.NO_ANSWER else ExitCode.OK


def question_hint(error: click.ClickException) -> Iterator[str]:
    """Where the options of `ask` are wrong: what to do with a question that begins with a dash."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None and context.command is ask and not isinstance(error, click.MissingParameter):
        yield 'To ask a question that begins with -, put -- before it: quicktakes ask -- "-5 + 3 is what"'
