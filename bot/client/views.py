"""Panels as Discord's Components V2."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.panels.components import ButtonStyle, Select
from bot.rendering.blocks import ImageBlock, TextBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.panels.components import Button, Panel, Row, Rule

_STYLES = {
    ButtonStyle.PRIMARY: discord.ButtonStyle.primary,
    ButtonStyle.SECONDARY: discord.ButtonStyle.secondary,
    ButtonStyle.SUCCESS: discord.ButtonStyle.success,
    ButtonStyle.DANGER: discord.ButtonStyle.danger,
}


def view_of(panel: Panel) -> ui.LayoutView:
    """The panel as a view: the line above it, the frame with its body, then its rows.

    Nothing listens to the view itself, for one listener hears every press (`bot.cogs.buttons`): it is stopped from the
    start, so that discord.py doesn't keep it for as long as the program runs.
    """
    view = ui.LayoutView(timeout=None)
    if panel.above:
        view.add_item(ui.TextDisplay(panel.above))
    view.add_item(ui.Container(*_parts(panel)))
    for row in panel.rows:
        view.add_item(_row(row))
    view.stop()
    return view


def files_of(panel: Panel) -> list[discord.File]:
    """The panel's pictures, to be sent along with the view. They can be sent once."""
    return [discord.File(io.BytesIO(image.png), image.name, description=image.alt) for image in panel.images]


def _parts(panel: Panel) -> Iterator[ui.Item[ui.LayoutView]]:
    for is_image, parts in groupby(panel.body, key=lambda part: isinstance(part, ImageBlock)):
        if is_image:
            yield ui.MediaGallery(*(_picture(image) for image in parts if isinstance(image, ImageBlock)))
        else:
            yield from (_text_or_line(part) for part in parts if not isinstance(part, ImageBlock))


def _picture(image: ImageBlock) -> discord.MediaGalleryItem:
    return discord.MediaGalleryItem(f"attachment://{image.name}", description=image.alt)


def _text_or_line(part: TextBlock | Rule) -> ui.Item[ui.LayoutView]:
    return ui.TextDisplay(part.markdown) if isinstance(part, TextBlock) else ui.Separator()


def _row(row: Row) -> ui.ActionRow[ui.LayoutView]:
    if not isinstance(row, Select):
        return ui.ActionRow(*(_button(button) for button in row))
    options = [
        discord.SelectOption(label=option.label, value=option.value, description=option.description or None)
        for option in row.options
    ]
    return ui.ActionRow(ui.Select(custom_id=row.custom_id, placeholder=row.placeholder, options=options))


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    style = _STYLES[button.style]
    return ui.Button(label=button.label, custom_id=button.custom_id, style=style, disabled=button.is_disabled)
