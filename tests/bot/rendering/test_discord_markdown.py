import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.blocks import ImageBlock, TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.limits import ALT_TEXT
from tests.bot.rendering.blocks_of import images_of, named, shown

Z = "\u200b"


@pytest.mark.parametrize(
    ("markdown", "discord"),
    [
        ("plain text", "plain text"),
        ("**bold** and *slanted*", "**bold** and *slanted*"),
        ("__bold__ and _slanted_", "**bold** and *slanted*"),
        ("***both***", "***both***"),
        ("**bold *both* bold**", "**bold *both* bold**"),
        ("*slanted **both** slanted*", "*slanted **both** slanted*"),
        ("**a**b**c**", "**a**b**c**"),
        ("*a***b**", f"*a*{Z}**b**"),
        ("**a** **b**", "**a b**"),
        ("super().__init__() in __main__.py", r"super().\_\_init\_\_() in \_\_main\_\_.py"),
        ("__bold__ and __more than init__", "**bold** and **more than init**"),
        (r"open \\server\share and one\\two", r"open \\\\server\\share and one\\two"),
        ("2 * 3 * 4 and snake_case_name", r"2 \* 3 \* 4 and snake\_case\_name"),
        ("`code` and `` a`b ``", "`code` and ``a`b``"),
        ("**with `code` inside**", "**with `code` inside**"),
        (r"\*not slanted\*", r"\*not slanted\*"),
        ("a ~ b || c", r"a \~ b \|\| c"),
        ("two\nlines", "two\nlines"),
        ("two  \nlines", "two\nlines"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("&amp; &copy; &lt;b&gt;", "& ©\ufe0e \\<b>"),
        ("# One", "# One"),
        ("## Two", "## Two"),
        ("### Three", "### Three"),
        ("#### Four", "**Four**"),
        ("#### **Four** and *five*", "**Four and *five***"),
        ("### **Bold** heading", "### **Bold** heading"),
        ("# With $x^2$", "# With x²"),
        ("# Head\n\ntext", "# Head\ntext"),
        ("text\n\n# Head", "text\n\n# Head"),
        ("- a\n- b", "- a\n- b"),
        ("* a\n* b", "- a\n- b"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("3) a\n4) b", "3. a\n4. b"),
        ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
        ("- a\n  - b\n    - c\n- d", "- a\n  - b\n    - c\n- d"),
        ("1. a\n   - b\n2. c", "1. a\n   - b\n2. c"),
        ("1. a\n\n   more\n2. c", "1. a\n   more\n\n2. c"),
        ("text:\n\n- a\n- b\n\nafter", "text:\n- a\n- b\n\nafter"),
        ("text:\n\n- a\n\n- b\n\nafter", "text:\n\n- a\n\n- b\n\nafter"),
        ("1. a\n\n   $$x$$\n\n   more\n2. b", "1. a\n<x>\nmore\n\n2. b"),
        ("- two\n  lines", "- two\n  lines"),
        ("- **Lead**: text", "- **Lead**: text"),
        ("1. a\n   ```py\n   x\n   ```\n2. b", "1. a\n```py\nx\n```\n2. b"),
        ("-\n- b", f"- {Z}\n- b"),
        ("> quote", "> quote"),
        ("> a\n> b\n>\n> c", "> a\n> b\n> c"),
        ("> - a\n> - b", "> - a\n> - b"),
        ("> ```py\n> x\n> ```", "> ```py\n> x\n> ```"),
        ("> > deep", "> deep"),
        ("```python\nprint(1)\n```", "```python\nprint(1)\n```"),
        ("```\na *b*\n```", "```\na *b*\n```"),
        ("~~~\n```\n~~~", f"```\n`{Z}``\n```"),
        ("```bad`lang\nx", r"\`\`\`bad\`lang" + "\nx"),
        ("```py\n\n```\nafter", "after"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("[site](https://example.org)", "[site](https://example.org) (example.org)"),
        ("[**bold** site](https://example.org)", "[**bold** site](https://example.org) (example.org)"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("[x](data:text/html,y)", r"\[x\](data:text/html,y)"),
        ("[x](/learn/y)", "x"),
        ("[good.com](https://evil.org)", "[good.com](https://evil.org) (evil.org)"),
        ("<https://example.org/a_b>", "<https://example.org/a_b>"),
        ("see https://example.org/a_b.", "see <https://example.org/a_b>."),
        ("![a chart](https://example.org/c.png)", "[a chart](https://example.org/c.png) (example.org)"),
        ("[![a chart](https://a.org/c.png)](https://example.org/x)", "[a chart](https://example.org/x) (example.org)"),
        ("[![](https://a.org/c.png)](https://b.org/x)", "[c.png](https://b.org/x) (b.org)"),
        ("[see <a href='https://a.org'>this</a>](https://b.org)", "[see this](https://b.org) (b.org)"),
        ("H<sub>2</sub>O, x<sup>2</sup>", "H₂O, x²"),
        ("x<sub>Q</sub>", r"x\_(Q)"),
        ("x<sub>open", "xopen"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div onclick='x'>y</div>", "y"),
        ("@everyone <@123> <#4> :smile:", f"@{Z}everyone \\<{Z}@{Z}123> \\<{Z}#4> \\:smile:"),
        ("@<b></b>everyone @$h$ere <@<i></i>1>", f"@{Z}everyone @{Z}here \\<{Z}@{Z}1>"),
        (
            "see https://a.org/x\\_y\\*z and https://a.org/?a=1&amp;b=2",
            "see <https://a.org/x_y*z> and <https://a.org/?a=1&b=2>",
        ),
        ("inline $x^2 + y_1$ math", "inline x² + y₁ math"),
        (r"inline \(a \times b\) math", "inline a × b math"),
        ("$a * b$ and $V_C$", r"a \* b and V\_C"),
        (r"$\foo{x}$ stays", r"`\foo{x}` stays"),
        ("**$x^2$**", "**x²**"),
        ("half \u2e22brackets\u2e23 stay", "half \u2e22brackets\u2e23 stay"),
        ("it costs $5 or $6", "it costs $5 or $6"),
        ("$200 and you want to buy it for $y", "$200 and you want to buy it for $y"),
        ("$$x^2$$", "<x^2>"),
        ("\\[x^2\\]", "<x^2>"),
        ("$$\nx^2\n$$", "<x^2>"),
        ("before\n$$x$$\nafter", "before\n<x>\nafter"),
        ("before $$x$$ after", "before\n<x>\nafter"),
        ("- item $$x$$ after\n- next", "- item\n<x>\nafter\n- next"),
        ("- $$x$$", f"- {Z}\n<x>"),
        ("> $$x$$", "<x>"),
        ("$$\\foo{x}$$", "```latex\n\\foo{x}\n```"),
        (r"$$\foo ```$$", f"```latex\n\\foo `{Z}``\n```"),
        ("| a | b |\n|---|--:|\n| x | 1 |\n| yy | 22 |", "```\na  |  b\n---+---\nx  |  1\nyy | 22\n```"),
        ("| a |\n|---|\n| **x** `y` $z^2$ |", "```\na\n------\nx y z²\n```"),
        ("| a |\n|---|\n| $$z^2$$ <br> b |", "```\na\n----\nz² b\n```"),
        ("| a | b |\n|---|---|\n| x |", "```\na | b\n--+--\nx |\n```"),
    ],
)
def test_shapes(markdown, discord):
    assert shown(markdown) == discord


def test_a_wide_table_becomes_lists_with_their_formatting():
    words = "many words " * 6
    assert shown(f"| k | v |\n|---|---|\n| *a* | {words} |") == f"k: *a*\n- v: {words.strip()}"


def test_pictures_have_names_and_their_source_as_description():
    long = "+".join("x" * 20 for _ in range(60))
    images = images_of(render_markdown(f"$$a$$\n\ntext\n\n$$b$$\n\n$${long}$$", named))
    assert [(image.name, image.png) for image in images[:2]] == [("formula-1.png", b"a"), ("formula-2.png", b"b")]
    assert [image.alt for image in images[:2]] == ["a", "b"]
    assert len(images[2].alt) == ALT_TEXT
    assert images[2].alt.endswith("…")


def test_headings_are_told_apart():
    head, text = render_markdown("## Head\n\ntext", named)
    assert head == TextBlock("## Head", is_heading=True)
    assert text == TextBlock("text")


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# ",
            "#### ",
            "- ",
            "1. ",
            "   ",
            "> ",
            "```py",
            "```",
            "~~~",
            "$$",
            "$",
            r"\(",
            r"\)",
            "| a | b |",
            "|---|---|",
            "**",
            "*",
            "_",
            "`",
            "``",
            "[a](",
            "http://b.c)",
            "<br>",
            "<sub>",
            "</sub>",
            "@everyone",
            "<@1>",
            "word",
            " ",
            "\n",
            "\n\n",
            "\n",
            "\\",
            "&lt;@1>",
            "x^2",
            r"\frac{a}{b}",
            "---",
            "é",
            "⸢",
            "⸣",
            "<!--",
            "\r\n",
            "\t",
        ]
    ),
    max_size=30,
).map("".join)


@given(MARKDOWN | st.text())
def test_any_markdown_gives_sound_text(markdown):
    for block in render_markdown(markdown, named):
        if isinstance(block, ImageBlock):
            continue
        text = block.markdown
        assert text.strip()
        assert text.count("```") % 2 == 0
        assert not re.search(r"@everyone|<@\d|<#\d", text)
        text = re.sub(r"<https?://[^>]*>", "x", text)  # marks in an address format nothing
        outside = re.sub(r"^(?:> )*```.*?^(?:> )*```$", "", text, flags=re.DOTALL | re.MULTILINE)
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "x", re.sub(r"\\[^0-9A-Za-z\s]", "x", outside))
        assert outside.count("**") % 2 == 0
