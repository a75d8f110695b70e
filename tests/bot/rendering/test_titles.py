import pytest

from bot.live_index.title_search import Title, TitleSearch
from bot.panels.controls import article_option
from bot.rendering.titles import plain_title, title_link, title_text
from retrieval.domain import Subject

SITE = "https://site.example"

TITLES = [
    (r"How do you solve \(x^2 = 4\) and $\frac{x}{2} = 1$?", "How do you solve x² = 4 and x/2 = 1?"),
    (
        "What does `__init__` do, and what are *args and **kwargs?",
        "What does __init__ do, and what are *args and **kwargs?",
    ),
    ("What is __name__?", "What is __name__?"),
    ("How is the ratio a:b:c compared?", "How is the ratio a:b:c compared?"),
    ("Why is H<sub>2</sub>O &amp; <b>ice</b> odd?<!-- draft -->", "Why is H₂O & ice odd?"),
    ("Is $5 less than $10?", "Is $5 less than $10?"),
    (r"Where is C:\new\notes?", r"Where is C:\new\notes?"),
    ("What is a List<int>?", "What is a List<int>?"),
    (r"What does $\unknown{x}$ mean?", r"What does \unknown{x} mean?"),
    ("two\nlines", "two lines"),
]


@pytest.mark.parametrize(("title", "text"), TITLES)
def test_a_title_is_shown_like_text(title, text):
    assert plain_title(title) == text


@pytest.mark.parametrize(("title", "text"), TITLES)
def test_the_label_of_a_link_needs_no_backslash(title, text):
    link = title_link(title, "/q", SITE, 300)
    label, address = link[1:].split("](")
    assert address == "https://site.example/q)"
    assert label.replace("`", "") == text
    if "\\" not in text:
        assert "\\" not in label


@pytest.mark.parametrize(("title", "text"), TITLES)
def test_suggestions_and_selects_show_plain_titles(title, text):
    (choice,) = TitleSearch([Title("/q", title, Subject("s", "S"))]).search("")
    assert choice.label == text
    assert article_option(title, "/q").label == text


def test_a_title_outside_of_links_is_escaped():
    assert title_text("What are *args in `a_b`?", 300) == r"What are \*args in a\_b?"


def test_a_title_with_brackets_stands_beside_its_link():
    assert title_link("Is 0 in [0, 1)?", "/q", SITE, 300) == r"Is 0 in \[0, 1)? (<https://site.example/q>)"
