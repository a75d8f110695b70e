"""Which addresses of a site are accepted: those that, with an article's url behind them, make a link to the site."""

from __future__ import annotations

from urllib.parse import urlsplit

_FORBIDDEN = frozenset("\\\"'<>`{}|^?#@")  # no address needs them, and each makes it lead, or look, elsewhere


def check_site_url(value: str) -> str:
    """The address of a site without the last slash, if it is one.

    Raises:
        ValueError: It is none, or has a user, a query or a fragment.
    """
    problem = _problem(value)
    if problem:
        raise ValueError(f"expected an address such as https://example.org{problem}")
    return value.rstrip("/")


def _problem(value: str) -> str:
    """What is wrong with an address, to go on with the sentence that it is wrong; empty where nothing is."""
    if not value.startswith(("http://", "https://")):
        return ", which begins with https:// or http://"
    if any(character.isspace() or not character.isprintable() for character in value):
        return ", without blanks and control characters"
    if "@" in value:
        return ", without a user before the host"
    if _FORBIDDEN.intersection(value):
        return ", without query or fragment, and none of \\ \" ' < > ` { } | ^"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return " or https://example.org:8443, with a port up to 65535"
    host = parts.hostname or ""
    is_name = ":" in host or all(part and not part.startswith("-") for part in host.rstrip(".").split("."))
    return "" if host and is_name and port != 0 else ", with a host's name"
