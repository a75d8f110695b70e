"""What a check of `quicktakes doctor` gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        level: How it ended.
        topic: What was looked at.
        text: What was found.
        advice: What to do; empty where nothing needs doing.
    """

    level: Level
    topic: str
    text: str
    advice: str = ""
