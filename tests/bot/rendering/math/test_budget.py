import time

import pytest

from bot.rendering.blocks import ImageBlock, TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.math.budget import MAX_PICTURES, ReplyDrawer
from bot.rendering.math.tree import FormulaError


def test_so_many_formulas_are_drawn_and_the_others_refused():
    draw = ReplyDrawer(str.encode, pictures=2)
    assert [draw("a"), draw("b")] == [b"a", b"b"]
    with pytest.raises(FormulaError, match="one reply"):
        draw("c")


def test_formulas_are_drawn_until_the_time_is_used_up():
    def slow(source):
        ends = time.thread_time() + 0.02
        while time.thread_time() < ends:
            pass
        if source == "broken":
            raise FormulaError(source, "is broken")
        return b"png"

    draw = ReplyDrawer(slow, seconds=0.03)
    assert draw("a") == b"png"
    with pytest.raises(FormulaError, match="broken"):
        draw("broken")
    with pytest.raises(FormulaError, match="one reply"):
        draw("c")


def test_a_reply_shows_the_formulas_beyond_its_budget_as_their_source():
    markdown = "\n\n".join(f"$$x_{{{number}}}$$" for number in range(MAX_PICTURES + 2))
    blocks = render_markdown(markdown, str.encode)
    pictures = [block for block in blocks if isinstance(block, ImageBlock)]
    texts = [block.markdown for block in blocks if isinstance(block, TextBlock)]
    assert len(pictures) == MAX_PICTURES
    assert texts == [f"```latex\nx_{{{number}}}\n```" for number in (MAX_PICTURES, MAX_PICTURES + 1)]
    assert render_markdown("$$x$$", str.encode) == (ImageBlock("formula-1.png", b"x", "x"),)
