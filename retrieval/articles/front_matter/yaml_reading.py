"""YAML → texts with their lines, lists and named fields; bounded in work, whatever is in it.

libyaml's parser gives events; its loaders are not used. They would compute what tags and aliases ask for, recurse as
deep as the text nests, and forget the lines. Which text means a number or a date is decided by whoever wants one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml
from yaml.reader import ReaderError

from retrieval.articles.front_matter import field_values
from retrieval.articles.front_matter.quoted_escapes import first_damage
from retrieval.articles.front_matter.yaml_values import NULLS, Fields, Note, Scalar, Value, YamlError, YamlLimitError
from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.articles.limits import ReadingLimits

_TAG = "tag:yaml.org,2002:"
_MEANINGS: dict[str, Callable[[str], object]] = {
    "int": field_values.whole_number,
    "float": field_values.number,
    "bool": field_values.switch,
    "timestamp": field_values.date,
    "null": lambda text: True if text in NULLS else None,
}
_COLLECTION_TAGS = frozenset({None, "!", f"{_TAG}map", f"{_TAG}seq"})
_MAX_DIRECTIVES = 20
_UNCLOSED = ("while scanning a quoted scalar", "while parsing a quoted scalar", "while parsing a flow")
_MERGE = "<<"


def read_yaml(text: str, limits: ReadingLimits, first_line: Callable[[], int]) -> tuple[Value | None, list[Note]]:
    """The value of a document, and what is odd about it.

    Args:
        text: One YAML document.
        limits: What it may hold.
        first_line: Number of its first line, for problems that name another line.

    Raises:
        YamlError: It is not valid, or holds more than it may.
    """
    if text.count("\n%") > _MAX_DIRECTIVES:  # libyaml compares each directive with every other
        problem = f"more than {_MAX_DIRECTIVES} lines that begin with %, the mark of YAML's directives"
        raise YamlLimitError(problem, text[: text.index("\n%") + 1].count("\n"))
    builder = _Builder(text, limits, first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "nesting depth" in (error.problem or ""):  # of the parser, which may look far ahead
            raise YamlLimitError(
                f"more than {limits.max_nesting} levels deep (index.max_nesting)", None if mark is None else mark.line
            ) from error
        problem = " ".join(filter(None, (error.context, error.problem)))
        if "escape character" in problem:
            problem += "; LaTeX belongs into single quotes or a block that begins with >-"
        begin = error.context_mark if (error.context or "").startswith(_UNCLOSED) else None
        lines = [None if each is None else each.line for each in (mark, begin)]
        raise YamlError(problem, *lines) from error
    except ReaderError as error:
        line = text.encode()[: error.position].count(b"\n")
        raise YamlError(f"a character is not allowed ({error.reason})", line) from error
    return builder.document, builder.notes


@dataclass(slots=True)
class _Open:
    """A list or named fields that are being read.

    Attributes:
        value: What has been read of it.
        line: Where it begins.
        anchor: Its anchor.
        before: Values and characters that came before it.
        name: The field that the next value belongs to; ``None`` where the next value is a name.
        name_line: Where that name is.
        merges: What is to be merged into the fields, with its line.
        problem: Why it cannot be used.
    """

    value: list[Value] | Fields
    line: int
    anchor: str | None
    before: tuple[int, int]
    name: str | None = None
    name_line: int = 0
    merges: list[tuple[int, Value]] = field(default_factory=list)
    problem: str = ""


class _Builder:
    """Makes a value of events, and stops where that would exceed the limits.

    Attributes:
        document: The value.
        notes: What is odd.
    """

    def __init__(self, text: str, limits: ReadingLimits, first_line: Callable[[], int]) -> None:
        self.document: Value | None = None
        self.notes: list[Note] = []
        self._text = text
        self._limits = limits
        self._first_line = first_line
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Value, int, int]] = {}
        self._values = 0
        self._characters = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Go on with the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._take_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise YamlError("a second document begins; keep one", _line(event))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        self._count(1, len(event.value), line)
        value = self._scalar(event, line)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1, len(event.value))
        self._add(value, line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        if event.tag is not None and event.tag != "!":
            return _tagged(event.value, event.tag, line)
        if event.style == '"' and event.start_mark and event.end_mark:
            source = self._text[event.start_mark.index : event.end_mark.index]
            damage = first_damage(source) if "\\" in source else None
            if damage:
                problem = (
                    f"{shown(damage.written)} in double quotes is an escape of YAML, which damages the text; write it "
                    "in single quotes or as a block that begins with >-"
                )
                return Scalar(event.value, line + source.count("\n", 0, damage.offset), problem=problem)
            return Scalar(event.value, line)
        return Scalar(event.value, line, is_plain=not event.style and event.tag is None)

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        line = _line(event)
        name = event.anchor or ""
        known = self._anchors.get(name)
        if known is None:
            name = shown(name)[:60]
            problem = f"*{name} refers to &{name}, which is not given before; write the text itself"
            raise YamlError(problem, line)
        value, values, characters = known
        self._count(values, characters, line)
        self._add(value, line)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        line = _line(event)
        if len(self._open) >= self._limits.max_nesting:
            raise YamlLimitError(f"more than {self._limits.max_nesting} levels deep (index.max_nesting)", line)
        before = (self._values, self._characters)
        self._count(1, 0, line)
        value: list[Value] | Fields = Fields() if isinstance(event, yaml.MappingStartEvent) else []
        opened = _Open(value, line, event.anchor, before)
        if event.tag not in _COLLECTION_TAGS:
            opened.problem = _unknown(event.tag)
        self._open.append(opened)

    def _end(self) -> None:
        ended = self._open.pop()
        if isinstance(ended.value, Fields):
            self._merge(ended.value, ended.merges)
        value = Scalar("", ended.line, problem=ended.problem) if ended.problem else ended.value
        if ended.anchor is not None:
            values, characters = ended.before
            self._anchors[ended.anchor] = (value, self._values - values, self._characters - characters)
        self._add(value, ended.line)

    def _add(self, value: Value, line: int) -> None:
        if not self._open:
            self.document = value
            return
        holder = self._open[-1]
        if not isinstance(holder.value, Fields):
            holder.value.append(value)
        elif holder.name is None:
            holder.name, holder.name_line = self._name(value, line), line
        else:
            self._set(holder, holder.value, value)
            holder.name = None

    def _name(self, value: Value, line: int) -> str:
        if isinstance(value, Scalar):
            return value.text
        self.notes.append(Note(line, "the name of a field must be text; the field is left out"))
        return ""

    def _set(self, holder: _Open, fields: Fields, value: Value) -> None:
        name = holder.name or ""
        if name == _MERGE:
            holder.merges.append((holder.name_line, value))
            return
        if name in fields.values:
            self._note_repeated(name, fields.lines[name], holder.name_line)
        fields.values[name] = value
        fields.lines[name] = holder.name_line

    def _note_repeated(self, name: str, first: int, second: int) -> None:
        before = self._first_line()
        problem = f"{shown(name)[:60]} is given twice, on lines {first + before} and {second + before}"
        self.notes.append(Note(second, problem, name if len(self._open) == 1 else ""))

    def _merge(self, fields: Fields, merges: list[tuple[int, Value]]) -> None:
        for line, merged in merges:
            for source in merged if isinstance(merged, list) else [merged]:
                if not isinstance(source, Fields):
                    problem = "<< takes the fields of another field; what is here has none and is left out"
                    self.notes.append(Note(line, problem))
                    continue
                for name, value in source.values.items():
                    fields.values.setdefault(name, value)
                    fields.lines.setdefault(name, line)

    def _count(self, values: int, characters: int, line: int) -> None:
        self._values += values
        self._characters += characters
        limits = self._limits
        if self._values > limits.max_values:
            problem = f"more than {limits.max_values:,} values, those that aliases repeat included (index.max_values)"
            raise YamlLimitError(problem, line)
        if self._characters > limits.max_file_bytes:
            problem = f"more than {limits.max_file_bytes:,} characters with what aliases repeat (index.max_file_bytes)"
            raise YamlLimitError(problem, line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _tagged(text: str, tag: str, line: int) -> Scalar:
    kind = tag.removeprefix(_TAG)
    if tag == f"{_TAG}str":
        return Scalar(text, line)
    means = _MEANINGS.get(kind) if tag.startswith(_TAG) else None
    if means is None:
        return Scalar("", line, problem=_unknown(tag))
    if means(text) is None:
        return Scalar("", line, problem=f"{shown(text)[:60]!r} is no value of the tag !!{kind}; correct or remove it")
    return Scalar(text, line, is_plain=True)


def _unknown(tag: str | None) -> str:
    name = shown((tag or "").replace(_TAG, "!!"))[:60]
    return f"the tag {name} is not known here; remove it"
