"""How long a build will take, going by what earlier ones took. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.journal import Action, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.build_report import BuildReport
    from retrieval.journal import Event

_LATEST = 10
"""How many builds of a kind are asked; the machine or the corpus may have been another before."""

_FACTS = {"files_read", "embedded", "stages"}


@dataclass(frozen=True, slots=True)
class BuildRates:
    """How fast an index is built.

    Attributes:
        texts_per_second: Texts that are embedded in a second.
        seconds_per_file: Time to read an article file, to check it and to cut it into sections.
        rest_seconds: All else that a build does: loading the model, looking for files, writing the index, judging it.
        builds: How many recorded builds say so; 0 where it is a guess.
    """

    texts_per_second: float
    seconds_per_file: float
    rest_seconds: float
    builds: int


DEFAULT_RATES = BuildRates(texts_per_second=200.0, seconds_per_file=0.001, rest_seconds=5.0, builds=0)
"""A cautious guess at two cores of a server, for an index whose journal tells of no build."""


@dataclass(frozen=True, slots=True)
class BuildEstimate:
    """How long a build will take.

    Attributes:
        seconds: All of it, with every text embedded whose vector is not known yet.
        embedding: How much longer it would take had the preview not embedded what is new.
        builds: How many recorded builds say so; 0 where it is a guess.
    """

    seconds: float
    embedding: float
    builds: int


def facts_for_estimates(report: BuildReport) -> dict[str, object]:
    """What the journal keeps of a build so that later ones can be estimated."""
    return {
        "files_read": report.files_read,
        "embedded": report.embedded,
        "full": report.is_full,
        "stages": {stage.value: round(seconds, 3) for stage, seconds in report.seconds.items()},
    }


def rates_from(events: Sequence[Event], report: BuildReport) -> BuildRates:
    """What the latest recorded builds say.

    Reading and embedding go at the same rate in every build; the rest takes as long as in builds of the same kind, if
    there were any: full ones, those that went on from another generation, and those that found nothing new.

    Args:
        events: What was done to the index, newest first.
        report: Of a build like the one that is asked about.
    """
    ended = {Outcome.DONE, Outcome.REFUSED, Outcome.NOTHING_NEW}
    builds = [
        event
        for event in events
        if event.action is Action.BUILD and event.outcome in ended and event.facts.keys() >= _FACTS
    ]
    if not builds:
        return DEFAULT_RATES
    kind = (not report.is_new, report.is_full)
    alike = [build for build in builds if _kind(build) == kind] or builds
    reading = [build for build in builds if build.facts["files_read"]]
    embedding = [build for build in builds if build.facts["embedded"]]
    return BuildRates(
        texts_per_second=_ratio(_total(embedding, "embedded"), _spent(embedding, "embed"))
        or DEFAULT_RATES.texts_per_second,
        seconds_per_file=_ratio(_spent(reading, "read"), _total(reading, "files_read"))
        or DEFAULT_RATES.seconds_per_file,
        rest_seconds=sum(map(_rest, alike[:_LATEST])) / len(alike[:_LATEST]),
        builds=len(builds),
    )


def estimate(rates: BuildRates, report: BuildReport) -> BuildEstimate:
    """How long a build will take that finds what a preview has found and embedded.

    Args:
        rates: How fast builds are here.
        report: What the preview's build did.
    """
    seconds = report.files_read * rates.seconds_per_file + rates.rest_seconds
    return BuildEstimate(seconds, report.embedded / rates.texts_per_second, rates.builds)


def _kind(build: Event) -> tuple[bool, bool]:
    return build.outcome is Outcome.NOTHING_NEW, bool(build.facts.get("full"))


def _total(builds: Sequence[Event], name: str) -> float:
    return sum(float(build.facts[name]) for build in builds[:_LATEST])


def _spent(builds: Sequence[Event], stage: str) -> float:
    return sum(_seconds(build, stage) for build in builds[:_LATEST])


def _seconds(build: Event, stage: str) -> float:
    return float(build.facts["stages"].get(stage, 0.0))


def _rest(build: Event) -> float:
    embedding = _seconds(build, "embed") if build.facts["embedded"] else 0.0  # else it only puts known vectors together
    return max(build.seconds - _seconds(build, "read") - embedding, 0.0)


def _ratio(what: float, of: float) -> float:
    return what / of if of else 0.0
