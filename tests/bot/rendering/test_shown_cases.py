"""The small inputs that once were shown wrong, from the folder `shared` beside the checkout."""

import importlib.util
import re

import pytest

from bot.rendering.blocks import TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.pages import make_pages
from bot.rendering.titles import plain_title, title_link
from retrieval.articles.markdown.parser import inline_tokens
from retrieval.articles.markdown.plain_text import plain_text
from retrieval.articles.parsing import read_article
from tests.bot.rendering.blocks_of import named
from tests.bot.rendering.test_linear_time import seconds

SITE = "https://site.example"
FORMULAS = [
    ["Q"],
    ["P", "Q"],
    ["5x"],
    [r"r = 5\%", "t"],
    ["x", "20x"],
    ["n"],
    ["Q = 100", "P = 5"],
]


@pytest.fixture(scope="module")
def cases(shared_dir):
    folder = shared_dir / "cases"
    if not folder.is_dir():
        pytest.skip("needs the small inputs, cases in a folder `shared` beside the checkout")
    return folder


@pytest.fixture(scope="module")
def article(cases):
    root = cases / "front-matter"
    return lambda name: read_article(root / "learn" / "tests" / f"{name}.md", root)


def shown(markdown):
    pages = make_pages(render_markdown(markdown, named, SITE))
    return "\n".join(block.markdown for page in pages for block in page.blocks if isinstance(block, TextBlock))


def test_money_and_math(cases):
    lines = (cases / "money-and-math.txt").read_text(encoding="utf-8").splitlines()
    found = [[token.content for token in inline_tokens(line) if token.type == "math_inline"] for line in lines]
    assert found == FORMULAS
    assert all(plain_text(line) == line for line in lines)


def test_links(cases):
    text = shown((cases / "links.txt").read_text(encoding="utf-8"))
    assert "<https://en.wikipedia.org/wiki/Set_(mathematics)>" in text
    assert "<https://en.wikipedia.org/wiki/Mercury_(planet)>." in text
    assert f"[the article on osmosis]({SITE}/learn/biology/questions/what-is-osmosis) says" in text
    assert "[diagram.png](https://example.org/diagram.png) (example.org)" in text
    assert f"[A cell]({SITE}/uploads/cell.png)" in text
    assert "<https://example.org/a_b_c/*d*> and <https://example.org/~user/>" in text


def test_comments_are_neither_shown_nor_embedded(article):
    answer = article("comment").answer
    for text in (shown(answer), plain_text(answer)):
        assert re.findall(r"TODO|internal|draft|publish", text) == []
        assert "Phobos and Deimos" in text
        assert "three times a day" in text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("mathtitle", "How do you solve x² = 4 and x/2 = 1 step by step?"),
        ("dunder", "What does __init__ do in a Python class, and what are *args and **kwargs?"),
        ("ratio", "How are the sides of similar triangles in the ratio a:b:c compared?"),
    ],
)
def test_titles(article, name, title):
    question = article(name).question
    assert plain_title(question) == title
    label = title_link(question, "/q", SITE, 300).partition("](")[0].removeprefix("[")
    assert "\\" not in label
    assert label.replace("`", "") == title


def test_ratios_and_paths_stay_what_they_are(article):
    assert not re.search(r"(?<!\\):[\w+-]+:", shown(article("ratio").answer))
    assert r"C:\\" in shown(r"the file C:\new\notes\nginx.conf")


@pytest.mark.parametrize("name", ["dots", "backticks", "brackets", "sub"])
def test_no_answer_takes_long(cases, name):
    spec = importlib.util.spec_from_file_location("hanging", cases / "hanging_questions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = module.ANSWERS[name][:40_000]
    assert seconds(shown, text) < 6
    assert seconds(plain_text, text) < 6
