"""Names the code that turns an article file into passages and words, so that an index made by other code is rebuilt."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from retrieval.articles.limits import ReadingLimits

RECIPE_CODE = (
    "retrieval.articles",
    "retrieval.indexes",
    "retrieval.domain",
    "retrieval.shown",
    "retrieval.generations.codec",
    "retrieval.generations.rows",
    "retrieval.building.changes",
    "retrieval.building.reading",
    "retrieval.building.vectors.matrices",
)
"""Packages, and single modules of others, whose code decides what a generation holds of an unchanged article."""

_APART = Path("retrieval/indexes/milvus")  # what another engine holds is made of a generation


def recipe(limits: ReadingLimits, max_tokens: int, encoder_fingerprint: str) -> str:
    """Hash over `RECIPE_CODE` and what it is given: the same on every machine, another where articles are read anew.

    Args:
        limits: What an article file may hold. Where that is changed, files are taken or refused that were not before.
        max_tokens: The window that sections are to fit.
        encoder_fingerprint: Names the tokenizer that counts them.
    """
    what_fits = replace(limits, max_read_seconds=0.0)
    parts = (_code_hash(RECIPE_CODE), what_fits, max_tokens, encoder_fingerprint)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


@cache  # a process does not change its own code
def _code_hash(names: tuple[str, ...]) -> str:
    return definitions_hash(path.read_text(encoding="utf-8") for name in names for path in source_files(name))


def source_files(name: str) -> Iterator[Path]:
    """The source of a module, or of every module of a package and of the packages in it, but for `_APART`."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        msg = f"the module {name} is not installed; install the project again"
        raise ModuleNotFoundError(msg)
    paths = Path(spec.origin).parent.rglob("*.py") if spec.submodule_search_locations else [Path(spec.origin)]
    yield from (path for path in paths if path.parent.parts[-len(_APART.parts) :] != _APART.parts)


def definitions_hash(sources: Iterable[str]) -> str:
    """Hash over what modules define, wherever among them it stands: imports, comments and docstrings do not count.

    So a module may be moved, renamed, split or formatted anew; another constant or statement gives another hash.
    """
    definitions = sorted(
        _shape(statement) for source in sources for statement in ast.parse(source).body if not _is_silent(statement)
    )
    return hashlib.sha256("\n".join(definitions).encode()).hexdigest()


def _shape(value: object) -> str:
    """Syntax as text, without its place in the file; `ast.dump` writes another text in other versions of Python."""
    if isinstance(value, list):
        return f"[{','.join(_shape(each) for each in value if not _is_silent(each))}]"
    if isinstance(value, ast.AST):
        fields = [f"{name}={_shape(field)}" for name, field in ast.iter_fields(value) if field not in (None, [])]
        return f"{type(value).__name__}({','.join(fields)})"
    return repr(value)


def _is_silent(node: object) -> bool:
    """Whether it does nothing: an import, a docstring, or what only a type checker reads."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False
