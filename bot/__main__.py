"""`python -m bot` is the command `quicktakes`, for a folder in which nothing is installed."""

from __future__ import annotations

import sys

from bot.cli.main import main

sys.exit(main())
