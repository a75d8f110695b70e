"""A real assistant over the sample articles and a real database file, for tests."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.bot_bootstrap import open_assistant
from bot.callers import Caller
from bot.panels.components import Add, Panel, Replace, Select
from tests.bot.panels.limits import labels, text

if TYPE_CHECKING:
    from config.settings import Settings

ADA = Caller(11, 700, 900, "en-US")
BOB = replace(ADA, member_id=22)
MOD = replace(ADA, member_id=33, is_moderator=True)
AT_HOME = Caller(11, 800, None, "en-US")

SUGAR = "how do plants make sugar from light"
PHOTOSYNTHESIS = "How does photosynthesis turn light into sugar?"
POLICIES = "What is the difference between fiscal policy and monetary policy?"
JOINS = "What is the difference between an inner join and a left join in SQL?"
OSMOSIS = "What is the difference between diffusion and osmosis?"


def heading(panel):
    """The question of the article that a panel shows."""
    return re.search(r"### \[(.*?)\]\(", text(panel))[1]


def custom_id(panel, label):
    """Id of the button with this label, or of the select with this placeholder."""
    for row in panel.rows:
        if isinstance(row, Select):
            if row.placeholder == label:
                return row.custom_id
            continue
        for button in row:
            if button.label == label:
                return button.custom_id
    raise AssertionError(f"{labels(panel)} has no {label!r}")


class Desk:
    """Asks as Discord would: what an answer was sent as has a message id, and is remembered."""

    def __init__(self, assistant) -> None:
        self.assistant = assistant
        self.last_id = 5000

    async def send(self, caller: Caller, panel: Panel) -> int:
        """Send a panel as a new message; its id."""
        self.last_id += 1
        if panel.memory is not None:
            await self.assistant.sent(caller, panel.memory, self.last_id, private=panel.is_private)
        return self.last_id

    async def ask(self, caller: Caller, question: str, **options) -> tuple[int, Panel]:
        panel = await self.assistant.ask(caller, question, **options)
        return await self.send(caller, panel), panel

    async def press(self, caller: Caller, message_id: int, custom_id: str, *values: str) -> list[Panel]:
        """Press, and do what comes of it; the panels of all effects."""
        panels = []
        for effect in await self.assistant.press(caller, message_id, custom_id, values):
            match effect:
                case Replace(panel):
                    panels.append(panel)
                    if panel.memory is not None:
                        await self.assistant.sent(caller, panel.memory, message_id, private=panel.is_private)
                case Add(panel):
                    panels.append(panel)
                    await self.send(caller, panel)
                case _:
                    await self.assistant.deleted(message_id)
        return panels


@asynccontextmanager
async def desk(settings: Settings, folder, **discord):
    """A desk with an assistant; everybody may ask as often as they like unless `discord` says otherwise."""
    allowed = ("member", "server", "member_press", "server_press", "volunteer")
    free = {f"{name}_seconds": 0.0 for name in allowed} | {"answer_seconds": 60.0} | discord
    changed = settings.model_copy(
        update={"discord": settings.discord.model_copy(update=free), "index": settings.index, "data_dir": folder}
    )
    changed = changed.model_copy(update={"index": settings.index.model_copy(update={"dir": settings.index_dir})})
    link = folder / "encoder"
    if not link.exists():
        link.symlink_to(settings.encoder_cache_dir, target_is_directory=True)
    async with open_assistant(changed) as assistant:
        yield Desk(assistant)


def at_desk(settings, folder, scenario, **discord):
    """Run `scenario(desk)`."""

    async def run():
        async with desk(settings, folder, **discord) as opened:
            return await scenario(opened)

    return asyncio.run(run())
