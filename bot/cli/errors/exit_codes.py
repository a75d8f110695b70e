"""What the exit status of `quicktakes` means. The table for users is in docs/command-line.md."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit statuses."""

    OK = 0
    PROBLEM = 1  # the command failed, or found what it was asked to look for
    USAGE = 2  # wrong arguments or settings; also what click uses
    NO_ANSWER = 3
    NO_INDEX = 4  # there is no index, or not one that this installation can use
    DISCONNECTED = 5  # Discord was out of reach for too long
    INTERRUPTED = 130  # 128 + SIGINT, as shells count
