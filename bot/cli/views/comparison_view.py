"""A comparison of encoders as lines of text."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.cli.views.output import counted, one_line
from retrieval.comparison.figures import EncoderFigures
from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.comparison.figures import Measured
    from retrieval.comparison.sample import Sample

_TITLES = (
    "model",
    "answer@1",
    "answer@3",
    "to the first",
    "question",
    "build",
    "whole corpus",
    "memory",
    "dimension",
    "window",
    "licence",
)
_MAX_NAME = 40
_MINUTE, _HOUR = 60, 3600
_MEGABYTE = 1_000_000


def comparison_lines(sample: Sample, measured: Sequence[Measured]) -> Iterator[str]:
    """A row for each encoder, what there is to say of some, and what all was measured on."""
    figures = [each for each in measured if isinstance(each, EncoderFigures)]
    if figures:
        rows = [_TITLES, *(_row(each, figures[0]) for each in figures)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(_TITLES))]
        for row in rows:
            yield "  ".join(_cells(row, widths)).rstrip()
    for each in measured:
        if isinstance(each, EncoderFigures):
            yield from (f"{_name(each.name)}: {shown(note)}" for note in each.notes)
        else:
            yield f"{_name(each.name)} was not measured: {shown(each.problem)}"
    yield _measured_on(sample)


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if place in {0, len(row) - 1} else cell.rjust(width)


def _row(each: EncoderFigures, first: EncoderFigures) -> tuple[str, ...]:
    return (
        _name(each.name),
        f"{each.answer_1:.3f}",
        f"{each.answer_3:.3f}",
        "" if each is first else _difference(*each.difference_to(first)),
        f"{each.question_seconds * 1000:.0f} ms",
        _duration(each.build_seconds),
        _duration(each.corpus_seconds),
        f"{each.memory_bytes / _MEGABYTE:,.0f} MB",
        str(each.dimension),
        str(each.window or "no end"),
        one_line(each.licence) or "not said",
    )


def _name(name: str) -> str:
    """A model's name; of a folder its own name."""
    text = one_line(PurePath(name).name if name.startswith(("/", ".", "~")) else name) or name
    return text if len(text) <= _MAX_NAME else f"{text[: _MAX_NAME - 1]}…"


def _difference(mean: float, error: float) -> str:
    return f"{mean:+.3f}" if math.isnan(error) else f"{mean:+.3f} ± {error:.3f}"


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"


def _measured_on(sample: Sample) -> str:
    kind = "judged" if sample.are_judged else "made"
    left_out = f", {sample.left_out:,} judged ones left out" if sample.left_out else ""
    return (
        f"measured on {counted(sample.articles, 'article')} of {sample.corpus_articles:,}, "
        f"{counted(len(sample.questions), f'{kind} question')}{left_out}"
    )
