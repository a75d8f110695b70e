"""Errors of the settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One setting that cannot be used.

    Attributes:
        setting: Dotted name, such as ``encoder.threads``; empty where the problem is a whole file.
        origin: Where the value came from: file and line, environment variable or option.
        problem: What is wrong and which values are accepted. Never holds the value of a secret.
    """

    setting: str
    origin: str
    problem: str

    def __str__(self) -> str:
        """One line: origin, setting, problem."""
        return f"{self.origin}: {self.setting}: {self.problem}" if self.setting else f"{self.origin}: {self.problem}"


class SettingsError(Exception):
    """The settings cannot be used.

    Attributes:
        problems: Every problem found, in the order of the sources.
    """

    def __init__(self, problems: tuple[SettingProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
