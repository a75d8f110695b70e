"""HTML in Markdown: comments are for nobody, tags mean what they mean, and the rest is text."""

import pytest
from hypothesis import given

from retrieval.articles.markdown.html_comments import hide_comments, without_comments
from retrieval.articles.markdown.parser import inline_tokens
from retrieval.articles.markdown.plain_text import block_spans, plain_text
from retrieval.articles.parsing import parse_article
from tests.retrieval.articles.markdown.test_plain_text import MARKDOWN
from tests.retrieval.articles.sentence_spans import sentence_spans


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Two moons. <!-- check --> They are small.", "Two moons. They are small."),
        ("One.\n\n<!-- a\n\nb -->\n\nTwo.", "One.\nTwo."),
        ("<!-- a -->\n# Head\n<!-- b -->\n- item\n- <!-- c -->item", "Head\nitem\nitem"),
        ("a<!---->b<!-->c", "abc"),
        ("`<!-- code -->` stays", "<!-- code --> stays"),
        ("```\n<!-- code -->\n```", "<!-- code -->"),
        ("<!--\n```\nnot code\n```\n-->\nshown", "shown"),
        ("~~~\n<!--\n~~~\nshown -->", "<!--\nshown -->"),
        ("never closed <!-- stays", "never closed <!-- stays"),
        ("x --> y", "x --> y"),
    ],
)
def test_comments_are_left_out(markdown, text):
    assert plain_text(markdown) == text
    assert plain_text(without_comments(markdown)) == text


def test_a_comment_may_run_from_one_paragraph_into_another():
    text = "One <!-- a\n\nb --> two."
    assert plain_text(text) == "One\ntwo."
    assert without_comments(text) == "One two."


def test_an_article_is_read_without_its_comments(tmp_path):
    answer = rb"Two. <!-- do\n\nnot. Publish -->\n\nThey are small."
    raw = b"---\nquestion: How many moons?\nurl: /q\nanswer: >-\n    " + answer + b"\n---\n"
    assert parse_article(raw, tmp_path / "s" / "a.md", tmp_path).answer == "Two. \n\nThey are small."


def test_no_sentence_ends_in_a_comment():
    text = "Two. <!-- Not. Yet. --> They are small."
    assert [text[start:end] for start, end in sentence_spans(text)] == ["Two. <!-- Not. Yet. --> They are small."]


@given(MARKDOWN)
def test_hiding_comments_moves_nothing(markdown):
    for text in (markdown, f"a <!-- {markdown} --> b {markdown} <!--", f"{markdown}\n<!--\n\n-->{markdown}"):
        hidden = hide_comments(text)
        assert len(hidden) == len(text)
        assert [place for place, letter in enumerate(hidden) if letter == "\n"] == [
            place for place, letter in enumerate(text) if letter == "\n"
        ]


def kinds(markdown):
    return [token.type if token.type != "text" else token.content for token in inline_tokens(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<b>x</b>", ["strong_open", "x", "strong_close"]),
        ("<STRONG class='y'>x</STRONG>", ["strong_open", "x", "strong_close"]),
        ("<i>x</i><em>y</em>", ["em_open", "x", "em_close", "em_open", "y", "em_close"]),
        ("<u>x</u><ins>y</ins>", ["u_open", "x", "u_close", "u_open", "y", "u_close"]),
        ("<s>x</s><del>y</del>~~z~~", ["s_open", "x", "s_close", "s_open", "y", "s_close", "s_open", "z", "s_close"]),
        ("<kbd>Ctrl</kbd>", ["code_inline"]),
        ("x<sub>2</sub>", ["x", "sub_open", "2", "sub_close"]),
        ("a<br>b<br/>c", ["a", "hardbreak", "b", "hardbreak", "c"]),
        ("<b>never closed", ["never closed"]),
        ("never opened</b>", ["never opened"]),
        ("<b><i>x</b></i>", ["strong_open", "x", "strong_close"]),
        ("<a href='/x'>y</a>", ["link_open", "y", "link_close"]),
        ("<a name='x'>y</a>", ["y"]),
        ("the <b> tag and the <p> element", ["the ", "<b>", " tag and the ", "<p>", " element"]),
        ("List<int> and <T>", ["List", "<int>", " and ", "<T>"]),
        ("x < y > z", ["x < y > z"]),
        ("if a<b and c>d or p<q and s>t", ["if a", "<b and c>", "d or p", "<q and s>", "t"]),
        ("<details open data-x='1'>x</details>", ["x", "softbreak"]),
    ],
)
def test_tags_become_what_they_mean(markdown, expected):
    assert kinds(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("<details><summary>More</summary>\n\nHidden **text**.\n\n</details>", "More\nHidden text."),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a  b \n c"),
        ("<span style='x'>kept</span> <img src='/c.png' alt='A cell'>", "kept A cell"),
        ("a&nbsp;b &lt;c&gt; &amp;", "a\u00a0b <c> &"),
        ("<kbd>a*b*c</kbd>", "abc"),
        ("<b title='a > b'>x</b>", "x"),
    ],
)
def test_the_text_of_tags_is_kept(markdown, text):
    assert plain_text(markdown) == text


def test_what_is_nested_deeply_is_kept():
    for marker in ("> ", "- ", "1. "):
        text = f"{marker * 40}deep\n\nafter"
        assert plain_text(text).endswith("deep\nafter") or "deep" in plain_text(text)
        assert "after" in plain_text(text)
        assert block_spans(text)[-1].end == len(text)


def test_an_address_is_not_formatted():
    for address in (
        "https://example.org/a_b_c/*d*",
        "https://en.wikipedia.org/wiki/Set_(mathematics)",
        "http://a.b/~c~~d~~e",
    ):
        opening, text, closing = inline_tokens(address)
        assert (opening.type, text.content, closing.type) == ("link_open", address, "link_close")
        assert plain_text(f"(see {address}), *or* not.") == f"(see {address}), or not."
    assert plain_text("**https://a.b/c** and *see https://a.b/d*") == "https://a.b/c and see https://a.b/d"
    assert kinds("[https://a.b](https://a.b)") == ["link_open", "https://a.b", "link_close"]
