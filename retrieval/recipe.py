"""Names the code that turns an article file into passages and words, so that an index made by other code is rebuilt."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from retrieval.reading_limits import ReadingLimits

RECIPE_MODULES = (
    "retrieval.addresses",
    "retrieval.article_codec",
    "retrieval.article_files",
    "retrieval.article_rows",
    "retrieval.articles",
    "retrieval.brackets",
    "retrieval.domain",
    "retrieval.field_values",
    "retrieval.front_matter",
    "retrieval.html_comments",
    "retrieval.html_tags",
    "retrieval.indexes.lexical",
    "retrieval.indexes.term_coverage",
    "retrieval.line_breaks",
    "retrieval.markdown_parser",
    "retrieval.markdown_text",
    "retrieval.math_syntax",
    "retrieval.passages",
    "retrieval.protected_spans",
    "retrieval.quoted_escapes",
    "retrieval.raw_regions",
    "retrieval.reading",
    "retrieval.reading_limits",
    "retrieval.sections",
    "retrieval.sentences",
    "retrieval.shown",
    "retrieval.spelling",
    "retrieval.subjects",
    "retrieval.table_cells",
    "retrieval.token_files",
    "retrieval.windows_paths",
    "retrieval.yaml_reading",
    "retrieval.yaml_text",
    "retrieval.yaml_values",
)
"""Modules whose code decides what a generation holds of an unchanged article."""


def recipe(limits: ReadingLimits | None = None) -> str:
    """Hash over the source of `RECIPE_MODULES`: the same on every machine, another after every change to them.

    Args:
        limits: What an article file may hold. Where that is changed, files are taken or refused that were not before.
    """
    digest = hashlib.sha256()
    for name in RECIPE_MODULES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            msg = f"the module {name} is not installed; install the project again"
            raise ModuleNotFoundError(msg)
        digest.update(name.encode())
        digest.update(Path(spec.origin).read_bytes().replace(b"\r\n", b"\n"))
    if limits is not None and replace(limits, max_read_seconds=0.0) != ReadingLimits(max_read_seconds=0.0):
        digest.update(repr(replace(limits, max_read_seconds=0.0)).encode())
    return digest.hexdigest()[:16]
