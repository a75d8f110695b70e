import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.emoji import as_text
from bot.rendering.escaping import (
    ZERO_WIDTH,
    code_fence,
    code_span,
    escape_line,
    escape_text,
    visible,
)

PING = re.compile(r"@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|</\w+:\d+>|<a?:\w+:\d+>|<t:\d+|<id:\w+>")
TRICKS = st.lists(
    st.sampled_from(
        [
            "@everyone",
            "@here",
            "<@1>",
            "<@!12>",
            "<@&3>",
            "<#4>",
            "<:a:5>",
            "<a:b:6>",
            "<t:7:R>",
            "</ask:8>",
            "<id:home>",
            "`",
            "```",
            "``",
            "\n",
            "\\",
            "*",
            "**",
            "_",
            "~~",
            "||",
            "[x](http://y.z)",
            "> ",
            "# ",
            "- ",
            "1. ",
            "-# ",
            "\u202e",
            "\u200b",
            "https://a.b/c",
            "text",
            " ",
            "@",
            "<",
            "everyone",
            "\r\n",
            "\x00",
        ]
    ),
    max_size=12,
).map("".join)


def shown(markdown):
    """What Discord shows of escaped text: without the backslashes, and zero-width spaces are not seen."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown).replace(ZERO_WIDTH, "")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a_b_c *d* **e** ~~f~~ ||g||", r"a\_b\_c \*d\* \*\*e\*\* \~\~f\~\~ \|\|g\|\|"),
        ("`code` \\", r"\`code\` \\"),
        ("# no heading", r"\# no heading"),
        ("#hashtag", "#hashtag"),
        ("-# no small print", r"\-# no small print"),
        ("> no quote", r"\> no quote"),
        ("a > b", "a > b"),
        ("- no item\n+ none\n  - none", "\\- no item\n\\+ none\n  \\- none"),
        ("-5 degrees", "-5 degrees"),
        ("1. no item\n12) none", "1\\. no item\n12\\) none"),
        ("3.5 litres", r"3\.5 litres"),
        ("[site](https://evil.example)", r"\[site\](https\://evil.example)"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("@everyone and @here", f"@{ZERO_WIDTH}everyone and @{ZERO_WIDTH}here"),
        ("mail me@example.org", "mail me@example.org"),
        ("a < b", r"a \< b"),
        ("the ratio a:b:c and 10:30:45", r"the ratio a\:b:c and 10\:30:45"),
        (":smile:", r"\:smile:"),
        ("a: b: c", "a: b: c"),
        (
            "Coca-Cola™ © 2024, A ↔ B, ☎ ♀ ✔ ⚠",
            "Coca-Cola™\ufe0e ©\ufe0e 2024, A ↔\ufe0e B, ☎\ufe0e ♀\ufe0e ✔\ufe0e ⚠\ufe0e",
        ),
        (
            "a → b ⇒ c ≤ 5 😀 ❤\ufe0f 👩\u200d⚕\ufe0f 1\ufe0f\u20e3",
            "a → b ⇒ c ≤ 5 😀 ❤\ufe0f 👩\u200d⚕\ufe0f 1\ufe0f\u20e3",
        ),
    ],
)
def test_text_is_shown_as_it_is_written(text, escaped):
    assert escape_text(text) == escaped
    assert shown(escaped).replace("\ufe0e", "") == text


@pytest.mark.parametrize(
    "text", ["<@123>", "<@!123>", "<@&123>", "<#123>", "<:cat:123>", "<a:cat:1>", "<t:0:R>", "</ask:1>", "<id:browse>"]
)
def test_nothing_becomes_a_mention_emoji_or_timestamp(text):
    for made in (escape_text(text), code_span(text), code_fence(text), escape_line(text)):
        assert not PING.search(made)
        assert shown(text) in shown(made)


def test_marks_that_reorder_text_and_controls_are_removed():
    assert visible("abc\u202egpj.exe\u2066\x00\x1b[31m") == "abcgpj.exe[31m"
    assert visible("a\r\nb\u2028c\rd") == "a\nb\nc\nd"
    assert visible("👩\u200d🔬 é") == "👩\u200d🔬 é"


def test_a_line_has_no_breaks():
    assert escape_line("two\n  lines\t here ") == "two lines here"


@given(TRICKS | st.text())
def test_no_text_pings(text):
    for made in (
        escape_text(text),
        escape_line(text),
        code_span(text),
        code_fence(text),
    ):
        assert not PING.search(made)


@given(TRICKS | st.text())
def test_escaping_loses_nothing_visible(text):
    assert shown(escape_text(text)) == as_text(shown(visible(text).replace("\\", "\\\\")))


@given(TRICKS | st.text())
def test_escaped_text_has_no_mark_of_formatting_left(text):
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "x", escape_text(text))
    assert not re.search(r"[*_~|`\[\]<]", bare)
    assert "://" not in bare
    assert not re.search(r":[\w+-]{1,64}:", bare)
    assert not re.search(r"^[ \t]*(?:#{1,3}[ \t]|-#|[-+][ \t]|>|\d+[.)])", bare, re.MULTILINE)


@given(TRICKS | st.text())
def test_code_never_ends_early(text):
    fence = code_fence(text, "py")
    assert fence.startswith("```py\n")
    assert fence.endswith("\n```")
    assert fence.count("```") == 2
    span = code_span(text)
    if span.startswith("``"):
        assert "``" not in span[2:-2]
    elif span.startswith("`"):
        assert "`" not in span[1:-1]


@pytest.mark.parametrize(
    ("language", "opening"),
    [("python", "```python"), ("c++", "```c++"), ("Python title=x", "```Python"), ("a`b", "```"), ("x" * 30, "```")],
)
def test_a_fence_names_its_language_where_it_is_one(language, opening):
    assert code_fence("x", language).split("\n")[0] == opening


@pytest.mark.parametrize(
    ("code", "span"),
    [
        ("x", "`x`"),
        ("a`b", "``a`b``"),
        ("`a`", "`` `a` ``"),
        ("a``b", f"``a`{ZERO_WIDTH}`b``"),
        ("two\nlines", "`two lines`"),
        ("  ", "  "),
    ],
)
def test_inline_code_holds_backticks(code, span):
    assert code_span(code) == span
