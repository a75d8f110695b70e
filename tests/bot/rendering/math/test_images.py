import io
import time

import numpy as np
import pytest
from PIL import Image

from bot.rendering.math.images import MAX_SIDE, MIN_WIDTH, PADDING, PAPER, draw_formula
from bot.rendering.math.tree import FormulaError


def picture(source):
    return Image.open(io.BytesIO(draw_formula(source)))


def ink(image):
    """Where dark pixels are: left, top, right, bottom."""
    return image.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()


def nested(depth, around):
    formula = "x"
    for _ in range(depth):
        formula = around.replace("?", formula)
    return formula


def test_a_picture_is_opaque_paper_with_dark_ink_and_padding():
    image = picture(r"E = mc^2")
    assert image.format == "PNG"
    assert image.convert("RGBA").getextrema()[3] == (255, 255)
    assert image.convert("RGB").getpixel((0, 0)) == tuple(bytes.fromhex(PAPER[1:]))
    left, top, right, bottom = ink(image)
    assert image.width == MIN_WIDTH
    assert abs(left - (image.width - right)) <= 4  # in the middle
    assert top >= PADDING - 2
    assert image.height - bottom >= PADDING - 2


def test_a_long_formula_makes_a_wide_picture():
    image = picture(" + ".join(f"x_{{{number}}}" for number in range(30)))
    assert image.width > MIN_WIDTH
    assert ink(image)[0] >= PADDING - 2


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{align*} 2x + 3y &= 5 \\ x - y &= 1 \end{align*}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\begin{split} a &= b \end{split}",
        r"\begin{equation} a = b \end{equation}",
        r"\begin{gather} a \\ b \end{gather}",
        r"f(x) = \begin{cases} x^2 & \text{if } x < 0 \\ 0 & \text{otherwise} \end{cases}",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^T",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}_{ij}^{-1}",
        r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
        r"\ce{2H2 + O2 ->[spark] 2H2O}",
        r"A \xrightarrow[\text{below}]{\text{above}} B",
        r"x = 2 \tag{3}",
        r"\text{share of \% \& \$}",
        r"\text{a < b & c}",
        r"\boxed{x} + \cancel{y}",
        r"\left. \frac{dy}{dx} \right|_{x=0}",
        r"\underbrace{a + b}_{\text{sum}} \overbrace{c}^{d}",
        r"\not\equiv \not\in \nicefrac{1}{2}",
        r"\sum_{\substack{i=1 \\ j=2}}^{n} \binom{n}{\frac{i}{2}}",
        r"\vec{AB} \hat{x} \widehat{xyz} \overline{z}",
        "50 %",
        r"a \\ b",
    ],
)
def test_what_articles_use_is_drawn(source):
    left, top, right, bottom = ink(picture(source))
    assert right - left >= 15
    assert bottom - top >= 10


def test_rows_of_an_alignment_stand_below_each_other():
    one, three = (
        ink(picture(source)) for source in ("a = b", r"\begin{align*} a &= b \\ c &= d \\ e &= f \end{align*}")
    )
    assert three[3] - three[1] > 2.5 * (one[3] - one[1])


def test_a_sign_stands_close_to_its_number():
    sign, minus = (ink(picture(source)) for source in ("=-2", "a-2"))
    assert sign[2] - sign[0] < 105
    assert minus[2] - minus[0] > 60


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (r"\foo", r"\foo"),
        ("x^{", "open"),
        (r"\hat" * 400 + " x", "nested"),
        (nested(39, r"\left(1+?\right)").replace("x", "x" * 200), "steps"),
        (r"\text{" + "w" * 900 + "}", "pixels"),
        (r"\begin{matrix}" + r"a \\" * 150 + r"\end{matrix}", "pixels"),
        (r"\rule{3000pt}{3000pt}", "pixels"),
        (r"\left(\rule{1pt}{99999999pt}\right)", "length"),
        (r"\left(\raise 99999999pt{x}\right)", "raise"),
        (r"\overbrace{\hspace{12345678em}}", "length"),
        (r"\newcommand{\a}{\b\b}\newcommand{\b}{xx}\a", "newcommand"),
        (r"\def\a{\a\a}\a", "def"),
        (nested(20, r"\sideset{_1}{^2}{?}"), "sideset"),
        ("速度", "font"),
    ],
)
def test_what_would_take_too_long_or_be_too_large_is_refused(source, problem):
    begun = time.process_time()
    with pytest.raises(FormulaError) as caught:
        draw_formula(source)
    assert problem in caught.value.problem
    assert time.process_time() - begun < 2


def test_the_largest_size_is_beyond_any_message_column():
    assert MAX_SIDE > 4 * MIN_WIDTH


def longest_lines(image):
    """The longest run of dark pixels in each row and in each column."""
    dark = np.asarray(image.convert("L")) < 128

    def longest(lines):
        return np.array(
            [max((len(run) for run in "".join("1" if d else " " for d in line).split()), default=0) for line in lines]
        )

    return longest(dark), longest(dark.T)


def count(lines, length):
    """How many lines there are of at least this length; neighbouring ones are one thick line."""
    is_long = lines >= length
    return int(np.count_nonzero(is_long[1:] & ~is_long[:-1]))


@pytest.mark.parametrize(
    ("source", "across", "down"),
    [
        (r"\begin{array}{|c|c|c|} \hline p & q & p \to q \\ \hline T & T & T \\ F & F & T \\ \hline \end{array}", 3, 4),
        (r"\begin{array}{c|c} x & P(x) \\ \hline a & b \\ c & d \end{array}", 1, 1),
        (r"\begin{array}{cc} x & P(x) \\ a & b \\ c & d \\ \hline \end{array}", 1, 0),
        (r"\left[ \begin{array}{ccc|c} 1 & 2 & 3 & 4 \\ 5 & 6 & 7 & 8 \\ 9 & 0 & 1 & 2 \end{array} \right]", 0, 3),
        (r"\begin{array}{ccc} x & P(x) & q \\ a & b & c \\ c & d & e \end{array}", 0, 0),
    ],
    ids=["a frame", "a cross", "a line below", "an augmented matrix in its brackets", "none"],
)
def test_tables_have_the_lines_that_they_are_written_with(source, across, down):
    rows, columns = longest_lines(picture(source))
    assert (count(rows, 150), count(columns, 120)) == (across, down)


def test_the_columns_of_a_matrix_stand_apart():
    image = picture(r"\begin{matrix} 1 * 1 + 2 * 3 & 1 * 2 + 2 * 4 \end{matrix}")
    left, _, right, _ = ink(image)
    columns = (np.asarray(image.convert("L")) < 128).any(axis=0)[left:right]
    blanks = sorted(len(run) for run in "".join("1" if dark else " " for dark in columns).split("1"))
    assert blanks[-1] >= 2 * blanks[-2]


def test_a_matrix_has_brackets_of_its_own_height():
    alone = ink(picture(r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"))
    beside = picture(r"\begin{matrix} a \\ b \\ c \\ d \end{matrix} \quad \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}")
    tallest = longest_lines(beside)[1].max()
    assert abs(tallest - (alone[3] - alone[1])) <= 4


@pytest.mark.parametrize("letter", [r"\phi", r"\epsilon", r"\vartheta", r"\varphi", r"\theta"])
def test_greek_letters_stand_for_quantities_and_are_slanted(letter):
    upright, slanted = (picture(source) for source in (rf"\mathrm{{{letter}}}", letter))
    assert slanted.tobytes() != upright.tobytes()
