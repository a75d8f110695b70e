import subprocess
import sys

from retrieval.building import recipe as recipe_module
from retrieval.building.recipe import RECIPE_MODULES, recipe


def test_is_the_same_each_time():
    assert recipe() == recipe()
    assert len(recipe()) == 16


def test_covers_every_module_that_reading_an_article_runs_through():
    imported = "import sys, retrieval.building.reading"
    program = f"{imported}; print(*(name for name in sys.modules if name.startswith('retrieval.')))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "retrieval.articles.sections" in found
    decide_nothing = {"retrieval.errors", "retrieval.building.worker_processes"}
    assert set(found) - set(RECIPE_MODULES) <= decide_nothing


def test_is_another_after_a_change(tmp_path, monkeypatch):
    before = recipe()
    (tmp_path / "extra_recipe_module.py").write_text("WEIGHT = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(recipe_module, "RECIPE_MODULES", (*RECIPE_MODULES, "extra_recipe_module"))
    first = recipe()
    (tmp_path / "extra_recipe_module.py").write_text("WEIGHT = 2\n")
    assert len({before, first, recipe()}) == 3
