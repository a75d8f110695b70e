"""Every shape that answers of real articles have: formulas, code, tables, lists, line breaks of all kinds.

Shapes are looked for in the answers as the files write them: one line, in which a line break is the two characters
backslash and n. A pattern's ``\\n`` is those two characters.
"""

from __future__ import annotations

import re

FENCE = re.compile(r"```(\w+)\\n(.*?)\\n```")
INLINE_CODE = re.compile(r"(?<!`)`[^`]+`(?!`)")
MATH = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\$(?!\$)(.+?)\$")


def raw(answer: str) -> list[str]:
    """The answer as the file writes it."""
    return [answer]


def code(answer: str) -> list[str]:
    """Each fenced block as ``language: text``."""
    return [f"{language}: {text}" for language, text in FENCE.findall(answer)]


def display(answer: str) -> list[str]:
    """What stands between each pair of ``$$``."""
    return [groups[0] for groups in MATH.findall(FENCE.sub(" ", answer)) if groups[0]]


def math(answer: str) -> list[str]:
    """What stands between the delimiters of each piece of math, whichever they are."""
    return ["".join(groups) for groups in MATH.findall(FENCE.sub(" ", answer))]


def prose(answer: str) -> list[str]:
    """The answer without fenced blocks and with each piece of math replaced by one letter."""
    return [MATH.sub("M", FENCE.sub("", answer))]


# name: (the part of an answer it is looked for in, pattern)
SHAPES = {
    "heading of level 1": (prose, r"(?:^|\\n)# \w"),
    "heading of level 2": (prose, r"\\n## \w"),
    "heading of level 3": (prose, r"\\n### \w"),
    "bold lead-in of a paragraph": (prose, r"\\n\\n\*\*[^*]+\*\*(?: \([^)]*\))?: \w"),
    "bold lead-in of a numbered item": (prose, r"\\n1\. \*\*[^*]+\*\*: \w"),
    "bold lead-in of a bulleted item": (prose, r"\\n- \*\*[^*]+\*\*: \w"),
    "bullets nested in a numbered list": (prose, r"\\n1\. [^\\]+\\n   - \w"),
    "bullets nested in bullets": (prose, r"\\n- [^\\]+\\n  - \w"),
    "list nested three deep": (prose, r"\\n   - [^\\]+\\n     - \w"),
    "math inside $": (raw, r"(?<!\$)\$[^$\\ ][^$]*\$(?!\$)"),
    r"math inside \( \)": (raw, r"\\\( ?\w.*?\\\)"),
    r"math inside \[ \]": (raw, r"\\\[\\n.+?\\n *\\\]"),
    "display math with $$ on lines of their own": (raw, r"\\n\$\$\\n[^$]+\\n\$\$(?:\\n|$)"),
    "display math on one line": (raw, r"\\n\$\$(?!\\n)[^$]+(?<!\\n)\$\$(?:\\n|$)"),
    "display math inside a sentence": (raw, r"\w\. \$\$[^$]+\$\$ \w"),
    "display math inside a list item": (raw, r"\\n   \$\$\\n   [^$]+\\n   \$\$\\n"),
    "pmatrix with row break and line break": (display, r"\\begin\{pmatrix\}\\n[^$]+?\\\\\\n[^$]+\\end\{pmatrix\}"),
    "bmatrix with row break and line break": (display, r"\\begin\{bmatrix\}\\n[^$]+?\\\\\\n[^$]+\\end\{bmatrix\}"),
    "vmatrix with row break and line break": (display, r"\\begin\{vmatrix\}\\n[^$]+?\\\\\\n[^$]+\\end\{vmatrix\}"),
    "matrix on one line": (math, r"\\begin\{([pbv]matrix)\} [^$]+? \\\\ [^$]+ \\end\{\1\}"),
    "cases": (display, r"\\begin\{cases\}\\n[^$]+ & \\text\{if \}[^$]+?\\\\\\n[^$]+\\end\{cases\}"),
    "aligned": (display, r"\\begin\{aligned\}\\n[^$]+ &= [^$]+?\\\\\\n[^$]+\\end\{aligned\}"),
    r"\frac": (math, r"\\frac\{[^}]+\}\{[^}]+\}"),
    r"\text": (math, r"\\text\{[^}]+\}"),
    r"\ce": (math, r"\\ce\{\w+\}"),
    r"\ce of a whole reaction": (math, r"\\ce\{[^}]+ (?:->|<=>) [^}]+\}"),
    r"\xrightarrow": (math, r"\\xrightarrow\{[^}]+\}"),
    r"command \neq": (math, r"\\neq (?:\d|[A-Z])"),
    r"command \nabla": (math, r"\\nabla (?:f|\\cdot|\\times)"),
    r"command \nu": (math, r"(?:h|\{|^)\\nu(?=\}|$| -)"),
    r"command \notin": (math, r"x \\notin A"),
    r"command \neg": (math, r"\\neg \(?[PQx]\b"),
    r"command \nu after a line break": (display, r"^\\n\\nu = "),
    r"command \nabla after a line break": (display, r"^\\n\\nabla "),
    r"command \neg after a line break": (display, r"^\\n\\neg "),
    "line break, then variable x": (display, r"^\\nx = "),
    "line break, then variable n": (display, r"^\\nn = \d"),
    "line break, then variable n and \\frac": (display, r"^\\nn = \\frac"),
    "line break, then variable u": (display, r"^\\nu = \d"),
    "line break, then function u": (display, r"^\\nu\(t\) = "),
    "row break and line break, then function u": (display, r"\\\\\\nu\(1\) &= "),
    "line break, then variable NX": (display, r"^\\nNX = "),
    "line break, then a word that begins as \\nu does": (prose, r"\\nu[a-z]+ [a-z]"),
    "line break, then a word that begins as \\neg does": (prose, r"\\neg[a-z]+ [a-z]"),
    "fence of python": (code, r"^python: .*\bprint\("),
    "fence of bash": (code, r"^bash: .*\bgrep "),
    "fence of sql": (code, r"^sql: SELECT .*\\nFROM "),
    "fence of java": (code, r"^java: .*\bimplements "),
    "fence of c": (code, r"^c: #include <stdio\.h>"),
    "fence of javascript": (code, r"^javascript: .*=> console\.log"),
    r"line of code that begins, after \n, with int": (code, r"\\nint main"),
    r"line of code that begins, after \n, as \nu does: numbers": (code, r"\\nnumbers = \["),
    r"line of code that begins, after \n, with n: nl": (code, r"\\nnl server\.log"),
    r"escape \n inside a string of code": (code, r'printf\("%lu\\n", '),
    "print as a line of code": (code, r"\\nprint\(\w+"),
    "pipe table": (prose, r"\\n\| [^\\]+ \|\\n\|(?: ?:?-{3,}:? ?\|){2,}\\n\| "),
    "pipe table with math": (raw, r"\\n\|(?:---\|)+\\n(?:\| [^|]+)*\| \$[^$|]+\$ \|"),
    "link": (prose, r"\[[^\]]+\]\(https://[\w.-]+/[^)\s]*\)"),
    "subscript in HTML": (prose, r"\w<sub>\d</sub>"),
    "line break in HTML": (prose, r"\.<br>[A-Z]"),
    "inline code": (prose, INLINE_CODE.pattern),
    "block quote": (prose, r"(?:^|\\n)> \w"),
}


def has(answer: str, shape: str) -> bool:
    """Whether an answer has a shape."""
    view, pattern = SHAPES[shape]
    return any(re.search(pattern, piece) for piece in view(answer))
