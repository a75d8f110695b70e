"""Blocks, sentences and plain text of Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles.markdown.plain_text import (
    BlockKind,
    block_sentences,
    block_spans,
    block_text,
    plain_text,
)
from tests.retrieval.articles.sentence_spans import sentence_spans

ARTICLE = """Rivers shape land, e.g. valleys. They carry sand.

### How *fast*?

1. **Slope**: Steep beds hurry water. See Fig. 3 for more.
   - narrow bed
   - wide bed, given by
     $$
     v = \\frac{q}{a}
     $$
     where $a$ is the area.
2. Depth

| bed | speed |
|-----|-------|
| rock | `fast` |

```python
print("a. B")

done()
```
> Old rivers sleep. Young ones run.
\\[
x \\neq 1
\\]

Last words."""


def kinds_and_texts(markdown):
    return [(block.kind, markdown[block.start : block.end]) for block in block_spans(markdown)]


def sentences(markdown):
    return [markdown[start:end] for start, end in sentence_spans(markdown)]


def test_blocks_of_an_article():
    assert kinds_and_texts(ARTICLE) == [
        (BlockKind.PARAGRAPH, "Rivers shape land, e.g. valleys. They carry sand."),
        (BlockKind.HEADING, "### How *fast*?"),
        (BlockKind.LIST_ITEM, "1. **Slope**: Steep beds hurry water. See Fig. 3 for more."),
        (BlockKind.LIST_ITEM, "- narrow bed"),
        (BlockKind.LIST_ITEM, "- wide bed, given by"),
        (BlockKind.MATH, "$$\n     v = \\frac{q}{a}\n     $$"),
        (BlockKind.PARAGRAPH, "where $a$ is the area."),
        (BlockKind.LIST_ITEM, "2. Depth"),
        (BlockKind.TABLE, "| bed | speed |\n|-----|-------|\n| rock | `fast` |"),
        (BlockKind.FENCE, '```python\nprint("a. B")\n\ndone()\n```'),
        (BlockKind.QUOTE, "> Old rivers sleep. Young ones run."),
        (BlockKind.MATH, "\\[\nx \\neq 1\n\\]"),
        (BlockKind.PARAGRAPH, "Last words."),
    ]


def test_depth_and_level():
    blocks = block_spans(ARTICLE)
    assert [block.depth for block in blocks] == [0, 0, 1, 2, 2, 2, 2, 1, 0, 0, 0, 0, 0]
    assert [block.level for block in blocks if block.level] == [3]


def test_text_of_each_block():
    assert [block_text(ARTICLE, block) for block in block_spans(ARTICLE)] == [
        "Rivers shape land, e.g. valleys. They carry sand.",
        "How fast?",
        "Slope: Steep beds hurry water. See Fig. 3 for more.",
        "narrow bed",
        "wide bed, given by",
        "$$\nv = \\frac{q}{a}\n$$",
        "where $a$ is the area.",
        "Depth",
        "bed | speed\nrock | fast",
        'print("a. B")\n\ndone()',
        "Old rivers sleep. Young ones run.",
        "\\[\nx \\neq 1\n\\]",
        "Last words.",
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("    four blanks make no code", [(BlockKind.PARAGRAPH, "four blanks make no code")]),
        ("words\n---\nmore", [(BlockKind.PARAGRAPH, "words"), (BlockKind.OTHER, "---"), (BlockKind.PARAGRAPH, "more")]),
        ("[a]: /nowhere\n\nb", [(BlockKind.OTHER, "[a]: /nowhere"), (BlockKind.PARAGRAPH, "b")]),
        ("<div>\n**b**\n</div>", [(BlockKind.PARAGRAPH, "<div>\n**b**\n</div>")]),
        ("$$ a = b $$", [(BlockKind.MATH, "$$ a = b $$")]),
        ("- $$ a = b $$", [(BlockKind.MATH, "- $$ a = b $$")]),
        ("given $$ a $$ here", [(BlockKind.PARAGRAPH, "given $$ a $$ here")]),
        ("$$ a $$ for all", [(BlockKind.PARAGRAPH, "$$ a $$ for all")]),
        ("$$\nnot closed\n\n$$", [(BlockKind.PARAGRAPH, "$$\nnot closed"), (BlockKind.PARAGRAPH, "$$")]),
        ("\\begin{align}\na &= b\n\\end{align}", [(BlockKind.MATH, "\\begin{align}\na &= b\n\\end{align}")]),
        (
            "so\n$$\na\n$$\nthus",
            [(BlockKind.PARAGRAPH, "so"), (BlockKind.MATH, "$$\na\n$$"), (BlockKind.PARAGRAPH, "thus")],
        ),
        ("- - deep", [(BlockKind.LIST_ITEM, "- - deep")]),
        ("-\n- b", [(BlockKind.OTHER, "-"), (BlockKind.LIST_ITEM, "- b")]),
        ("a\r\n\r\nb\rc", [(BlockKind.PARAGRAPH, "a"), (BlockKind.PARAGRAPH, "b\rc")]),
        ("```\nnever closed", [(BlockKind.FENCE, "```\nnever closed")]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_blocks_of_odd_texts(markdown, expected):
    assert kinds_and_texts(markdown) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("It is **bold.** Then not.", ["It is **bold.**", "Then not."]),
        ("Pi is 3.14 or so. Next.", ["Pi is 3.14 or so.", "Next."]),
        ("See Dr. Okoro, i.e. Ada. Ask her.", ["See Dr. Okoro, i.e. Ada.", "Ask her."]),
        ("In Fig. 2 and Eq. 5 and Vol. II it is so. Yes.", ["In Fig. 2 and Eq. 5 and Vol. II it is so.", "Yes."]),
        ("Mary L. Okafor came. Others left.", ["Mary L. Okafor came.", "Others left."]),
        ("Take vitamin C. It helps.", ["Take vitamin C.", "It helps."]),
        ("In Reed v. Reed the court ruled.", ["In Reed v. Reed the court ruled."]),
        ("Cells (c. 1850) were seen. Later more.", ["Cells (c. 1850) were seen.", "Later more."]),
        ("It was in the U.S. Then it moved.", ["It was in the U.S.", "Then it moved."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("Let $a. B$ be. Then `c. D` is.", ["Let $a. B$ be.", "Then `c. D` is."]),
        ("By \\(p. Q\\) and [a. B](/u) we end. Done.", ["By \\(p. Q\\) and [a. B](/u) we end.", "Done."]),
        ("It ends. $x$ starts.", ["It ends.", "$x$ starts."]),
        ("It rises. élan is low case.", ["It rises. élan is low case."]),
        ("It rises. Élan is not.", ["It rises.", "Élan is not."]),
        ("水は青い。空も青い。", ["水は青い。", "空も青い。"]),
        ("Small acids (pH 2.5. to 3) burn.", ["Small acids (pH 2.5. to 3) burn."]),
        ("**Case**:  \nThe sum\nA part", ["**Case**:", "The sum", "A part"]),
        ("A line that was wrapped by its writer at about seventy columns as\nEditors do goes on.", None),
        ("short and\nwrapped in lower case", None),
        ("asked\\\nfor", ["asked\\", "for"]),
    ],
)
def test_sentences_of_a_paragraph(paragraph, expected):
    assert sentences(paragraph) == (expected or [paragraph])


def test_list_items_are_their_own_units():
    assert sentences("Intro:\n\n1. First one. And more.\n2. Second\n   - a. b") == [
        "Intro:",
        "1. First one.",
        "And more.",
        "2. Second",
        "- a. b",
    ]


def test_blocks_that_are_whole_have_one_sentence():
    whole = {BlockKind.HEADING, BlockKind.TABLE, BlockKind.FENCE, BlockKind.MATH}
    for block in block_spans(ARTICLE):
        if block.kind in whole:
            assert block_sentences(ARTICLE, block) == [(block.start, block.end)]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## The *end* of __all__", "The end of all"),
        ("**Bold**, **also: bold** and ***both***", "Bold, also: bold and both"),
        ("a * b and snake_case_name", "a * b and snake_case_name"),
        ("[words](/url) ![picture](/p.png)", "words picture"),
        (r"\* no bullet \*", "* no bullet *"),
        ("`x * y * z` stays", "x * y * z stays"),
        ("$ x_1 * y_2 * z $ and \\(a_1*b*c\\)", "$ x_1 * y_2 * z $ and \\(a_1*b*c\\)"),
        ("costs $5, *really*, or $6", "costs $5, really, or $6"),
        ("fish &amp; chips<br>now", "fish & chips\nnow"),
        ("- one\n- two\n  1. three", "one\ntwo\nthree"),
        ("two  \nlines", "two\nlines"),
        ("a\n\n---\n\nb", "a\nb"),
        ("| a | **b** |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("", ""),
    ],
)
def test_plain_text(markdown, text):
    assert plain_text(markdown) == text


MARKERS = (
    "# ",
    "- ",
    "1. ",
    "> ",
    "```",
    "$$",
    "$",
    "\\[",
    "\\]",
    "\\(",
    "\\)",
    "**",
    "|",
    "|-|",
    "---",
    "[",
    "](",
    "`",
    "<br>",
)
WORDS = ("a", "B", ". ", "! ", ": ", "[a]: b", "é", "水。", "\0", "\u2028", "\t", "  ", "    ", "\n", "\n\n", "\r\n")
MARKDOWN = st.lists(st.sampled_from([*MARKERS, *WORDS]) | st.text(max_size=4)).map("".join)


def assert_covers(markdown, spans):
    """Spans in order, without overlap, with white space alone between them and none at their ends."""
    done = 0
    for start, end in spans:
        assert done <= start < end
        assert not markdown[done:start].strip()
        assert markdown[start:end] == markdown[start:end].strip()
        done = end
    assert not markdown[done:].strip()


@given(MARKDOWN)
def test_blocks_cover_any_text(markdown):
    assert_covers(markdown, [(block.start, block.end) for block in block_spans(markdown)])


@given(MARKDOWN)
def test_sentences_cover_any_text(markdown):
    assert_covers(markdown, sentence_spans(markdown))


@given(MARKDOWN)
def test_text_of_the_blocks_is_the_plain_text(markdown):
    texts = (block_text(markdown, block) for block in block_spans(markdown))
    assert "\n".join(text for text in texts if text) == plain_text(markdown)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1))
def test_plain_text_keeps_every_word(words):
    marked = " ".join(
        f"{mark}{word}{mark}" for word, mark in zip(words, ["**", "*", "`", ""] * len(words), strict=False)
    )
    assert plain_text(f"- {marked}") == " ".join(words)
