import threading

import pytest

from bot.rendering.math import cache as cache_module
from bot.rendering.math.cache import FormulaCache
from bot.rendering.math.images import draw_formula
from bot.rendering.math.tree import FormulaError


def pictures(folder):
    return sorted(folder.rglob("*.png"))


def test_a_picture_is_kept_in_memory(tmp_path):
    cache = FormulaCache(folder=tmp_path)
    first = cache("x^2")
    pictures(tmp_path)[0].unlink()
    assert cache("x^2") is first
    assert pictures(tmp_path) == []


def test_a_picture_is_found_again_by_the_next_process(tmp_path):
    drawn = FormulaCache(folder=tmp_path)("x^2")
    assert drawn == draw_formula("x^2")
    (path,) = pictures(tmp_path)
    path.write_bytes(marked := drawn[:8] + b"kept" + drawn[8:])
    assert FormulaCache(folder=tmp_path)("x^2") == marked


@pytest.mark.parametrize("damage", [b"", b"not a picture", draw_formula("y")[:-20]])
def test_a_damaged_picture_is_drawn_anew(tmp_path, damage):
    drawn = FormulaCache(folder=tmp_path)("x^2")
    (path,) = pictures(tmp_path)
    path.write_bytes(damage)
    assert FormulaCache(folder=tmp_path)("x^2") == drawn
    assert path.read_bytes() == drawn


def test_the_least_used_picture_leaves_memory_first():
    cache = FormulaCache(capacity=2)
    first, _ = cache("a"), cache("b")
    assert cache("a") is first
    cache("c")
    assert cache("a") is first


def test_a_formula_that_cannot_be_drawn_says_so_each_time():
    cache = FormulaCache()
    for _ in range(2):
        with pytest.raises(FormulaError, match="foo"):
            cache(r"\foo")


def test_a_folder_that_cannot_be_used_costs_no_answer(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert FormulaCache(folder=tmp_path / "file")("x") == draw_formula("x")


def test_threads_draw_at_the_same_time(tmp_path):
    cache = FormulaCache(folder=tmp_path, capacity=4)
    sources = [rf"\frac{{{number}}}{{x}}" for number in range(6)]
    drawn = {}
    threads = [threading.Thread(target=lambda s=source: drawn.__setitem__(s, cache(s))) for source in sources * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == {source: draw_formula(source) for source in sources}


def refuse(source):
    raise AssertionError(f"drew {source} again")


def test_a_refusal_is_found_again_by_the_next_process(tmp_path, monkeypatch):
    with pytest.raises(FormulaError) as first:
        FormulaCache(folder=tmp_path)(r"\foo")
    monkeypatch.setattr(cache_module, "draw_formula", refuse)
    with pytest.raises(FormulaError) as again:
        FormulaCache(folder=tmp_path)(r"\foo")
    assert (again.value.source, again.value.problem) == (first.value.source, first.value.problem)


@pytest.mark.parametrize("damage", [b"", b"refused: half a reas", b"\xff\xfe"])
def test_a_damaged_refusal_is_made_anew(tmp_path, damage):
    for _ in range(2):
        with pytest.raises(FormulaError, match="foo"):
            FormulaCache(folder=tmp_path)(r"\foo")
        (path,) = tmp_path.rglob("*.refused")
        path.write_bytes(damage)
