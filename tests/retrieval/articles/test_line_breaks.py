r"""Decoding of ``\n``: every shape that real articles have, in words of our own."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles.line_breaks import N_COMMANDS, Context, Ruling, decode_line_breaks, rulings

# Raw text and what it means; in the second, real line breaks.
PROSE = {
    "paragraphs": (r"Bees dance.\n\nThe dance tells where.", "Bees dance.\n\nThe dance tells where."),
    "bullets": (r"Needs:\n- nectar\n- pollen", "Needs:\n- nectar\n- pollen"),
    "numbers": (r"Steps:\n1. Dig.\n2. Sow.", "Steps:\n1. Dig.\n2. Sow."),
    "heading": (r"Done.\n\n### Next\nMore.", "Done.\n\n### Next\nMore."),
    "bold": (r"One.\n\n**Two**: three.", "One.\n\n**Two**: three."),
    "nested": (r"1. a\n   - b\n     c", "1. a\n   - b\n     c"),
    "hard break": (r"line  \nline", "line  \nline"),
    "many": (r"a\n\n\n\nb", "a\n\n\n\nb"),
    "trailing": (r"a\n", "a\n"),
    "leading": (r"\na", "\na"),
    "lower-case word": (r"as shown,\nwhere the sum is small", "as shown,\nwhere the sum is small"),
    "word like a command": (r"none\nexists here", "none\nexists here"),
    "second word like a command": (r"more\nless is fine", "more\nless is fine"),
    "option e": (r"d) copper  \ne) zinc", "d) copper  \ne) zinc"),
    "roman i": (r"List:\ni) first\nii) second", "List:\ni) first\nii) second"),
    "letter u": (r"Vowels:\nu is the last", "Vowels:\nu is the last"),
    "word eq with a stop": (r"see\neq. 4", "see\neq. 4"),
    "numeral": (r"Year\n1848", "Year\n1848"),
    "quotation": (r"> old\n> words", "> old\n> words"),
    "table": (r"| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    "windows folder": (r"C:\Users\Mina\n", "C:\\Users\\Mina\n"),
    "backslash at the end": (r"first\\nsecond", "first\\\nsecond"),
    "currency": (r"It costs $5 now.\nNext year $6.", "It costs $5 now.\nNext year $6."),
    "currency in a list": (r"- Fee: $40\n- Total: $90", "- Fee: $40\n- Total: $90"),
    "money then words": (r"from $2,\neach, to $3", "from $2,\neach, to $3"),
    "accent sign": (r"Kona`a island\nis near Hilo`i bay", "Kona`a island\nis near Hilo`i bay"),
}
MATH = {
    "neq": (r"$k \neq 0$", r"$k \neq 0$"),
    "neq in brackets": (r"\( h(t) \neq 3 \)", r"\( h(t) \neq 3 \)"),
    "neq glued": (r"if $r\neq2$", r"if $r\neq2$"),
    "ne": (r"$s \ne t$", r"$s \ne t$"),
    "neg": (r"so $\neg R$ holds", r"so $\neg R$ holds"),
    "neg with parenthesis": (r"\( \neg(R \lor S) \)", r"\( \neg(R \lor S) \)"),
    "neg in a table": (r"| $R$ | $\neg R$ |\n|---|---|", "| $R$ | $\\neg R$ |\n|---|---|"),
    "nabla": (r"$\nabla \cdot \vec{v}$", r"$\nabla \cdot \vec{v}$"),
    "nabla with power": (r"$c \nabla^2 w$", r"$c \nabla^2 w$"),
    "notin": (r"$3 \notin Z$", r"$3 \notin Z$"),
    "nmid": (r"$4 \nmid 9$", r"$4 \nmid 9$"),
    "not": (r"$R \not\equiv S$", r"$R \not\equiv S$"),
    "ni": (r"$Z \ni 3$", r"$Z \ni 3$"),
    "nexists": (r"$\nexists m$", r"$\nexists m$"),
    "nu inline": (r"frequency $\nu$ of light", r"frequency $\nu$ of light"),
    "nu first inline": (r"$\nu_0 = 4$", r"$\nu_0 = 4$"),
    "nu after mu": (r"$S_{\mu\nu}$", r"$S_{\mu\nu}$"),
    "nu after a letter": (r"$E = h\nu$", r"$E = h\nu$"),
    "nu in a display": (r"$$\nE = h\nu\n$$", "$$\nE = h\\nu\n$$"),
    "nu first in a line": (r"$$\n\nu = \frac{c}{l}\n$$", "$$\n\\nu = \\frac{c}{l}\n$$"),
    "u as variable": (r"$$\nu = 3t + 1\n$$", "$$\nu = 3t + 1\n$$"),
    "u with index": (r"$$\nu_{n+1} = 2u_n\n$$", "$$\nu_{n+1} = 2u_n\n$$"),
    "u of t, indented": (r"   $$\nu(t) = 4\n   $$", "   $$\nu(t) = 4\n   $$"),
    "u in brackets": ("\\[\\nu = 4\\n\\]", "\\[\nu = 4\n\\]"),
    "e as variable": (r"$$\ne^{x} > 0\n$$", "$$\ne^{x} > 0\n$$"),
    "i as variable": (r"$$\ni^2 = -1\n$$", "$$\ni^2 = -1\n$$"),
    "nu on one line": (r"$$\nu = 7$$", r"$$\nu = 7$$"),
    "u after a row break": (
        r"$$\n\begin{cases} v = 1 \\\nu = 2 \end{cases}\n$$",
        "$$\n\\begin{cases} v = 1 \\\\\nu = 2 \\end{cases}\n$$",
    ),
    "u after an inner begin": (
        r"$$\n\begin{aligned}\nu &= 2\n\end{aligned}\n$$",
        "$$\n\\begin{aligned}\nu &= 2\n\\end{aligned}\n$$",
    ),
    "capital": (r"$$\nP = IV\n$$", "$$\nP = IV\n$$"),
    "word of the formula": (r"$$\nforce = 2\n$$", "$$\nforce = 2\n$$"),
    "m": (r"$$\nm = 2\n$$", "$$\nm = 2\n$$"),
    "x, y": (r"$$\nx = 1 \\\ny = 2\n$$", "$$\nx = 1 \\\\\ny = 2\n$$"),
    "row break, blank, break": (r"$$\n1 & 0 \\ \n0 & 1\n$$", "$$\n1 & 0 \\\\ \n0 & 1\n$$"),
    "matrix": (r"\begin{pmatrix} 1 \\\n 2 \end{pmatrix}", "\\begin{pmatrix} 1 \\\\\n 2 \\end{pmatrix}"),
    "neq in cases": (r"$$\n0 & \text{if } t \neq 1 \\\n1\n$$", "$$\n0 & \\text{if } t \\neq 1 \\\\\n1\n$$"),
    "neg after row break": (r"$$\nR \\\neg S\n$$", "$$\nR \\\\\\neg S\n$$"),
    "row break before the letter n": (r"$$m \\n$$", r"$$m \\n$$"),
    "nonumber": (r"\begin{align}a &= b \nonumber\end{align}", r"\begin{align}a &= b \nonumber\end{align}"),
    "nn is no command": (r"$$\nn = 5\n$$", "$$\nn = 5\n$$"),
    "command before prose": (r"$k \neq 1$.\nNext line", "$k \\neq 1$.\nNext line"),
    "delimiter missing": (r"where k \neq 0 holds", r"where k \neq 0 holds"),
    "index without delimiters": (r"S_{\mu\nu} and\nmore", "S_{\\mu\\nu} and\nmore"),
    "after money": (r"for $4. Let $a \neq b$.\nThen", "for $4. Let $a \\neq b$.\nThen"),
    "stray dollar later": (r"$\neg R$ costs 5$\nnothing", "$\\neg R$ costs 5$\nnothing"),
}
CODE = {
    "statements": (r"```python\nimport os\nprint(os.name)\n```", "```python\nimport os\nprint(os.name)\n```"),
    "names like commands": (
        r"```\neq = 1\nu = 2\nne = 3\nnot_yet = 4\n```",
        "```\neq = 1\nu = 2\nne = 3\nnot_yet = 4\n```",
    ),
    "escape before the quote": ('```c\\nputs("hi\\n");\\n```', '```c\nputs("hi\\n");\n```'),
    "escape inside": ('```c\\nputs("a\\nb\\n");\\n```', '```c\nputs("a\\nb\\n");\n```'),
    "escape in single quotes": ("```bash\\nsed 's/\\n/ /' f\\n```", "```bash\nsed 's/\\n/ /' f\n```"),
    "two strings": ('```c\\nf("x\\n", "y\\n");\\n```', '```c\nf("x\\n", "y\\n");\n```'),
    "strings without escapes": ('```c\\nf("x");\\ng("y");\\n```', '```c\nf("x");\ng("y");\n```'),
    "docstring": ('```python\\n"""Adds.\\n\\n    Twice."""\\n```', '```python\n"""Adds.\n\n    Twice."""\n```'),
    "quoted symbols": ("```scheme\\n'(a)\\n  '(b)\\n```", "```scheme\n'(a)\n  '(b)\n```"),
    "apostrophe in a comment": (
        "```bash\\n# the user's name\\necho 'hi'\\n# it's done\\n```",
        "```bash\n# the user's name\necho 'hi'\n# it's done\n```",
    ),
    "speech in a text": ('```\\n"Come,\\nand see"\\n```', '```\n"Come,\nand see"\n```'),
    "drawing": ("```\\n / \\\\nC   C\\n```", "```\n / \\\nC   C\n```"),
    "continued line": ("```bash\\ntar -c \\\\n  -f x\\n```", "```bash\ntar -c \\\n  -f x\n```"),
    "escaped backslash in a string": ('```c\\nf("C:\\\\new");\\n```', '```c\nf("C:\\\\new");\n```'),
    "indented fence": (r"1. a\n   ```sh\n   ls\n   ```\n2. b", "1. a\n   ```sh\n   ls\n   ```\n2. b"),
    "unclosed fence": (r"```\nnot closed\nat all", "```\nnot closed\nat all"),
    "tildes": ('~~~c\\nputs("\\n");\\n~~~', '~~~c\nputs("\\n");\n~~~'),
    "latex fence": (r"```latex\na \neq b \\\nc\n```", "```latex\na \\neq b \\\\\nc\n```"),
    "code span": (r"write `a\nb` here", r"write `a\nb` here"),
    "code span with quotes": (r'use `"\n"` now\nor never', 'use `"\\n"` now\nor never'),
    "code spans on two lines": (r"the `top` and\nthe `end`", "the `top` and\nthe `end`"),
    "odd backtick": (r"a ` sign and\nthe `end` of", "a ` sign and\nthe `end` of"),
    "math after a fence": (r"```\nu\n```\n$a \neq b$", "```\nu\n```\n$a \\neq b$"),
}
PATHS = {
    "folders": (r"Open C:\new\notes\nginx.conf.\n\nThen save.", "Open C:\\new\\notes\\nginx.conf.\n\nThen save."),
    "file": (r"see D:\names.txt and\nmore", "see D:\\names.txt and\nmore"),
    "one folder": (r"in C:\new now", "in C:\\new now"),
    "inner folder": (r"C:\Users\nina\x", "C:\\Users\\nina\\x"),
    "server": (r"on \\server\names\new", "on \\\\server\\names\\new"),
    "server with n": (r"on \\nas01\share\notes", "on \\\\nas01\\share\\notes"),
    "variable": (r"%APPDATA%\npm\nDone", "%APPDATA%\\npm\nDone"),
    "here and above": (r"run .\node_modules or ..\net", "run .\\node_modules or ..\\net"),
    "registry": (r"HKLM\Software\new\nThen", "HKLM\\Software\\new\nThen"),
    "known name": (r"etc\nginx\nginx.conf", "etc\\nginx\\nginx.conf"),
    "path in code": (r"```\ncd C:\new\notes\ndir\n```", "```\ncd C:\\new\\notes\ndir\n```"),
    "sentence after a path": (r"C:\temp\nThen go", "C:\\temp\nThen go"),
    "word after a path": (r"C:\temp\nand then", "C:\\temp\nand then"),
    "list after a path": (r"C:\new\n- D:\notes\n1. x", "C:\\new\n- D:\\notes\n1. x"),
    "letter and colon": (r"Vitamin C:\nis in fruit", "Vitamin C:\nis in fruit"),
    "letter, colon, rare word": (r"Part B:\nanalysis of it\nall", "Part B:\nanalysis of it\nall"),
    "letter, colon, paragraph": (r"C:\n\nNext", "C:\n\nNext"),
    "path on a line of its own": (r"Open:\nC:\new\notes\nThen", "Open:\nC:\\new\\notes\nThen"),
    "path in a paragraph of its own": (r"So:\n\nC:\Users\nina\n\nEnd", "So:\n\nC:\\Users\\nina\n\nEnd"),
    "server on a line of its own": (r"Go to\n\\srv\names\new\nnow", "Go to\n\\\\srv\\names\\new\nnow"),
    "others on lines of their own": (r"a\n..\new\nHKCU\net\nand", "a\n..\\new\nHKCU\\net\nand"),
    "folder with a blank": (r'"C:\Program Files\nodejs\node.exe"', r'"C:\Program Files\nodejs\node.exe"'),
    "folder with a bracket": (r"C:\Program Files (x86)\nmap\nThen", "C:\\Program Files (x86)\\nmap\nThen"),
    "sentence between a path and a line": (r"Open C:\temp. Then\next it", "Open C:\\temp. Then\next it"),
    "numbered file": (r"open(r'C:\new\n1.txt')", r"open(r'C:\new\n1.txt')"),
    "numbered list after a path": (r"C:\temp\n1. First", "C:\\temp\n1. First"),
    "end of a sentence": (r"(so it is).\nature", "(so it is).\nature"),
    "hard break and word": (r"one \\nand two", "one \\\nand two"),
}
CASES = {**PROSE, **MATH, **CODE, **PATHS}


def test_there_are_enough_cases():
    assert len(CASES) == len(PROSE) + len(MATH) + len(CODE) + len(PATHS) >= 60


@pytest.mark.parametrize(("raw", "decoded"), CASES.values(), ids=CASES)
def test_decodes(raw, decoded):
    assert decode_line_breaks(raw) == decoded


@pytest.mark.parametrize("name", sorted(N_COMMANDS))
def test_every_command_survives_inside_math(name):
    assert decode_line_breaks(rf"so $a \{name} b$ and\nmore") == f"so $a \\{name} b$ and\nmore"


@pytest.mark.parametrize("name", sorted(N_COMMANDS))
def test_no_longer_word_is_taken_for_a_command(name):
    assert decode_line_breaks(rf"$$\{name}zz = 1\n$$") == f"$$\n{name[1:]}zz = 1\n$$"


def test_text_with_real_line_breaks_is_left_alone():
    text = "$$\n\\nu = 3 \\\\\n\\neg R\n$$\n- `a`"
    assert decode_line_breaks(text) == text


def test_rulings_name_place_context_and_reason():
    raw = r"$a \neq b$ and $$\nu = 2\n$$"
    assert list(rulings(raw)) == [
        Ruling(3, Context.MATH, kept=True, reason="a command"),
        Ruling(17, Context.MATH, kept=False, reason="the display block breaks its lines here"),
    ]


def test_a_long_text_of_openers_is_decoded_in_time():
    # Each opener looks for its end; without a limit that would take minutes.
    text = r"\( $ ` \[ \begin{align} \neq " * 2_000
    assert decode_line_breaks(text).count("\\neq") == 2_000


# fmt: off
REPEATED = (
    ".", "`", "\\[", "\\(", "$", "$$", "$x", "\\begin{align}", "<sub>", "# a\\n", "\\n", "\\\\n", "\\", "\\nu",
    "$\\nu", "~~~", "```", "```\\n", "- ", "> ", "1. ", '"', '\\n"', "'", '"""', "` `` ", "a`b\\n", "C:\\n",
    "C:\\new", "%a%\\", ".\\", "HK", "a\\nginx", "$$\\n\\begin{a}\\nu", "\\n ", "\\n>", "\\n1. 1. ", "\\n```a",
    "\\n~~~`", "//", " ", "\\n\t",
)
# fmt: on


@pytest.mark.parametrize("piece", REPEATED)
def test_the_time_grows_with_the_length_whatever_is_repeated(piece):
    for end in (r"\n\\n `", r"\neq`\n$$"):
        text = piece * (160_000 // len(piece)) + end
        started = time.process_time()
        decode_line_breaks(text)
        assert time.process_time() - started < 2


TRICKY = st.lists(
    st.sampled_from(
        [
            *(
                "\\n",
                "\\\\n",
                "\\\\\\n",
                "\\neq ",
                "\\nu",
                "\\nabla",
                "$",
                "$$",
                "\\(",
                "\\)",
                "\\[",
                "\\]",
                "`",
                "```",
                "~~~",
            ),
            *(
                '"',
                "'",
                '"""',
                "# ",
                "// ",
                "c",
                "python",
                "\\begin{align}",
                "\\end{align}",
                " ",
                "  ",
                "\n",
                "a",
                "u",
                "é",
                "\\",
            ),
        ]
    )
    | st.text(max_size=3)
).map("".join)


@given(TRICKY)
def test_only_backslash_n_changes_and_in_order(raw):
    decoded = decode_line_breaks(raw)
    position = 0
    for character in decoded:
        if raw[position : position + 2] == "\\n" and character == "\n":
            position += 2
        else:
            assert character == raw[position]
            position += 1
    assert position == len(raw)


@given(TRICKY)
def test_what_holds_no_backslash_n_is_not_changed_again(raw):
    decoded = decode_line_breaks(raw)
    if "\\n" not in decoded:
        assert decode_line_breaks(decoded) == decoded


@given(TRICKY)
def test_rulings_are_in_order_and_at_a_backslash_n(raw):
    starts = [ruling.start for ruling in rulings(raw)]
    assert starts == sorted(set(starts))
    assert all(raw.startswith("\\n", start) for start in starts)
