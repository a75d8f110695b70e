r"""What of LaTeX is not drawn here, found in the source before anything else looks at it.

The parser knows more commands than can be shown truly: it leaves out what some of them mean, and takes time that
doubles with each level of others, such as \sideset and what defines commands. Whatever is found here is shown as its
source.
"""

from __future__ import annotations

import re


class UnsupportedLatexError(Exception):
    """The LaTeX holds what cannot be drawn truly; the message is the end of a sentence that begins with the formula."""


ENVIRONMENTS = frozenset(
    [
        "align",
        "align*",
        "alignat",
        "alignat*",
        "aligned",
        "alignedat",
        "array",
        "Bmatrix",
        "Bmatrix*",
        "bmatrix",
        "bmatrix*",
        "bsmallmatrix",
        "cases",
        "cases*",
        "dcases",
        "dcases*",
        "displaymath",
        "eqnarray",
        "eqnarray*",
        "equation",
        "equation*",
        "flalign",
        "flalign*",
        "gather",
        "gather*",
        "gathered",
        "math",
        "matrix",
        "matrix*",
        "multline",
        "multline*",
        "multlined",
        "pmatrix",
        "pmatrix*",
        "psmallmatrix",
        "rcases",
        "rcases*",
        "smallmatrix",
        "split",
        "subarray",
        "Vmatrix",
        "Vmatrix*",
        "vmatrix",
        "vmatrix*",
        "Vsmallmatrix",
        "vsmallmatrix",
    ]
)
"""Environments that are drawn."""

_UNSUPPORTED = frozenset(  # words are easier to read than a list of them
    # what defines commands: few of them make endless work
    """
    newcommand renewcommand providecommand def edef gdef xdef let newenvironment renewenvironment DeclareMathOperator
    catcode input include genfrac operatornamewithlimits
    """.split()  # noqa: SIM905
    # what the parser draws without its meaning, or as something else
    + """
    class cssId style href unicode verb colorbox fcolorbox mathchoice skew leftroot uproot smash vcenter raise lower
    moveleft moveright llap rlap clap mathllap mathrlap mathclap eqalign eqalignno displaylines matrix pmatrix cases
    root abovewithdelims atopwithdelims above hfil hfill hdashline cline multicolumn multirow intertext shortintertext
    ref eqref cite footnote oldstyle mit cancelto sideset LaTeX TeX
    """.split()  # noqa: SIM905
)
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]{0,40})\}")
_DIMENSION = re.compile(
    r"(?<![0-9.])([0-9]{1,10})(?:\.[0-9]{0,10})?\s?(pt|em|ex|cm|mm|in|pc|mu|bp|dd|cc|sp)(?![A-Za-z])"
)
_PIXELS = {
    "pt": 1.4, "em": 54, "ex": 23, "cm": 38, "mm": 3.8, "in": 97, "pc": 16, "mu": 3, "bp": 1.4, "dd": 1.5, "cc": 18,
}  # fmt: skip
_MAX_PIXELS = 6_000


def check_latex(latex: str) -> None:
    """Raise `UnsupportedLatexError` for what is not drawn here."""
    for name in _COMMAND.findall(latex):
        if name in _UNSUPPORTED:
            raise UnsupportedLatexError(f"uses \\{name}, which is not drawn")
    for name in _ENVIRONMENT.findall(latex):
        if name.strip() not in ENVIRONMENTS:
            raise UnsupportedLatexError(f"uses the environment {name!r}, which is not drawn")
    for number, unit in _DIMENSION.findall(latex):
        if int(number) * _PIXELS.get(unit, 1) > _MAX_PIXELS:
            raise UnsupportedLatexError(f"holds a length of {number}{unit}")
