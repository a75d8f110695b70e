"""Pieces of the patterns by which sentences of a message are told apart. English, as the default encoder is."""

from __future__ import annotations

SOMEONE = r"(?:some|any)(?:one|body)"
YOU = r"(?:you guys|you all|y'?all|you|u)"
POLITE = r"(?: (?:else|here|in here|out there|maybe|possibly|please|kindly|just|quickly|briefly|perhaps)){0,4}"
IS = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|might|must|may)"


def any_of(*phrases: str) -> str:
    """A pattern for one of these phrases; the first that fits is taken."""
    return "(?:" + "|".join(phrases) + ")"
