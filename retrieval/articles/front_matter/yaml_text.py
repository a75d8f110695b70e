"""Values of front matter → YAML on one line."""

from __future__ import annotations

import json
import re

from retrieval.articles.front_matter.yaml_values import Fields, Scalar, Value

_NEEDS_NO_QUOTES = re.compile(r"[^\W\d][\w -]*")


def as_yaml(value: Value) -> str:
    """A value as YAML on one line, plain texts as they were written."""
    if isinstance(value, Scalar):
        return _scalar(value)
    if isinstance(value, Fields):
        return f"{{{', '.join(f'{_text(name)}: {as_yaml(each)}' for name, each in value.values.items())}}}"
    return f"[{', '.join(map(as_yaml, value))}]"


def _scalar(value: Scalar) -> str:
    if value.is_null or value.problem:
        return "null"
    return " ".join(value.text.split()) if value.is_plain else _text(value.text)


def _text(text: str) -> str:
    return text if _NEEDS_NO_QUOTES.fullmatch(text) else json.dumps(text, ensure_ascii=False)
