"""What became of the questions, and the report of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.messages.catalogue import Messages
from tests.e2e.words import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.endurance.bot_process import Usage

ANSWER, NO_ANSWER, REFUSAL = "answer", "no answer", "kind refusal"
FIRST_RESPONSE_SECONDS = 3.0

_REFUSALS = (
    "busy",
    "busy-with-yours",
    "answer-too-slow",
    "cooldown-member",
    "cooldown-press",
    "cooldown-server",
    "error-discord",
    "error-discord-gone",
    "error-storage",
    "error-too-slow",
)
_PLACEHOLDER = "\x00"


def _beginnings() -> tuple[str, ...]:
    """How each kind refusal begins, up to what differs from one time to another."""
    texts = Messages("en")
    number = 7  # the plural, which all numbers but one have
    told = {"seconds": number, "reference": _PLACEHOLDER}
    return tuple(texts.t(key, **told).split(str(number))[0].split(_PLACEHOLDER)[0].strip() for key in _REFUSALS)


_KIND = (*_beginnings(), "That was quick! Please wait one second", "This server asks a lot right now")


def outcome_of(text: str) -> str:
    """What kind of answer a text is."""
    if any(beginning in text for beginning in _KIND):
        return REFUSAL
    if "I found no article" in text:
        return NO_ANSWER
    return ANSWER if SITE in text else f"strange: {text[:100]}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(slots=True)
class Tally:
    """What became of the questions; times in seconds.

    Attributes:
        asked: Questions and presses by the way in which they were asked.
        outcomes: How they ended.
        refusals: The texts of kind refusals.
        disturbed: What went wrong on purpose.
        lost: What got neither an answer nor a refusal in time.
        twice: What got more than one.
        wrong: Whatever else should not be.
        waited: How long each waited for its answer.
        acknowledged: How long each interaction waited for its first response.
        usage: The process, again and again.
        requests: Discord's replies to the bot, by status.
    """

    asked: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    disturbed: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    usage: list[Usage] = field(default_factory=list)
    requests: Counter[int] = field(default_factory=Counter)

    def answered(self, text: str, seconds: float) -> None:
        """Note an answer down."""
        outcome = outcome_of(text)
        self.outcomes[outcome] += 1
        self.waited.append(seconds)
        if outcome == REFUSAL:
            self.refusals[" ".join(text.split())[:50]] += 1

    def thirds(self, warm_up: float) -> list[list[Usage]]:
        """What was seen of the process in each third of the time after the warm-up."""
        seen = [usage for usage in self.usage if usage.at >= warm_up] or self.usage
        first, last = seen[0].at, seen[-1].at + 1e-6
        third = (last - first) / 3
        return [[usage for usage in seen if int((usage.at - first) / third) == number] for number in range(3)]


def growth(tally: Tally, warm_up: float) -> float:
    """By which share of the first third the last third's memory is above it."""
    first, _, last = ([usage.resident_bytes for usage in third] for third in tally.thirds(warm_up))
    if not first or not last:
        return 0.0
    return _mean(last) / _mean(first) - 1


def report(tally: Tally, warm_up: float, facts: dict[str, object]) -> str:
    """A table of everything."""
    rows: list[tuple[str, object]] = [
        *facts.items(),
        ("asked", _counts(tally.asked)),
        *((outcome, count) for outcome, count in tally.outcomes.most_common()),
        *((f"  refused: {text}", count) for text, count in tally.refusals.most_common(8)),
        ("lost", len(tally.lost)),
        ("answered twice", len(tally.twice)),
        ("answered after, p50 / p99 / most", _seconds(tally.waited)),
        ("first response after, p50 / p99 / most", _seconds(tally.acknowledged)),
        ("first responses after 3 s", sum(value > FIRST_RESPONSE_SECONDS for value in tally.acknowledged)),
        ("requests by status", _counts(Counter({str(status): n for status, n in tally.requests.items()}))),
        ("disturbances", _counts(tally.disturbed)),
        *_usage_rows(tally, warm_up),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def _usage_rows(tally: Tally, warm_up: float) -> list[tuple[str, object]]:
    thirds = [third for third in tally.thirds(warm_up) if third]
    megabyte = 1e6
    return [
        ("resident MB by third", [round(_mean([u.resident_bytes for u in third]) / megabyte, 1) for third in thirds]),
        (
            "proportional MB by third",
            [round(_mean([u.proportional_bytes for u in third]) / megabyte, 1) for third in thirds],
        ),
        ("resident memory of the last third above the first", f"{growth(tally, warm_up):+.2%}"),
        ("descriptors by third", [round(_mean([u.descriptors for u in third]), 1) for third in thirds]),
        ("sockets by third", [round(_mean([u.sockets for u in third]), 1) for third in thirds]),
        ("threads by third", [round(_mean([u.threads for u in third]), 1) for third in thirds]),
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _seconds(values: Sequence[float]) -> str:
    return " / ".join(
        f"{value:.2f} s" for value in (percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1))
    )
