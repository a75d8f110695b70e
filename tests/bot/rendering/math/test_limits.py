"""No formula, however it is nested or repeated, costs more than a second or becomes too large."""

import runpy
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.math.images import MAX_SECONDS, draw_formula
from bot.rendering.math.layout import layout_steps
from bot.rendering.math.tree import MAX_SOURCE_LENGTH, FormulaError, parse_latex
from bot.rendering.math.unicode import unicode_math
from tests.conftest import SHARED

HANGING = SHARED / "cases" / "hanging_questions.py"
BOUND = 2 * MAX_SECONDS
"""Seconds of processor time that one formula may take here: generous, for machines differ; what doubles exceeds it."""

WRAPPERS = [
    *(rf"\{name}{{" for name in ("hat", "sqrt", "overline", "boxed", "cancel", "phantom", "vec", "text", "ce")),
    *(rf"\{name}{{" for name in ("xrightarrow", "mathrm", "hphantom", "widehat", "displaystyle", "operatorname")),
    r"\xrightarrow[ab]{",
    r"\xleftarrow[b]{a+",
    r"\frac{1}{",
    r"\frac{",
    r"\sqrt[3]{",
    "x^{",
    "x_{",
    "{",
    r"{a \\ ",
    r"\underbrace{a+",
    r"\overbrace{",
    r"\overset{a}{",
    r"\underset{b}{a",
    r"\stackrel{b}{",
    r"\cfrac{1}{1+",
    r"\binom{n}{",
    r"\substack{a \\ ",
    r"\sideset{_1}{^2}{",
    r"\color{red}{",
    r"\left(1+{",
    r"\big({",
    r"\ce{A ->[",
    r"\begin{pmatrix}1&{",
    r"\begin{cases}1&{",
    r"\begin{array}{|c|c|}\hline 1&{",
    r"\begin{align*}a&=b\\{",
    r"\tag{",
    r"\pu{",
    r"\not{",
    r"\mbox{$",
    r"\text{a $",
    r"\text{\(",
    r"\begin{cases*} a & b $",
]
PIECES = [
    "x",
    "1",
    "+",
    "(",
    "^",
    "_",
    "'",
    "&",
    "%",
    "$",
    "#",
    "~",
    " ",
    "é",
    "速",
    "\\",
    r"\\",
    r"\,",
    r"\!",
    r"\hat",
    r"\sqrt",
    r"\left(",
    r"\right)",
    r"\left|x\right|",
    r"\middle|",
    r"\frac12",
    "x_1^2",
    r"\sum_1^2",
    r"\int",
    r"\big(",
    r"\not",
    r"\limits",
    r"\color{red}",
    r"\displaystyle",
    r"\overline x",
    r"\verb|",
    r"\hbox{$x$}",
    r"\text{a b}",
    r"\text a",
    r"\xrightarrow{a}",
    r"\begin{matrix}",
    r"\end{matrix}",
    r"\begin{matrix}a\end{matrix}",
    r"\over",
    r"\mod ",
    "ab ",
    "abc ",
    r"\tag{1}",
    r"\operatorname{a}",
    r"\hspace{1em}",
    "{}",
    "}",
    "{",
    "[",
    "]",
    "->",
    r"\ce{",
    "H2O + ",
    "^2-",
    ".",
    ",",
    r"\hline",
    r"\ce{A ->[a][b] B}",
    r"\\[2pt]",
    r"\label{a}",
    "<",
    "&lt;",
    "1,000",
]


def closing(opening):
    """What ends the construct that the opening begins."""
    ends = {
        r"\left(1+{": r"}\right)",
        r"\begin{pmatrix}1&{": r"}\end{pmatrix}",
        r"\begin{cases}1&{": r"}\end{cases}",
        r"\begin{array}{|c|c|}\hline 1&{": r"}\end{array}",
        r"\begin{align*}a&=b\\{": r"}\end{align*}",
        r"\ce{A ->[": "] B}",
        r"\mbox{$": "$}",
        r"\text{a $": "$}",
        r"\text{\(": r"\)}",
        r"\begin{cases*} a & b $": r"$\end{cases*}",
    }
    return ends.get(opening, "}")


def nested(openings, inside="x"):
    return "".join(openings) + inside + "".join(map(closing, reversed(openings)))


def cost(source):
    """Seconds of processor time for a formula drawn and in one line, whether or not it can be shown."""
    begun = time.thread_time()
    for show in (draw_formula, unicode_math.__wrapped__):
        try:
            show(source)
        except FormulaError as error:
            assert error.source == source  # noqa: PT017  # refused, and nothing else
    return time.thread_time() - begun


@pytest.fixture(autouse=True, scope="module")
def _font_loaded():
    draw_formula("x")


@pytest.mark.parametrize("opening", WRAPPERS)
def test_nesting_does_not_multiply_the_cost(opening):
    assert cost(nested([opening] * 18)) < BOUND


@pytest.mark.parametrize("piece", PIECES)
def test_repetition_does_not_multiply_the_cost(piece):
    assert cost(piece * (MAX_SOURCE_LENGTH // len(piece))) < BOUND


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(WRAPPERS), max_size=3),
    st.integers(1, 12),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join),
    st.integers(1, 60),
)
def test_no_mixture_of_pieces_is_slow(wrappers, depth, piece, times):
    assert cost(nested(wrappers * depth, piece * times)[:4_000]) < BOUND


def test_twice_the_depth_takes_four_times_the_steps_at_most():
    steps = [layout_steps(parse_latex(nested([r"\xrightarrow[ab]{"] * depth))) for depth in (5, 10, 20)]
    assert steps[1] < 4.5 * steps[0]
    assert steps[2] < 4.5 * steps[1]


@pytest.mark.skipif(not HANGING.exists(), reason="the cases that hung lie beside the repository, and are not there")
def test_the_formulas_that_hung():
    formulas = runpy.run_path(str(HANGING))["FORMULAS"]
    costs = {name: cost(source) for name, source in formulas.items()}
    assert {name: seconds for name, seconds in costs.items() if seconds >= BOUND} == {}
