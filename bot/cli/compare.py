"""`quicktakes compare`: which encoder suits these articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.errors.exit_codes import ExitCode
from bot.cli.state import content_option, with_content_dir
from bot.cli.views.json_output import json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cli.state import CommandState
    from config.settings import Settings
    from retrieval.comparison.figures import EncoderChoice, Measured
    from retrieval.comparison.sample import Sample

PACKAGED = "packaged"
"""Stands for the model that comes with the program."""


@click.command()
@click.argument("models", nargs=-1, required=True, metavar="MODEL…")
@click.option(
    "--sample",
    "size",
    type=click.IntRange(1, 10_000_000),
    default=1000,
    show_default=True,
    help="How many articles to measure on, at most.",
)
@click.option(
    "--questions",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE.jsonl",
    help="Judged questions; may be given several times. Default: the articles' own descriptions and keywords.",
)
@click.option("--query-prompt", help="Put before a question, for every MODEL. Default: what the model says.")
@click.option("--passage-prompt", help="Put before a passage, for every MODEL. Default: what the model says.")
@content_option
@json_option
@click.pass_obj
def compare(
    state: CommandState,
    *,
    models: tuple[str, ...],
    size: int,
    files: tuple[Path, ...],
    query_prompt: str | None,
    passage_prompt: str | None,
    content_dir: Path | None,
    as_json: bool,
) -> int:
    """Measure encoders on a sample of the articles, the one of the settings first.

    MODEL is a name or a folder, as for the setting encoder.model, or `packaged`. Nothing is downloaded, and the index
    stays as it is.
    """
    from retrieval.comparison.figures import EncoderFigures

    settings = with_content_dir(state.load({"index.content_dir": ("--content", content_dir)}).settings, content_dir)
    named = [_choice(settings, model, query_prompt, passage_prompt) for model in models]
    choices = tuple(dict.fromkeys([_own_choice(settings), *named]))
    sample, measured = _measure(settings, choices, size, files)
    _show(sample, measured, as_json=as_json)
    is_whole = all(isinstance(each, EncoderFigures) for each in measured)
    return ExitCode.OK if is_whole else ExitCode.PROBLEM


def _measure(
    settings: Settings, choices: Sequence[EncoderChoice], size: int, files: Sequence[Path]
) -> tuple[Sample, list[Measured]]:
    from bot.cli.views.progress import progress, sigterm_as_interrupt
    from bot.sources.fetching import content_dir
    from embeddings.processor import usable_cores
    from retrieval.articles.limits import ReadingLimits
    from retrieval.comparison.comparison import ComparisonOptions
    from retrieval.comparison.comparison import compare as measure
    from retrieval.comparison.sample import draw_sample
    from retrieval.comparison.work_folder import work_folder
    from retrieval.evaluation.judged_questions import load_judged

    judged = [question for file in files for question in load_judged(file)]
    limits = ReadingLimits(**settings.index.model_dump(include=set(ReadingLimits.__slots__)))
    options = ComparisonOptions(settings.index.build_cores or usable_cores(), limits)
    with sigterm_as_interrupt(), work_folder() as folder, progress() as report:
        sample = draw_sample(
            content_dir(settings), folder / "content", size, judged=judged, limits=limits, on_progress=report
        )
        return sample, list(measure(choices, sample, folder, options=options, on_progress=report))


def _own_choice(settings: Settings) -> EncoderChoice:
    """The encoder that the settings describe."""
    own = settings.encoder
    return replace(_choice(settings, own.model or PACKAGED, own.query_prompt, own.passage_prompt), adapter=own.adapter)


def _choice(settings: Settings, model: str, query_prompt: str | None, passage_prompt: str | None) -> EncoderChoice:
    from embeddings.devices import Device
    from embeddings.factory import Backend
    from embeddings.processor import Precision
    from retrieval.comparison.figures import EncoderChoice

    return EncoderChoice(
        name=model,
        model=None if model == PACKAGED else model,
        cache_dir=settings.encoder_cache_dir,
        backend=Backend(settings.encoder.backend.value),
        precision=Precision(settings.encoder.precision.value),
        device=Device(settings.encoder.device.value),
        threads=settings.encoder.threads or None,
        query_prompt=query_prompt,
        passage_prompt=passage_prompt,
    )


def _show(sample: Sample, measured: Sequence[Measured], *, as_json: bool) -> None:
    from bot.cli.views.comparison_view import comparison_lines
    from bot.cli.views.output import say

    if not as_json:
        say(*comparison_lines(sample, measured))
        return
    figures = {
        "articles": sample.articles,
        "corpus_articles": sample.corpus_articles,
        "questions": len(sample.questions),
        "judged": sample.are_judged,
        "left_out": sample.left_out,
        "encoders": [each.to_json() for each in measured],
    }
    print_json(figures)
