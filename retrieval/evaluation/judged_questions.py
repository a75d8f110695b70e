"""Questions with the judgement of what answers them, and the files that hold them."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import JudgedQuestionError

ANSWERS = 2
"""The grade of an article that answers."""


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the judgement of what answers it.

    Attributes:
        id: Its name in the file.
        query: What is asked.
        style: How it is asked.
        answerable: Whether the corpus answers it.
        source: Url of the article that it was written from, if answerable.
        evidence: Text of that article's answer that answers the question, if known.
        grades: Url to 2 (answers), 1 (related) or 0 (no help); an article that is not here was not judged.
    """

    id: str
    query: str
    style: str
    answerable: bool
    source: str | None
    evidence: str | None
    grades: Mapping[str, int]

    @property
    def source_only(self) -> bool:
        """Whether no article but the one that it was written from was judged."""
        return self.answerable and set(self.grades) <= {self.source}


def load_judged(path: Path) -> list[JudgedQuestion]:
    """Read a file of judged questions, one JSON object a line.

    Raises:
        JudgedQuestionError: A line is no judged question.
        OSError: The file cannot be read.
    """
    lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    return [_judged(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()]


def _judged(line: bytes, path: Path, number: int) -> JudgedQuestion:
    try:
        data = json.loads(line)
        answerable = data["answerable"]
        grades: dict[str, int] = {str(url): grade for url, grade in (data.get("grades") or {}).items()}
        if not isinstance(answerable, bool) or not isinstance(data["query"], str):
            raise JudgedQuestionError(path, number, "`query` must be a text and `answerable` true or false")
        for name in ("source", "evidence"):
            if not isinstance(data.get(name) or "", str):
                raise JudgedQuestionError(path, number, f"`{name}` must be a text")
        if not set(grades.values()) <= set(range(ANSWERS + 1)):
            raise JudgedQuestionError(path, number, "a grade must be 0, 1 or 2")
        return JudgedQuestion(
            id=str(data.get("id", number)),
            query=data["query"],
            style=str(data.get("style", "")),
            answerable=answerable,
            source=data.get("source"),
            evidence=data.get("evidence"),
            grades=grades,
        )
    except KeyError as error:
        raise JudgedQuestionError(path, number, f"the field {error} is missing") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise JudgedQuestionError(path, number, f"is no judged question ({error})") from error
