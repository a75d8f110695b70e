"""What front matter can hold: texts with their lines, lists and named fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias, Union

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for no value where it is written without quotes."""


class Scalar(NamedTuple):
    """A text, as it is written.

    Attributes:
        text: The text, escapes and folding resolved.
        line: 0-based line of the YAML text.
        is_plain: Whether it is written without quotes and is no block, so that it may mean a number or nothing.
        problem: Why it cannot be used; empty where it can.
    """

    text: str
    line: int
    is_plain: bool = False
    problem: str = ""

    @property
    def is_null(self) -> bool:
        """Whether it says that there is no value."""
        return self.is_plain and self.text in NULLS


@dataclass(slots=True)
class Fields:
    """Named values.

    Attributes:
        values: By name; of a name given twice, the last.
        lines: 0-based line of each name.
    """

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Value: TypeAlias = Union[Scalar, "list[Value]", Fields]


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that a document can be read without.

    Attributes:
        line: 0-based.
        problem: What it is, and what to do about it.
        repeats: The name that is given twice, where that is the problem and the name is one of the outermost.
    """

    line: int
    problem: str
    repeats: str = ""


class YamlError(Exception):
    """A text is no YAML that can be read.

    Attributes:
        problem: What is wrong.
        line: 0-based line, where one is known.
        field_line: A line of the field that it is about.
    """

    def __init__(self, problem: str, line: int | None = None, field_line: int | None = None) -> None:
        self.problem = problem
        self.line = line
        self.field_line = (line or 0) if field_line is None else field_line
        super().__init__(problem)


class YamlLimitError(YamlError):
    """A text holds more than it may; the problem names the limit."""


def is_blank(value: Value) -> bool:
    """Whether a value says nothing: it is null or blank, or everything in it is."""
    if isinstance(value, Scalar):
        return not value.problem and (value.is_null or not value.text.strip())
    return all(map(is_blank, value.values.values() if isinstance(value, Fields) else value))


def describe(value: Value) -> str:
    """A value for an error message; a long one is cut short."""
    if isinstance(value, Fields):
        return "named fields"
    if isinstance(value, list):
        return "a list"
    return repr(value.text[:60])
