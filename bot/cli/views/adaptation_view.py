"""What an adapter changes, as a table of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from retrieval.adaptation.adaptation import AdaptedFile

_METRICS = ("answer_1", "answer_3", "nDCG_10")


def adaptation_lines(files: Mapping[str, AdaptedFile]) -> Iterator[str]:
    """Each figure before and after, for each file."""
    for name, each in files.items():
        yield f"{shown(name)}: {len(each.before.results)} questions, each asked of what was trained without it"
        yield f"  {'':<24} {'before':>8} {'after':>8}"
        yield f"  {'answer_1, cosine alone':<24} {each.dense_before:>8.3f} {each.dense_after:>8.3f}"
        for metric in _METRICS:
            yield f"  {metric:<24} {_figure(each.before.metrics[metric])} {_figure(each.after.metrics[metric])}"
        change = each.difference
        yield (
            f"  answer_1 {change.difference:+.3f} ± {change.standard_error:.3f} "
            f"({change.gained} gained, {change.lost} lost)"
        )


def next_steps(written: Path | None) -> Iterator[str]:
    """What there is to do now."""
    if written is None:
        yield "not written: answers are no better with it; judge more questions, or write it all the same with --force"
        return
    yield f"written to {shown(written)}; to use it, set encoder.adapter to this file, as in quicktakes.toml:"
    yield "  [encoder]"
    yield f'  adapter = "{shown(written)}"'
    yield "then run `quicktakes evaluate FILE... --fit`, or `quicktakes index build --full` without judged questions"


def _figure(value: float | None) -> str:
    return f"{'-':>8}" if value is None else f"{value:>8.3f}"
