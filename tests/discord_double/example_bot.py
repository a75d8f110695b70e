"""A small real bot with which the double is tested: one command or button for each thing that a bot can do."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from contextlib import asynccontextmanager

import discord
from discord import app_commands, ui

from tests.discord_double.discord_double import DiscordDouble

BUSY_MACHINE_SECONDS = 30.0


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Feedback(ui.Modal, title="Feedback"):
    text: ui.Label = ui.Label(text="What is missing?", component=ui.TextInput(custom_id="missing", max_length=20))

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"noted: {self.text.component.value}", ephemeral=True)


class Panel(ui.LayoutView):
    """An answer with a heading, a picture when there is one, and controls."""

    def __init__(self, title: str, *, picture: bool = False) -> None:
        super().__init__(timeout=None)
        parts: list[ui.Item] = [ui.TextDisplay(f"## {title}")]
        if picture:
            parts.append(ui.MediaGallery(discord.MediaGalleryItem("attachment://sum.png", description="a sum")))
        parts.append(ui.ActionRow(ui.Button(label="More", custom_id="more"), ui.Button(label="Tell", custom_id="tell")))
        options = [discord.SelectOption(label="Osmosis", value="0"), discord.SelectOption(label="Diffusion", value="1")]
        parts.append(ui.ActionRow(ui.Select(custom_id="others", placeholder="Other matches", options=options)))
        self.add_item(ui.Container(*parts))


class Bot(discord.Client):
    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none(), enable_debug_events=True)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, str]] = []
        self.failures: list[discord.HTTPException] = []
        self.resumes = 0

    async def setup_hook(self) -> None:
        everywhere = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
        both = app_commands.allowed_installs(guilds=True, users=True)
        self.tree.add_command(both(everywhere(ask)))
        self.tree.add_command(app_commands.Command(name="picture", description="Draw", callback=_picture))
        self.tree.add_command(app_commands.ContextMenu(name="Find an answer", callback=_find))
        await self.tree.sync()

    async def before_identify_hook(self, shard_id, *, initial=False) -> None:
        """Identify again at once; a bot of its own waits five seconds, which a test need not."""

    async def on_resumed(self) -> None:
        self.resumes += 1

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.heard.append((message.author.name, message.content))
        if self.user in message.mentions or message.guild is None:
            await self.attempt(message.reply(f"about: {message.clean_content}"))

    async def on_thread_create(self, thread: discord.Thread) -> None:
        if thread.owner_id != self.user.id:
            await self.attempt(thread.send("I am a bot"))

    async def attempt(self, request) -> None:
        try:
            await request
        except discord.HTTPException as failure:
            self.failures.append(failure)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is not discord.InteractionType.component:
            return
        match interaction.data["custom_id"]:
            case "more":
                await interaction.response.edit_message(view=Panel("page two"))
            case "tell":
                await interaction.response.send_modal(Feedback())
            case "others":
                await interaction.response.defer()
                await interaction.edit_original_response(view=Panel(f"chose {interaction.data['values'][0]}"))


@app_commands.command(description="Ask")
async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:  # noqa: FBT001, FBT002  # discord.py makes an option of it
    await interaction.response.defer(thinking=True, ephemeral=private)
    await interaction.edit_original_response(view=Panel(f"{question} ({interaction.locale})"))


@ask.autocomplete("question")
async def _complete(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed}?", value=typed)]


async def _picture(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True)
    file = discord.File(io.BytesIO(png(30, 20)), "sum.png", description="a sum")
    await interaction.edit_original_response(view=Panel("picture", picture=True), attachments=[file])
    await interaction.followup.send("and a second message", ephemeral=True)


async def _find(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"found: {message.content}", ephemeral=True)


@asynccontextmanager
async def running(**settings):
    """A double with a bot that is connected to it."""
    async with DiscordDouble(**{"first_response_seconds": BUSY_MACHINE_SECONDS} | settings) as double:
        double.patience = BUSY_MACHINE_SECONDS
        bot = Bot()
        task = asyncio.create_task(bot.start(double.token))
        try:
            await double.connected()
            yield double, bot
        finally:
            await bot.close()
            await task
