"""Tests import one way, as what they test does: those of a lower package run without an upper one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYERS = ("embeddings", "retrieval", "bot", "e2e")
"""Packages and their tests, lowest first."""

ABOVE = {
    "embeddings": (*LAYERS[1:], "config", "contracts"),
    "retrieval": (*LAYERS[2:], "config"),
    "contracts": (*LAYERS[2:], "config"),
    "config": LAYERS,
    "discord_double": (*LAYERS, "config"),
    "bot": LAYERS[3:],
    ".": (*LAYERS[2:], "config"),
}
"""What the tests of a folder import nothing from: neither the package of that name nor its tests; `.` is no folder."""


def imported(source: str) -> Iterator[str]:
    """The dotted names of what a module imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def upward(source: str, above: tuple[str, ...]) -> list[str]:
    """Which of a module's imports lead to what is above."""
    return [name for name in imported(source) if name.removeprefix("tests.").split(".")[0] in above]


@pytest.mark.parametrize("folder", ABOVE)
def test_tests_import_nothing_from_above(folder):
    tests = ROOT / "tests"
    files = [*tests.glob("*.py")] if folder == "." else [*(tests / folder).rglob("*.py")]
    found = {str(file.relative_to(ROOT)): upward(file.read_text(encoding="utf-8"), ABOVE[folder]) for file in files}
    assert found
    assert {name: imports for name, imports in found.items() if imports} == {}


def test_every_way_of_importing_from_above_is_seen():
    source = (
        "import bot.cli\nfrom bot import callers\ndef f():\n    from tests.bot import small_index\nimport botany, os"
    )
    assert upward(source, ("bot",)) == ["bot.cli", "bot.callers", "tests.bot.small_index"]
