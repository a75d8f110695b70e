"""Which addresses of Git repositories and names of branches are accepted: those that git can take for nothing else."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

ACCEPTED_ADDRESSES = "https://…, ssh://…, git@host:path, file://… or a folder that begins with /"

_SCHEMES = ("https://", "http://", "ssh://", "git://", "file://", "/")
_WITH_PASSWORDS = ("https", "http")
_SCP_LIKE = re.compile(r"[A-Za-z0-9_.-]+@[A-Za-z0-9][A-Za-z0-9.-]*:(?![:-])[^\s]+")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+@#=-]{0,199}")
_ACCEPTED_IN_BRANCHES = "letters, digits and . _ / + @ # = -"
_NOT_IN_BRANCHES = ("..", "//", "/.", "@{", ".lock/")
_NOT_AFTER_BRANCHES = ("/", ".", ".lock")


def check_repository(address: str) -> str:
    """The address of a repository, if it is one and no more.

    Raises:
        ValueError: It is none, or could be taken for options or another program. Does not repeat it.
    """
    has_blanks = any(character.isspace() or not character.isprintable() for character in address)
    is_address = address.startswith(_SCHEMES) or _SCP_LIKE.fullmatch(address) is not None
    if has_blanks or address.startswith("-") or "::" in address or not is_address:
        raise ValueError(f"expected {ACCEPTED_ADDRESSES}")
    if "://" in address:
        _check_parts(address)
    return address


def _check_parts(address: str) -> None:
    """See that user, host and port can be told apart, and the host is no option of ssh.

    Otherwise git would take part of a password for the host, and name it in its message.
    """
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises where it is no number
        host = parts.hostname or ""
        is_clear = parts.netloc.count("@") <= 1 and not host.startswith("-") and (host or parts.scheme == "file")
    except ValueError:
        is_clear = False
    if not is_clear:
        raise ValueError(
            "expected https://host/… with a host's name; write @, / and : of a password as %40, %2F and %3A"
        )
    if not unquote((parts.username or "") + (parts.password or "")).isprintable():
        raise ValueError("expected a user and a password without line breaks and the like")
    if parts.password is not None and parts.scheme not in _WITH_PASSWORDS:
        raise ValueError("expected no password but with https://; ssh:// goes with a key")
    if parts.scheme in _WITH_PASSWORDS and (parts.query or parts.fragment):
        raise ValueError(
            "expected an address without ? and #; a token goes before the host, as in https://token@host/…"
        )


def check_branch(name: str) -> str:
    """The name of a branch, if it is one.

    Raises:
        ValueError: It is none.
    """
    is_name = _BRANCH.fullmatch(name) is not None
    if not is_name or any(part in name for part in _NOT_IN_BRANCHES) or name.endswith(_NOT_AFTER_BRANCHES):
        raise ValueError(f"expected the name of a branch, such as main or release/2; {_ACCEPTED_IN_BRANCHES}")
    return name
