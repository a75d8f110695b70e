"""`python -m tests.endurance MINUTES [RATE]`: the long form, with a report; status 1 where anything is wrong."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.endurance.bot_process import ROOT, BotFolders
from tests.endurance.endurance import Endurance
from tests.endurance.load_plan import long_plan
from tests.endurance.tally import Tally
from tests.endurance.verdict import faults

RATE = 10.0


def main(minutes: float, rate: float = RATE) -> int:
    """Run the load for so many minutes."""
    with tempfile.TemporaryDirectory(prefix="quicktakes-endurance-", ignore_cleanup_errors=True) as name:
        folders = BotFolders(Path(name))
        shutil.copytree(ROOT / "content" / "learn", folders.content / "learn")
        build = [sys.executable, "-m", "bot", "index", "build"]
        # The model is converted here; what torch leaves behind for it is none of the bot's.
        variables = {**os.environ, **folders.variables(), "TMPDIR": tempfile.gettempdir()}
        subprocess.run(build, env=variables, cwd=name, check=True, stdin=subprocess.DEVNULL)
        endurance = Endurance(long_plan(minutes, rate), folders, Tally())
        asyncio.run(endurance.run())
    print(endurance.report())  # noqa: T201
    found = faults(endurance)
    print("\n".join(found) or "all as it should be")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
