from __future__ import annotations

import asyncio

import discord

from bot.client.views import files_of, view_of
from bot.panels.components import Button, ButtonStyle, Option, Panel, Rule, Select
from bot.rendering.blocks import ImageBlock, TextBlock


def picture(name):
    return ImageBlock(name=name, png=b"\x89PNG", alt=f"formula {name}")


PANEL = Panel(
    body=(TextBlock("## Osmosis"), picture("a.png"), picture("b.png"), Rule(), TextBlock("quoted")),
    rows=(
        (Button("Helpful", "q1:helpful", ButtonStyle.SUCCESS), Button("Not helpful", "q1:not-helpful")),
        (Button("Page 1 of 2", "q1:x", is_disabled=True),),
        Select("q1:choose", "Other matches", (Option("Ice", "0", "Chemistry"), Option("Water", "1"))),
    ),
    above="<@1> asked",
)


def components(panel):
    async def main():
        view = view_of(panel)
        assert view.is_finished()  # so that discord.py doesn't keep it
        return view.to_components()

    return asyncio.run(main())


def test_a_panel_becomes_a_line_a_frame_and_rows():
    above, frame, buttons, page, select = components(PANEL)
    assert above["content"] == "<@1> asked"
    heading, gallery, line, quoted = frame["components"]
    assert (heading["content"], quoted["content"]) == ("## Osmosis", "quoted")
    assert [item["media"]["url"] for item in gallery["items"]] == ["attachment://a.png", "attachment://b.png"]
    assert gallery["items"][0]["description"] == "formula a.png"
    assert line["type"] == discord.ComponentType.separator.value
    helpful, other = buttons["components"]
    assert (helpful["label"], helpful["custom_id"]) == ("Helpful", "q1:helpful")
    assert helpful["style"] == discord.ButtonStyle.success.value
    assert (other["custom_id"], other["style"]) == ("q1:not-helpful", discord.ButtonStyle.secondary.value)
    assert page["components"][0]["disabled"]
    (menu,) = select["components"]
    assert menu["placeholder"] == "Other matches"
    shown = [(option["label"], option["value"], option.get("description")) for option in menu["options"]]
    assert shown == [("Ice", "0", "Chemistry"), ("Water", "1", None)]


def test_pictures_are_sent_with_their_alt_text():
    files = files_of(PANEL)
    assert [(file.filename, file.description) for file in files] == [
        ("a.png", "formula a.png"),
        ("b.png", "formula b.png"),
    ]
    assert files[0].fp.read() == b"\x89PNG"


def test_a_panel_without_anything_above_starts_with_its_frame():
    (frame,) = components(Panel((TextBlock("only this"),)))
    assert frame["components"][0]["content"] == "only this"
