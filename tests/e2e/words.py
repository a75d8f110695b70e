"""Articles of the sample corpus, and questions whose outcome is known, that the end-to-end tests share."""

from __future__ import annotations

from pathlib import Path

CONTENT = Path(__file__).parents[2] / "content"
SITE = "https://quicktakes.io"

OSMOSIS = "/learn/biology/questions/what-is-the-difference-between-diffusion-and-osmosis"
ICE = "/learn/chemistry/questions/why-does-ice-float-on-water"
COMPOUND_INTEREST = "/learn/economics/questions/how-does-compound-interest-work"
OPPORTUNITY_COST = "/learn/economics/questions/what-is-opportunity-cost"
SPACED_PRACTICE = "/learn/education-studies/questions/how-does-spaced-practice-improve-longterm-learning"

NEITHER = "is it better to learn a bit each day"
"""A question for which there are candidates, but no answer."""

NOTHING = "who won the world cup 1998"
"""A question that no article answers."""

SURE = "confidence-very-likely"


def how_many(subject: str) -> int:
    """How many sample articles a subject's folder holds."""
    return len(list((CONTENT / "learn" / subject).glob("*.md")))


def link(url: str) -> str:
    """The canonical address of an article."""
    return SITE + url
