"""Names the code that turns an article file into passages and words, so that an index made by other code is rebuilt."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from retrieval.articles.limits import ReadingLimits

RECIPE_MODULES = (
    "retrieval.articles.markdown.addresses",
    "retrieval.generations.codec",
    "retrieval.articles.article_files",
    "retrieval.generations.rows",
    "retrieval.articles.parsing",
    "retrieval.articles.markdown.brackets",
    "retrieval.domain",
    "retrieval.articles.front_matter.field_values",
    "retrieval.articles.front_matter.front_matter",
    "retrieval.articles.markdown.html_comments",
    "retrieval.articles.markdown.html_tags",
    "retrieval.indexes.lexical",
    "retrieval.indexes.term_coverage",
    "retrieval.articles.line_breaks",
    "retrieval.articles.markdown.parser",
    "retrieval.articles.markdown.plain_text",
    "retrieval.articles.markdown.literal_names",
    "retrieval.articles.front_matter.broken_fields",
    "retrieval.articles.markdown.math_syntax",
    "retrieval.building.vectors",
    "retrieval.articles.markdown.protected_spans",
    "retrieval.articles.front_matter.quoted_escapes",
    "retrieval.articles.raw_regions",
    "retrieval.building.reading",
    "retrieval.articles.limits",
    "retrieval.articles.sections",
    "retrieval.articles.sections",
    "retrieval.shown",
    "retrieval.indexes.spelling",
    "retrieval.articles.subjects",
    "retrieval.articles.markdown.table_cells",
    "retrieval.indexes.term_coverage",
    "retrieval.articles.windows_paths",
    "retrieval.articles.front_matter.yaml_reading",
    "retrieval.articles.front_matter.yaml_text",
    "retrieval.articles.front_matter.yaml_values",
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
