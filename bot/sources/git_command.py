"""Runs the system's git: without prompts and hooks, and without credentials on its command line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from bot.logs.redaction import HIDDEN, Redactor, without_credentials
from bot.sources.errors import SourceError
from bot.sources.git_safety import protocol_settings
from bot.sources.process_output import read_output
from bot.sources.ssh import NO_PROMPTS, ssh_variables
from config.repository import check_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TIMEOUT_SECONDS = 600.0

_PATIENCE_SECONDS = 2.0
_REASON_BEGINS, _REASON_ENDS = 100, 200  # characters of what git says, where that is longer than both
_MIN_USER = 4  # characters of a name that is left out: a shorter one is found in too many words
_NOBODY = frozenset({"git", "oauth2", "x-access-token", "x-oauth-basic", "x-token-auth", "gitlab-ci-token"})
_SAFE = (
    "--literal-pathspecs",  # a folder is a folder, whatever marks its name has
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false",
    "-c", "submodule.recurse=false", "-c", "gc.auto=0", "-c", "advice.detachedHead=false",
    "-c", "core.logAllRefUpdates=false",
    "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60",  # a server that fell silent is given up
)  # fmt: skip
# Ours, since they hold secrets; git's, since they can redirect it or make it write down what it sends …
_NOT_PASSED_ON = ("QUICKTAKES_", "GIT_")
# … but for those that say how to reach a server.
_PASSED_ON = ("GIT_SSH", "GIT_SSL_", "GIT_PROXY_", "GIT_CONFIG_", "GIT_EXEC_PATH")
_HELPER = """!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$SOURCE_USER" "$SOURCE_PASSWORD"; }; f"""


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository elsewhere.

    Attributes:
        address: Its address, without credentials; this is what git sees on its command line.
        user: Who git is there, over http; ``None`` where the address names nobody.
        password: Their password or token; empty where the address holds none.
    """

    address: str
    user: str | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, address: str) -> Remote:
        """Take an address apart.

        Raises:
            ValueError: It is none.
        """
        parts = urlsplit(check_repository(address))
        if parts.scheme not in {"http", "https"} or parts.username is None:
            return cls(address)
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        return cls(bare, unquote(parts.username), unquote(parts.password or ""))

    def settings(self) -> list[tuple[str, str]]:
        """Settings that make git ask us, and nobody else, for the credentials, and for this host alone.

        Other helpers are switched off: git would hand them the password to keep it, some of them in a plain file.
        """
        if self.user is None:
            return []
        parts = urlsplit(self.address)
        return [("credential.helper", ""), (f"credential.{parts.scheme}://{parts.netloc}.helper", _HELPER)]

    def environment(self) -> dict[str, str]:
        """The variables that the helper reads; only processes of the same user can see them."""
        return {} if self.user is None else {"SOURCE_USER": self.user, "SOURCE_PASSWORD": self.password}

    def secrets(self) -> tuple[str, ...]:
        """What must not be shown; the user alone only where that is a token."""
        if not self.user:
            return (self.password,) if self.password else ()
        pair = f"{self.user}:{self.password}"
        is_token = not self.password or self.password in _NOBODY
        return (pair, self.user) if is_token else (pair, self.password)

    def hidden(self, text: str) -> str:
        """The text without the credentials, should a server have repeated them, and without the user's name."""
        text = without_credentials(Redactor(self.secrets()).hide(text))
        if self.user is None or len(self.user) < _MIN_USER or self.user in _NOBODY:
            return text
        return re.sub(rf"(?<!\w){re.escape(self.user)}(?!\w)", HIDDEN, text)


class GitCommand:
    """Runs git for one repository.

    Args:
        on_start: Told the number of each git that is started.
        on_wait: Called several times a second while git works; what it raises stops git.
    """

    def __init__(
        self,
        remote: Remote,
        *,
        on_start: Callable[[int], None] = lambda _: None,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        self._remote = remote
        self._redactor = Redactor([*remote.secrets(), *_headers_given(os.environ)])
        self._on_start = on_start
        self._on_wait = on_wait

    def run(self, *arguments: str) -> bytes:
        """Run git.

        Returns:
            What it writes, without the credentials.

        Raises:
            SourceError: It is not installed, fails, takes too long, or writes too much.
        """
        try:
            process = subprocess.Popen(  # noqa: S603  # a list without a shell; what comes from outside was checked
                ("git", *_SAFE, *arguments),  # noqa: S607  # the system's git, wherever it is
                env=_environment(os.environ, self._remote),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so that it can be stopped with all that it has started
            )
        except FileNotFoundError:
            raise SourceError("git is not installed; install it, or use a folder of articles") from None
        with process:
            try:
                self._on_start(process.pid)
                written, complaints = read_output(process, seconds=TIMEOUT_SECONDS, on_wait=self._on_wait)
            except BaseException:  # it goes on; Ctrl-C too must leave no git running
                _stop(process)
                raise
        if process.returncode != 0:
            said = self._remote.hidden(self._redactor.hide(complaints.decode(errors="replace")))
            reason = _shortened(_one_line(said))
            raise SourceError(reason or f"git ended with status {process.returncode}")
        return self._redactor.hide_in_bytes(written)


def _headers_given(variables: Mapping[str, str]) -> list[str]:
    """What the operator has git send to servers as a header, which is how some hand it a token."""
    return [
        word
        for name, key in variables.items()
        if name.startswith("GIT_CONFIG_KEY_") and key.lower().endswith(".extraheader")
        for word in variables.get(name.replace("KEY", "VALUE"), "").split()[-1:]
    ]


def _one_line(text: str) -> str:
    """The text on one line without control characters: much of it is what a server says."""
    return " ".join("".join(mark for mark in text if mark.isprintable() or mark.isspace()).split())


def _shortened(reason: str) -> str:
    """Both ends of a long text: servers greet at its beginning, and what went wrong stands at either."""
    if len(reason) <= _REASON_BEGINS + _REASON_ENDS:
        return reason
    return f"{reason[:_REASON_BEGINS]} … {reason[-_REASON_ENDS:]}"


def _environment(given: Mapping[str, str], remote: Remote) -> dict[str, str]:
    kept = {
        name: value
        for name, value in given.items()
        if name.startswith(_PASSED_ON) or not name.startswith(_NOT_PASSED_ON)
    }
    silent = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true"} | NO_PROMPTS
    fixed = silent | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    variables = kept | fixed | _as_variables(protocol_settings(remote.address) + remote.settings(), kept)
    return variables | ssh_variables(remote.address, variables) | remote.environment()


def _as_variables(settings: list[tuple[str, str]], given: Mapping[str, str]) -> dict[str, str]:
    """Settings as git reads them from its environment, after those that are there."""
    first = int(given["GIT_CONFIG_COUNT"]) if given.get("GIT_CONFIG_COUNT", "").isdecimal() else 0
    variables = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (name, value) in enumerate(settings, start=first):
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git and all that it has started; gently first, so that it takes its unfinished files away."""
    _signal(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE_SECONDS)
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
