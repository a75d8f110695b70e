import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.articles.limits import ReadingLimits
from retrieval.building import recipe as module
from retrieval.building.recipe import RECIPE_CODE, definitions_hash, recipe, source_files


def code_hash(folder):
    return definitions_hash(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))


@pytest.fixture
def articles(tmp_path):
    """A copy of the package that reads articles."""
    (source,) = {path.parent for path in source_files("retrieval.articles") if path.name == "sections.py"}
    return Path(shutil.copytree(source, tmp_path / "articles"))


def test_is_the_same_each_time():
    first, second = (recipe(ReadingLimits(), 256, "model-1") for _ in range(2))
    assert first == second
    assert len(first) == 16


def test_covers_every_module_that_reading_an_article_runs_through():
    imported = "import sys, retrieval.building.reading"
    program = f"{imported}; print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('retrieval.')))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    root = Path(module.__file__).parent.parent
    names = {Path(path).relative_to(root).as_posix() for path in found if not path.endswith("__init__.py")}
    covered = {path.relative_to(root).as_posix() for name in RECIPE_CODE for path in source_files(name)}
    assert "articles/sections.py" in names
    assert names - covered == {"errors.py", "building/worker_processes.py"}  # these decide nothing


def test_a_moved_renamed_or_split_module_is_no_change(articles):
    before = code_hash(articles)
    (articles / "cutting").mkdir()
    (articles / "sections.py").rename(articles / "cutting" / "splitter.py")
    subjects = (articles / "subjects.py").read_text()
    head, tail = subjects.split("\ndef ", 1)
    (articles / "subjects.py").write_text(head)
    (articles / "display_names.py").write_text(f"from x import y\n\n\ndef {tail}")
    assert code_hash(articles) == before


def test_imports_comments_docstrings_and_formatting_are_no_change(articles):
    before = code_hash(articles)
    sections = articles / "sections.py"
    lines = [line for line in sections.read_text().splitlines() if not line.lstrip().startswith("# ")]
    changed = "\n\n".join(
        ['"""Other words."""', "import os", *lines[lines.index("from __future__ import annotations") :]]
    )
    sections.write_text(changed)
    assert code_hash(articles) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("_FULL_TOKENS = 200", "_FULL_TOKENS = 201"),
        ("return _SPECIAL_TOKENS + _estimate(text)", "return _SPECIAL_TOKENS - _estimate(text)"),
        ("max_tokens * 4 // 5", "max_tokens * 4 / 5"),
    ],
)
def test_another_constant_or_statement_is_a_change(articles, old, new):
    before = code_hash(articles)
    sections = articles / "sections.py"
    text = sections.read_text()
    assert old in text
    sections.write_text(text.replace(old, new))
    assert code_hash(articles) != before


def test_limits_are_part_of_it_but_not_how_long_reading_may_take():
    usual = recipe(ReadingLimits(), 256, "model-1")
    assert recipe(ReadingLimits(max_read_seconds=3.0), 256, "model-1") == usual
    assert recipe(ReadingLimits(max_values=3), 256, "model-1") != usual


def test_the_window_and_the_tokenizer_are_part_of_it():
    given = [(256, "model-1"), (128, "model-1"), (256, "model-2")]
    assert len({recipe(ReadingLimits(), *each) for each in given}) == 3


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(ModuleNotFoundError, match=r"retrieval\.nothing is not installed"):
        list(source_files("retrieval.nothing"))
