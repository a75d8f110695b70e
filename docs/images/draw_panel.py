"""Draws a panel of the bot as a page that looks like Discord, for the pictures in the README.

    python docs/images/draw_panel.py "how do plants make sugar from light" > reply.html

Any browser makes a picture of it, such as
`chromium --headless --screenshot=reply.png --window-size=760,900 reply.html`.
It answers from the index that the settings name, just as the bot would.
"""

from __future__ import annotations

import asyncio
import base64
import html
import re
import sys
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from bot.bot_bootstrap import open_assistant
from bot.callers import Caller
from bot.panels.components import Button, Panel, Row, Rule, Select
from bot.rendering.blocks import ImageBlock, TextBlock
from config.loading import load_settings

if TYPE_CHECKING:
    from bot.rendering.blocks import Block

_STYLE = """
body { margin: 0; padding: 24px; background: #313338; color: #dbdee1; font: 16px/1.375 Inter, "Noto Sans", sans-serif; }
.message { display: flex; gap: 16px; max-width: 680px; }
.face { flex: 0 0 40px; height: 40px; border-radius: 50%; background: #5865f2; color: #fff; display: grid;
        place-items: center; font-weight: 700; }
.name { font-weight: 600; color: #f2f3f5; }
.app { background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; border-radius: 3px; padding: 1px 4px;
       margin-left: 4px; vertical-align: 2px; }
.above { margin: 2px 0 6px; }
.frame { background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px; padding: 14px 16px; margin: 4px 0 8px; }
.frame p { margin: 6px 0; } h1, h2, h3 { margin: 8px 0 4px; color: #f2f3f5; line-height: 1.25; }
h3 { font-size: 18px; } h2 { font-size: 20px; } ul, ol { margin: 4px 0; padding-left: 22px; }
a { color: #00a8fc; text-decoration: none; } .small { color: #949ba4; font-size: 13px; margin: 4px 0; }
pre, code { background: #1e1f22; border-radius: 4px; font: 14px/1.3 "DejaVu Sans Mono", monospace; }
pre { padding: 8px; border: 1px solid #3f4147; } code { padding: 0 3px; } pre code { padding: 0; }
img { display: block; width: 100%; border-radius: 8px; margin: 8px 0; } hr { border: 0; border-top: 1px solid #3f4147; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 8px; }
.button { border-radius: 8px; padding: 7px 14px; font-size: 14px; background: #45474d; color: #fff; }
.button.primary { background: #5865f2; } .button.success { background: #248046; }
.button.danger { background: #da373c; }
.button.off { opacity: 0.5; }
.select { flex: 1; max-width: 400px; background: #1e1f22; border: 1px solid #3f4147; border-radius: 8px;
          padding: 9px 12px; color: #949ba4; display: flex; justify-content: space-between; }
"""
_SMALL = re.compile(r"^-# (.*)$")


def page(panel: Panel, bot_name: str = "quicktakes") -> str:
    """A whole page of HTML with one message."""
    above = f'<div class="above">{_text(panel.above)}</div>' if panel.above else ""
    body = "".join(_part(part) for part in panel.body)
    rows = "".join(f'<div class="row">{_row(row)}</div>' for row in panel.rows)
    return (
        f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style><div class="message"><div class="face">Q</div>'
        f'<div><span class="name">{html.escape(bot_name)}</span><span class="app">APP</span>{above}'
        f'<div class="frame">{body}</div>{rows}</div></div>'
    )


def _part(part: Block | Rule) -> str:
    match part:
        case TextBlock():
            return _text(part.markdown)
        case ImageBlock():
            data = base64.b64encode(part.png).decode("ascii")
            return f'<img alt="{html.escape(part.alt)}" src="data:image/png;base64,{data}">'
        case Rule():
            return "<hr>"


def _text(markdown: str) -> str:
    """Discord's Markdown as HTML: as CommonMark, but each line end counts, and `-#` starts a small line."""
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    pieces, lines = [], []
    for line in markdown.split("\n"):
        if small := _SMALL.match(line):
            pieces += [reader.render("\n".join(lines)), f'<p class="small">{reader.renderInline(small[1])}</p>']
            lines = []
        else:
            lines.append(line)
    return "".join([*pieces, reader.render("\n".join(lines))])


def _row(row: Row) -> str:
    if isinstance(row, Select):
        return f'<div class="select"><span>{html.escape(row.placeholder)}</span><span>⌄</span></div>'
    return "".join(map(_button, row))


def _button(button: Button) -> str:
    off = " off" if button.is_disabled else ""
    return f'<span class="button {button.style.value}{off}">{html.escape(button.label)}</span>'


async def _draw(question: str) -> str:
    async with open_assistant(load_settings().settings) as assistant:
        return page(await assistant.ask(Caller(1, 1, None, "en-US"), question))


if __name__ == "__main__":
    print(asyncio.run(_draw(" ".join(sys.argv[1:]))))
