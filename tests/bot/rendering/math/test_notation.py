"""What LaTeX means is drawn, or its source is shown: nothing is silently left out or drawn as something else."""

import pytest

from bot.rendering.math.images import draw_formula
from bot.rendering.math.tree import FormulaError
from bot.rendering.math.unicode import unicode_math
from tests.conftest import SHARED

CASES = SHARED / "cases" / "formulas.txt"


@pytest.mark.parametrize(
    ("source", "other"),
    [
        (r"\begin{aligned} a &= b \\[6pt] c &= d \end{aligned}", r"\begin{aligned} a &= b \\ c &= d \end{aligned}"),
        (r"\begin{align*} a &= b \\* c &= d \end{align*}", r"\begin{align*} a &= b \\ c &= d \end{align*}"),
        (r"\begin{align*} a &= b \\*[ -2.5 ex ] c &= d \end{align*}", r"\begin{align*} a &= b \\ c &= d \end{align*}"),
        (r"\begin{array}{*{3}{c}} 1 & 2 & 3 \end{array}", r"\begin{array}{ccc} 1 & 2 & 3 \end{array}"),
        (r"\begin{array}{@{}c@{\;}|| c !{\quad}} 1 & 2 \end{array}", r"\begin{array}{c|c} 1 & 2 \end{array}"),
        (r"\begin{array}[t]{p{3cm}r} 1 & 2 \end{array}", r"\begin{array}{lr} 1 & 2 \end{array}"),
        (
            r"\begin{cases*} x & if $x > 0$ \\ 0 & otherwise \end{cases*}",
            r"\begin{cases} x & {\text{if }{x > 0}} \\ 0 & \text{otherwise} \end{cases}",
        ),
        (r"\begin{dcases} a & b \end{dcases}", r"\begin{cases} a & b \end{cases}"),
        (r"\begin{gather*} a \\ b \end{gather*}", r"\begin{multline} a \\ b \end{multline}"),
        (r"\begin{flalign} a &= b \end{flalign}", r"\begin{align*} a &= b \end{align*}"),
        (r"\begin{equation*} a \label{eq:a} \end{equation*}", "a"),
        (
            r"\begin{pmatrix*}[r] 1 & 22 \\ 33 & 4 \end{pmatrix*}",
            r"\left(\begin{matrix*}[r] 1 & 22 \\ 33 & 4\end{matrix*}\right)",
        ),
        (r"\begin{pmatrix} {c} & d \end{pmatrix}", r"\begin{pmatrix} c & d \end{pmatrix}"),
        (r"3{,}14", r"3\text{,}14"),
        (r"\left< a \right>", r"\left\langle a \right\rangle"),
        (r"\bigl\{ x \bigr\}", r"\bigl\lbrace x \bigr\rbrace"),
        (r"\text{a {b} c}", r"\text{a b c}"),
        (r"\text{a $x^2$ b}", r"{\text{a }{x^2}\text{ b}}"),
        (r"\mbox{for \(x\)}", r"{\text{for }{x}}"),
        ("a % a remark\n + b", "a + b"),
        ("a\u200b\u00a0+\u2009b", "a + b"),
        (r"x &lt; y", "x < y"),
        (r"\hspace*{1em} x", r"\hspace{1em} x"),
        (r"\color{blue}{x} + y", r"\textcolor{blue}{x} + y"),
        (r"\color{nosuchcolor}{x} + y", r"{x} + y"),
        (r"\Bbb R \mathcolor{red}{x}", r"\mathbb R \textcolor{red}{x}"),
        (r"\fbox{a b}", r"\boxed{\text{a b}}"),
        (r"\mathop{x}\mathord{y}", "{x}{y}"),
    ],
)
def test_two_ways_to_write_a_formula_give_one_picture(source, other):
    assert draw_formula(source) == draw_formula(other)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\operatorname*{arg\,max}_x f(x)", "arg maxₓ f(x)"),
        (r"\operatorname{2-norm}", "2-norm"),
        ("3{,}14", "3,14"),
        ("a{=}b", "a=b"),
        (r"\begin{cases*} x & if $x > 0$ \\ 0 & otherwise \end{cases*}", "{x, if x > 0; 0, otherwise"),
        (r"\begin{rcases} a \\ b \end{rcases} = c", "a; b} = c"),
        (r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}", "a = b; c = d"),
        (r"\begin{bmatrix} [1, 2] & 3 \end{bmatrix}", "[[1, 2], 3]"),
        (r"\begin{align} a &= b \tag{1} \\ c &= d \end{align}", "a = b (1); c = d"),
        (r"\text{5 cm} + \text{\% of \{a\}} + \text{caf\'e}", "5 cm + % of {a} + café"),
        (r"\text{95% of it}", "95% of it"),
        (r"\text{\textbf{a} and \emph{b}}", "𝐚 and b"),
        ("50 %", "50%"),
        ("x-5 mm", "x − 5mm"),
        (r"5 cm^2", "5cm²"),
        (r"a\,b\!c", "a bc"),
        (r"\not\subset \not\sim \not<", "⊄ ≁ ≮"),
        (r"a \equiv b \pmod{n}", "a ≡ b (mod n)"),
        (r"\big\{ x \big\| \bigg.", "{x‖"),
        (r"f'''(x)", "f‴(x)"),
        (r"\text{速度} = \frac{s}{t}", "速度 = s/t"),
        (r"\overset{!}{=}", "=[!]"),
        (r"\sqrt{}", "√"),
        (r"\frac{a}{b}/\frac{c}{d}", "(a/b)/(c/d)"),
        (r"5\,\$ + 10\%", "5 $ + 10%"),
        (r"\frac{\color{red} a + b}{c}", "(a + b)/c"),
    ],
)
def test_what_is_meant_is_shown_in_one_line(source, shown):
    assert unicode_math(source) == shown


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (r"\begin{tikzpicture} a \end{tikzpicture}", "tikzpicture"),
        (r"\begin{tabular}{c} a \end{tabular}", "tabular"),
        (r"\begin{align} a \intertext{and} b \end{align}", "intertext"),
        (r"\begin{array}{>{\bf}c} a \end{array}", "columns"),
        (r"\begin{array}{@{=}c} a \end{array}", "columns"),
        (r"\begin{array} a \end{array}", "columns"),
        (r"\begin{array}{cc} \multicolumn{2}{c}{x} \end{array}", "multicolumn"),
        (r"\begin{cases*} a & \begin{matrix} b \end{matrix} \end{cases*}", "cases"),
        (r"\cancelto{0}{x}", "cancelto"),
        (r"\colorbox{yellow}{x}", "colorbox"),
        (r"\genfrac{(}{)}{0pt}{}{n}{k}", "genfrac"),
        (r"\sideset{_a}{^b}\sum", "sideset"),
        (r"\href{https://example.org}{x}", "href"),
        (r"\DeclareMathOperator{\x}{x} \x", "DeclareMathOperator"),
        (r"\text{\alpha}", "alpha"),
        (r"\text{costs $5}", "dollar"),
        (r"\operatorname*{x_1}", "operatorname"),
        ("5% of x", "percent"),
        ("a & b", "outside of a table"),
        ("a $b$ c", "begins nothing"),
        (r"\(x\)", "begins nothing"),
        (r"\sqrt{} x", "of nothing"),
        (r"\frac{}{2}", "of nothing"),
        (r"\hline a", "outside of a table"),
        ("\ue000 a", "private"),
    ],
)
def test_what_would_lose_its_meaning_is_refused_and_says_why(source, problem):
    for show in (draw_formula, unicode_math):
        with pytest.raises(FormulaError) as caught:
            show(source)
        assert problem in caught.value.problem


@pytest.mark.parametrize("text", ["速度", "مرحبا", "שלום", "😀", "ไทย", "हिन्दी"])
@pytest.mark.parametrize("form", ["{}", r"\text{{{}}}", r"\frac{{{}}}{{2}}", r"\ce{{{}}}"])
def test_letters_that_the_font_lacks_are_shown_as_source(text, form):
    with pytest.raises(FormulaError, match="the font lacks"):
        draw_formula(form.format(text))


@pytest.mark.parametrize("text", ["скорость", "vitesse élevée", "Geschwindigkeit größer", "velocità", "10 € £ ¥ © ™"])
def test_letters_that_the_font_has_are_drawn(text):
    assert draw_formula(rf"\text{{{text}}} = v")


def test_an_operator_keeps_its_distance_from_what_it_stands_beside():
    together, apart = (len(unicode_math(source)) for source in (r"\operatorname{rank}A", r"a \bmod b"))
    assert (together, apart) == (len("rank A"), len("a mod b"))
    assert draw_formula(r"a \bmod b") != draw_formula(r"a\mathrm{mod}b")


@pytest.mark.skipif(not CASES.exists(), reason="the formulas that failed lie beside the repository, and are not there")
def test_the_formulas_that_failed():
    refused = {}
    for source in filter(None, CASES.read_text(encoding="utf-8").splitlines()):
        try:
            draw_formula(source)
        except FormulaError as error:
            refused[source] = error.problem
    assert set(refused) <= {r"\text{速度} = \frac{\text{距离}}{\text{时间}}"}
