"""The front matter of a file: read once, then asked for fields; whatever is wrong is told with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from retrieval.articles.front_matter import field_values
from retrieval.articles.front_matter.broken_fields import MAX_BROKEN_FIELDS, without_field
from retrieval.articles.front_matter.yaml_reading import read_yaml
from retrieval.articles.front_matter.yaml_values import (
    Fields,
    Note,
    Scalar,
    Value,
    YamlError,
    YamlLimitError,
    describe,
    is_blank,
)
from retrieval.articles.limits import ReadingLimits
from retrieval.errors import ArticleError
from retrieval.shown import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path


_Kind = TypeVar("_Kind")

MAX_WARNINGS = 20
"""Of one file; more would say nothing new."""

REQUIRED = frozenset({"question", "answer", "url"})
"""Fields that an article cannot do without."""

# Line ends for YAML or Unicode, but for no editor: YAML would count them, and let a text end at them.
_ODD_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]|\r(?!\n)")


class _Handler(YAMLHandler):
    """Reads the text between the two ``---`` with `read_yaml`."""

    def __init__(self, limits: ReadingLimits, first_line: Callable[[], int]) -> None:
        super().__init__()
        self._limits = limits
        self._first_line = first_line
        self.fields = Fields()
        self.notes: list[Note] = []

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        document = self._read(fm)
        if isinstance(document, Fields):
            self.fields = document
        return {}

    def _read(self, text: str) -> Value | None:
        """The value of the text; without a field that is no valid YAML, if the article can do without it."""
        left_out: list[Note] = []
        first: YamlError | None = None
        while True:
            try:
                document, notes = read_yaml(text, self._limits, self._first_line)
            except YamlError as error:
                first = first or error
                is_lasting = isinstance(error, YamlLimitError) or len(left_out) == MAX_BROKEN_FIELDS
                broken = None if is_lasting else without_field(text, error.field_line, REQUIRED)
                if broken is None:
                    raise first from error
                text, name = broken
                problem = f"{name} is not valid YAML: {error.problem}; it is left out, put its text in quotes"
                left_out.append(Note(error.field_line, problem))
            else:
                self.notes = [*left_out, *notes]
                return document


class FrontMatter:
    """The fields of one file.

    Attributes:
        path: The file.
    """

    def __init__(
        self,
        text: str,
        path: Path,
        limits: ReadingLimits | None = None,
        on_warning: Callable[[int | None, str], None] | None = None,
    ) -> None:
        """Read the front matter.

        Args:
            text: The whole file.
            path: The file, for error messages.
            limits: What it may hold.
            on_warning: Told the line and the problem of what can be done without.

        Raises:
            ArticleError: There is no front matter, it is not valid YAML, or it exceeds the limits.
        """
        self.path = path
        self._on_warning = on_warning
        self._warnings = 0
        self._text = self._with_plain_line_ends(text)
        handler = _Handler(limits or ReadingLimits(), self._first_line)
        # The library would also take two rules in the middle of a text for front matter.
        if self._text.lstrip().startswith("---"):
            try:
                frontmatter.parse(self._text, handler=handler)
            except YamlError as error:
                problem = f"the front matter is not valid YAML: {error.problem}; correct it"
                if isinstance(error, YamlLimitError):
                    problem = f"the front matter has {error.problem}; make it simpler"
                line = None if error.line is None else error.line + self._first_line()
                raise ArticleError(path, problem, line) from error
        self._fields = handler.fields
        if not self._fields.values:
            problem = "no front matter; start the file with ---, the fields question, answer and url, and --- again"
            raise ArticleError(path, problem, 1)
        for note in handler.notes:
            self._take_note(note)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the outermost fields, in their order."""
        return tuple(self._fields.values)

    def error(self, problem: str, *names: str) -> ArticleError:
        """An error at the line of a field; names lead from the outer field to an inner one."""
        return ArticleError(self.path, problem, self._line_of(names))

    def warn(self, problem: str, *names: str, line: int | None = None) -> None:
        """Tell of something that the article can do without, at the line of a field or at the line given."""
        self._warnings += 1
        if self._on_warning is None or self._warnings > MAX_WARNINGS:
            return
        self._on_warning(self._line_of(names) if line is None else line, problem)

    def required(self, name: str) -> str:
        """A text that must be there and not be blank.

        Raises:
            ArticleError: The field is missing, empty, damaged or no text.
        """
        value = self._value(name, None)
        if value is None and name not in self._fields.values:
            raise self.error(f"{name} is missing; add the field {name}")
        if isinstance(value, Scalar):
            if value.problem:
                raise ArticleError(self.path, f"{name}: {value.problem}", value.line + self._first_line())
            if not value.is_null and value.text.strip():
                return value.text
        elif value is not None:
            raise self.error(f"{name} must be text, not {describe(value)}", name)
        raise self.error(f"{name} is empty; write it or remove the file", name)

    def text(self, name: str, inside: str | None = None) -> str:
        """A text that may be missing; then it is empty. A list of texts becomes one text."""
        value = self._value(name, inside)
        if isinstance(value, list) and all(isinstance(each, Scalar) for each in value):
            return ", ".join(self.texts(name, inside))
        scalar = self._scalar(name, inside, "text")
        return "" if scalar is None else scalar.text

    def texts(self, name: str, inside: str | None = None) -> list[str]:
        """A list of texts, as a list or with commas between them; empty where it is missing."""
        value = self._value(name, inside)
        if not isinstance(value, list):
            return self.text(name, inside).split(",")
        texts = [each for each in value if isinstance(each, Scalar) and not each.problem]
        if len(texts) < len(value):
            self.warn(f"{_joined(name, inside)} has entries that are no text; they are left out", *_path(name, inside))
        return [each.text for each in texts if not each.is_null]

    def whole_number(self, name: str, inside: str | None = None) -> int | None:
        """A whole number that may be missing."""
        return self._converted(name, inside, field_values.whole_number, "a whole number of at most 18 digits")

    def number(self, name: str) -> float | None:
        """A number that may be missing."""
        return self._converted(name, None, field_values.number, "a number")

    def switch(self, name: str) -> bool:
        """True or false; false where it is missing."""
        return bool(self._converted(name, None, field_values.switch, "true or false"))

    def date(self, name: str) -> dt.date | None:
        """A day that may be missing."""
        return self._converted(name, None, field_values.date, "a date such as 2025-01-31")

    def has_fields(self, name: str) -> bool:
        """Whether a field has named fields that say anything."""
        value = self._fields.values.get(name)
        if isinstance(value, Fields):
            return not is_blank(value)
        if value is not None and not is_blank(value):
            self.warn(f"{name} must be named fields, not {describe(value)}; it is left out", name)
        return False

    def value(self, name: str) -> Value | None:
        """Whatever a field holds; ``None``, and a warning, where it cannot be used."""
        value = self._fields.values[name]
        if isinstance(value, Scalar) and value.problem:
            self._warn_unusable(value, shown(name)[:60])
            return None
        return value

    def _with_plain_line_ends(self, text: str) -> str:
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\n" not in text:
                text = text.replace("\r", "\n")
        first = _ODD_LINE_ENDS.search(text)
        if first is None:
            return text
        line = text.count("\n", 0, first.start()) + 1
        count = len(_ODD_LINE_ENDS.findall(text))
        more = f"; there are {count:,} of the kind" if count > 1 else ""
        problem = f"a line end that no editor shows (U+{ord(first[0]):04X}) was taken for a blank{more}; replace it"
        self.warn(problem, line=line)
        return _ODD_LINE_ENDS.sub(" ", text)

    def _take_note(self, note: Note) -> None:
        line = note.line + self._first_line()
        if note.repeats in REQUIRED:
            raise ArticleError(self.path, f"{note.problem}; remove one of them", line)
        rest = "; the last counts, remove the other" if "twice" in note.problem else ""
        self.warn(note.problem + rest, line=line)

    def _value(self, name: str, inside: str | None) -> Value | None:
        fields = self._fields
        if inside is not None:
            outer = fields.values.get(inside)
            if not isinstance(outer, Fields):
                return None
            fields = outer
        return fields.values.get(name)

    def _scalar(self, name: str, inside: str | None, kind: str) -> Scalar | None:
        """A text that can be used; ``None`` where it is missing or null, and with a warning where it is unusable."""
        value = self._value(name, inside)
        if value is None or (isinstance(value, Scalar) and value.is_null):
            return None
        if not isinstance(value, Scalar):
            if not is_blank(value):
                problem = f"{_joined(name, inside)} must be {kind}, not {describe(value)}; it is left out"
                self.warn(problem, *_path(name, inside))
            return None
        if value.problem:
            self._warn_unusable(value, _joined(name, inside))
            return None
        return value

    def _converted(
        self, name: str, inside: str | None, convert: Callable[[str], _Kind | None], kind: str
    ) -> _Kind | None:
        scalar = self._scalar(name, inside, kind)
        text = scalar.text.strip() if scalar is not None else ""
        if scalar is None or not text:
            return None
        found = convert(text)
        if found is None:
            problem = f"{_joined(name, inside)} must be {kind}, not {describe(scalar)}; it is left out"
            self.warn(problem, *_path(name, inside))
        return found

    def _warn_unusable(self, scalar: Scalar, name: str) -> None:
        self.warn(f"{name}: {scalar.problem}; it is left out", line=scalar.line + self._first_line())

    def _first_line(self) -> int:
        """1-based line of the file on which the text between the two ``---`` begins."""
        boundary = YAMLHandler.FM_BOUNDARY.search(self._text)
        return self._text.count("\n", 0, boundary.end() if boundary else 0) + 1

    def _line_of(self, names: tuple[str, ...]) -> int:
        line = 0
        value: Value | None = self._fields
        for name in names:
            if not isinstance(value, Fields) or name not in value.values:
                break
            line, value = value.lines[name], value.values[name]
        return line + self._first_line()


def _path(name: str, inside: str | None) -> tuple[str, ...]:
    return (name,) if inside is None else (inside, name)


def _joined(name: str, inside: str | None) -> str:
    return ".".join(_path(name, inside))
