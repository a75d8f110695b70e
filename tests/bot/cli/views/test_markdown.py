"""An article's Markdown in a terminal."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.views.markdown import BEST_SENTENCE_STYLE, ArticleMarkdown, Quote


def shown(renderable, width: int = 80) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, markup=False, emoji=False, highlight=False).print(renderable)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()).strip("\n")


def emphasised(markdown: str, sentence: str, width: int = 80) -> str:
    """The characters that are shown in the style of the best sentence."""
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system="standard", markup=False)
    wanted = console.get_style(BEST_SENTENCE_STYLE).color
    segments = console.render(Quote(markdown, sentence))
    return "".join(segment.text for segment in segments if segment.style and segment.style.color == wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Use vector<int> or a <tag> & see.",
        "[red]not a colour[/red] and :smile: too",
        r"Inline $a_1 * b_2 * c$ stays, so does $\{x\}$.",
        r"Brackets \(z_1 * z_2 * z\) stay.",
        "Prices: $5 and $6 * 2 * 3.",
    ],
)
def test_text_stays_as_it_is_written(text):
    assert shown(ArticleMarkdown(text)) == text


def test_display_formulas_keep_their_rows():
    markdown = "Before\n\n$$\n\\begin{matrix} a_1 & b_1 \\\\\nc_1 & d_1 \\end{matrix}\n$$\n\nAfter"
    assert shown(ArticleMarkdown(markdown)) == markdown


def test_bracketed_display_formulas_keep_their_marks():
    assert shown(ArticleMarkdown("\\[\nx_1 * y_2 * z\n\\]")) == "\\[\nx_1 * y_2 * z\n\\]"


def test_tags_are_formatted_or_left_out():
    assert shown(ArticleMarkdown("<div>\nkept\n</div>")) == "kept"
    assert shown(ArticleMarkdown("H<sub>2</sub>O is <b>wet</b>, <u>not</u> <kbd>dry</kbd>")) == "H₂O is wet, not dry"
    assert shown(ArticleMarkdown("a <!-- never --> b")) == "a b"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[x](/learn/y)", "x (https://site.example/learn/y)"),
        (
            "![A cell](/cell.png) ![](https://a.example/d.png)",
            "A cell (https://site.example/cell.png) d.png (https://a.example/d.png)",
        ),
        ("see https://a.example/a_b_c/*d*.", "see https://a.example/a_b_c/*d*."),
        ("<a href='javascript:x'>y</a>", "y"),
        ("*slanted* ~~struck~~ $5 or $6", "slanted struck $5 or $6"),
    ],
)
def test_links_and_pictures_name_whole_addresses(markdown, text):
    assert shown(ArticleMarkdown(markdown, "https://site.example")) == text


def test_the_best_sentence_is_found_among_many_like_it():
    text = "a " * 3_000 + "b. The end."
    assert emphasised(text, "The end.").strip() == "The end."


def test_short_lines_stay_lines():
    assert shown(ArticleMarkdown("first\nsecond")) == "first\nsecond"


def test_marks_of_markdown_become_layout():
    assert shown(ArticleMarkdown("# Head\n\n- **one**\n- *two*")) == "Head\n\n • one\n • two"


def test_a_link_shows_where_it_leads():
    assert shown(ArticleMarkdown("[here](http://example.org/x)")) == "here (http://example.org/x)"


def test_escape_sequences_are_not_passed_on():
    assert shown(ArticleMarkdown("a\x1b]8;;http://evil\x07b `\x1b[2J`")) == "a]8;;http://evilb [2J"


def test_code_is_shown_as_code():
    assert 'print("a\\n")' in shown(ArticleMarkdown('```python\nprint("a\\n")\n```'))


def test_the_best_sentence_is_emphasised_and_nothing_else():
    assert emphasised("One. Two **is** it, and more. Three.", "Two **is** it, and more.") == "Two is it, and more."


def test_the_best_sentence_is_found_across_wrapped_lines():
    markdown = "One two three. Four five six seven. Eight."
    assert emphasised(markdown, "Four five six seven.", width=20).replace(" ", "") == "Fourfivesixseven."


def test_a_sentence_that_is_not_there_emphasises_nothing():
    assert emphasised("One. Two.", "Three.") == ""
    assert emphasised("One. Two.", "") == ""


@settings(deadline=None, max_examples=50)
@given(st.text("ab *_`$\\[](){}#>-1.\n|~<&\x1b\r\t", max_size=80))
def test_any_markdown_can_be_shown(markdown):
    assert "\x1b" not in shown(Quote(markdown, markdown[:10]))
