"""How much one article file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one article file may hold, and how long reading it may take; what exceeds that is refused by name.

    Attributes:
        max_file_bytes: Size of the file. What its aliases repeat counts as if it were written out.
        max_answer_length: Characters of the answer.
        max_nesting: How deep lists and fields of the front matter may be nested.
        max_values: Values in the front matter. What its aliases repeat counts each time.
        max_read_seconds: Seconds that reading the file may take.
    """

    max_file_bytes: int = 1 << 20
    max_answer_length: int = 50_000
    max_nesting: int = 50
    max_values: int = 10_000
    max_read_seconds: float = 10.0
