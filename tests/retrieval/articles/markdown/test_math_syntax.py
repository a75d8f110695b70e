r"""Which dollars, brackets and environments are formulas."""

import pytest

from retrieval.articles.markdown.parser import all_tokens, inline_tokens, math_source
from retrieval.articles.markdown.plain_text import BlockKind, block_spans, plain_text


def formulas(text):
    return [token.content.strip() for token in inline_tokens(text) if token.type.startswith("math")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll rises from $4 to $6, so demand $D$ drops.", ["D"]),
        ("With $w$ at $30 and $L$ at 8.", ["w", "L"]),
        ("A ticket is $12 and a group pays $12n$.", ["12n"]),
        ("Put $2,500 away at $i = 3\\%$ for $n$ years: $2,732.", [r"i = 3\%", "n"]),
        ("A mug is $7, so $m$ mugs are $7m$.", ["m", "7m"]),
        ("between $5 and $10", []),
        ("$5-$10 or $5\u2013$x$", ["x"]),
        ("from $1.5M to $2M, $k$ times", ["k"]),
        ("US$5 to US$7, A$9, US$5/$n$", ["n"]),
        ("$5,000/month for $t$ months", ["t"]),
        ("costs $x$ dollars", ["x"]),
        ("exactly $20$ and $20x$", ["20", "20x"]),
        (r"\$5 and $x$ and \$6", ["x"]),
        ("$ 5 each, $ 6 for two, $ x $ for all", ["x"]),
        ("a $10 bill, $n$ of them", ["n"]),
        ("cheap ($), fair ($$), dear ($$$)", []),
        ("($5) is less than ($p$)", ["p"]),
        ("**$5** or **$x$**", ["x"]),
        ("5$ or 10$, $y$", ["y"]),
        ("the $-sign and $z$", ["z"]),
        ("I paid $5 for the pen and he paid 5$ too", []),
        ("$ a $ and $ b $, then $ 48 \\mod 18 $.", ["a", "b", r"48 \mod 18"]),
        (r"$s = ut + \frac{1}{2}at^2$", [r"s = ut + \frac{1}{2}at^2"]),
        (r"$ s = ut + \frac{1}{2}at^2 $", [r"s = ut + \frac{1}{2}at^2"]),
        (r"$\$5 + x$", [r"\$5 + x"]),
        ("$f(x)$, $g$; $-1$ ($h$)", ["f(x)", "g", "-1", "h"]),
        ("$a$$b$", ["a", "b"]),
        ("Let $x$ be the price in $ and $y$ the amount.", ["x", "y"]),
        ("prices in $ or in \u20ac, and $ is first", []),
        ("A$AP Rocky and Ke$ha sing.", []),
        ("$x", []),
        ("$", []),
        ("$$", []),
    ],
)
def test_a_dollar_opens_a_formula_where_one_is_meant(text, expected):
    assert formulas(text) == expected
    assert plain_text(text).count("$") == text.count("$")


@pytest.mark.parametrize("name", ["align", "align*", "equation", "gather*", "cases", "pmatrix", "array", "split"])
def test_an_environment_is_a_formula(name):
    source = rf"\begin{{{name}}}{'{cc}' if name == 'array' else ''} a &= b \\ c &= d \end{{{name}}}"
    assert formulas(f"It is {source} here.") == [source]
    lines = source.replace(r"\\ ", "\\\\\n")
    tokens = [token for token in all_tokens(f"So\n{lines}.\n\nThen *x*.") if token.type == "math_block"]
    assert [math_source(token) for token in tokens] == [lines]
    assert plain_text(f"So\n{lines}\nThen") == f"So\n{lines}\nThen"


def test_an_environment_may_hold_one_of_its_kind():
    source = r"\begin{array}{c} \begin{array}{c} a \end{array} \\ b \end{array}"
    assert formulas(f"x {source} y") == [source]


@pytest.mark.parametrize(
    "text", [r"\begin{align} x", r"\begin{document} x \end{document}", r"\begin{align} x \end{cases}"]
)
def test_what_is_no_whole_environment_is_text(text):
    assert formulas(text) == []


def test_an_environment_on_its_own_is_a_block():
    text = "So\n\\begin{align}\na &= b\n\\end{align}\nthus"
    assert [block.kind for block in block_spans(text)] == [BlockKind.PARAGRAPH, BlockKind.MATH, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| $P(A|B)$ | `x|y` |", "$P(A|B)$ | x|y"),
        (r"| $|x|$ | \(\{a|a>0\}\) |", r"$|x|$ | \(\{a|a>0\}\)"),
        ("| $5 | $6 |", "$5 | $6"),
        ("|$5|$6|", "$5 | $6"),
        ("|5$|6$|", "5$ | 6$"),
        ("|$5|x|", "$5 | x"),
        ("|$a|$b|", "$a | $b"),
        (r"| $\left|x\right|$ | $5 |", r"$\left|x\right|$ | $5"),
        ("| $x = |y|$ | $|x| < 3$ |", "$x = |y|$ | $|x| < 3$"),
        ("| $$P(A|B)$$ | $$x$$ |", "$$P(A|B)$$ | $$x$$"),
        (r"| \[|z|\] | b |", r"\[|z|\] | b"),
        (r"| \begin{vmatrix}a|b\end{vmatrix} | b |", r"\begin{vmatrix}a|b\end{vmatrix} | b"),
        (r"| a\|b | c |", "a|b | c"),
        ("| `a` | `b` |", "a | b"),
    ],
)
def test_a_pipe_in_a_formula_or_in_code_parts_no_cells(row, cells):
    assert plain_text(f"| h | i |\n|---|---|\n{row}") == f"h | i\n{cells}"


def test_what_stands_for_pipes_and_comments_may_be_in_a_text():
    odd = "\ue07c `a|b` \ue001 <!-- x -->"
    assert "\ue07c" in plain_text(f"{odd}\n\n{odd}")
    assert "\ue001" in plain_text(odd)
