"""The front matter of a file: read once, then asked for fields; whatever is wrong is told with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.reader import ReaderError

from retrieval.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Value = TypeVar("Value")
Default = TypeVar("Default")

_DEEPEST = 50
_INDENTED_FAR = re.compile(rf"^[ ]{{{_DEEPEST}}}|(?:[-?:][ \t]+){{{_DEEPEST}}}", re.MULTILINE)
_KIND_NAMES = {str: "text", bool: "true or false", int: "a whole number", float: "a number", dict: "named fields"}


class _Handler(YAMLHandler):
    """Reads with libyaml, ten times as fast as PyYAML's own loader; an error carries the text that it is about."""

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        try:
            _refuse_deep_nesting(fm)
            fields = yaml.load(fm, Loader=yaml.CSafeLoader)
        except (ValueError, yaml.YAMLError) as error:
            raise _UnreadableError(fm, error) from error
        return fields if isinstance(fields, dict) else {}


def _refuse_deep_nesting(text: str) -> None:
    """Raise before libyaml recurses into nesting so deep that its stack overflows and takes the process with it."""
    if text.count("[") + text.count("{") <= _DEEPEST and not _INDENTED_FAR.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            problem = f"more than {_DEEPEST} levels deep"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]  # libyaml's


class _UnreadableError(Exception):
    def __init__(self, text: str, cause: Exception) -> None:
        self.text = text
        self.cause = cause
        super().__init__(str(cause))


class FrontMatter:
    """The fields of one file.

    Attributes:
        path: The file.
        fields: What the front matter holds.
    """

    def __init__(self, text: str, path: Path) -> None:
        """Read the front matter.

        Args:
            text: The whole file.
            path: The file, for error messages.

        Raises:
            ArticleError: There is no front matter, or it is not valid YAML.
        """
        self.path = path
        self._text = text
        try:
            # The library would also take two rules in the middle of a text for front matter.
            starts_well = text.lstrip().startswith("---")
            self.fields: dict[str, Any] = frontmatter.parse(text, handler=_Handler())[0] if starts_well else {}
        except _UnreadableError as error:
            raise self._unreadable(error) from error.cause
        if not self.fields:
            problem = "no front matter; start the file with ---, the fields question, answer and url, and --- again"
            raise ArticleError(path, problem, 1)

    def error(self, problem: str, *names: str) -> ArticleError:
        """An error at the line of a field; names lead from the outer field to an inner one."""
        return ArticleError(self.path, problem, self._line_of(names))

    def required(self, name: str) -> str:
        """A text that must be there and not be blank.

        Raises:
            ArticleError: The field is missing, empty or no text.
        """
        if name not in self.fields:
            raise self.error(f"{name} is missing; add the field {name}")
        text = self.text(name)
        if not text.strip():
            raise self.error(f"{name} is empty; write it or remove the file", name)
        return text

    def text(self, name: str) -> str:
        """A text that may be missing; then it is empty."""
        return self.value(name, str, "")

    def value(self, name: str, kind: type[Value], default: Default, inside: str | None = None) -> Value | Default:
        """A field of one kind, or the default where it is missing or null.

        Args:
            name: The field.
            kind: What its value must be.
            default: What stands in for a missing value.
            inside: The field whose named fields hold it, instead of the front matter itself.

        Raises:
            ArticleError: The value is of another kind.
        """
        names = (name,) if inside is None else (inside, name)
        found = (self.fields if inside is None else self.fields[inside]).get(name)
        if found is None:
            return default
        if kind is float and type(found) is int:
            found = float(found)
        if type(found) is not kind:
            hint = "; put it in quotes" if kind is str and not isinstance(found, (dict, list)) else ""
            problem = f"{'.'.join(names)} must be {_KIND_NAMES[kind]}, not {describe(found)}{hint}"
            raise self.error(problem, *names)
        return found

    def _unreadable(self, error: _UnreadableError) -> ArticleError:
        cause = error.cause
        line: int | None = None
        if isinstance(cause, yaml.MarkedYAMLError):
            problem = " ".join(filter(None, (cause.context, cause.problem)))
            mark = cause.problem_mark or cause.context_mark
            line = mark.line if mark else None
        elif isinstance(cause, ReaderError):
            problem = f"a character is not allowed ({cause.reason})"
            line = error.text.encode()[: cause.position].count(b"\n")
        else:
            problem = str(cause)
            line = _unreadable_line(error.text)
        problem = f"the front matter is not valid YAML: {problem}; correct it"
        return ArticleError(self.path, problem, None if line is None else line + self._first_line)

    @property
    def _first_line(self) -> int:
        """1-based line of the file on which the text between the two ``---`` begins."""
        boundary = YAMLHandler.FM_BOUNDARY.search(self._text)
        return self._text.count("\n", 0, boundary.end() if boundary else 0) + 1

    def _line_of(self, names: tuple[str, ...]) -> int:
        line = 0
        node = yaml.compose(_Handler().split(self._text)[0], Loader=yaml.CSafeLoader) if names else None
        for name in names:
            for key, value in _nodes(node):
                if key.value == name:
                    line, node = key.start_mark.line, value
                    break
        return line + self._first_line


def _nodes(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Keys and values of a mapping, with their places in the text."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _unreadable_line(text: str) -> int | None:
    """0-based line of the first field whose value is valid YAML but means nothing, such as the 40th of May."""
    fields = yaml.compose(text, Loader=yaml.CSafeLoader)
    return next((key.start_mark.line for key, value in _nodes(fields) if not _is_readable(value)), None)


def _is_readable(node: yaml.Node) -> bool:
    try:
        yaml.SafeLoader("").construct_document(node)
    except (ValueError, yaml.YAMLError):
        return False
    return True


def describe(value: object) -> str:
    """A YAML value for an error message; what aliases could make endless is not written out."""
    if isinstance(value, dict):
        return "named fields"
    if isinstance(value, list):
        return "a list"
    return f"{type(value).__name__} {value!r}"[:80]
