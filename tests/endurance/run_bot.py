"""`quicktakes` at a double, which says on SIGUSR1 what its event loop and its threads are busy with.

The double's address and the file for what it says come before the command's own arguments.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import threading
from pathlib import Path

from bot.cli.main import main
from tests.discord_double.pointing import discord_py_pointed_at


def _say_what_runs(file: Path) -> None:
    tasks = sorted(task.get_name() for task in asyncio.all_tasks())
    threads = sorted(thread.name for thread in threading.enumerate())
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps({"tasks": tasks, "threads": threads}))
    unfinished.replace(file)


if __name__ == "__main__":  # a build starts this file's module anew in a process of its own
    origin, said, *arguments = sys.argv[1:]
    signal.signal(signal.SIGUSR1, lambda *_: _say_what_runs(Path(said)))
    with discord_py_pointed_at(origin):
        sys.exit(main(arguments))
