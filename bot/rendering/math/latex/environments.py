r"""Environments of LaTeX → the few that the parser lays out truly, and rows and columns as it reads them."""

from __future__ import annotations

import re

from bot.rendering.math.latex.arguments import closing_brace
from bot.rendering.math.latex.checks import UnsupportedLatexError

_KINDS = {  # name without its star → the parser's name
    "align": "align*", "aligned": "align*", "flalign": "align*", "split": "align*", "alignat": "split",
    "alignedat": "split",
    "gather": "displaylines", "gathered": "displaylines", "multline": "displaylines", "multlined": "displaylines",
    "cases": "cases", "dcases": "cases", "matrix": "matrix", "smallmatrix": "smallmatrix",
}  # fmt: skip
_WITH_OPTION = frozenset({"array", "aligned", "alignedat", "gathered", "multlined"})
_NOTHING = frozenset({"equation", "displaymath", "math"})
_FIXED = {
    **dict.fromkeys(_NOTHING, " "),
    "eqnarray": r"\begin{array}{rcl}",
    "rcases": r"{\left.\begin{array}{ll}",
}
_BRACKETS = {"p": ("(", ")"), "b": ("[", "]"), "B": (r"\{", r"\}"), "v": ("|", "|"), "V": (r"\|", r"\|")}
_MATRIX = re.compile(r"([pbBvV])(small)?matrix")
_EDGE = re.compile(r"\\(begin|end)\s*\{\s*([A-Za-z]+)(\*?)\s*\}")
_OPTION = re.compile(r"\s*\[\s*([lcrtbs]{0,9})\s*\]")
_COUNT = re.compile(r"\s*\{\s*\d+\s*\}")
_TEMPLATE = re.compile(r"\s*\{")
_BREAK = re.compile(r"\\\\\s?\*?(?:\s?\[\s?-?[0-9.]{1,9}\s?(?:pt|em|ex|cm|mm|in|pc|mu|bp|dd|cc|sp)\s?\])?")
_BREAKS_IN_WORDS = re.compile(r"\\(?:newline|tabularnewline|cr)(?![A-Za-z])")
_TEXT_CASES = re.compile(r"\\begin\s*\{([dr]?cases)\*\}")
_CELL = re.compile(r"\\\\|\\.|\$(?:[^$\\]|\\.)*\$|[{}&]|[^\\{}&$]+|.", re.DOTALL)
_COLUMN = re.compile(
    r"""(?P<kept>[lcr|]) | \*\{(?P<times>\d{1,2})\}\{(?P<repeated>[lcr|\s]{1,20})\} | [pmb]\{[^{}]{0,20}\}(?P<text>)
    | [@!]\{(?:\s|\\[,:;!\ ]|\\q?quad|\\hspace\{[^{}]{0,20}\})*\}(?P<space>) | \s+""",
    re.VERBOSE,
)
_TEXT_CELL = r"&\text{"
_MAX_COLUMNS = 60


def normal_breaks(latex: str) -> str:
    r"""The LaTeX with ``\\`` in place of all ways to end a row."""
    return _BREAK.sub(r"\\\\ ", _BREAKS_IN_WORDS.sub(r"\\\\ ", latex))


def text_cases(latex: str) -> str:
    r"""The LaTeX with what stands behind the columns of ``cases*`` as ``\text``, for there it is text."""
    parts = []
    done = 0
    while match := _TEXT_CASES.search(latex, done):
        ending = rf"\end{{{match[1]}*}}"
        end = latex.find(ending, match.end())
        inside = latex[match.end() : end]
        if end < 0 or r"\begin" in inside:
            raise UnsupportedLatexError(f"uses the environment {match[1] + '*'!r} around others")
        parts += [latex[done : match.start()], rf"\begin{{{match[1]}}}", _text_cells(inside), rf"\end{{{match[1]}}}"]
        done = end + len(ending)
    return "".join([*parts, latex[done:]])


def _text_cells(rows: str) -> str:
    parts: list[str] = []
    depth = 0
    is_text = False
    for match in _CELL.finditer(rows):
        piece = match[0]
        depth += (piece == "{") - (piece == "}")
        if depth == 0 and piece == r"\\":
            _end_text(parts, is_text=is_text)
            parts.append(piece)
            is_text = False
        elif depth == 0 and piece == "&" and not is_text:
            parts.append(_TEXT_CELL)
            is_text = True
        else:
            parts.append(piece.lstrip() if parts and parts[-1] == _TEXT_CELL else piece)
    _end_text(parts, is_text=is_text)
    return "".join(parts)


def _end_text(parts: list[str], *, is_text: bool) -> None:
    if is_text:
        parts[-1] = parts[-1].rstrip() if not parts[-1].startswith("\\") else parts[-1]
        parts.append("}")


def normal_environments(latex: str) -> str:
    """The LaTeX with environments that the parser lays out as they are meant.

    Raises:
        UnsupportedLatexError: An environment has columns that are not drawn here.
    """
    parts = []
    done = 0
    while match := _EDGE.search(latex, done):
        parts.append(latex[done : match.start()])
        done = match.end()
        if match[1] == "end":
            parts.append(_ending(match[2], is_starred=bool(match[3])))
        else:
            text, done = _beginning(match[2], latex, done, is_starred=bool(match[3]))
            parts.append(text)
    return "".join([*parts, latex[done:]])


def _beginning(name: str, latex: str, place: int, *, is_starred: bool) -> tuple[str, int]:
    """What begins an environment, and the place behind its name and options."""
    matrix = _MATRIX.fullmatch(name)
    takes_option = name in _WITH_OPTION or (is_starred and (matrix or name == "matrix"))
    option = _OPTION.match(latex, place) if takes_option else None
    place = option.end() if option else place
    if name in _FIXED:
        return _FIXED[name], place
    if name in {"array", "subarray"}:
        return _array_beginning(latex, place)
    if name in {"alignat", "alignedat"}:
        count = _COUNT.match(latex, place)
        place = count.end() if count else place
    if matrix and (matrix[2] or is_starred):
        opened = rf"{{\left{_BRACKETS[matrix[1]][0]}"
        kind = "smallmatrix" if matrix[2] else "matrix*"
        return opened + _plain_beginning(kind, option[1] if option and not matrix[2] else ""), place
    if matrix:  # one thing with its brackets
        return rf"{{\begin{{{name}}}{{}}", place
    if name == "matrix" and is_starred:
        return _plain_beginning("matrix*", option[1] if option else ""), place
    return _plain_beginning(_KINDS[name], ""), place


def _array_beginning(latex: str, place: int) -> tuple[str, int]:
    template = _TEMPLATE.match(latex, place)
    end = closing_brace(latex, template.end()) if template else None
    if template is None or end is None:
        raise UnsupportedLatexError("has an array without columns")
    return rf"\begin{{array}}{{{_columns(latex[template.end() : end])}}}", end + 1


def _plain_beginning(name: str, alignment: str) -> str:
    """The empty braces keep the parser from taking a cell for columns."""
    return rf"\begin{{{name}}}{f'[{alignment}]' if alignment else '{}'}"


def _ending(name: str, *, is_starred: bool) -> str:
    if name in _NOTHING:
        return " "
    if name in {"array", "subarray", "eqnarray"}:
        return r"\end{array}"
    if matrix := _MATRIX.fullmatch(name):
        if not matrix[2] and not is_starred:
            return rf"\end{{{name}}}}}"
        kind = "smallmatrix" if matrix[2] else "matrix*"
        return rf"\end{{{kind}}}\right{_BRACKETS[matrix[1]][1]}}}"
    if name == "rcases":
        return r"\end{array}\right\}}"
    return rf"\end{{{'matrix*' if name == 'matrix' and is_starred else _KINDS[name]}}}"


def _columns(template: str) -> str:
    """The columns that the parser can be told: how each is aligned, and lines between them."""
    columns = ""
    place = 0
    while place < len(template):
        match = _COLUMN.match(template, place)
        if match is None or len(columns) > _MAX_COLUMNS:
            raise UnsupportedLatexError(f"has an array with the columns {template[:40]!r}")
        place = match.end()
        if match["repeated"]:
            columns += "".join(match["repeated"].split()) * int(match["times"])
        else:
            columns += "l" if match["text"] is not None else match["kept"] or ""
    if not columns.strip("|") or len(columns) > _MAX_COLUMNS:
        raise UnsupportedLatexError(f"has an array with the columns {template[:40]!r}")
    return re.sub(r"\|{2,}", "|", columns)
