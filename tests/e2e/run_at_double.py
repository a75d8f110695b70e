"""`quicktakes` with its discord.py pointed at a double, whose address comes before the command's own arguments."""

from __future__ import annotations

import sys

from bot.cli.main import main
from tests.discord_double.pointing import discord_py_pointed_at

if __name__ == "__main__":  # a build starts this file's module anew in a process of its own
    origin, *arguments = sys.argv[1:]
    with discord_py_pointed_at(origin):
        sys.exit(main(arguments))
