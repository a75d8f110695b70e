"""How git reaches a server over ssh: it asks nobody anything, and gives up on a server that fell silent."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_PROMPTS = {"SSH_ASKPASS_REQUIRE": "never", "SSH_ASKPASS": "false"}
"""Keep every ssh, an operator's own too, from opening a window; a terminal it has none. The latter is for old ones."""

_COMMAND = (
    "ssh -o BatchMode=yes -o LogLevel=ERROR"  # without what servers greet with, which would push out what went wrong
    " -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
)
_CHOSEN_BY = ("GIT_SSH_COMMAND", "GIT_SSH")


def is_over_ssh(address: str) -> bool:
    """Whether git starts ssh for an accepted address: ``ssh://…`` or ``git@host:path``."""
    return address.startswith("ssh://") or ("://" not in address and not address.startswith("/"))


def ssh_variables(address: str, given: Mapping[str, str]) -> dict[str, str]:
    """The variables that decide how git starts ssh; none where it starts none, or the operator has chosen one.

    Args:
        given: The variables that git is given otherwise.
    """
    if not is_over_ssh(address) or any(name in given for name in _CHOSEN_BY) or _is_chosen_by_settings(given):
        return {}
    return {"GIT_SSH_COMMAND": _COMMAND}


def _is_chosen_by_settings(given: Mapping[str, str]) -> bool:
    """Whether git's own settings name an ssh, which our variable would hide."""
    asked = ("git", "config", "--get", "core.sshCommand")
    return subprocess.run(asked, env=given, cwd="/", capture_output=True, check=False).returncode == 0  # noqa: S603
