import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.math_tree import LONGEST_SOURCE, FormulaError
from bot.rendering.math_unicode import unicode_math


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("x", "x"),
        ("x^2", "x²"),
        ("x^{10}", "x¹⁰"),
        ("x^{-1}", "x⁻¹"),
        ("x^{n+1}", "xⁿ⁺¹"),
        ("x^{1/2}", "x^(1/2)"),
        ("e^{-kt}", "e⁻ᵏᵗ"),
        ("x_1", "x₁"),
        ("x_{ij}", "xᵢⱼ"),
        ("x_{max}", "xₘₐₓ"),
        (r"x_{\text{max}}", "xₘₐₓ"),
        (r"T_{\text{initial}}", "T_(initial)"),
        ("V_C", "V_C"),
        ("V_C I", "V_C I"),
        ("x_1^2", "x₁²"),
        ("10^{-3}", "10⁻³"),
        (r"90^\circ", "90°"),
        (r"f'(x)", "f′(x)"),
        (r"f''(x)", "f″(x)"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\frac{1}{2a}", "1/(2a)"),
        (r"\frac{2a}{b}", "2a/b"),
        (r"\frac{dy}{dx}", "dy/dx"),
        (r"\frac{\partial f}{\partial x}", "∂f/∂x"),
        (r"\frac{(a+b)^2}{4}", "(a + b)²/4"),
        (r"\frac{\text{net income}}{\text{assets}}", "(net income)/assets"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"\frac{a}{b} x", "(a/b)x"),
        (r"k\frac{a}{b}", "k(a/b)"),
        (r"2\frac{1}{3}", "2 1/3"),
        (r"\frac{5}{6} \text{ kg}", "5/6 kg"),
        (r"\sqrt{x}", "√x"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\sqrt{2x}", "√(2x)"),
        (r"\sqrt[3]{8}", "∛8"),
        (r"\sqrt[n]{x}", "ⁿ√x"),
        ("a+b", "a + b"),
        ("a=-b", "a = −b"),
        ("(-3) - (-2)", "(−3) − (−2)"),
        (r"\pm 5", "±5"),
        (r"a \times b \div c \cdot d", "a × b ÷ c · d"),
        (r"a \leq b \neq c \geq d", "a ≤ b ≠ c ≥ d"),
        (r"a \approx b \equiv c \propto d", "a ≈ b ≡ c ∝ d"),
        (r"a \not= b", "a ≠ b"),
        (r"a \not\in B", "a ∉ B"),
        (r"P \not\equiv Q", "P ≢ Q"),
        (r"A \cup B \cap C \subseteq D", "A ∪ B ∩ C ⊆ D"),
        (r"x \in \mathbb{R}", "x ∈ ℝ"),
        (r"\forall x \exists y", "∀x∃y"),
        (r"\neg p \land q \lor r", "¬p ∧ q ∨ r"),
        (r"p \implies q \iff r", "p ⟹ q ⟺ r"),
        (r"x \to \infty", "x → ∞"),
        (r"\alpha\beta\gamma\Delta\Omega", "αβγΔΩ"),
        (r"\sin x", "sin x"),
        (r"2\sin^2(x)", "2 sin²(x)"),
        (r"\log_{10}(5)", "log₁₀(5)"),
        (r"\tan^{-1}\left(\frac{a}{b}\right)", "tan⁻¹(a/b)"),
        (r"\lim_{x \to 0} f(x)", "lim_(x→0) f(x)"),
        (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
        (r"\arg\min_x f", "arg minₓ f"),
        (r"\operatorname{Var}(X)", "Var(X)"),
        (r"\vec{v}", "v\u20d7"),
        (r"\vec{v}_0", "v\u20d7₀"),
        (r"\vec{v_0}", "v\u20d7₀"),
        (r"\overrightarrow{PQ}", "(PQ)\u20d7"),
        (r"\hat{x}", "x\u0302"),
        (r"\bar{x}", "x\u0304"),
        (r"\overline{AB}", "A\u0305B\u0305"),
        (r"\dot{x} + \ddot{x}", "x\u0307 + x\u0308"),
        (r"\mathbf{F} = m\mathbf{a}", "𝐅 = m𝐚"),
        (r"\textbf{v}", "𝐯"),
        (r"\boldsymbol{\beta}", "𝜷"),
        (r"\mathcal{L}", "ℒ"),
        (r"\text{m/s}^2", "m/s²"),
        (r"9.81 \, \text{m/s}^2", "9.81 m/s²"),
        (r"5\text{ kg}", "5 kg"),
        (r"2 \text{Glucose}", "2 Glucose"),
        (r"2\text{NO}(g)", "2NO(g)"),
        (r"\text{H}_2\text{O}", "H₂O"),
        (r"\mathrm{HgCl}_2", "HgCl₂"),
        (r"\text{50\% of \$5}", "50% of $5"),
        (r"100,000", "100,000"),
        (r"(1, 2)", "(1, 2)"),
        (r"f: A \to B", "f: A → B"),
        (r"\{1, 2, \ldots, n\}", "{1, 2, …, n}"),
        (r"|x|^2", "|x|²"),
        (r"\lfloor x \rfloor", "⌊x⌋"),
        (r"\langle a, b \rangle", "⟨a, b⟩"),
        (r"n!", "n!"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"a \equiv b \mod n", "a ≡ b mod n"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\begin{bmatrix} x \\ y \end{bmatrix}", "[x; y]"),
        (r"A \xrightarrow{\text{heat}} B", "A →[heat] B"),
        (r"\underbrace{a+b}_{c}", "(a + b)_c"),
        (r"\boxed{x = 2}", "[x = 2]"),
        (r"x = 2 \tag{1}", "x = 2 (1)"),
        (r"a \quad b", "a b"),
        (r"{}^{14}_{6}\text{C}", "¹⁴₆C"),
        (r"\mathbb{Z}/n\mathbb{Z}", "ℤ/nℤ"),
        ("Cardiac Output = Stroke Volume", "Cardiac Output = Stroke Volume"),
        (r"\frac{Net Income}{Total Assets}", "(Net Income)/(Total Assets)"),
        (r"\text{net of tax} + \alpha beta", "net of tax + αbeta"),
        ("A_n_{(s)}", "Aₙ₍ₛ₎"),
        (r"a = b \\", "a = b"),
        (r"25\celsius", "25°C"),
        (r"α + β", "α + β"),
    ],
)
def test_formulas_read_well_in_one_line(source, shown):
    assert unicode_math(source) == shown


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("", "empty"),
        ("  ", "empty"),
        (r"\foo{x}", r"\foo"),
        (r"\frac{a}", "argument"),
        ("x^{2", "open"),
        ("x}", "not open"),
        (r"a_\frac", "parsed"),
        (r"\begin{cases} a", "parsed"),
        (r"\cancel{x}", "strikes"),
        (r"\widehat{a+b}", "accent"),
        (r"\phantom{x}", "form"),
        ("{" * 60 + "}" * 60, "nested"),
        ("x" * (LONGEST_SOURCE + 1), "characters"),
    ],
)
def test_what_has_no_readable_form_is_refused_and_says_why(source, problem):
    with pytest.raises(FormulaError, match=r".*") as caught:
        unicode_math(source)
    assert problem in caught.value.problem
    assert caught.value.source == source


PIECES = st.sampled_from(
    [
        r"\frac{",
        "}",
        "{",
        "^",
        "_",
        "x",
        "1",
        "+",
        r"\left(",
        r"\right)",
        r"\text{",
        r"\\",
        "&",
        r"\sqrt[",
        "]",
        "$",
        "%",
        r"\begin{matrix}",
        r"\end{matrix}",
        r"\ce{",
        "->",
        r"\hat",
        r"\not",
        r"\tag{",
        " ",
        "'",
        "\n",
        r"\foo",
        "é",
        "<",
        "&lt;",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_is_converted_or_refused(source):
    try:
        text = unicode_math(source)
    except FormulaError:
        return
    assert text.strip()
    assert "\n" not in text
